"""A short question cut into parts: question words, times, countries, names, numbers, other words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.analyze import HAN as HAN_LETTERS
from index.countries import countries_in_han, country_of, country_of_pair
from qa.followup_grammar import Words
from qa.followup_words import WORDS
from qa.periods import find_periods

TIME, COUNTRY, NUMBER, NAME, WORD, SMALL, ASK, PRONOUN, SIGN = (
    "time", "country", "number", "name", "word", "small", "ask", "pronoun", "sign",
)  # fmt: skip
"""Kinds of parts; a name is a capitalised word that is no country, in German a noun too."""

HAN_TEXT = re.compile(f"[{HAN_LETTERS}]")
MAX_HAN_WORD_CHARS = 4
MAX_HAN_COUNTRY_CHARS = 8

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[^\w\s]")
_HAN_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*%?|[{HAN_LETTERS}]+|[^\W\d_{HAN_LETTERS}]+|[^\w\s]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Only where a time stands is asked, so that any day will do for today.
_ANY_DAY = date(2026, 1, 15)
_NOTHING = r"(?!)"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a question: `text` stands at `start` to `end`."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """The regular expressions of a language's words, see qa.followup_grammar."""

    leads: re.Pattern[str]
    asks: re.Pattern[str]
    defines: re.Pattern[str]
    empty: re.Pattern[str]
    more: re.Pattern[str]
    counts: re.Pattern[str]


@cache
def patterns_of(language: str) -> Patterns:
    """Compile the regular expressions of a language."""
    words = WORDS[language]
    begin, end = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return Patterns(
        leads=re.compile(rf"(?:{words.leads}){end}", re.IGNORECASE),
        asks=re.compile(rf"{begin}(?:{words.asks}){end}", re.IGNORECASE),
        defines=re.compile(words.defines, re.IGNORECASE),
        empty=re.compile(rf"{begin}(?:{words.empty}){end}", re.IGNORECASE),
        more=re.compile(words.more, re.IGNORECASE),
        counts=re.compile(words.counts or _NOTHING, re.IGNORECASE),
    )


def cut(text: str, language: str, *, led: bool) -> list[Part]:
    """Cut a question in one of the seven languages.

    Args:
        led: whether something opened it, so that its first word is not capitalised for being the first.
    """
    patterns = patterns_of(language)
    times = _times(text, language)
    # "this year" and "there is" hold no pronoun.
    empty = [match.span() for match in patterns.empty.finditer(text)]
    if language == "zh":
        return _joined(text, _cut_han(text, times, empty))
    parts: list[Part] = []
    at = 0
    if asked := patterns.asks.match(text):
        at = asked.end()
        parts.append(Part(ASK, 0, at, asked[0]))
    before = ""
    for token in _TOKEN.finditer(text, at):
        start, end = token.span()
        if _is_within(start, end, times):
            kind = TIME
        elif _is_within(start, end, empty):
            kind = SMALL
        else:
            kind = _kind(token[0], before, WORDS[language], first=start == 0 and not led)
        parts.append(Part(kind, start, end, token[0]))
        before = token[0]
    return _joined(text, parts)


def _times(text: str, language: str) -> list[Span]:
    """Return where times stand in a text."""
    spans = []
    at = 0
    for period in find_periods(text, language, _ANY_DAY):
        start = text.find(period.text, at)
        if start >= 0:
            at = start + len(period.text)
            spans.append((start, at))
    years = [year.span() for year in _YEAR.finditer(text)]
    return sorted(spans + [span for span in years if not _is_within(*span, spans)])


def _kind(token: str, before: str, words: Words, *, first: bool) -> str:
    lower = token.casefold()
    # German writes Sie for "you".
    if lower in words.pronouns and (token == lower or (first and token not in ("Sie", "Ihr", "Ihre"))):
        return PRONOUN
    if lower in words.small or (len(lower) == 1 and lower.isalpha()):
        return SMALL
    if token[0].isdigit():
        return NUMBER
    if not token[0].isalpha():
        return SIGN
    if country_of(token) or country_of_pair(before, token):
        return COUNTRY
    return NAME if token[0].isupper() and not first else WORD


def _cut_han(text: str, times: list[Span], empty: list[Span]) -> list[Part]:
    """Cut Chinese into the words that are known here and what stands between them."""
    asks = patterns_of("zh").asks
    parts: list[Part] = []
    asked = False
    at = 0
    while at < len(text):
        time = next((end for start, end in times if start == at), None)
        idle = next((end for start, end in empty if start <= at < end), None)
        known = asks.match(text, at)
        if time is not None:
            kind, end = TIME, time + text.startswith("份", time)
        elif known:
            kind, end = (SMALL if asked else ASK), known.end()
            asked = True
        else:
            kind, end = _han_piece(text, at)
            if kind == PRONOUN and idle is not None:
                kind, end = SMALL, idle
        parts.append(Part(kind, at, end, text[at:end]))
        at = end
    return parts


def _han_piece(text: str, at: int) -> tuple[str, int]:
    words = WORDS["zh"]
    for length in range(MAX_HAN_WORD_CHARS, 0, -1):
        piece = text[at : at + length]
        if piece in words.pronouns:
            return PRONOUN, at + len(piece)
        if piece in words.small:
            return SMALL, at + len(piece)
    for length in range(2, MAX_HAN_COUNTRY_CHARS + 1):
        piece = text[at : at + length]
        codes = countries_in_han(piece)
        if codes:
            # A country that begins here is not found in what comes after its first letter.
            if codes != countries_in_han(piece[1:]):
                return COUNTRY, at + len(piece)
            break
    if HAN_TEXT.match(text, at):
        return WORD, at + 1
    token = _HAN_TOKEN.match(text, at)
    if token is None:
        return SIGN, at + 1
    if token[0][0].isdigit():
        return NUMBER, token.end()
    return (NAME if token[0].isalpha() else SIGN), token.end()


def _joined(text: str, parts: list[Part]) -> list[Part]:
    """Join neighbours: the words of a time, of a name, of a country, and Chinese letters of one word."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last is not None and last.kind == part.kind and _belong_together(last, part, text):
            joined[-1] = Part(part.kind, last.start, part.end, text[last.start : part.end])
        else:
            joined.append(part)
    return joined


def _belong_together(one: Part, other: Part, text: str) -> bool:
    gap = text[one.end : other.start]
    if one.kind == WORD:
        return not gap and HAN_TEXT.match(other.text) is not None
    return (gap == " " and one.kind in (NAME, COUNTRY, TIME)) or (not gap and one.kind in (COUNTRY, TIME))


def _is_within(start: int, end: int, spans: list[Span]) -> bool:
    return any(first <= start and end <= last for first, last in spans)
