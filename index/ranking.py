"""How well a passage answers to a query: one fitted score for passages in the query's language and in any other.

    score = bias + sum of weight * feature, with weights of their own for each of the two cases

The weights are fitted by scripts/fit_ranking.py so that the passage which answers comes first in a crowd of
passages in all languages, whatever language it is in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).with_name("ranking.json")

FEATURES = ("cosine", "sentence", "words", "names", "neighbours")
"""What speaks for a passage: its cosine, that of its best sentence, the coverage of the query's words and names, and
how near the nearest passages of its language are."""
CASES = ("same", "other")
NEIGHBOURS = 10
PRIOR_NEIGHBOURS = 100
"""How many passages the nearest of all languages weigh against the nearest of one language."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of n passages, arrays float32 (n,) except `own`.

    Attributes:
        own: bool (n,), whether the passage is in the query's language.
        cosines: of query and passage, both centred.
        words, names: coverage of the query's words and names in [0, 1]; words 0 where the language differs.
        neighbours: mean cosine of the query with the nearest passages of the passage's language.
        sentences: best centred cosine of the query with a sentence of the passage; None before they are read.
    """

    own: np.ndarray
    cosines: np.ndarray
    words: np.ndarray
    names: np.ndarray
    neighbours: np.ndarray
    sentences: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The fitted weights: bias (2,) and weights (2, f), rows in the order of CASES."""

    bias: np.ndarray
    weights: np.ndarray

    def score(self, features: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Return float32 (n,) for features (n, f)."""
        case = np.where(own, 0, 1)
        return np.asarray((features * self.weights[case]).sum(1) + self.bias[case], np.float32)


def rank_features(signals: Signals) -> np.ndarray:
    """Return float32 (n, f) in the order of FEATURES; where no sentences are read, the passage stands for its best."""
    sentences = signals.cosines if signals.sentences is None else signals.sentences
    return np.stack([signals.cosines, sentences, signals.words, signals.names, signals.neighbours], axis=1).astype(
        np.float32
    )


def neighbour_cosines(cosines: np.ndarray, languages: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return float32 (l,): how near the nearest passages of each language are to a query.

    In the language in which the archive speaks of a matter several passages lie near it, which speaks for each of
    them. Of a language with few passages little is known, so that its nearest are blended with the nearest of all:
    (n * own + n0 * all) / (n + n0), n0 = PRIOR_NEIGHBOURS.

    Args:
        cosines: (n,), of the nearest passages of all languages.
        languages: int (n,), their codes.
        counts: int (l,), how many passages the archive has by language code.
    """
    # What is not among the nearest is no nearer than the farthest of them.
    farthest = float(cosines.min(initial=1.0))
    nearest_of_all = _mean_of_nearest(cosines, NEIGHBOURS, farthest)
    of_languages = np.array(
        [
            _mean_of_nearest(cosines[languages == code], min(int(n), NEIGHBOURS), farthest)
            for code, n in enumerate(counts)
        ]
    )
    blended = (counts * of_languages + PRIOR_NEIGHBOURS * nearest_of_all) / (counts + PRIOR_NEIGHBOURS)
    return np.asarray(blended, np.float32)


def _mean_of_nearest(cosines: np.ndarray, size: int, otherwise: float) -> float:
    """Return the mean of the highest `size` values, filled up with another value where there are fewer."""
    highest = np.sort(cosines)[::-1][:size]
    return float((highest.sum() + (size - len(highest)) * otherwise) / max(1, size))


@cache
def load_ranking(path: Path = WEIGHTS) -> Ranking:
    """Read the weights."""
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([[data[case]["weights"][name] for name in FEATURES] for case in CASES], np.float32)
    return Ranking(np.array([data[case]["bias"] for case in CASES], np.float32), weights)
