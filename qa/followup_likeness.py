"""Which words of the last question those of a new one are most like: imports are like exports, Brest like Gomel."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from qa.followup_parts import WORD, Part
from qa.followup_reading import Reading

Similarity = Callable[[Sequence[str]], np.ndarray]
"""Gives float32 (n, d), rows L2-normalised, of n short texts."""

# Fitted on the development conversations and some sixty more pairs of words. The model tells nouns that are alike
# well; that they are in the same case, and both names or neither, tells them from verbs.
MIN_LIKENESS = 0.8
"""With the bonuses. Low: a word of another subject is hardly less alike, and to add it helps no more."""
ENDING_BONUS = 0.012
"""For each last letter that both have."""
CAPITAL_BONUS = 0.03
LENGTH_BONUS = 0.01
NARROWER_BONUS = 0.02
"""For bread in "the price of bread"."""
PLACE_PENALTY = 0.03
"""For Passau in "How high did the Inn rise in Passau?" beside "the Danube", which is led by no preposition."""
MAX_ENDING_CHARS = 3
MAX_CANDIDATES = 24

_GENITIVES = frozenset(("of", "de", "del", "von", "vom"))


def most_similar(phrase: str, new: Reading, last: Reading, free: Sequence[Part], similarity: Similarity) -> Part | None:
    """Return the part of the last question that is most like a phrase of the new one; None where none is.

    Args:
        free: the words of the last question that may be it.
    """
    candidates = _candidates(phrase, last, free)[:MAX_CANDIDATES]
    if not candidates:
        return None
    vectors = similarity([phrase, *(part.text for part in candidates)])
    likeness = vectors[1:] @ vectors[0]
    # The first word of a question is capitalised whatever it is.
    capital = phrase[0].isupper() and (bool(new.lead) or new.language == "de")
    led = phrase.split()[0].casefold() in new.words.places
    scores = [
        float(score)
        + _shape_bonus(phrase, part, last, capital=capital)
        - PLACE_PENALTY * (not led and _says_where(part, last))
        for score, part in zip(likeness, candidates, strict=True)
    ]
    best = int(np.argmax(scores))
    return candidates[best] if scores[best] >= MIN_LIKENESS else None


def _candidates(phrase: str, last: Reading, free: Sequence[Part]) -> list[Part]:
    """Return words and pairs of words; in Chinese the two ends of each run of letters too."""
    if last.language != "zh":
        pairs = [
            Part(WORD, one.start, other.end, last.text[one.start : other.end])
            for one, other in itertools.pairwise(free)
            if " " in phrase and last.text[one.end : other.start] == " "
        ]
        return [*free, *pairs]
    found = []
    for part in free:
        for length in range(max(2, len(phrase) - 1), min(len(phrase) + 3, len(part.text))):
            found.append(Part(WORD, part.start, part.start + length, part.text[:length]))
            found.append(Part(WORD, part.end - length, part.end, part.text[-length:]))
        found.append(part)
    return found


def _shape_bonus(phrase: str, part: Part, last: Reading, *, capital: bool) -> float:
    if last.language == "zh":
        return LENGTH_BONUS * (len(phrase) == len(part.text)) + LENGTH_BONUS * bool(set(phrase) & set(part.text))
    same = 0
    for one, other in zip(reversed(phrase.casefold()), reversed(part.text.casefold()), strict=False):
        if one != other or same == MAX_ENDING_CHARS:
            break
        same += 1
    return (
        ENDING_BONUS * same
        + (CAPITAL_BONUS if part.text[0].isupper() == capital else -CAPITAL_BONUS)
        + LENGTH_BONUS * (len(phrase.split()) == len(part.text.split()))
        + NARROWER_BONUS * _is_narrower(part, last)
    )


def _is_narrower(part: Part, last: Reading) -> bool:
    return _word_before(part, last) in _GENITIVES


def _says_where(part: Part, last: Reading) -> bool:
    return _word_before(part, last) in last.words.where


def _word_before(part: Part, last: Reading) -> str:
    """Return the word before a part and its article, empty where there is none."""
    before = [other.text.casefold() for other in last.parts if other.end <= part.start]
    while before and before[-1] in last.words.articles:
        before.pop()
    return before[-1] if before else ""
