"""The records that everything else passes around: articles, passages, hits, and what indexing reports."""

from __future__ import annotations

from dataclasses import dataclass, field

UNKNOWN_LANGUAGE = "und"
"""ISO 639 code of a text whose language is not known."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive, cleaned: no navigation, no weather, Unicode NFC.

    Attributes:
        article_id: unique in the archive; a record's `id`, else its address, else its path.
        text: the body; every offset of Vestka counts code points in this string.
        published: ISO 8601, a date or a date and time, as exact as the page gives it.
        corrected: ISO 8601, when the text was last changed, where the page tells.
        language: ISO 639-1 code, or `und`.
        section: the heading it was filed under, such as "Politics".
        dateline: the place the report comes from, such as "MINSK".
        extra: JSON object with the keys of a record that Vestka does not use.
    """

    article_id: str
    text: str
    title: str = ""
    url: str | None = None
    published: str | None = None
    language: str = UNKNOWN_LANGUAGE
    source: str | None = None
    section: str | None = None
    dateline: str | None = None
    authors: tuple[str, ...] = ()
    extra: str | None = None
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a text: `text[start:end]`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is stored and retrieved: some sentences of an article in a row.

    `article.text[start:end] == text`, and each sentence's span is within the article's text too.
    """

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the evidence is restricted to. Dates are ISO days, both ends included.

    Attributes:
        as_of: only what was known at the end of this day: published by then, and not corrected since.
    """

    since: str | None = None
    until: str | None = None
    language: str | None = None
    source: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with its article; rank counts from 1."""

    rank: int
    score: float
    article: Article
    passage: Passage


@dataclass(frozen=True, slots=True)
class Skipped:
    """A piece of input that gave no article, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class IndexReport:
    """What one run of indexing did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    passages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the store holds it, with the spans of its passages in order."""

    article: Article
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What a store holds. `languages` counts articles; `pending` articles wait for a run to finish."""

    articles: int
    passages: int
    languages: dict[str, int]
    first_published: str | None
    last_published: str | None
    model: str
    store_bytes: int
    generation: int
    pending: int
