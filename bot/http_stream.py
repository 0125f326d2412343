"""An answer as server-sent events: `citations`, `delta`s of its text, the whole `answer`; or `error`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from http import HTTPStatus
from typing import Any

from starlette.responses import StreamingResponse

from bot.http_problems import HttpProblem, general_detail, log_unexpected, problem_json, problem_of
from bot.present import answer_json
from index.errors import VestkaError
from qa.records import Answer

PING_S = 15.0
"""How often a comment is sent while the answer is on its way, so that proxies keep the connection."""

_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def answer_stream(ask: Callable[[], Coroutine[Any, Any, Answer]], request_id: str) -> StreamingResponse:
    """Return the stream of the answer that `ask` makes once the stream has begun."""
    return StreamingResponse(_events(ask, request_id), media_type="text/event-stream", headers=_HEADERS)


async def _events(ask: Callable[[], Coroutine[Any, Any, Answer]], request_id: str) -> AsyncIterator[bytes]:
    task = asyncio.create_task(ask())
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=PING_S)
            if not task.done():
                yield b": waiting\n\n"
        answer = answer_json(task.result())
    except HttpProblem as problem:
        yield _event("error", problem_json(problem.status, problem.detail))
    except VestkaError as error:
        ours = problem_of(error)
        yield _event("error", problem_json(ours.status, ours.detail))
    except Exception as error:  # noqa: BLE001 an answer of some kind has begun: it ends as an event
        log_unexpected(error, request_id)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        yield _event("error", problem_json(status, general_detail(status)))
    else:
        yield _event("citations", answer["citations"])
        for line in answer["text"].splitlines(keepends=True):
            yield _event("delta", {"text": line})
        yield _event("answer", answer)
    finally:
        task.cancel()


def _event(name: str, data: object) -> bytes:
    # JSON holds no raw line break, so one `data:` line is always enough.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
