"""Dates as people write them in a question or an article, as exact as they say: a year, a month, a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.page_dates import MONTH_NUMBERS

STEM_CHARS = 5
# Names that are too short for a stem.
SHORT = {
    2: "лютым лютаму lutym lutem",
    3: "март марте марту мартом märz marcu marcem",
    5: "май мая мае маі маем may mai maj maja maju mayo",
    6: "июня июне июнь июню juni june",
    7: "июля июле июль июлю juli july",
}
SHORT_NAMES = {name: month for month, names in SHORT.items() for name in names.split()}
SURE_NAMES = {name for name, month in SHORT_NAMES.items() if month in (2, 3)}
"""The others are words of other meaning too, and count only beside a number."""
STEMS = {name[:STEM_CHARS]: month for name, month in MONTH_NUMBERS.items() if len(name) >= STEM_CHARS}

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
DAY = r"(?<![\d.,])(?:3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH = rf"\b(?:(?P<short>{'|'.join(SHORT_NAMES)})|(?P<stem>{'|'.join(STEMS)})[^\W\d_]*)\b"
WORDS = re.compile(
    rf"(?P<before>{DAY})?(?:st|nd|rd|th|-?го|-?га)?\.?\s*(?:de\s+)?{MONTH}"
    rf"(?:\s+(?P<after>{DAY})(?:st|nd|rd|th)?(?![.,]\d))?,?\s*(?:del?\s+)?(?P<year>{YEAR.pattern})?",
    re.IGNORECASE,
)
HAN = re.compile(r"(?:((?:1[5-9]|20)\d\d)年)?(1[0-2]|0?[1-9])月(?:(\d{1,2})[日号])?")
NUMERIC = re.compile(
    r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it was said; None where it was not."""

    year: int | None
    month: int
    day: int | None

    def meets(self, other: When) -> bool:
        """Say whether two dates can be the same: every part that this one says, the other says alike."""
        return (
            self.month == other.month
            and (self.year is None or self.year == other.year)
            and (self.day is None or self.day == other.day)
        )

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that write the month and the day."""
        return frozenset(str(number) for number in (self.month, self.day) if number is not None)


def find_dates(text: str) -> list[When]:
    """Return the dates in a text that name at least a month, in reading order."""
    found = [When(_number(year), int(month), _number(day)) for year, month, day in HAN.findall(text)]
    for day, month, year, iso_year, iso_month, iso_day in NUMERIC.findall(text):
        number = int(month or iso_month)
        if 1 <= number <= 12:
            found.append(When(int(year or iso_year), number, int(day or iso_day)))
    for match in WORDS.finditer(text):
        short, stem = match["short"], match["stem"]
        if stem or short.casefold() in SURE_NAMES or match["before"] or match["after"] or match["year"]:
            month_number = STEMS[stem.casefold()] if stem else SHORT_NAMES[short.casefold()]
            found.append(When(_number(match["year"]), month_number, _number(match["before"] or match["after"])))
    return _with_common_year(found)


def published_date(published: str | None) -> When | None:
    """Return the day of a publication, None where it is not known."""
    if published is None:
        return None
    year, month, day = (int(part) for part in published[:10].split("-"))
    return When(year, month, day)


def date_is_missing(
    wanted: Sequence[When], text: str, published: str | None, *, count_publication: bool = True
) -> bool:
    """Say whether evidence bears none of the dates that a question names.

    A date in the text without a year is taken to be of the year of publication.

    Args:
        count_publication: whether the day of publication is a date that the evidence bears.
    """
    if not wanted:
        return False
    day = published_date(published)
    there = [When(date.year or (day.year if day else None), date.month, date.day) for date in find_dates(text)]
    if day and count_publication:
        there.append(day)
    return not any(date.meets(other) for date in wanted for other in there)


def _with_common_year(dates: list[When]) -> list[When]:
    """Give dates without a year that of the one other year in the text: "January to March 2024"."""
    years = {date.year for date in dates if date.year is not None}
    if len(years) != 1:
        return dates
    (year,) = years
    return [When(date.year or year, date.month, date.day) for date in dates]


def _number(text: str) -> int | None:
    return int(text) if text else None
