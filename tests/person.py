"""The person at the other end of a local Bot API server: writes to the bot and sees what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

Json = dict[str, Any]

PATIENCE_S = 20.0


def wait_for_server(address: str) -> None:
    """Wait until the server's journal can be read. Raises: TimeoutError."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            httpx.post(f"{address}/_user/log", json={}).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {PATIENCE_S:.0f} s")


@dataclass
class Person:
    """Someone who writes to the bot, in a private chat unless a group's number is given.

    Attributes:
        http: a client of the server, shared by the people at it.
        number: the person's id, also that of the private chat.
        language: what the person's client speaks.
        journal: every call that the bot has made since the first of them appeared, shared too.
    """

    http: httpx.Client
    number: int
    language: str = "en"
    journal: list[Json] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The root of the server."""
        return str(self.http.base_url).rstrip("/")

    def neighbour(self, language: str = "en") -> Person:
        """Return somebody else at the same server; they share the journal."""
        return replace(self, number=self.number + 1, language=language)

    def say(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> Any:
        """Write a message; returns its id, or that it was kept from the bot."""
        said: Json = {"text": text, "chat": chat or self.number, "user": self.number, "lang": self.language}
        return self._post("send", said | ({"reply_to": reply_to} if reply_to else {}))

    def show(self, content: Json) -> Any:
        """Send something that is not text."""
        return self._post("send", {"message": content, "user": self.number, "lang": self.language})

    def block(self) -> None:
        """Block the bot."""
        self._post("block", {"chat": self.number})

    def break_method(self, method: str, code: int, *, times: int = 1, retry_after: int | None = None) -> None:
        """Let the bot's next calls of a method fail; only our own server can."""
        failure = {"method": method, "code": code, "times": times, "retry_after": retry_after}
        self._post("fail", failure)

    def calls(self, method: str, chat: int | None = None) -> list[Json]:
        """Return the bot's calls of a method in order, those to this person or to the chat given."""
        self.journal += self._post("log", {})
        chat = chat or self.number
        return [
            call
            for call in self.journal
            if call["method"] == method and call["args"].get("chat_id", chat) in (chat, str(chat))
        ]

    def received(self, chat: int | None = None) -> list[Json]:
        """Return the messages that have arrived in the chat."""
        return [call["args"] for call in self.calls("sendMessage", chat) if call["code"] == httpx.codes.OK]

    def wait_for(self, count: int, chat: int | None = None) -> list[Json]:
        """Wait until so many messages have arrived in the chat and return them."""
        wait_until(lambda: len(self.received(chat)) >= count)
        return self.received(chat)

    def ask(self, text: str, *, chat: int | None = None, parts: int = 1) -> list[Json]:
        """Write a message and return the reply, which has so many parts."""
        before = len(self.received(chat))
        self.say(text, chat=chat)
        return self.wait_for(before + parts, chat)[before:]

    def faults(self) -> list[Json]:
        """Return the calls that a strict server finds wrong; a flood limit obeyed is none."""
        self.journal += self._post("log", {})
        fine = (200, 429)
        return [
            call
            for call in self.journal
            if call["faults"] or (call["code"] not in fine and call["method"] != "getUpdates")
        ]

    def _post(self, action: str, body: Json) -> Any:
        response = self.http.post(f"/_user/{action}", json=body)
        response.raise_for_status()
        return response.json()


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something is so. Raises: TimeoutError."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("what the test waits for has not happened")
        time.sleep(0.03)


def styled(message: Json, style: str) -> list[str]:
    """Return the pieces of a message's text that have a style, cut as Telegram counts: in UTF-16 units."""
    encoded = message["text"].encode("utf-16-le")
    return [
        encoded[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == style
    ]
