"""The shapes of answers and hits over HTTP, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class FiltersModel(BaseModel):
    """The filters that an answer was given under."""

    since: str | None
    until: str | None
    language: str | None
    source: str | None


class HeaderModel(BaseModel):
    """What names an article."""

    article_id: str
    title: str
    url: str | None
    published: str | None = Field(description="ISO 8601, a date or a date and time")
    language: str = Field(description="ISO 639-1, or `und`")
    source: str | None


class CitationModel(HeaderModel):
    """A verbatim quotation: `quote` is the article's text from `start` to `end`, in Unicode code points."""

    number: int = Field(ge=1, description="the [n] that stands for it in the answer's text")
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    passage: str
    score: float
    older: bool = Field(description="whether a citation before it gives a newer figure for the same thing")
    copies: list[HeaderModel] = Field(description="the other articles that tell the same story, earliest first")


class HitModel(HeaderModel):
    """A passage found for a query."""

    rank: int = Field(ge=1)
    score: float
    passage: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class SearchedModel(BaseModel):
    """The part of the archive that meets the filters."""

    articles: int = Field(ge=0)
    first_published: str | None
    last_published: str | None
    languages: list[str]


class SupportModel(BaseModel):
    """What an answer rests on; copies and translations of a story count once."""

    stories: int = Field(ge=1)
    languages: list[str]


class TimelineEntryModel(BaseModel):
    """A dated step of a story."""

    date: str = Field(description="ISO 8601, a year, a month or a day")
    number: int = Field(ge=1, description="of the citation that says it")


class AnswerModel(BaseModel):
    """An answer, or a refusal: then `citations` is empty and `nearest` holds the closest hits."""

    question: str
    language: str = Field(description="the question's")
    answered: bool
    confidence: float = Field(ge=0, le=1, description="probability that the evidence answers the question")
    text: str
    citations: list[CitationModel]
    nearest: list[HitModel]
    as_of: str | None = Field(
        description="the day whose knowledge was asked for, else the newest publication time in the archive"
    )
    filters: FiltersModel
    mode: str = Field(examples=["extractive"])
    timings_ms: dict[str, float]
    read_as: str | None = Field(description="the question as a follow-up was read, standing on its own")
    searched: SearchedModel | None = Field(description="null where nothing was searched")
    support: SupportModel | None = Field(description="null for a refusal")
    timeline: list[TimelineEntryModel] = Field(description="in order of time, where the question asks what happened")
    explanation: dict[str, Any] | None = Field(None, description="how the answer came about, where that was asked for")


class SearchModel(BaseModel):
    """The hits for a query, best first."""

    query: str
    hits: list[HitModel]
    timings_ms: dict[str, float]
