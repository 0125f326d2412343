"""How long work tells what it is doing, without knowing who watches."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Watches work that comes in stages of countable steps; a new stage ends the one before."""

    def stage(self, label: str, total: int | None) -> None:
        """Start a stage of `total` steps, or of a number that nobody knows yet."""

    def advance(self, n: int = 1) -> None:
        """Report that `n` more steps of the stage are behind us."""

    def done(self) -> None:
        """Report the end of the last stage."""


class Silent:
    """A `Progress` that tells nobody."""

    def stage(self, label: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, n: int = 1) -> None:
        """Say nothing."""

    def done(self) -> None:
        """Say nothing."""


SILENT = Silent()
"""The watcher of those who do not watch."""
