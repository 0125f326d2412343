"""Errors over HTTP: `application/problem+json` (RFC 9457) with a sentence for people and nothing internal."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.errors import VestkaError

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5
"""What a caller is told to wait after a 503, seconds."""

_GENERAL = {
    400: "The request cannot be read.",
    404: "There is nothing at this address; /docs lists what there is.",
    500: "Something went wrong here; the operator's log says what, under this answer's X-Request-Id.",
    503: "The archive is not available at the moment; the operator's log says why.",
}


class HttpProblem(Exception):
    """A request that cannot be served, raised by the HTTP door itself.

    Attributes:
        status: of the HTTP answer.
        detail: one sentence for the caller.
    """

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers

    def response(self) -> JSONResponse:
        """Return the problem as an answer."""
        return problem_response(self.status, self.detail, self.headers)


def problem_json(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem of no special type: its title is the status's own phrase."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> JSONResponse:
    """Return a problem as an answer; every 503 says when to try again."""
    retry = {"Retry-After": str(RETRY_AFTER_S)} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return JSONResponse(
        problem_json(status, detail, **more),
        status_code=status,
        headers={**retry, **(headers or {})},
        media_type="application/problem+json",
    )


def general_detail(status: int) -> str:
    """Return the sentence for a status about which nothing more can be said."""
    return _GENERAL.get(status, f"{HTTPStatus(status).phrase}.")


def problem_of(error: VestkaError) -> HttpProblem:
    """Return an error of ours as a problem; what is meant for the operator goes to the log instead."""
    if error.public:
        return HttpProblem(error.http_status, str(error))
    log.error("%s: %s", type(error).__name__, error)
    return HttpProblem(error.http_status, general_detail(error.http_status))


async def on_problem(request: Request, error: HttpProblem) -> Response:
    """Answer a problem that the HTTP door raised."""
    return error.response()


async def on_vestka_error(request: Request, error: VestkaError) -> Response:
    """Answer an error of ours."""
    return problem_of(error).response()


def log_unexpected(error: Exception, request_id: str) -> None:
    """Log where an error happened and not its message: that may hold the question."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    log.error("unexpected %s, request %s: %s", type(error).__name__, request_id, where)


def validation_problem(errors: Sequence[Any]) -> JSONResponse:
    """Return what is wrong with a request, field by field, without repeating what was sent."""
    first: Mapping[str, Any] = errors[0] if errors else {}
    if first.get("type") == "json_invalid":
        reason = first.get("ctx", {}).get("error", "")
        return problem_response(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {reason}.")
    found = [{"field": _field(error), "message": _message(error)} for error in errors]
    detail = "; ".join(f"{each['field']}: {each['message']}" for each in found)
    return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=found)


def _field(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["loc"]]
    return ".".join(place[1:] or place)


def _message(error: Mapping[str, Any]) -> str:
    if tuple(error["loc"]) == ("body",) and error["type"] != "value_error":
        return "must be a JSON object, sent with Content-Type: application/json"
    return str(error["msg"]).removeprefix("Value error, ")
