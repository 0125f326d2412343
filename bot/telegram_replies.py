"""What the bot replies to a question or a command; knows answers and words, but nothing of the network."""

from __future__ import annotations

import threading
from collections import OrderedDict

from bot.telegram_phrases import phrases_for
from bot.telegram_render import render_answer, render_greeting, render_help, render_sources, render_text
from bot.telegram_text import Message
from index.errors import VestkaError
from qa.answerer import MAX_QUESTION_CHARS, Answerer
from qa.records import Answer

MAX_REMEMBERED_CHATS = 10_000


class Replies:
    """Replies for every chat; thread-safe, and as blocking as the answerer is."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._last: OrderedDict[int, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, chat_id: int, language: str | None, question: str) -> list[Message]:
        """Answer a question and remember the answer as the chat's last. Raises: VestkaError."""
        phrases = phrases_for(language)
        length = len(question.strip())
        if length > MAX_QUESTION_CHARS:
            numbers = {"length": phrases.number(length), "limit": phrases.number(MAX_QUESTION_CHARS)}
            return render_text(phrases.too_long.format(**numbers))
        answer = self._answerer.ask(question)
        with self._lock:
            self._last[chat_id] = answer
            self._last.move_to_end(chat_id)
            if len(self._last) > MAX_REMEMBERED_CHATS:
                self._last.popitem(last=False)
        return render_answer(answer, phrases)

    def sources(self, chat_id: int, language: str | None) -> list[Message]:
        """List the sources of the chat's last answer."""
        with self._lock:
            last = self._last.get(chat_id)
        return render_sources(last, phrases_for(language))

    def greeting(self, language: str | None) -> list[Message]:
        """Say what the bot does and what the archive holds; a greeting never fails."""
        try:
            status = self._answerer.status()
        except VestkaError:
            status = None
        return render_greeting(status, phrases_for(language))

    def guide(self, language: str | None) -> list[Message]:
        """Say how to use the bot."""
        return render_help(phrases_for(language))

    def failure(self, language: str | None, error: BaseException | None) -> list[Message]:
        """Say that there is no reply, and why when the reason is meant for everyone."""
        shown = isinstance(error, VestkaError) and error.public
        return render_text(str(error) if shown else phrases_for(language).failure)
