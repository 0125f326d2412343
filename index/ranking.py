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

FEATURES = ("cosine", "sentence", "words", "names", "reading")
"""What speaks for a passage: its cosine, that of its best sentence, the coverage of the query's words and names, and
how it reads together with the query."""
CASES = ("same", "other")
MIN_READING = -2.0
"""Log-odds from which on reading tells passages apart. Below, none reads like an answer, as with a title instead of a
question, and which reads worst says nothing."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of n passages, arrays float32 (n,) except `own`.

    Attributes:
        own: bool (n,), whether the passage is in the query's language.
        cosines: of query and passage, both centred.
        words, names: coverage of the query's words and names in [0, 1]; words 0 where the language differs.
        sentences: best centred cosine of the query with a sentence of the passage; None before they are compared.
        reading: log-odds of the sentence that answers best; None before passages are read.
    """

    own: np.ndarray
    cosines: np.ndarray
    words: np.ndarray
    names: np.ndarray
    sentences: np.ndarray | None = None
    reading: np.ndarray | None = None


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
    """Return float32 (n, f) in the order of FEATURES.

    Where no sentences are compared, the passage stands for its best; what is not read counts as least likely, so that
    reading lifts a passage above those that were not read.
    """
    n = len(signals.cosines)
    sentences = signals.cosines if signals.sentences is None else signals.sentences
    reading = np.full(n, MIN_READING) if signals.reading is None else np.maximum(signals.reading, MIN_READING)
    return np.stack([signals.cosines, sentences, signals.words, signals.names, reading], axis=1).astype(np.float32)


@cache
def load_ranking(path: Path = WEIGHTS) -> Ranking:
    """Read the weights."""
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([[data[case]["weights"][name] for name in FEATURES] for case in CASES], np.float32)
    return Ranking(np.array([data[case]["bias"] for case in CASES], np.float32), weights)
