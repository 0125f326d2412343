"""SIGTERM and SIGINT as an event, so that what is in hand is finished first."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_event() -> Iterator[asyncio.Event]:
    """Yield an event that the first signal sets; a second signal ends the process as usual."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def give_back() -> None:
        for number in STOP_SIGNALS:
            loop.remove_signal_handler(number)

    def stop() -> None:
        stopped.set()
        give_back()

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield stopped
    finally:
        give_back()
