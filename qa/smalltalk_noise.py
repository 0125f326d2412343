"""Texts that ask nothing: signs alone, one letter again and again, fingers running over the keyboard."""

from __future__ import annotations

import re
from itertools import pairwise

MIN_RUN_CHARS = 5
"""Of neighbouring keys in one direction: "wert" is a German word, "asdfg" is none."""
MIN_ROW_CHARS = 6
"""Of keys that lie near each other in one row."""
MIN_WITHOUT_VOWELS = 6
MIN_REPEATED = 4
"""Of one letter: "III" is a number and "AAA" a rating."""
NUMBERS_ASKED_ABOUT = (3, 4)
"""Figures of a number that is asked about by itself."""
NEAR_KEYS = 2
REPEATED_KEYS = (2, 3, 4)

_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "йцукенгшщзхъ", "фывапролджэ",
    "ячсмитьбю", "йцукенгшўзх", "фывапролджэ", "ячсмітьбю",
)  # fmt: skip
_SHORT_RUNS = frozenset("asd asdf qwer qwe zxc zxcv йцу йцук фыв фыва ячс ячсм hjkl".split())
_PLACES = tuple({key: place for place, key in enumerate(row)} for row in _ROWS)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_STOPS = " .,;:!?…。？！"
_WORD = re.compile(r"[^\W\d_]+")
_SPACED_SCRIPT = re.compile(r"[a-zà-ɏЀ-ԯ]+")
_VOWEL = re.compile("[aeiouyäöüáéíóúàèìòùâêîôûãõąęøåıаеёиоуыэюяіїє]")


def asks_nothing(text: str) -> bool:
    """Say whether a text cannot be a question: it has no word."""
    bare = text.strip(_STOPS)
    if bare.isdecimal():
        # A year alone may follow a question, and 112 is a number that people ask about.
        return len(bare) not in NUMBERS_ASKED_ABOUT
    if _DIGIT.search(text) or (len(bare) > 1 and len(_LETTER.findall(bare)) == 1):
        # "24/7", "9/11" and "C++" mean something, and so may a number with a letter: "А в 5?".
        return False
    return all(_is_no_word(word) for word in _WORD.findall(text))


def _is_no_word(word: str) -> bool:
    lower = word.lower()
    if not _SPACED_SCRIPT.fullmatch(lower):
        return False
    if len(lower) == 1 or (len(set(lower)) == 1 and len(lower) >= MIN_REPEATED) or lower in _SHORT_RUNS:
        return True
    if word.isupper():
        # An abbreviation.
        return False
    if len(lower) >= MIN_WITHOUT_VOWELS and not _VOWEL.search(lower):
        return True
    return any(_is_mash(lower, places) for places in _PLACES)


def _is_mash(word: str, places: dict[str, int]) -> bool:
    """Say whether fingers ran over one row of a keyboard: from key to key, or the same few again and again."""
    keys = [places.get(letter) for letter in word]
    row = [key for key in keys if key is not None]
    if len(row) < len(keys):
        return False
    steps = [second - first for first, second in pairwise(row)]
    if len(row) >= MIN_RUN_CHARS and (set(steps) == {1} or set(steps) == {-1}):
        return True
    reach = NEAR_KEYS if any(_repeats(word, size) for size in REPEATED_KEYS) else 1
    return len(row) >= MIN_ROW_CHARS and all(abs(step) <= reach for step in steps)


def _repeats(word: str, size: int) -> bool:
    return all(word[at] == word[at - size] for at in range(size, len(word)))
