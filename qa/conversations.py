"""What was asked and answered last, by conversation; in memory, and forgotten after a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from qa.records import Answer, Turn

MAX_QUOTE_CHARS = 300


@dataclass(frozen=True, slots=True)
class _Conversation:
    turns: tuple[Turn, ...]
    last_used: float


class Conversations:
    """The last turns of each conversation, at most so many of them; thread-safe.

    The conversation that was read or added to least recently goes first.
    """

    def __init__(
        self,
        capacity: int = 10_000,
        turns: int = 3,
        idle_seconds: float = 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set the bounds: conversations, turns of each, seconds without a use. Raises: ValueError."""
        if min(capacity, turns) < 1:
            raise ValueError(f"room for {capacity} conversations of {turns} turns: each must be at least 1")
        self._capacity = capacity
        self._turns = turns
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Conversation] = OrderedDict()

    def history(self, key: Hashable) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first; none of one that is not known or was idle too long."""
        with self._lock:
            self._drop_idle()
            found = self._kept.get(key)
            if found is None:
                return ()
            self._use(key, found.turns)
            return found.turns

    def remember(self, key: Hashable, answer: Answer) -> None:
        """Add a question and its answer; a refusal leaves no quotes, small talk (nothing was searched) no turn."""
        if answer.searched is None:
            return
        turn = _turn(answer)
        with self._lock:
            self._drop_idle()
            found = self._kept.get(key)
            self._use(key, (*(found.turns if found else ()), turn)[-self._turns :])
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)

    def forget(self, key: Hashable) -> None:
        """Forget a conversation."""
        with self._lock:
            self._kept.pop(key, None)

    def _use(self, key: Hashable, turns: tuple[Turn, ...]) -> None:
        self._kept[key] = _Conversation(turns, self._clock())
        self._kept.move_to_end(key)

    def _drop_idle(self) -> None:
        """Drop those idle too long; they stand first, since a conversation moves to the end when it is used."""
        now = self._clock()
        while self._kept:
            first = next(iter(self._kept))
            if now - self._kept[first].last_used <= self._idle_seconds:
                return
            del self._kept[first]


def _turn(answer: Answer) -> Turn:
    cited = answer.citations if answer.answered else ()
    return Turn(
        question=answer.read_as or answer.question,
        language=answer.language,
        article_ids=tuple(dict.fromkeys(citation.article_id for citation in cited)),
        quotes=tuple(citation.quote[:MAX_QUOTE_CHARS] for citation in cited),
    )
