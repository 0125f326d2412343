"""No request body is read past its limit, whether or not it says how long it is."""

from __future__ import annotations

from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http_problems import problem_response

MAX_BODY_BYTES = 64 * 1024
MAX_ARTICLE_BYTES = 10 * 1024 * 1024
"""The longest article record that PUT takes."""

_DRAIN_BYTES = 64 * 1024 * 1024
_DRAIN_S = 5.0


class BodyLimit:
    """Reads the whole body up to its limit, then serves the request, or answers 413 (pure ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with its body in one piece."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = MAX_ARTICLE_BYTES if scope["method"] == "PUT" else MAX_BODY_BYTES
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await _drain(receive)
            await _refuse(limit, scope, receive, send)
            return
        chunks: list[bytes] = []
        left, more = limit, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            chunks.append(message.get("body", b""))
            left -= len(chunks[-1])
            more = message.get("more_body", False)
            if left < 0:
                if more:
                    await _drain(receive)
                await _refuse(limit, scope, receive, send)
                return
        await self._app(scope, _replay(b"".join(chunks), receive), send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once and then waits for the connection to end."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


async def _drain(receive: Receive) -> None:
    # A caller that is still sending when the connection closes may lose the answer: read on for a while.
    left = _DRAIN_BYTES
    with anyio.move_on_after(_DRAIN_S):
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body", False):
                break


async def _refuse(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
    detail = f"The body is longer than {limit} bytes."
    answer = problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, {"Connection": "close"})
    await answer(scope, receive, send)
