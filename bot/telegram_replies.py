"""What the bot replies to a question or a command; knows answers and words, but nothing of the network."""

from __future__ import annotations

import threading
from collections import OrderedDict

from bot.conversation import ask_in_turn
from bot.telegram_incoming import Incoming
from bot.telegram_phrases import phrases_for
from bot.telegram_render import render_answer, render_greeting, render_help, render_sources, render_text
from bot.telegram_text import Message
from index.errors import VestkaError
from qa.answerer import MAX_QUESTION_CHARS, Answerer
from qa.conversations import Conversations
from qa.records import Answer

MAX_REMEMBERED_CHATS = 10_000


class Replies:
    """Replies for every chat; thread-safe, and as blocking as the answerer is."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._conversations = Conversations(MAX_REMEMBERED_CHATS)
        self._last: OrderedDict[int, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, message: Incoming, question: str) -> list[Message]:
        """Answer a question of a conversation; the answer is the chat's last. Raises: VestkaError."""
        phrases = phrases_for(message.language)
        length = len(question.strip())
        if length > MAX_QUESTION_CHARS:
            numbers = {"length": phrases.number(length), "limit": phrases.number(MAX_QUESTION_CHARS)}
            return render_text(phrases.too_long.format(**numbers))
        answer = ask_in_turn(self._answerer, self._conversations, message.conversation, question)
        with self._lock:
            self._last[message.chat_id] = answer
            self._last.move_to_end(message.chat_id)
            if len(self._last) > MAX_REMEMBERED_CHATS:
                self._last.popitem(last=False)
        return render_answer(answer, phrases)

    def sources(self, chat_id: int, language: str | None) -> list[Message]:
        """List the sources of the chat's last answer."""
        with self._lock:
            last = self._last.get(chat_id)
        return render_sources(last, phrases_for(language))

    def new_conversation(self, message: Incoming) -> list[Message]:
        """Forget what was said, so that the next question stands alone."""
        if message.conversation is not None:
            self._conversations.forget(message.conversation)
        return render_text(phrases_for(message.language).new_conversation)

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
