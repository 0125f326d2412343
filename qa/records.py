"""What a question is answered with. See section 3 of the README's contract for the meaning of each field."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.records import Filters, Hit

EXTRACTIVE = "extractive"
"""Mode of an answer that consists of quotations alone."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: `quote == article.text[start:end]`, within `passage`.

    Attributes:
        number: the `[n]` that stands for it in the answer's text, from 1.
        score: the retrieval score of its passage.
    """

    number: int
    article_id: str
    title: str
    url: str | None
    published: str | None
    language: str
    source: str | None
    quote: str
    start: int
    end: int
    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest refusal: `answered` implies citations, a refusal has none.

    Attributes:
        language: the question's, ISO 639-1.
        confidence: calibrated probability in [0, 1] that the cited evidence answers the question.
        text: quotations with their `[n]`, or why there is no answer, in the question's language.
        nearest: the closest hits.
        as_of: the newest publication time in the archive that was searched.
        timings_ms: milliseconds by stage, with `total`.
    """

    question: str
    language: str
    answered: bool
    confidence: float
    text: str
    citations: tuple[Citation, ...]
    nearest: tuple[Hit, ...]
    as_of: str | None
    filters: Filters
    mode: str = EXTRACTIVE
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The hits for one query, best first, with milliseconds by stage."""

    query: str
    hits: tuple[Hit, ...]
    timings_ms: dict[str, float]
