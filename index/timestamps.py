"""Publication times as they are stored: ISO 8601, exactly as precise as they were given."""

from __future__ import annotations

import re
from datetime import datetime

from index.errors import NoArticle

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ]\s*(?P<minute>\d{2}:\d{2})(?P<second>:\d{2})?(?:[.,]\d{1,9})?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_DAY_CHARS = len("2022-10-14")


def parse_timestamp(text: str) -> str:
    """Return a date or a date and time in its canonical form, keeping its precision and offset.

    `2022-10-14 13:00Z` gives `2022-10-14T13:00+00:00`; fractions of a second are dropped. Raises: NoArticle.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise NoArticle(f"the date {text[:40]!r} is not ISO 8601, such as 2022-10-14T13:00")
    canonical = match["day"]
    if match["minute"]:
        canonical += f"T{match['minute']}{match['second'] or ''}{_offset(match['zone'] or '')}"
    try:
        datetime.fromisoformat(canonical)
    except ValueError:
        raise NoArticle(f"the date {text[:40]!r} does not exist") from None
    return canonical


def day_of(published: str) -> str:
    """Return the day, YYYY-MM-DD, of a stored publication time."""
    return published[:_DAY_CHARS]


def _offset(zone: str) -> str:
    if zone in ("Z", "z"):
        return "+00:00"
    digits = zone.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}" if digits else ""
