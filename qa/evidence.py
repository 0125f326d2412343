"""What speaks for a sentence being the answer, and for the best of them answering at all: numbers for two small models."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.analyze import name_terms, word_terms
from index.records import Span
from index.search import Candidate
from qa.question import Question, offers

QUOTED_CANDIDATES = 8
"""Passages whose sentences may be quoted."""

QUOTE_FEATURES = ("cosine", "above_passage", "words", "names", "kind", "score", "passage_rank", "first", "length")
CONFIDENCE_FEATURES = (
    "score", "margin", "crowd_margin", "cosine", "raw_cosine", "sentence", "words", "names", "numbers_missing",
    "kind", "quote_words", "quote_names", "question_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may be quoted.

    Attributes:
        features: float64, in the order of QUOTE_FEATURES.
    """

    candidate: Candidate
    span: Span
    text: str
    cosine: float
    features: np.ndarray


def gather_evidence(question: Question, candidates: list[Candidate]) -> list[Evidence]:
    """Return the sentences of the best candidates, in their order."""
    evidence = []
    top = candidates[0].score if candidates else 0.0
    for rank, candidate in enumerate(candidates[:QUOTED_CANDIDATES]):
        article = candidate.article
        mean = float(candidate.sentences.mean()) if len(candidate.sentences) else 0.0
        for span, cosine in zip(candidate.row.passage.sentences, candidate.sentences.tolist(), strict=True):
            text = article.text[span.start : span.end]
            features = np.array(
                [
                    cosine,
                    cosine - mean,
                    _share(question.words, word_terms(text, article.language)),
                    _share(question.names, name_terms(text)),
                    float(offers(question.kind, text, question)) if question.kind else 0.5,
                    candidate.score - top,
                    float(rank),
                    float(span.start == 0),
                    np.log1p(len(text)),
                ]
            )
            evidence.append(Evidence(candidate, span, text, cosine, features))
    return evidence


def confidence_features(question: Question, candidates: list[Candidate], best: Evidence) -> np.ndarray:
    """Return float64 in the order of CONFIDENCE_FEATURES for the sentence that would be quoted first."""
    candidate = best.candidate
    article = candidate.article
    others: dict[str, float] = {}
    for other in candidates:
        if other.article.article_id != article.article_id:
            others.setdefault(other.article.article_id, other.score)
    rivals = sorted(others.values(), reverse=True)[:9]
    context = set(name_terms(f"{article.title}\n{candidate.row.passage.text}")) | _date_terms(article.published)
    kind = question.kind
    return np.array(
        [
            candidate.score,
            candidate.score - (rivals[0] if rivals else 0.0),
            candidate.score - (float(np.mean(rivals)) if rivals else 0.0),
            candidate.cosine,
            candidate.raw_cosine,
            best.cosine,
            candidate.words,
            _share(question.names, context),
            float(len(question.numbers - context)),
            float(offers(kind, best.text, question)) if kind else 0.5,
            best.features[QUOTE_FEATURES.index("words")],
            best.features[QUOTE_FEATURES.index("names")],
            np.log1p(len(question.words)),
        ]
    )


def _share(wanted: frozenset[str], there: list[str] | set[str]) -> float:
    return len(wanted.intersection(there)) / len(wanted) if wanted else 0.5


def _date_terms(published: str | None) -> set[str]:
    return {part.lstrip("0") for part in (published or "")[:10].split("-") if part}
