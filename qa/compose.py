"""From candidates to an answer: which sentences are quoted, and whether they are good enough to answer with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.search import Candidate
from qa.calibration import Calibration, load_calibration
from qa.evidence import Evidence, confidence_features, gather_evidence
from qa.question import Question
from qa.records import Citation

MAX_QUOTES = 3
MAX_SENTENCES = 4
QUOTED_SHARE = 0.35
"""A further sentence is quoted when it is at least this share as likely to hold the answer as the likeliest."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, or several in a row: `article.text[start:end]` is quoted."""

    candidate: Candidate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The quotations there would be, likeliest first, and how likely they answer, in [0, 1]."""

    quotes: tuple[Quote, ...]
    confidence: float


def draft_answer(question: Question, candidates: list[Candidate], calibration: Calibration | None = None) -> Draft:
    """Choose quotations for a question and say how far to trust them."""
    calibration = calibration or load_calibration()
    evidence = gather_evidence(question, candidates)
    if not evidence:
        return Draft((), 0.0)
    likely = calibration.quote.probability(np.array([each.features for each in evidence]))
    chosen = choose_sentences(evidence, likely)
    quoted = [evidence[at] for at in chosen]
    features = confidence_features(question, candidates, quoted, float(likely[chosen[0]]))
    same_language = quoted[0].candidate.article.language == question.language
    model = calibration.same if same_language else calibration.other
    return Draft(join_neighbours(quoted)[:MAX_QUOTES], float(model.probability(features)))


def choose_sentences(evidence: Sequence[Evidence], likely: np.ndarray) -> list[int]:
    """Return the positions of the sentences to quote, likeliest first; the same words are quoted once.

    Args:
        likely: float64 (n,), how likely each sentence holds the answer.
    """
    order = np.argsort(-likely, kind="stable").tolist()
    chosen: list[int] = []
    texts: set[str] = set()
    for at in order:
        if len(chosen) == MAX_SENTENCES or likely[at] < QUOTED_SHARE * likely[order[0]]:
            break
        if evidence[at].text not in texts:
            texts.add(evidence[at].text)
            chosen.append(at)
    return chosen


def join_neighbours(sentences: Sequence[Evidence]) -> tuple[Quote, ...]:
    """Make one quotation of sentences that follow each other in a paragraph; it stands where its likeliest stood."""
    place = {(each.candidate.row.number, each.span.start): at for at, each in enumerate(sentences)}
    runs: list[list[Evidence]] = []
    for each in sorted(sentences, key=lambda each: (each.candidate.row.number, each.span.start)):
        if runs and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    runs.sort(key=lambda run: min(place[each.candidate.row.number, each.span.start] for each in run))
    return tuple(Quote(run[0].candidate, run[0].span.start, run[-1].span.end) for run in runs)


def _follows(first: Evidence, second: Evidence) -> bool:
    """Say whether only spaces stand between two sentences of a passage."""
    if first.candidate.row.number != second.candidate.row.number:
        return False
    between = first.candidate.article.text[first.span.end : second.span.start]
    return not between.strip() and "\n" not in between


def cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
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
            quote=article.text[quote.start : quote.end],
            start=quote.start,
            end=quote.end,
            passage=quote.candidate.row.passage.text,
            score=quote.candidate.score,
        )
        for number, quote in enumerate(quotes, 1)
        for article in (quote.candidate.article,)
    )


def answer_text(citations: tuple[Citation, ...]) -> str:
    """Return the quotations as text, each with its number."""
    return "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
