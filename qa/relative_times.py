"""Words that count from the day of asking, as dates: "last month", "three days ago", "in the last two years"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from qa.time_tokens import FILLER, Token
from qa.time_units import Span, step_back, unit_span
from qa.time_words import CYRILLIC

# Over the letters of tokens, see qa.time_words. What is said of a month or a year that follows ("the last week of
# May") counts from nothing.
_TIMES = re.compile(
    "(?P<recent>[JjLl][Nn][Uuk]|[Nn][JjLl][Uuk]|JU(?!i?[MmY]))"
    "|(?P<half>jU|Up)"
    "|(?P<ago>[Nn]?[Uuk]G|G[Nn]?[Uuk]|P[Nn][Uuk]|[Nn][Uuk]p)"
    "|(?P<lasting>S[Nn][Uuk])"
    "|(?P<part>[ON]U)"
    "|(?P<named>R)"
    "|(?P<unit>(?:[Ll]U|Ul)(?!i?[MmY]))"
    "|(?P<weekday>[Ll]W|Wl)"
    "|(?P<month>[Ll]M|Ml)"
    "|(?P<edge>eU(?!i?[MmY]))"
)
MAX_UNITS = 200


def resolve_words(tokens: list[Token], language: str, today: date) -> list[Token]:
    """Put dates in the place of words that count from a day, and leave out the words that say nothing."""
    tokens = [token for token in tokens if token.code != FILLER]
    codes = "".join(token.code for token in tokens)
    resolved: list[Token] = []
    at = 0
    while at < len(tokens):
        match = _TIMES.match(codes, at)
        token = _resolve(match.lastgroup or "", tokens[at : match.end()], language, today) if match else None
        if match and token:
            resolved.append(token)
            at = match.end()
        else:
            resolved.append(_as_left(tokens[at]))
            at += 1
    return resolved


def _resolve(kind: str, tokens: list[Token], language: str, today: date) -> Token | None:
    """Return what a group of tokens comes to, None where it is no time after all."""
    unit = next((token.unit for token in tokens if token.code in "UukR"), "")
    number = next((token.value for token in tokens if token.code in "Nn"), 1)
    offset = next((token.value for token in tokens if token.code in "LlR"), 0)
    if kind == "half" and unit == "half":
        # "The last half-year" and "half a year ago" need no number where several units would.
        kind = "recent" if tokens[0].code == "j" else "ago"
    elif kind == "unit" and unit == "decade":
        kind = "recent"
    try:
        if kind == "part":
            return _part_of_year(tokens[0], unit, tokens[-1].end)
        if kind in ("recent", "lasting"):
            return _recent(tokens, unit, number, today) if kind == "recent" or language not in CYRILLIC else None
        if kind == "ago":
            return _ago(tokens, unit, number, today)
        if kind == "named" or (kind in ("unit", "edge") and unit not in ("part", "day")):
            return _named(tokens, unit, offset, today)
        if kind in ("weekday", "month"):
            wanted = next(token.value for token in tokens if token.code in "WM")
            return _time(tokens, (_weekday if kind == "weekday" else _month)(wanted, offset, today))
    except (ValueError, OverflowError):
        # Before the first year or after the last.
        pass
    return None


def _time(tokens: list[Token], span: Span) -> Token:
    return Token("T", tokens[0].start, tokens[-1].end, span=span, relative=True)


def _named(tokens: list[Token], unit: str, offset: int, today: date) -> Token:
    """Return the unit so many before or after today's; a year may still be that of a month or a quarter."""
    if unit == "year":
        return Token("Y", tokens[0].start, tokens[-1].end, today.year + offset, sure=True, relative=True)
    return _time(tokens, unit_span(unit, today, offset))


def _recent(tokens: list[Token], unit: str, number: int, today: date) -> Token | None:
    """Return so many units up to today."""
    if unit in ("weekend", "part") or number > MAX_UNITS:
        return None
    return _time(tokens, (step_back(today, unit, number), today))


def _ago(tokens: list[Token], unit: str, number: int, today: date) -> Token | None:
    """Return the unit that lies so many units back: three weeks ago is a week, half a year ago a month."""
    if unit in ("weekend", "part") or number > MAX_UNITS:
        return None
    exact = {"half": "month", "decade": "year"}.get(unit, unit)
    return _named(tokens, exact, 0, step_back(today, unit, number))


def _weekday(wanted: int, offset: int, today: date) -> Span:
    """Return the last such day before today, the next one after it, or that of this week."""
    days = wanted - today.weekday()
    if offset < 0 and days >= 0:
        days -= 7
    if offset > 0 and days <= 0:
        days += 7
    day = today + timedelta(days=days)
    return day, day


def _month(wanted: int, offset: int, today: date) -> Span:
    """Return the last such month before today's, the next one after it, or that of this year."""
    years = 0
    if offset < 0 and wanted >= today.month:
        years = -1
    if offset > 0 and wanted <= today.month:
        years = 1
    return unit_span("month", date(today.year + years, wanted, 1))


def _part_of_year(number: Token, unit: str, end: int) -> Token | None:
    """Return a quarter or a half of a year, None for any other unit or number."""
    count = {"quarter": 4, "half": 2, "part": 2}.get(unit, 0)
    return Token("H", number.start, end, number.value, unit) if 1 <= number.value <= count else None


def _as_left(token: Token) -> Token:
    """Return a token for what it still can be: a year's name beside the number, or a unit."""
    if token.code not in "Uuk":
        return token
    code = "K" if token.code == "k" or (token.code == "U" and token.unit == "year") else "u"
    return Token(code, token.start, token.end, unit=token.unit)
