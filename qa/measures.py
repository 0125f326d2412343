"""Measures of ranking, answering and calibration, by the names and definitions of the literature."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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


def expected_calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> float | None:
    """Mean distance of confidence and accuracy over bins of equal width, weighted by size (Naeini et al. 2015)."""
    if not probabilities:
        return None
    p, y = np.array(probabilities), np.array(right, float)
    of_bin = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(p[of_bin == b].mean() - y[of_bin == b].mean()) * (of_bin == b).mean() for b in np.unique(of_bin)]
    return float(sum(gaps))


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return float(np.mean(values)) if values else None
