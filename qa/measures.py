"""Measures of ranking, answering and calibration, by the names and definitions of the literature."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

Figures = dict[str, float | int | None]


def success_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Success@k (TREC): 1 if any relevant article is among the first k, else 0."""
    return float(any(article_id in relevant for article_id in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 / rank of the first relevant article among the first k, 0 where there is none (Voorhees 1999)."""
    return next((1 / rank for rank, article_id in enumerate(ranked[:k], 1) if article_id in relevant), 0.0)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Area under the ROC curve: how often a positive scores above a negative, ties half (Hanley and McNeil 1982).

    None without both kinds.
    """
    of_positives = np.array([score for score, yes in zip(scores, positive, strict=True) if yes])
    of_negatives = np.array([score for score, yes in zip(scores, positive, strict=True) if not yes])
    if not len(of_positives) or not len(of_negatives):
        return None
    differences = of_positives[:, None] - of_negatives[None, :]
    return float((differences > 0).mean() + 0.5 * (differences == 0).mean())


def false_positive_rate_at(
    scores: Sequence[float], positive: Sequence[bool], true_positive_percent: int = 90
) -> float | None:
    """FPR at a TPR: the share of negatives that score at least what so many percent of the positives reach.

    The score is the highest that at least so many reach (Hendrycks et al. 2019 take 95 %). None without both kinds.
    """
    of_positives = sorted(score for score, yes in zip(scores, positive, strict=True) if yes)
    of_negatives = [score for score, yes in zip(scores, positive, strict=True) if not yes]
    if not of_positives or not of_negatives:
        return None
    reached = of_positives[len(of_positives) * (100 - true_positive_percent) // 100]
    return float(np.mean([score >= reached for score in of_negatives]))


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """The answers whose confidence is about the same.

    Attributes:
        confidence: the mean, in [0, 1].
        accuracy: the share that is right.
        share: of all answers, in (0, 1].
    """

    confidence: float
    accuracy: float
    share: float


def reliability(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[ConfidenceBin]:
    """Confidence against accuracy in bins of equal width, the empty ones left out (DeGroot and Fienberg 1983)."""
    p, y = np.array(probabilities), np.array(right, float)
    of_bin = np.minimum((p * bins).astype(int), bins - 1)
    return [
        ConfidenceBin(float(p[of_bin == b].mean()), float(y[of_bin == b].mean()), float((of_bin == b).mean()))
        for b in np.unique(of_bin)
    ]


def expected_calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> float | None:
    """Mean distance of confidence and accuracy over bins of equal width, weighted by size (Naeini et al. 2015)."""
    if not probabilities:
        return None
    return sum(abs(b.confidence - b.accuracy) * b.share for b in reliability(probabilities, right, bins))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool], n: int) -> list[tuple[float, float]]:
    """Coverage and risk at every threshold, the highest first (El-Yaniv and Wiener 2010).

    Coverage is the share of `n` questions answered with at least that confidence, risk the share of wrong ones
    among them.
    """
    order = sorted(range(len(confidences)), key=lambda at: -confidences[at])
    points, wrong = [], 0
    for count, at in enumerate(order, 1):
        wrong += not right[at]
        # Answers of one confidence are given or kept together.
        if count == len(order) or confidences[order[count]] != confidences[at]:
            points.append((count / n, wrong / count))
    return points


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return float(np.mean(values)) if values else None
