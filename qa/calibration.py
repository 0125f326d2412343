"""Two fitted logistic models: which sentence holds the answer, and how likely the best one does.

Their weights are data, fitted by scripts/fit_answers.py on development data and shipped beside this file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + exp(-(bias + sum of weight * feature))).

    Attributes:
        weights: float64 (f,), for features as they come, not scaled.
    """

    bias: float
    weights: np.ndarray

    def probability(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities in (0, 1) for float64 (n, f) features, or one for (f,)."""
        return np.asarray(1 / (1 + np.exp(-np.clip(features @ self.weights + self.bias, -30, 30))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The shipped models.

    Attributes:
        quote: over qa.evidence.QUOTE_FEATURES.
        same, other: over qa.evidence.CONFIDENCE_FEATURES, for evidence in the question's language and in another.
        threshold: the confidence under which Vestka does not answer.
    """

    quote: Logistic
    same: Logistic
    other: Logistic
    threshold: float


@cache
def load_calibration(path: Path = WEIGHTS) -> Calibration:
    """Read the weights."""
    data = json.loads(path.read_text(encoding="utf-8"))
    models = {
        name: Logistic(data[name]["bias"], np.array(list(data[name]["weights"].values())))
        for name in ("quote", "same", "other")
    }
    return Calibration(threshold=data["threshold"], **models)
