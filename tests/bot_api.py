"""A strict local Bot API server: it refuses what Telegram refuses and journals whatever looks wrong."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from tests.bot_api_methods import METHODS, GetMe, GetUpdates, SendChatAction, SendMessage, text_faults

Json = dict[str, Any]

TOKEN = "123456789:AAHsyntheticsyntheticsyntheticsynt"  # noqa: S105  nobody's
ME = {"id": 123456789, "is_bot": True, "first_name": "QA", "username": "qa_bot"}
MAX_UNITS = 4096
PRIVATE_BURST = (4, 1.0)
"""So many messages to a person in so many seconds."""
GROUP_BURST = (20, 60.0)
LONGEST_POLL_S = 50


class Refusal(Exception):
    """An error that Telegram would answer."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.retry_after = retry_after


class BotApi:
    """The state of the server: chats, messages, updates that wait, and the journal of calls."""

    def __init__(self) -> None:
        self.chats: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.messages: dict[tuple[int, int], Json] = {}
        self.updates: list[Json] = []
        self.journal: list[Json] = []
        self.failures: list[Json] = []
        self.allowed: list[str] | None = None
        self.news = asyncio.Event()
        self.poll: object = None
        self.sends: dict[int, list[float]] = {}
        self.update_ids = 100

    async def call(self, method: str, given: Json, request: Request) -> tuple[Any, list[str]]:
        """Do what a bot asks; return the result and the faults. Raises: Refusal."""
        model = METHODS.get(method.lower())
        if model is None:
            raise Refusal(404, "Not Found: method not found")
        for failure in self.failures:
            if failure["method"].lower() == method.lower() and failure["times"] > 0:
                failure["times"] -= 1
                raise Refusal(failure["code"], "Injected", failure.get("retry_after"))
        try:
            parsed = model.model_validate(given)
        except ValidationError as error:
            raise Refusal(400, f"Bad Request: {error}") from None
        match parsed:
            case GetMe():
                return ME, []
            case GetUpdates():
                return await self._get_updates(parsed, request), []
            case SendChatAction():
                self._chat(parsed.chat_id)
                return True, []
            case SendMessage():
                return self._send(parsed), text_faults(parsed.text, parsed.entities)
        return True, []

    def say(self, said: Json) -> Json:
        """Let a person write; `message` holds the content when it is not text."""
        user = {
            "id": said.get("user", 1),
            "is_bot": False,
            "first_name": "Ann",
            "language_code": said.get("lang", "en"),
        }
        chat_id = said.get("chat", user["id"])
        kind: Json = {"type": "supergroup", "title": "G"} if chat_id < 0 else {"type": "private"}
        self.chats.setdefault(chat_id, {"id": chat_id, **kind})
        content = said.get("message") or {"text": said["text"]}
        message = self._store(chat_id, user, content, said.get("reply_to"))
        if chat_id < 0 and not _reaches_bot(message):
            return {"filtered": "privacy mode", "message_id": message["message_id"]}
        if self.allowed and "message" not in self.allowed:
            return {"filtered": "allowed_updates"}
        self.update_ids += 1
        self.updates.append({"update_id": self.update_ids, "message": message})
        self.news.set()
        return {"message_id": message["message_id"]}

    async def _get_updates(self, asked: GetUpdates, request: Request) -> list[Json]:
        if asked.allowed_updates is not None:
            self.allowed = asked.allowed_updates or None
        self.updates = [update for update in self.updates if update["update_id"] >= asked.offset]
        mine = self.poll = object()
        self.news.set()
        until = time.monotonic() + min(asked.timeout, LONGEST_POLL_S)
        while not self.updates and time.monotonic() < until and not await request.is_disconnected():
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), 0.1)
            except TimeoutError:
                continue
            if self.poll is not mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return self.updates[: asked.limit]

    def _chat(self, chat_id: int) -> Json:
        if chat_id not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return self.chats[chat_id]

    def _send(self, asked: SendMessage) -> Json:
        self._chat(asked.chat_id)
        if not asked.text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if len(asked.text.encode("utf-16-le")) // 2 > MAX_UNITS:
            raise Refusal(400, "Bad Request: message is too long")
        reply = asked.reply_parameters
        known = reply is None or (asked.chat_id, reply.message_id) in self.messages
        if not known and not (reply and reply.allow_sending_without_reply):
            raise Refusal(400, "Bad Request: message to be replied not found")
        self._count(asked.chat_id)
        reply_to = reply.message_id if reply and known else None
        return self._store(asked.chat_id, ME, {"text": asked.text}, reply_to)

    def _count(self, chat_id: int) -> None:
        """Refuse a message that comes too soon after others."""
        most, within_s = GROUP_BURST if chat_id < 0 else PRIVATE_BURST
        now = time.monotonic()
        recent = [at for at in self.sends.get(chat_id, []) if now - at < within_s]
        if len(recent) >= most:
            raise Refusal(429, "Too Many Requests", int(within_s - (now - recent[0])) + 1)
        self.sends[chat_id] = [*recent, now]

    def _store(self, chat_id: int, sender: Json, content: Json, reply_to: int | None) -> Json:
        message = {
            "message_id": len(self.messages) + 1,
            "from": sender,
            "chat": self.chats[chat_id],
            "date": int(time.time()),
            **content,
        }
        if reply_to is not None:
            message["reply_to_message"] = self.messages[chat_id, reply_to]
        self.messages[chat_id, message["message_id"]] = message
        return message


def _reaches_bot(message: Json) -> bool:
    """Say whether privacy mode lets a group's message through: commands, mentions, replies to the bot."""
    text = message.get("text", "")
    to_bot = message.get("reply_to_message", {}).get("from", {}).get("id") == ME["id"]
    return to_bot or bool(re.match(r"/\w+(@qa_bot)?(\s|$)", text)) or "@qa_bot" in text.lower().split()


def create_bot_api() -> FastAPI:
    """Return the server: `/bot<token>/<method>` for the bot, `/_user/...` for whoever plays the person."""
    app = FastAPI()
    api = BotApi()

    @app.get("/healthz")
    async def healthz() -> Json:
        return {}

    @app.api_route("/bot{token}/{method}", methods=["GET", "POST"])
    async def bot(token: str, method: str, request: Request) -> JSONResponse:
        given = {key: _decoded(key, value) for key, value in parse_qsl((await request.body()).decode())}
        entry: Json = {"method": method, "args": given, "code": 200, "faults": [], "t": time.time()}
        try:
            if token != TOKEN:
                raise Refusal(401, "Unauthorized")
            result, entry["faults"] = await api.call(method, given, request)
            reply: Json = {"ok": True, "result": result}
        except Refusal as refusal:
            entry |= {"code": refusal.code, "desc": str(refusal)}
            reply = {"ok": False, "error_code": refusal.code, "description": str(refusal)}
            if refusal.retry_after is not None:
                reply["parameters"] = {"retry_after": refusal.retry_after}
        api.journal.append(entry)
        return JSONResponse(reply, entry["code"])

    @app.post("/_user/{action}")
    async def user(action: str, body: Annotated[Json, Body()]) -> Any:
        match action:
            case "send":
                return api.say(body)
            case "block":
                api.blocked.add(body["chat"])
            case "fail":
                api.failures.append(body)
            case "log":
                journal, api.journal = api.journal, []
                return journal
        return {}

    return app


def _decoded(key: str, value: str) -> Any:
    """Return a parameter as JSON, except the ones that are strings."""
    return value if key in ("text", "action", "language_code") else json.loads(value)
