"""Answers, hits and articles as the JSON of the contract, the same through every door."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index.records import Article, Hit, IndexReport, StoredArticle
from qa.records import Answer, Citation, SearchResults

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """Return an answer in the form of the contract's section 3."""
    return {
        "question": answer.question,
        "language": answer.language,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "text": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [hit_json(hit) for hit in answer.nearest],
        "as_of": answer.as_of,
        "filters": {name: getattr(answer.filters, name) for name in ("since", "until", "language", "source")},
        "mode": answer.mode,
        "timings_ms": answer.timings_ms,
        "read_as": answer.read_as,
        "searched": None if answer.searched is None else asdict(answer.searched),
        "support": None if answer.support is None else asdict(answer.support),
        "timeline": [asdict(entry) for entry in answer.timeline],
        **({} if answer.explanation is None else {"explanation": dict(answer.explanation)}),
    }


def citation_json(citation: Citation) -> Json:
    """Return one citation of an answer."""
    return asdict(citation) | {
        "score": round(citation.score, 4),
        "copies": [asdict(copy) for copy in citation.copies],
    }


def hit_json(hit: Hit) -> Json:
    """Return a hit in the form of the contract's section 4."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        **header_json(hit.article),
        "passage": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
    }


def header_json(article: Article) -> Json:
    """Return what names an article: everything but its text."""
    return {
        "article_id": article.article_id,
        "title": article.title,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "source": article.source,
    }


def search_json(results: SearchResults) -> Json:
    """Return the hits of one query."""
    return {
        "query": results.query,
        "hits": [hit_json(hit) for hit in results.hits],
        "timings_ms": results.timings_ms,
    }


def article_json(stored: StoredArticle) -> Json:
    """Return a stored article with its text and the spans of its passages."""
    return {
        **header_json(stored.article),
        "corrected": stored.article.corrected,
        "section": stored.article.section,
        "dateline": stored.article.dateline,
        "authors": list(stored.article.authors),
        "text": stored.article.text,
        "passages": [asdict(span) for span in stored.passages],
    }


def report_json(report: IndexReport) -> Json:
    """Return what a run of indexing did."""
    return asdict(report)
