"""What a question is answered with. See section 3 of the README's contract for the meaning of each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.records import Filters, Hit

EXTRACTIVE = "extractive"
"""Mode of an answer that consists of quotations alone."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that tells the same story: a syndicated copy or a translation."""

    article_id: str
    title: str
    url: str | None
    published: str | None
    language: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: `quote == article.text[start:end]`, within `passage`.

    Attributes:
        number: the `[n]` that stands for it in the answer's text, from 1.
        score: the retrieval score of its passage.
        older: whether a citation before it gives a newer figure for the same thing.
        copies: the other articles with the same story, earliest first.
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
    older: bool = False
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated step of a story.

    Attributes:
        date: ISO 8601 as exact as it is known: a year, a month or a day.
        number: of the citation that says it.
    """

    date: str
    number: int


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for an answer: the part of the archive that meets the filters."""

    articles: int
    first_published: str | None
    last_published: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What an answer rests on: how many stories, copies and translations counted once, in which languages."""

    stories: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation with what it was answered with.

    Attributes:
        question: as it was read, standing on its own.
        language: the question's.
        article_ids: those cited.
        quotes: the quotations.
    """

    question: str
    language: str
    article_ids: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest refusal: `answered` implies citations, a refusal has none.

    Attributes:
        language: the question's, ISO 639-1.
        confidence: calibrated probability in [0, 1] that the cited evidence answers the question.
        text: quotations with their `[n]`, or why there is no answer, in the question's language.
        nearest: the closest hits.
        as_of: the day whose knowledge was asked for, else the newest publication time in the archive.
        timings_ms: milliseconds by stage, with `total`.
        read_as: the question as a follow-up was read, standing on its own; None for any other.
        searched: None where nothing was searched, as for a greeting.
        support: None for a refusal.
        timeline: the steps of a story in order of time, where the question asks what happened.
        explanation: every step of the answer as JSON, where it was asked for.
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
    read_as: str | None = None
    searched: Searched | None = None
    support: Support | None = None
    timeline: tuple[TimelineEntry, ...] = ()
    explanation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The hits for one query, best first, with milliseconds by stage."""

    query: str
    hits: tuple[Hit, ...]
    timings_ms: dict[str, float]
