"""Countries by any of their names, since Russia, Russland, Россия, Расія, Rosja and 俄罗斯 share no letters.

The names are CLDR's (scripts/build_countries.py), cut to stems so that inflected forms and adjectives match.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("countries.json")
MIN_STEM_CHARS = 4
MAX_ENDING_CHARS = 6
MAX_HAN_CHARS = 8
WORD = re.compile(r"[^\W\d_]+")
ENDING = frozenset("aeiouyąęóáéíаеёиоуыэюяійьў")


def country_stem(word: str) -> str:
    """Cut a name's ending, as far as a stem stays that can be told from other words."""
    stem = word.casefold()
    for _ in range(2):
        if len(stem) > MIN_STEM_CHARS and stem[-1] in ENDING:
            stem = stem[:-1]
    return stem


def stems_of(name: str) -> list[str]:
    """Return the stems of a name's words."""
    return [country_stem(word) for word in WORD.findall(name)]


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return table


@cache
def _longest_first() -> int:
    return max(len(stem) for stem in _table() if " " not in stem)


@lru_cache(maxsize=50_000)
def country_of(word: str) -> str | None:
    """Return the code of the country that a word names or belongs to, such as BY for белорусский; else None."""
    table = _table()
    word = word.casefold()
    if word in table:
        return table[word]
    for end in range(min(len(word), _longest_first()), MIN_STEM_CHARS - 1, -1):
        if len(word) - end > MAX_ENDING_CHARS:
            return None
        code = table.get(word[:end])
        if code is not None:
            return code
    return None


def country_of_pair(first: str, second: str) -> str | None:
    """Return the code of a country named by two words in a row, such as US for Vereinigten Staaten; else None."""
    return _table().get(f"{country_stem(first)} {country_stem(second)}")


def countries_in_han(text: str) -> list[str]:
    """Return the codes of the countries named in a run of Chinese characters, longest names first."""
    table = _table()
    codes = []
    at = 0
    while at < len(text):
        for end in range(min(len(text), at + MAX_HAN_CHARS), at + 1, -1):
            code = table.get(text[at:end])
            if code is not None:
                codes.append(code)
                at = end
                break
        else:
            at += 1
    return codes
