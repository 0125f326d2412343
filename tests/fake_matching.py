"""How FakeAnswerer finds its sentences: by the words that a question shares with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from index.errors import BadDate
from index.records import Article, Filters, Hit, Passage, Span
from qa.records import Citation

_SENTENCE = re.compile(r"\S[^。!?\n]*?(?:(?<!\d)[.!?](?=\s|$)|。|$)", re.MULTILINE)


def find(articles: Sequence[Article], query: str, filters: Filters) -> list[Hit]:
    """Return every article that the filters let through, the most shared words first. Raises: BadDate."""
    for day in (filters.since, filters.until, filters.as_of):
        _check_day(day)
    found = [(_shared(query, article.text + article.title), article) for article in articles]
    found.sort(key=lambda pair: -pair[0])
    allowed = [(score, article) for score, article in found if _passes(article, filters)]
    return [
        Hit(rank=rank, score=float(score), article=article, passage=_whole(article))
        for rank, (score, article) in enumerate(allowed, start=1)
    ]


def cite(number: int, hit: Hit, question: str) -> Citation:
    """Quote the sentence of a hit that shares the most words with a question."""
    article = hit.article
    best = max(hit.passage.sentences, key=lambda span: _shared(question, article.text[span.start : span.end]))
    return Citation(
        number=number,
        article_id=article.article_id,
        title=article.title,
        url=article.url,
        published=article.published,
        language=article.language,
        source=article.source,
        quote=article.text[best.start : best.end],
        start=best.start,
        end=best.end,
        passage=article.text,
        score=hit.score,
    )


def explain(question: str, language: str, hits: Sequence[Hit], citations: Sequence[Citation]) -> dict[str, Any]:
    """Return the steps of an answer in the shape of qa.explain."""
    return {
        "question": {
            "text": question,
            "language": language,
            "wants": "number",
            "words": sorted(_stems(question)),
            "names": [],
            "periods": [{"text": "in 2024", "start": "2024-01-01", "end": None, "relative": False}],
        },
        "candidates": [
            {
                "article_id": hit.article.article_id,
                "language": hit.article.language,
                "published": hit.article.published,
                "story": hit.rank,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
                "cosine": 0.5,
                "best_sentence": 0.25,
                "reading": -1.5 if hit.rank == 1 else None,
                "words": hit.score,
                "names": 0.0,
            }
            for hit in hits
        ],
        "sentences": [
            {
                "article_id": citation.article_id,
                "start": citation.start,
                "end": citation.end,
                "likely": 0.75,
                "features": {"cosine": 0.5, "numbers": 1.0},
            }
            for citation in citations
        ],
        "confidence": {
            "case": "same language",
            "probability": 0.93,
            "threshold": 0.5,
            "features": {
                "likely": {"value": 0.75, "log_odds": 1.5},
                "names": {"value": 0.0, "log_odds": 0.0},
                "other language": {"value": 1.0, "log_odds": -2.0},
            },
        },
    }


def language_of(question: str) -> str:
    """Return the language that a question's letters look like."""
    letters = {"be": "[ўі]", "ru": "[а-я]", "zh": "[一-鿿]"}
    return next((code for code, some in letters.items() if re.search(some, question, re.IGNORECASE)), "en")


def _whole(article: Article) -> Passage:
    spans = tuple(Span(*match.span()) for match in _SENTENCE.finditer(article.text))
    return Passage(article.article_id, 0, 0, len(article.text), article.text, spans)


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w{4,}", text.casefold())
    pairs = re.findall(r"(?=([一-鿿]{2}))", text)
    return {word[:6] for word in words} | set(pairs)


def _shared(query: str, text: str) -> int:
    return len(_stems(query) & _stems(text))


def _passes(article: Article, filters: Filters) -> bool:
    day = (article.published or "")[:10]
    return (
        (filters.since is None or day >= filters.since)
        and (filters.until is None or day <= filters.until)
        and (filters.as_of is None or day <= filters.as_of)
        and (filters.language is None or article.language == filters.language)
        and (filters.source is None or article.source == filters.source)
    )


def _check_day(day: str | None) -> None:
    try:
        date.fromisoformat(day or "2024-01-01")
    except ValueError:
        raise BadDate(f"{day!r} is not a date; write YYYY-MM-DD.") from None
