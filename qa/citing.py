"""From quotations to an answer: citations with their copies, in order, and the text that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.centre import LanguageMeans
from index.records import Article
from index.search import Candidate
from qa.compose import Quote
from qa.conflicts import find_conflict, newest_first, quote_vector
from qa.phrases import read_as_line
from qa.phrases_support import disagreement_line, older_mark, support_line
from qa.plurals import day_text
from qa.question import Question
from qa.records import Citation, Support, TimelineEntry
from qa.voices import count_support, list_copies


@dataclass(frozen=True, slots=True)
class Statement:
    """What an answer says and rests on.

    Attributes:
        text: quotations with their `[n]` and what has to be known of them, in the question's language.
    """

    text: str
    citations: tuple[Citation, ...]
    support: Support
    timeline: tuple[TimelineEntry, ...] = ()


def state_quotes(
    question: Question,
    quotes: Sequence[Quote],
    candidates: Iterable[Candidate],
    stories: Mapping[str, int],
    means: LanguageMeans,
) -> Statement:
    """Answer with quotations; where they disagree on a figure, the newest comes first."""
    citations = cite(quotes, candidates, stories)
    vectors = np.array([quote_vector(each.candidate, each.start, each.end, means) for each in quotes])
    conflict = find_conflict(question, citations, stories, vectors)
    if conflict is not None:
        citations = newest_first(citations, conflict)
    support = count_support(citations, stories)
    lines = [_quoted(citation, question.language) for citation in citations]
    if conflict is not None:
        lines.append(disagreement_line(question.language, ordered=bool(conflict.older)))
    return Statement("\n".join([*lines, support_line(support, question.language)]), citations, support)


def state_timeline(
    question: Question,
    dated: Sequence[tuple[str, Quote]],
    candidates: Iterable[Candidate],
    stories: Mapping[str, int],
) -> Statement:
    """Answer with the steps of a story, each an ISO date and its quotation, in order of time."""
    citations = cite([quote for _, quote in dated], candidates, stories)
    support = count_support(citations, stories)
    timeline = tuple(TimelineEntry(day, citation.number) for (day, _), citation in zip(dated, citations, strict=True))
    lines = [
        f"{day_text(day, question.language)}: {_quoted(citation, question.language)}"
        for (day, _), citation in zip(dated, citations, strict=True)
    ]
    text = "\n".join([*lines, support_line(support, question.language)])
    return Statement(text, citations, support, timeline)


def say_read_as(text: str, read_as: str | None, language: str) -> str:
    """Put how a follow-up was read before an answer's text."""
    return text if read_as is None else f"{read_as_line(read_as, language)}\n{text}"


def cite(quotes: Sequence[Quote], candidates: Iterable[Candidate], stories: Mapping[str, int]) -> tuple[Citation, ...]:
    """Turn quotations into citations, numbered from 1, with the other tellings of their stories."""
    articles: dict[str, Article] = {each.article.article_id: each.article for each in candidates}
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
            copies=list_copies(article.article_id, stories, articles),
        )
        for number, quote in enumerate(quotes, 1)
        for article in (quote.candidate.article,)
    )


def _quoted(citation: Citation, language: str) -> str:
    mark = f" ({older_mark(citation.published, language)})" if citation.older else ""
    return f"“{citation.quote}” [{citation.number}]{mark}"
