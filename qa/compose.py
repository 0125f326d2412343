"""From candidates to an answer: which sentences are quoted, and whether they are good enough to answer with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.search import Candidate
from qa.calibration import Calibration, load_calibration
from qa.evidence import Evidence, confidence_features, gather_evidence
from qa.question import Question
from qa.records import Citation

MAX_QUOTES = 3
SECOND_QUOTE_SHARE = 0.5
"""A further sentence is quoted when it is at least this share as likely to hold the answer as the first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences that would be quoted, best first, and how likely they answer, in [0, 1]."""

    quotes: tuple[Evidence, ...]
    confidence: float


def draft_answer(question: Question, candidates: list[Candidate], calibration: Calibration | None = None) -> Draft:
    """Choose quotations for a question and say how far to trust them."""
    calibration = calibration or load_calibration()
    evidence = gather_evidence(question, candidates)
    if not evidence:
        return Draft((), 0.0)
    likely = calibration.quote.probability(np.array([each.features for each in evidence]))
    order = np.argsort(-likely, kind="stable")
    best = evidence[order[0]]
    features = confidence_features(question, candidates, best, float(likely[order[0]]))
    model = calibration.same if best.candidate.article.language == question.language else calibration.other
    quotes = [best]
    for at in order[1:]:
        if len(quotes) == MAX_QUOTES or likely[at] < SECOND_QUOTE_SHARE * likely[order[0]]:
            break
        if all(evidence[at].text != quote.text for quote in quotes):
            quotes.append(evidence[at])
    return Draft(tuple(quotes), float(model.probability(features)))


def cite(quotes: tuple[Evidence, ...]) -> tuple[Citation, ...]:
    """Turn quotations into citations, numbered from 1."""
    return tuple(
        Citation(
            number=number,
            article_id=article.article_id,
            title=article.title,
            url=article.url,
            published=article.published,
            language=article.language,
            source=article.source,
            quote=article.text[quote.span.start : quote.span.end],
            start=quote.span.start,
            end=quote.span.end,
            passage=quote.candidate.row.passage.text,
            score=quote.candidate.score,
        )
        for number, quote in enumerate(quotes, 1)
        for article in (quote.candidate.article,)
    )


def answer_text(citations: tuple[Citation, ...]) -> str:
    """Return the quotations as text, each with its number."""
    return "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
