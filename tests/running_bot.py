"""The real Telegram bot in an event loop of its own, and archives that put it to the test."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.telegram_bot import telegram_bot
from index.records import Filters
from qa.answerer import NO_FILTERS
from qa.records import Answer
from tests.bot_api import TOKEN
from tests.fakes import FakeAnswerer

BRIDGE_QUESTION = "How much did the harbour bridge of Port Elling cost to build?"
"""The fake archive answers it with two quotations."""


@contextmanager
def running_bot(answerer: FakeAnswerer, address: str, allowed: frozenset[int] = frozenset()) -> Iterator[None]:
    """Run the bot in an event loop of its own."""
    started, loops = threading.Event(), []
    stopped, failures = asyncio.Event(), []

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        async with telegram_bot(answerer, token=TOKEN, base_url=address, allowed=allowed):
            started.set()
            await stopped.wait()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, f"the bot leaves tasks behind: {left}"

    def run() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:  # noqa: BLE001  handed to the test's own thread
            failures.append(error)
            started.set()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield
    finally:
        if not failures:
            loops[0].call_soon_threadsafe(stopped.set)
        thread.join()
    if failures:
        raise failures[0]


class LongAnswerer(FakeAnswerer):
    """Answers anything with so many quotations of 2,500 characters each, one a message."""

    def __init__(self, quotations: int) -> None:
        super().__init__()
        self._quotations = quotations

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: Any) -> Answer:
        """Quote at length."""
        answer = super().ask(BRIDGE_QUESTION, filters, **more)
        citations = tuple(
            replace(answer.citations[0], number=number, quote=f"🌉 {number} " + "slow bridge " * 208)
            for number in range(1, self._quotations + 1)
        )
        return replace(answer, citations=citations)


class SlowAnswerer(FakeAnswerer):
    """Takes its time over questions that say so."""

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: Any) -> Answer:
        """Wait, then answer."""
        if "slowly" in question:
            time.sleep(0.6)
        return super().ask(question, filters, **more)
