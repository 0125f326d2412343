"""Who may call /v1, and whose a conversation is: `Authorization: Bearer KEY`, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.http_problems import HttpProblem

PROTECTED = "/v1/"
_ADMIN_PATH = "/v1/articles/"
_ADMIN_METHODS = frozenset({"PUT", "DELETE"})


class KeyGate:
    """Lets a request under /v1 through when its key allows it, before its body is read (pure ASGI).

    Reading needs one of `api_keys` when there are any; changing articles always needs the admin key.
    The admin key reads too.
    """

    def __init__(self, app: ASGIApp, api_keys: Iterable[str], admin_key: str | None) -> None:
        self._app = app
        self._admin = admin_key.encode() if admin_key else None
        self._keys = [key.encode() for key in api_keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or say why not."""
        if scope["type"] == "http" and scope["path"].startswith(PROTECTED):
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> HttpProblem | None:
        key = _bearer(scope)
        if scope["method"] in _ADMIN_METHODS and scope["path"].startswith(_ADMIN_PATH):
            return self._admin_refusal(key)
        if not self._keys:
            return None
        if key is None:
            return _unauthorised("This archive wants a key: send `Authorization: Bearer KEY`.", "Bearer")
        readers = self._keys + ([self._admin] if self._admin else [])
        # Every key is compared, so that the time taken does not tell which one was nearly right.
        if sum(hmac.compare_digest(key, known) for known in readers) == 0:
            return _unauthorised("This key is not known here.", 'Bearer error="invalid_token"')
        return None

    def _admin_refusal(self, key: bytes | None) -> HttpProblem | None:
        if key is None:
            return _unauthorised("Changing articles needs the admin key.", "Bearer")
        if self._admin is None:
            detail = "Articles cannot be changed here: no admin key is configured."
            return HttpProblem(HTTPStatus.FORBIDDEN, detail)
        if not hmac.compare_digest(key, self._admin):
            return HttpProblem(HTTPStatus.FORBIDDEN, "This key may not change articles.")
        return None


def conversation_key(scope: Scope, conversation_id: str | None) -> str | None:
    """Return what a caller's conversation is kept under, None for none.

    Callers with different keys share no conversation; from what is returned, neither the key nor the id can be read.
    """
    if not conversation_id:
        return None
    caller = hashlib.sha256(_bearer(scope) or b"").digest()
    return hashlib.sha256(caller + conversation_id.encode()).hexdigest()


def _bearer(scope: Scope) -> bytes | None:
    """Return the request's key, or None when it sends none."""
    scheme, _, key = Headers(scope=scope).get("authorization", "").strip().partition(" ")
    key = key.strip()
    return key.encode("latin-1") if scheme.lower() == "bearer" and key else None


def _unauthorised(detail: str, challenge: str) -> HttpProblem:
    return HttpProblem(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": challenge})
