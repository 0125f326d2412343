"""Dates as far as they are said, out of tokens: a day, a month, a part of a year, a year, a day of the week."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from qa.time_tokens import WORD, Token
from qa.time_units import MONTHS, Span, months_span
from qa.time_words import CYRILLIC

LEADS = "iSVvPQFBZAe"
"""Letters of the words that announce a time."""
LEAP_CYCLE_YEARS = 4
WEEK_DAYS = 7

_LISTS_OF_DAYS = re.compile(r"[Nd][ZVvA\-][Nd]M")
_ANOTHER_MONTH = re.compile(r"[ZVvA\-]M")
_DATE_AFTER = re.compile(",?i?(?:[Nd][Mm]|[Mm][Nd]|T)")
_AFTER_THE = re.compile(r"\bthe\s{1,3}\Z", re.IGNORECASE)
_AFTER_IN = re.compile(r"\bin\s{1,3}\Z", re.IGNORECASE)
_VERBS = frozenset({"may", "march"})
"""English, when they are not capitalised."""


class Side(Enum):
    """Which one a date without a year means, seen from a day."""

    LAST = "last"
    NEXT = "next"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it was said; None where it was not.

    Attributes:
        months: how many it covers from `month` on.
        span: its days, where words gave all of it.
        relative: whether it counts from the day of asking.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 1
    weekday: int | None = None
    span: Span | None = None
    relative: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it names a year and no more."""
        return self.year is not None and self.month is None


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its tokens, and their letters as one string."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    codes: str

    def is_led(self, at: int) -> bool:
        """Whether a word that announces a time stands before a token."""
        return at > 0 and self.codes[at - 1] in LEADS

    def before(self, at: int) -> str:
        """Return the text before a token, as much of it as a word or two take."""
        start = self.tokens[at].start
        return self.text[max(0, start - 8) : start]

    def word(self, at: int) -> str:
        """Return a token as it is written; nothing past the last."""
        return self.text[self.tokens[at].start : self.tokens[at].end] if at < len(self.tokens) else ""


def read_moment(line: Line, at: int) -> tuple[Moment, int] | None:
    """Return the date that begins with a token and the number of the token after it, None where there is none."""
    for pattern, is_said in _FORMS:
        match = pattern.match(line.codes, at)
        if match and is_said(line, at, match.end()):
            moment = _compose(line.tokens[at : match.end()])
            if moment is not None:
                return moment, match.end()
    return None


def read_day(line: Line, at: int) -> tuple[Moment, int] | None:
    """Return a day of a month that is named later or earlier, as in "from 5 to 10 May"."""
    token = line.tokens[at] if at < len(line.tokens) else None
    if token is None or token.code not in "Nd" or not 1 <= token.value <= 31:
        return None
    return Moment(day=token.value), at + 1


def begins_days(line: Line, at: int) -> bool:
    """Say whether a bare day stands here, with another day and its month after it."""
    return _LISTS_OF_DAYS.match(line.codes, at) is not None


def share_parts(left: Moment, right: Moment) -> tuple[Moment, Moment]:
    """Give each end of a range what only the other says: its month, its year."""
    if right.month is None and right.day is not None:
        right = replace(right, month=left.month)
    if left.month is None and left.day is not None:
        left = replace(left, month=right.month)
    if right.year is None and right.month is not None:
        right = replace(right, year=left.year)
    if left.year is None and left.month is not None and right.year is not None:
        earlier = right.month is not None and left.month > right.month
        left = replace(left, year=right.year - earlier)
    return left, right


def days_of(moment: Moment, today: date, side: Side) -> Span | None:
    """Return the first and the last day of a date, None where there is no such day."""
    if moment.span is not None:
        return moment.span
    if moment.weekday is not None:
        days = (moment.weekday - today.weekday()) % WEEK_DAYS
        day = today + timedelta(days=days if side is Side.NEXT else (days or WEEK_DAYS) - WEEK_DAYS)
        return day, day
    if moment.year is not None:
        return _days_in(moment, moment.year)
    around = range(today.year - LEAP_CYCLE_YEARS, today.year + LEAP_CYCLE_YEARS + 1)
    found = [span for year in around if (span := _days_in(moment, year)) is not None]
    if side is Side.NEXT:
        return min((span for span in found if span[1] >= today), default=None)
    if side is Side.NEAREST:
        return min(found, key=lambda span: abs(span[0] - today), default=None)
    return max((span for span in found if span[0] <= today), default=None)


def _days_in(moment: Moment, year: int) -> Span | None:
    try:
        if moment.month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if moment.day is not None:
            return (day := date(year, moment.month, moment.day)), day
        return months_span(12 * year + moment.month - 1, moment.months)
    except ValueError:
        return None


