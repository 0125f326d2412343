"""Answers, hits and reports as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from bot.terminal_text import one_line, printable, wrap
from index.records import Article, Hit, IndexReport
from qa.phrases_support import older_mark
from qa.records import Answer, Citation, Copy, SearchResults

INDENT = "    "
MAX_COPIES = 5
"""How many of a story's other articles are named."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: lines of `width` columns, with bold and dim type where it is styled."""

    width: int = 80
    styled: bool = False

    def bold(self, lines: Sequence[str]) -> list[str]:
        """Return lines in bold type."""
        return [click.style(line, bold=True) if self.styled and line else line for line in lines]

    def dim(self, lines: Sequence[str]) -> list[str]:
        """Return lines in dim type."""
        return [click.style(line, dim=True) if self.styled and line else line for line in lines]


def render_answer(answer: Answer, page: Page) -> str:
    """Return the answer's text, then its sources, or the nearest articles where there is no answer."""
    lines = page.bold(wrap(printable(answer.text), page.width))
    for citation in answer.citations:
        lines += ["", *_render_citation(citation, answer, page)]
    if not answer.answered and answer.nearest:
        lines += ["", "Nearest in the archive:"]
        for hit in answer.nearest:
            lines += ["", *_render_hit(hit, page)]
    # A greeting is neither trusted nor doubted.
    notes = [f"confidence {answer.confidence:.0%}"] if answer.answered or answer.searched else []
    if answer.as_of:
        known = "as known on" if answer.filters.as_of else "archive up to"
        notes.append(f"{known} {_moment(answer.as_of)}")
    if "total" in answer.timings_ms:
        notes.append(f"{answer.timings_ms['total']:.0f} ms")
    if notes:
        lines += ["", *page.dim(wrap(" · ".join(notes), page.width))]
    return "\n".join(lines)


def render_hits(results: SearchResults, page: Page) -> str:
    """Return the hits of a search, each with its passage."""
    if not results.hits:
        return "Nothing found."
    return "\n\n".join("\n".join(_render_hit(hit, page)) for hit in results.hits)


def render_report(report: IndexReport, page: Page) -> str:
    """Return what a run of indexing did, with what it skipped and why."""
    counts = (
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged, "
        f"{report.removed:,} removed; the store holds {report.passages:,} passages. {report.seconds:.1f} s"
    )
    lines = wrap(counts, page.width)
    if report.skipped:
        lines += ["", f"{len(report.skipped):,} skipped:"]
        for skipped in report.skipped:
            lines += wrap(f"{one_line(skipped.source)}: {one_line(skipped.reason)}", page.width, "  ")
    return "\n".join(lines)


def _render_citation(citation: Citation, answer: Answer, page: Page) -> list[str]:
    header = Article(
        article_id=citation.article_id,
        text="",
        title=citation.title,
        url=citation.url,
        published=citation.published,
        language=citation.language,
        source=citation.source,
    )
    lines = wrap(f"[{citation.number}] {_title(header)}", page.width)
    older = older_mark(None, answer.language)
    lines += page.dim(_origin(header, page, *([older] if citation.older and older not in answer.text else [])))
    if citation.copies:
        lines += page.dim(wrap(f"also told by: {_copies(citation.copies)}", page.width, INDENT))
    if citation.quote not in answer.text:
        lines += wrap(f"“{one_line(citation.quote)}”", page.width, INDENT)
    return lines


def _copies(copies: Sequence[Copy]) -> str:
    named = [
        f"{one_line(copy.source or copy.title or copy.article_id)} ({one_line(copy.language)})"
        for copy in copies[:MAX_COPIES]
    ]
    left = len(copies) - len(named)
    return ", ".join(named) + (f" and {left:,} more" if left else "")


def _render_hit(hit: Hit, page: Page) -> list[str]:
    lines = page.bold(wrap(f"{hit.rank}. {_title(hit.article)}", page.width))
    lines += page.dim(_origin(hit.article, page, f"score {hit.score:.3f}"))
    return lines + wrap(one_line(hit.passage.text), page.width, INDENT)


def _title(article: Article) -> str:
    return one_line(article.title) or one_line(article.article_id)


def _origin(article: Article, page: Page, *notes: str) -> list[str]:
    """Return where an article is from as far as it is known, and its address on a line to be copied."""
    moment = _moment(article.published) if article.published else None
    parts = (article.source, moment, article.language, *notes)
    known = " · ".join(one_line(part) for part in parts if part)
    address = one_line(article.url or article.article_id)
    return [*wrap(known, page.width, INDENT), *wrap(address, page.width, INDENT)]


def _moment(published: str) -> str:
    return one_line(published).replace("T", " ")
