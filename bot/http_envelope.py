"""What every HTTP answer carries: a request id, security headers, and no traceback whatever happened."""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http_problems import general_detail, log_unexpected, problem_response

log = logging.getLogger(__name__)

REQUEST_ID = "X-Request-Id"
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_SANE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Envelope:
    """The outermost layer (pure ASGI, so that streams pass through unbuffered)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, dress its answer and log one line without the question."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.monotonic()
        status = 0

        async def send_dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_dressed)
        except Exception as error:  # noqa: BLE001 the outermost handler: nothing internal may leave
            log_unexpected(error, request_id)
            if not status:
                detail = general_detail(HTTPStatus.INTERNAL_SERVER_ERROR)
                answer = problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
                await answer(scope, receive, send_dressed)
        took_ms = 1000 * (time.monotonic() - started)
        log.info("%s %s %d %.0f ms %s", scope["method"], scope["path"], status, took_ms, request_id)


def _request_id(scope: Scope) -> str:
    """Return the caller's id if it is a plain token, else a new one."""
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex


def _dress(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers[REQUEST_ID] = request_id
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store" if path.startswith("/v1/") else "no-cache")
