"""Blocking calls of the answerer, a few at a time, with a bounded queue in front."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TypeVar

import anyio
import anyio.to_thread

from bot.http_problems import HttpProblem

T = TypeVar("T")

DEFAULT_AT_ONCE = 2
DEFAULT_WAITING = 64


class Workers:
    """Runs blocking functions in threads: `at_once` together, at most `waiting` in the queue."""

    def __init__(self, at_once: int = DEFAULT_AT_ONCE, waiting: int = DEFAULT_WAITING) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        # Counted here: the limiter's own count lags behind, so a burst would slip past it.
        self._inside = 0

    async def run(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Return what the function returns, called in a thread. Raises: HttpProblem (503): too many wait."""
        if self._inside >= self._most:
            detail = "Too many questions are waiting; try again shortly."
            raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, detail)
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(partial(function, *args, **kwargs), limiter=self._limiter)
        finally:
            self._inside -= 1
