"""Weeks, months, quarters and years around a day."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
"""The months in a unit; shorter units are counted in days."""
DAYS = {"day": 1, "week": 7, "weekend": 7}

Span = tuple[date, date]
"""A first and a last day."""


def unit_span(unit: str, day: date, offset: int = 0) -> Span:
    """Return the calendar unit that holds a day, or the one so many later. Raises: ValueError, OverflowError."""
    if unit in DAYS:
        start = day + timedelta(days=DAYS[unit] * offset)
        if unit == "day":
            return start, start
        monday = start - timedelta(days=start.weekday())
        return (monday + timedelta(days=5) if unit == "weekend" else monday), monday + timedelta(days=6)
    size = MONTHS[unit]
    first = (12 * day.year + day.month - 1) // size * size + offset * size
    return months_span(first, size)


def months_span(first: int, size: int) -> Span:
    """Return so many months, of which the first is so many months after the year 0. Raises: ValueError."""
    start = date(first // 12, first % 12 + 1, 1)
    after = first + size
    return start, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def step_back(day: date, unit: str, number: int) -> date:
    """Return the day that is so many units before another. Raises: ValueError, OverflowError."""
    if unit in DAYS:
        return day - timedelta(days=DAYS[unit] * number)
    at = 12 * day.year + day.month - 1 - MONTHS[unit] * number
    _, last = months_span(at, 1)
    return min(last, last.replace(day=min(day.day, last.day)))
