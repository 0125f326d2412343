"""The times that a question asks about, as days from and to: "in March 2024", "since 2020", "last week".

Tokens of time are put together in two steps: words that count from today ("three days ago") become dates, then
dates become ranges and bounds. The patterns run over the tokens' letters (see qa.time_words), so that the
vocabulary is all that the languages do not share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qa.moments import Line, Moment, Side, begins_days, days_of, read_day, read_moment, share_parts
from qa.relative_times import resolve_words
from qa.time_tokens import WORD, read_tokens

MAX_CHARS = 2000
"""A longer text is read up to here."""
LEADS = "SVvPQFB"
CONNECTORS = "ZVv-"
BOUNDS_AFTER = {"s": "S", "q": "Q", "p": "P"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a question asks about.

    Attributes:
        start: first day, None for open.
        end: last day, None for open.
        text: the words that say it.
        relative: whether it depends on the day of asking.
    """

    start: date | None
    end: date | None
    text: str
    relative: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A date or two with what bounds them.

    Attributes:
        bound: letter of qa.time_words, empty where the date itself is meant.
        whole: whether the bound is inclusive, as in "before the end of 2023".
    """

    bound: str
    whole: bool
    left: Moment
    right: Moment | None
    text: str


def find_periods(text: str, language: str, today: date, *, nearest: bool = False) -> list[Period]:
    """Return the times that a text names, in reading order.

    A date without a year is the last one up to today, or the next one where the text looks ahead.

    Args:
        language: whose words are read; of one that is not known here, numbers alone.
        today: the day from which "yesterday" counts.
        nearest: whether a date without a year is the one nearest to today, as in an article.
    """
    text = text[:MAX_CHARS]
    read = read_tokens(text, language)
    tokens = resolve_words(read, language, today)
    line = Line(text, language, tuple(tokens), "".join(token.code for token in tokens))
    ahead = Side.NEXT if any(token.code == "!" for token in read) else Side.LAST
    sides = (Side.NEAREST if nearest else ahead, ahead)
    phrases = list(_phrases(line))
    years = {end.year for each in phrases for end in (each.left, each.right) if end and end.year and not end.relative}
    common = years.pop() if len(years) == 1 else None
    found = [(phrase, _period(_in_year(phrase, common), today, *sides)) for phrase in phrases]
    return [
        period
        for phrase, period in found
        if period and not (_is_plain_year(phrase) and any(_holds(period, other) for _, other in found))
    ]


def _phrases(line: Line) -> Iterator[_Phrase]:
    at = 0
    while at < len(line.tokens):
        found = _phrase(line, at)
        if found is None:
            at += 1
        else:
            phrase, at = found
            yield phrase


def _phrase(line: Line, at: int) -> tuple[_Phrase, int] | None:
    """Return the phrase that begins with a token, and the number of the token after it."""
    first = at
    bound = line.codes[at] if line.codes[at] in LEADS else ""
    at += len(bound)
    whole = line.codes[at : at + 1] == "e"
    at += whole
    read = read_day(line, at) if begins_days(line, at) else read_moment(line, at)
    if read is None:
        return None
    left, at = read
    # "Before the 2016 election" may well be in 2016.
    whole = whole or (line.language == "en" and left.is_year and line.codes[at - 1 : at + 1] == "Y" + WORD)
    right, at = _right_end(line, at, left, bound)
    after = line.codes[at : at + 1]
    if right is not None:
        bound = ""
        at += after == "b"
    elif after in BOUNDS_AFTER and bound in ("", "F", "S"):
        bound = BOUNDS_AFTER[after]
        at += 1
    elif bound in ("F", "B"):
        bound = ""
    text = line.text[line.tokens[first].start : line.tokens[at - 1].end]
    return _Phrase(bound, whole, left, right, text), at


def _right_end(line: Line, at: int, left: Moment, bound: str) -> tuple[Moment | None, int]:
    """Return the other end of a range and the number of the token after it; None where there is no range."""
    connector = line.codes[at : at + 1]
    if not connector or connector not in CONNECTORS + "A":
        return None, at
    read = read_moment(line, at + 1)
    if read is None and left.day is not None:
        read = read_day(line, at + 1)
    if read is None:
        return None, at
    right, end = read
    is_list_of_days = left.day is not None and left.month is None
    if connector == "A" and bound != "B" and line.codes[end : end + 1] != "b" and not is_list_of_days:
        return None, at
    return right, end


def _period(phrase: _Phrase, today: date, side: Side, weekday_side: Side) -> Period | None:
    """Return the days of a phrase, None where the calendar has none."""
    try:
        left = right = days_of(phrase.left, today, side if phrase.left.weekday is None else weekday_side)
        relative = phrase.left.relative
        if phrase.right is not None:
            first, last = share_parts(phrase.left, phrase.right)
            right = days_of(last, today, side if last.weekday is None else weekday_side)
            left = days_of(first, right[0], Side.LAST) if right else None
            relative = relative or last.relative
        if left is None or right is None or left[0] > right[1]:
            return None
        start, end = _bounded(left[0], right[1], phrase.bound, whole=phrase.whole)
    except OverflowError:
        return None
    return Period(start, end, phrase.text, relative)


def _bounded(start: date, end: date, bound: str, *, whole: bool) -> tuple[date | None, date | None]:
    """Return what lies between the ends, or on one side of them."""
    if bound == "S" or (bound == "Q" and whole):
        return start, None
    if bound == "V" or (bound in ("P", "v") and whole):
        return None, end
    if bound == "Q":
        return end + ONE_DAY, None
    if bound in ("P", "v"):
        return None, start - ONE_DAY
    return start, end


def _in_year(phrase: _Phrase, year: int | None) -> _Phrase:
    """Give dates without a year that of the one year in the text: "In 2024, what happened in March?"."""
    ends = [end for end in (phrase.left, phrase.right) if end is not None]
    if year is None or any(end.year for end in ends) or not any(end.month for end in ends):
        return phrase
    last = replace(ends[-1], year=year)
    return replace(phrase, left=last) if phrase.right is None else replace(phrase, right=last)


def _is_plain_year(phrase: _Phrase) -> bool:
    return phrase.left.is_year and phrase.right is None and not phrase.bound


def _holds(period: Period, other: Period | None) -> bool:
    """Say whether a period lies within a longer one."""
    if other is None or period.start is None or period.end is None or other.start is None or other.end is None:
        return False
    within = period.start <= other.start and other.end <= period.end
    return within and other.end - other.start < period.end - period.start
