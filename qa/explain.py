"""How an answer came about, step by step, as JSON: what was read, what was found, and why it was trusted or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.reader import MAX_LOG_ODDS
from index.search import Candidate
from qa.calibration import Calibration, Logistic
from qa.compose import Draft
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES
from qa.question import Question

MAX_CANDIDATES = 10
MAX_SENTENCES = 8


def explain(
    question: Question,
    candidates: Sequence[Candidate],
    draft: Draft,
    calibration: Calibration,
    stories: Mapping[str, int],
) -> dict[str, Any]:
    """Return the steps of an answer."""
    return {
        "question": {
            "text": question.text,
            "language": question.language,
            "wants": question.kind,
            "words": sorted(question.words),
            "names": sorted(question.names),
            "periods": [
                {
                    "text": period.text,
                    "start": None if period.start is None else period.start.isoformat(),
                    "end": None if period.end is None else period.end.isoformat(),
                    "relative": period.relative,
                }
                for period in question.periods
            ],
        },
        "candidates": [
            {
                "article_id": each.article.article_id,
                "language": each.article.language,
                "published": each.article.published,
                "story": stories.get(each.article.article_id),
                "start": each.row.passage.start,
                "end": each.row.passage.end,
                "score": _number(each.score),
                "cosine": _number(each.cosine),
                "best_sentence": _number(float(each.sentences.max(initial=-1))),
                "reading": None if each.reading is None else _number(float(each.reading.max(initial=-MAX_LOG_ODDS))),
                "words": _number(each.words),
                "names": _number(each.names),
            }
            for each in candidates[:MAX_CANDIDATES]
        ],
        "sentences": _sentences(draft),
        "confidence": {
            "case": "same language" if draft.same_language else "other language",
            "probability": _number(draft.confidence),
            "threshold": calibration.threshold,
            "bias": 0.0 if draft.model is None else _number(draft.model.bias),
            "features": _contributions(draft.model, CONFIDENCE_FEATURES, draft.features),
        },
    }


def _sentences(draft: Draft) -> list[dict[str, Any]]:
    order = np.argsort(-draft.likely, kind="stable")[:MAX_SENTENCES].tolist()
    return [
        {
            "article_id": draft.evidence[at].candidate.article.article_id,
            "start": draft.evidence[at].span.start,
            "end": draft.evidence[at].span.end,
            "text": draft.evidence[at].text,
            "likely": _number(float(draft.likely[at])),
            "features": {
                name: _number(value)
                for name, value in zip(QUOTE_FEATURES, draft.evidence[at].features.tolist(), strict=True)
            },
        }
        for at in order
    ]


def _contributions(model: Logistic | None, names: Sequence[str], features: np.ndarray) -> dict[str, dict[str, float]]:
    """Return each feature's value and what it adds to the log-odds."""
    if model is None:
        return {}
    return {
        name: {"value": _number(value), "log_odds": _number(value * weight)}
        for name, value, weight in zip(names, features.tolist(), model.weights.tolist(), strict=True)
    }


def _number(value: float) -> float:
    return round(float(value), 4)