def _compose(tokens: tuple[Token, ...]) -> Moment | None:
    """Put together what tokens say."""
    moment = Moment(relative=any(token.relative or token.code == "W" for token in tokens))
    for token in tokens:
        if token.code == "T":
            moment = replace(moment, span=token.span)
        elif token.code == "Y":
            moment = replace(moment, year=token.value)
        elif token.code in "Mm":
            moment = replace(moment, month=token.value)
        elif token.code in "Nd":
            if not 1 <= token.value <= 31:
                return None
            moment = replace(moment, day=token.value)
        elif token.code == "H":
            months = MONTHS.get(token.unit, 6)
            moment = replace(moment, month=months * (token.value - 1) + 1, months=months)
        elif token.code == "W":
            moment = replace(moment, weekday=token.value)
    if moment.span is not None and moment.weekday is not None:
        day = moment.span[0] + timedelta(days=moment.weekday)
        return replace(moment, span=(day, day))
    return moment


def _always(line: Line, at: int, end: int) -> bool:
    return True


def _with_week(line: Line, at: int, end: int) -> bool:
    spans = [token.span for token in line.tokens[at:end] if token.span]
    return all((last - first).days == WEEK_DAYS - 1 and first.weekday() == 0 for first, last in spans)


def _is_month(line: Line, at: int, end: int) -> bool:
    """Say whether a name alone is a month: after a word of time, or before another month."""
    if line.word(at) in _VERBS and line.codes[at - 1 : at] == "A":
        return False
    return line.tokens[at].sure or line.is_led(at) or _ANOTHER_MONTH.match(line.codes, end) is not None


def _day_and_month(line: Line, at: int, end: int) -> bool:
    return line.word(end - 1) not in _VERBS or line.is_led(at)


def _month_and_day(line: Line, at: int, end: int) -> bool:
    """Say whether "May 5" is a date: not in "in May 5 people died"."""
    return line.codes[end - 1] == "d" or (line.language == "en" and not _AFTER_IN.search(line.before(at)))


def _of_sure_year(line: Line, at: int, end: int) -> bool:
    return line.tokens[at].sure


def _of_relative_year(line: Line, at: int, end: int) -> bool:
    return line.tokens[at].relative


def _is_led(line: Line, at: int, end: int) -> bool:
    return line.is_led(at)


def _is_weekday(line: Line, at: int, end: int) -> bool:
    """Say whether a day of the week is all that is said: not in "Sunday, 3 March"."""
    return (line.is_led(at) or line.language == "zh") and not _DATE_AFTER.match(line.codes, end)


def _is_part(line: Line, at: int, end: int) -> bool:
    """Say whether a quarter without a year is one: in English it may be a game's."""
    return line.tokens[at].unit != "part" and (line.language != "en" or "q" in line.word(at)[:2].lower())


def _is_year(line: Line, at: int, end: int) -> bool:
    """Say whether a number is a year: "in 2000", but not "2000 tractors"."""
    token, after = line.tokens[at], line.codes[end : end + 1]
    if token.sure:
        return True
    if after == "u" or (after and after in "ZVv-" and line.codes[end + 1 : end + 2] == "N"):
        return False
    if after != WORD:
        return True
    # A word follows: what is counted, or a verb. A German noun can be told from it, and where the word for a year
    # is always said, what has none is no year.
    word = line.word(end)
    if line.language == "de":
        return word[:1].islower() or (line.is_led(at) and line.codes[at - 1] != "V")
    if line.language in (*CYRILLIC, "pl"):
        return False
    if line.is_led(at):
        return line.codes[at - 1] != "V"
    return _AFTER_THE.search(line.before(at)) is not None


_FORMS = tuple(
    (re.compile(pattern), is_said)
    for pattern, is_said in (
        ("Wi?T|TW", _with_week),
        ("T", _always),
        ("[Nd][Mm],?i?YK?", _always),
        ("[Nd]M", _day_and_month),
        ("YMd", _of_sure_year),
        ("[Mm]N,?Y", _month_and_day),
        ("M[Nd]", _month_and_day),
        ("YM", _of_sure_year),
        ("[Mm],?YK?", _always),
        ("MiYK?", _is_led),
        ("YiM", _of_relative_year),
        ("H,?i?YK?|YH", _always),
        ("YiH", _of_relative_year),
        ("H", _is_part),
        ("KY|YK", _always),
        ("Y", _is_year),
        ("M", _is_month),
        ("W", _is_weekday),
    )
)
