"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from tqdm import tqdm

from index.progress import Progress

LINE_EVERY_S = 5.0
"""How often a plain line is written at most, but for the first and the last of a stage."""


def watch(stream: TextIO) -> Progress:
    """Return what shows progress best on this stream."""
    return ProgressBar(stream) if stream.isatty() else ProgressLines(stream)


class ProgressBar:
    """Shows each stage as a bar with its speed and the time that is left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm | None = None
        self._count = 0

    def stage(self, label: str, total: int | None) -> None:
        """Start a new bar."""
        self.done()
        self._count = 0
        # A number that nobody knows makes no bar: only what is counted, if anything is, and the time.
        shape = None if total is not None else "{desc}{postfix} [{elapsed}]"
        self._bar = tqdm(
            desc=label,
            total=total,
            file=self._stream,
            dynamic_ncols=True,
            mininterval=0.2,
            bar_format=shape,
        )

    def advance(self, n: int = 1) -> None:
        """Move the bar on."""
        if self._bar is not None:
            self._count += n
            if self._bar.total is None:
                self._bar.set_postfix_str(f"{self._count:,}", refresh=False)
            self._bar.update(n)

    def done(self) -> None:
        """Leave the bar as it is and go to a new line."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class ProgressLines:
    """Writes a line when a stage begins, every few seconds while it lasts, and when it has ended."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._label: str | None = None
        self._total: int | None = None
        self._count = 0
        self._started = self._written = 0.0

    def stage(self, label: str, total: int | None) -> None:
        """Say what begins."""
        self.done()
        self._label, self._total, self._count = label, total, 0
        self._started = self._written = self._clock()
        self._write(label if total is None else f"{label}: {total:,}")

    def advance(self, n: int = 1) -> None:
        """Say how far it is, if that has not been said lately."""
        self._count += n
        now = self._clock()
        if self._label is not None and now - self._written >= LINE_EVERY_S:
            self._written = now
            of_total = f" of {self._total:,} ({self._count / self._total:.0%})" if self._total else ""
            self._write(f"{self._label}: {self._count:,}{of_total}")

    def done(self) -> None:
        """Say how long it took."""
        if self._label is not None:
            count = f"{self._count:,} " if self._count else ""
            self._write(f"{self._label}: {count}done in {self._clock() - self._started:.1f} s")
            self._label = None

    def _write(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()
