"""Order and patience of what the bot sends: one thing at a time per chat, and again after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TypeVar

MAX_BACKOFF_S = 30.0
FIRST_ACTION_S = 1.0
"""How long an answer waits for the typing action: one that overtakes the answer would show under it."""

Sent = TypeVar("Sent")


class InOrder:
    """Does work of the same key one after the other as they arrive, of different keys side by side."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, int] = {}
        self._locks: dict[Hashable, asyncio.Lock] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[Sent]]) -> Sent:
        """Do the work once everything that came before it under this key is done."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            # asyncio's lock is fair: who came first goes first.
            async with lock:
                return await work()
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]


async def patiently(
    send: Callable[[], Awaitable[Sent]],
    pause_s: Callable[[Exception, int], float | None],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Sent:
    """Send until it succeeds.

    Args:
        send: tries once.
        pause_s: the seconds to wait after this error, which ended the n-th try; None gives up.
    """
    for tries in count(1):
        try:
            return await send()
        except Exception as error:
            pause = pause_s(error, tries)
            if pause is None:
                raise
        await sleep(pause)
    raise AssertionError("unreachable")


def backoff_s(failures: int) -> float:
    """Return how long to wait after the n-th failure in a row: 0.5, 1, 2, 4, ... seconds."""
    return float(min(MAX_BACKOFF_S, 0.25 * 2**failures))


@asynccontextmanager
async def repeated(action: Callable[[], Awaitable[object]], every_s: float) -> AsyncIterator[None]:
    """Do something at once and again and again, as long as the context is open; it must not raise."""
    first = asyncio.Event()

    async def repeat() -> None:
        while True:
            await action()
            first.set()
            await asyncio.sleep(every_s)

    task = asyncio.create_task(repeat())
    try:
        yield
        with suppress(TimeoutError):
            await asyncio.wait_for(first.wait(), FIRST_ACTION_S)
    finally:
        task.cancel()
        await asyncio.wait({task})
