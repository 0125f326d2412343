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
MAX_PAIR_ENDING_CHARS = 3
MAX_HAN_CHARS = 8
# Four letters may begin any word: Chile and children, Дания and Daniel. What follows so short a stem has to be an
# inflection, or make an adjective or a people of it.
INFLECTION = re.compile(
    r"[aeiouyąęóáéíà]{0,3}(?:"
    r"|n|ns|s|r|rs|ern|ens|om|ach|ami|em|ów|w|zech|zie"
    r"|(?:[jln]|ń|l?e)?(?:sh|sch|isch|ese|sk|sc|ck|czy[kc]|zy[kc])[a-ząęó]{0,4}|vian|n[oa]s?|eñ[oa]s?)"
    r"|[aeiouy]{1,3}m"
    r"|[аяеёиоуыюэійьўі]{0,3}(?:[вмхй]|ам[иі]?|ям[иі]?)?"
    r"|[иыйьяаіоцзч]{0,3}н?(?:[сц]к[а-яёіў]{1,4}|е?ц[а-яёіў]{0,3}|к[аиоуеіі]?й?|[аыуоеі]?[вмўх]?)"
)
NO_COUNTRY = re.compile(
    "груз(?![иі])|само(?!а)|пала(?!у)|того$|кита$|малин|мала(?![вў])|mala(?!w)|gana|tongu?e?s?$|chilli"
)
"""Words that begin like a country's name in spite of that."""

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


@cache
def _pairs() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the names of two words by their first letters."""
    pairs: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, code in _table().items():
        if len(stems := tuple(name.split())) == 2:
            pairs.setdefault(stems[0][:3], []).append((stems, code))
    return pairs


@lru_cache(maxsize=50_000)
def country_of(word: str) -> str | None:
    """Return the code of the country that a word names or belongs to, such as BY for белорусский; else None."""
    table = _table()
    word = word.casefold()
    if NO_COUNTRY.match(word):
        return None
    if word in table:
        return table[word]
    for end in range(min(len(word), _longest_first()), MIN_STEM_CHARS - 1, -1):
        if len(word) - end > MAX_ENDING_CHARS:
            return None
        code = table.get(word[:end])
        if code is not None and (end > MIN_STEM_CHARS or INFLECTION.fullmatch(word, end)):
            return code
    return None


def country_of_pair(first: str, second: str) -> str | None:
    """Return the code of a country named by two words in a row, such as US for Vereinigten Staaten; else None."""
    first, second = first.casefold(), second.casefold()
    for stems, code in _pairs().get(first[:3], ()):
        if all(
            word.startswith(stem) and len(word) - len(stem) <= MAX_PAIR_ENDING_CHARS
            for word, stem in zip((first, second), stems, strict=True)
        ):
            return code
    return None


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
