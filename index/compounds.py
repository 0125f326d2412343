"""German compounds into their parts, so that Handelsumsatz is found by Umsatz and by Handel.

A word is cut only where each part is one of the frequent words of german_parts.txt, the last in any inflection:
a part that is not known is more often a mistake than a word.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from index.stems import stem

FILE = Path(__file__).with_name("german_parts.txt")
LINKS = ("", "s", "es", "n", "en", "er", "e")
"""Letters that may stand between two parts."""
MIN_PART_CHARS = 3
MIN_COMPOUND_CHARS = 8
MAX_COMPOUND_CHARS = 50
MAX_PARTS = 3


@lru_cache(maxsize=50_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the stems of the parts of a German word in small letters; none where it is no compound."""
    if not MIN_COMPOUND_CHARS <= len(word) <= MAX_COMPOUND_CHARS or stem(word, "de") in _known_stems():
        return ()
    return tuple(stem(part, "de") for part in _split(word, MAX_PARTS))


def _split(word: str, most: int) -> tuple[str, ...]:
    """Return the parts of a word, two up to a number; where there is a choice, the longest first part."""
    for at in range(len(word) - MIN_PART_CHARS, MIN_PART_CHARS - 1, -1):
        first = _first_part(word[:at])
        if first is None:
            continue
        if stem(word[at:], "de") in _known_stems():
            return first, word[at:]
        if most > 2 and (rest := _split(word[at:], most - 1)):
            return first, *rest
    return ()


def _first_part(letters: str) -> str | None:
    """Return the known word that stands before a seam, without what links it; None where there is none."""
    known = _known()
    for link in LINKS:
        if letters.endswith(link) and (word := letters.removesuffix(link)) in known:
            return word
    # Schule gives Schulhof.
    return f"{letters}e" if f"{letters}e" in known else None


@cache
def _known() -> frozenset[str]:
    words = FILE.read_text(encoding="utf-8").split()
    return frozenset(word for word in words if len(word) >= MIN_PART_CHARS)


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(stem(word, "de") for word in _known())
