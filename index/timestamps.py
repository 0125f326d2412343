"""Times of publication and correction as they are stored: ISO 8601, exactly as precise as they were given."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from index.errors import NoArticle

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ]\s*(?P<minute>\d{2}:\d{2})(?P<second>:\d{2})?(?:[.,]\d{1,9})?"
    r"\s*(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_DAY_CHARS = len("2022-10-14")
_MINUTE_CHARS = len("2022-10-14T13:00")
_EPOCH = date(1970, 1, 1)


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


def day_number(moment: str | None) -> int | None:
    """Return the day of a stored time as days since 1970-01-01, None where it is not known."""
    return None if moment is None else (date.fromisoformat(day_of(moment)) - _EPOCH).days


def iso_day(number: int) -> str:
    """Return a day, given as days since 1970-01-01, as YYYY-MM-DD."""
    return (_EPOCH + timedelta(number)).isoformat()


def correction(published: str | None, changed: str | None) -> str | None:
    """Return the time of a change that lies after the publication, None for any other.

    Sites write down a change for every article; one that is no later than the publication corrected nothing.
    """
    if published is None or changed is None:
        return None
    return changed if _is_later(changed, published) else None


def _is_later(moment: str, than: str) -> bool:
    """Whether a stored time lies after another, as far as both are exact: to the second, the minute or the day."""
    if "T" not in moment or "T" not in than:
        return day_of(moment) > day_of(than)
    first, second = datetime.fromisoformat(moment), datetime.fromisoformat(than)
    if first.tzinfo is None or second.tzinfo is None:
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    if not (_has_seconds(moment) and _has_seconds(than)):
        first, second = first.replace(second=0), second.replace(second=0)
    return first > second


def _has_seconds(moment: str) -> bool:
    return moment[_MINUTE_CHARS : _MINUTE_CHARS + 1] == ":"


def _offset(zone: str) -> str:
    if zone in ("Z", "z"):
        return "+00:00"
    digits = zone.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}" if digits else ""
