"""Who gets which reply: commands, questions, and messages that are neither; knows no network library."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.telegram_incoming import Incoming
from bot.telegram_phrases import phrases_for
from bot.telegram_render import render_text
from bot.telegram_replies import Replies
from bot.telegram_text import Message


class Line(Protocol):
    """The way back to the person."""

    async def send(self, to: Incoming, parts: list[Message]) -> None:
        """Send the parts in order, the first as a reply to the message."""
        ...

    def typing(self, to: Incoming) -> AbstractAsyncContextManager[None]:
        """Show that the bot is typing, at once and as long as the context is open."""
        ...


class Desk:
    """Takes each message to the right reply.

    Attributes:
        allowed: numbers of the people and chats that are answered; empty answers everyone.
    """

    def __init__(self, replies: Replies, allowed: frozenset[int]) -> None:
        self.allowed = allowed
        self._replies = replies

    async def take(self, message: Incoming, line: Line) -> None:
        """Reply to a message, or leave it alone. Raises: VestkaError, and what the line raises."""
        words = message.words
        if not words.addressed:
            return
        phrases = phrases_for(message.language)
        if self.allowed and not {message.chat_id, message.user_id} & self.allowed:
            # In a group only silence: who is not invited should not be able to make the bot talk there.
            if message.private:
                await line.send(message, render_text(phrases.not_invited.format(user=message.user_id)))
        elif words.command is not None:
            await line.send(message, await asyncio.to_thread(self._obey, words.command, message))
        elif not words.text:
            await line.send(message, render_text(phrases.text_only if words.text is None else phrases.ask))
        else:
            async with line.typing(message):
                parts = await asyncio.to_thread(self._replies.answer, message, words.text)
            await line.send(message, parts)

    async def apologise(self, message: Incoming, error: BaseException | None, line: Line) -> None:
        """Tell a person who waits for a reply that there is none."""
        if message.words.addressed:
            await line.send(message, self._replies.failure(message.language, error))

    def _obey(self, command: str, message: Incoming) -> list[Message]:
        language = message.language
        match command:
            case "start":
                return self._replies.greeting(language)
            case "help":
                return self._replies.guide(language)
            case "new":
                return self._replies.new_conversation(message)
            case "sources":
                return self._replies.sources(message.chat_id, language)
            case _:
                return [
                    *render_text(phrases_for(language).unknown_command),
                    *self._replies.guide(language),
                ]
