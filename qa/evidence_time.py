"""Whether evidence is of a time: by the dates and years in its text and by the day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qa.moments import Moment, Side, days_of
from qa.periods import Period
from qa.time_units import Span
from qa.when import YEAR, find_dates

MOST = 0.5
"""A date of several days lies in a relative period when at least this share of them does."""


def is_plain(period: Period) -> bool:
    """Say whether a period is a day, a month or a year of the calendar."""
    start, end = period.start, period.end
    if start is None or end is None:
        return False
    month = Moment(start.year, start.month)
    return (start, end) in (
        (start, start),
        days_of(month, start, Side.LAST),
        days_of(Moment(start.year), start, Side.LAST),
    )


def bears_period(period: Period, text: str, published: str | None) -> bool:
    """Say whether a text bears a date in a period, or was published in it.

    "In 2024" is a date in January to March 2024, since articles write so, but none in the last week of that year.
    """
    return any(_is_in(period, days) for days in _days_borne(text, published))


def _days_borne(text: str, published: str | None) -> Iterator[Span]:
    """Yield the days of a publication and of each date in its text; what lacks a year is of the nearest."""
    day = date.fromisoformat(published[:10]) if published else None
    if day is not None:
        yield day, day
    dated = find_dates(text)
    moments = [Moment(when.year, when.month, when.day) for when in dated if when.year is not None or day is not None]
    years = {int(year) for year in YEAR.findall(text)} - {when.year for when in dated}
    for moment in [*moments, *map(Moment, years)]:
        days = days_of(moment, day or date.min, Side.NEAREST)
        if days is not None:
            yield days


def _is_in(period: Period, days: Span) -> bool:
    start = max(days[0], period.start or date.min)
    end = min(days[1], period.end or date.max)
    shared = (end - start).days + 1
    least = MOST * ((days[1] - days[0]).days + 1) if period.relative else 1
    return shared >= max(1, least)
