"""Lines that recur across the pages of one archive, and so belong to the site and not to an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from hashlib import blake2b

from index.furniture import count_letters

SAMPLE_PAGES = 300
"""How many pages of an archive are looked at to learn what recurs."""

_MAX_LINE_CHARS = 300
_LONG_LINE_LETTERS = 80
_COUNTER_CHARS = 60
_EDGE_LINES = 150
_LEAST_PAGES = 3
_COMMON_SHARE = 0.05
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


class Recurrence(IntEnum):
    """How often a line was met in different articles of an archive."""

    NONE = 0
    SOME = 1
    """In three or more: furniture at the edges of an article, perhaps a subheading within."""
    COMMON = 2
    """In one of twenty: furniture wherever it stands."""


class RecurringLines:
    """Counts in how many different articles of a sample each short line stands.

    Copies of one article, of which archives have many, count once: pages are copies when they share more than
    half of their long lines.
    """

    def __init__(self) -> None:
        self._articles = 0
        self._seen: Counter[bytes] = Counter()
        self._article_of: dict[bytes, int] = {}

    def add_page(self, lines: Sequence[str]) -> None:
        """Count the lines of one page, of a very long one those near its ends."""
        if len(lines) > 2 * _EDGE_LINES:
            lines = [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
        if self._is_copy([_key(line) for line in lines if count_letters(line) >= _LONG_LINE_LETTERS]):
            return
        self._articles += 1
        self._seen.update({_key(line) for line in lines if len(line) <= _MAX_LINE_CHARS})

    def of(self, line: str) -> Recurrence:
        """Say how often a line recurs."""
        pages = self._seen[_key(line)] if self._seen and len(line) <= _MAX_LINE_CHARS else 0
        if pages < _LEAST_PAGES:
            return Recurrence.NONE
        return Recurrence.COMMON if pages >= _COMMON_SHARE * self._articles else Recurrence.SOME

    def _is_copy(self, long_lines: Iterable[bytes]) -> bool:
        keys = set(long_lines)
        owners = Counter(self._article_of[key] for key in keys if key in self._article_of)
        for key in keys:
            self._article_of.setdefault(key, self._articles)
        return bool(owners) and 2 * owners.most_common(1)[0][1] > len(keys)


NOTHING_RECURS = RecurringLines()
"""What is known about a page that stands alone."""


def _key(line: str) -> bytes:
    """Return what lines have in common that say the same; in short ones, such as the weather, numbers may differ."""
    shape = _SPACES.sub(" ", line).strip().casefold()
    if len(shape) <= _COUNTER_CHARS:
        shape = _DIGITS.sub("0", shape)
    return blake2b(shape.encode("utf-8", "replace"), digest_size=8).digest()
