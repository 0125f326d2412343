"""Candidates as retrieval gives them, made of articles without a store."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from index.database import PassageRow
from index.records import Article, Passage
from index.search import Candidate
from index.sentences import split_sentences
from qa.calibration import Calibration, Logistic
from qa.compose import Quote, draft_answer
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES
from qa.question import understand

NUMBERS = itertools.count(1)
VECTOR = (1.0, 0.0, 0.0)
BY_COSINE = Calibration(
    quote=Logistic(-6.0, np.array([10.0 if name == "cosine" else 0.0 for name in QUOTE_FEATURES])),
    same=Logistic(1.0, np.zeros(len(CONFIDENCE_FEATURES))),
    other=Logistic(-1.0, np.zeros(len(CONFIDENCE_FEATURES))),
    threshold=0.5,
)
"""The cosine of a sentence decides how likely it holds the answer."""


def candidate(
    article: Article,
    cosines: Sequence[float] = (),
    *,
    score: float = 1.0,
    first: int = 0,
    last: int | None = None,
    vectors: Sequence[Sequence[float]] = (),
    reading: Sequence[float] | None = None,
) -> Candidate:
    """Return a passage of an article: its sentences from `first` to before `last`, all unless given.

    Args:
        cosines: those of the question with the sentences, filled up with 0.
        vectors: of the sentences, (s, 3), filled up with VECTOR.
        reading: the log-odds that each sentence answers, as the reader reads it; without them it was not read.
    """
    spans = tuple(split_sentences(article.text, article.language))[first:last]
    start, end = (spans[0].start, spans[-1].end) if spans else (0, 0)
    passage = Passage(article.article_id, first, start, end, article.text[start:end], spans)
    filled = [*vectors, *([VECTOR] * len(spans))][: len(spans)]
    return Candidate(
        article=article,
        row=PassageRow(next(NUMBERS), passage, np.array(filled, np.float16).reshape(-1, len(VECTOR))),
        score=score,
        cosine=0.5,
        words=0.0,
        names=0.0,
        sentences=np.array([*cosines, *([0.0] * len(spans))][: len(spans)], np.float32),
        reading=None if reading is None else np.array(reading, np.float32),
    )


def quoted(candidates: list[Candidate], stories: Mapping[str, int] | None = None) -> list[str]:
    """Return the words that would be quoted, where cosines decide."""
    return quote_texts(draft_answer(understand("What?"), candidates, BY_COSINE, stories).quotes)


def quote_texts(quotes: Sequence[Quote]) -> list[str]:
    """Return the words of quotations."""
    return [quote.candidate.article.text[quote.start : quote.end] for quote in quotes]
