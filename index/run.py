"""One run of indexing: sources -> articles -> passages -> vectors -> store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from index.database import (
    LIVE,
    STAGED,
    article_digest,
    get_generation,
    get_meta,
    set_meta,
    stage_article,
    stage_like,
    storable,
    storable_id,
    transaction,
)
from index.embed import Embedder, passage_input
from index.errors import StoreMismatch
from index.passages import split_passages
from index.progress import SILENT, Progress
from index.records import Article, IndexReport, Passage, Skipped
from index.sources import count_source, read_source
from index.timestamps import day_number
from index.writer import publish, writing

TEXT_FIELDS = ("text", "title", "url", "language", "source", "section", "dateline", "extra")
BATCH_PASSAGES = 512
"""Passages embedded and committed together: what a kill can cost, and the window that is sorted by length."""


@dataclass(slots=True)
class _Batch:
    articles: list[tuple[Article, str, list[Passage]]] = field(default_factory=list)
    passages: int = 0


def index_sources(
    directory: Path,
    sources: Sequence[str],
    embedder: Embedder,
    *,
    prune: bool = False,
    allow_private: bool = False,
    progress: Progress = SILENT,
    batch_passages: int = BATCH_PASSAGES,
) -> IndexReport:
    """Add or update the articles of some sources.

    What an earlier run that was killed had embedded is used, not embedded again.

    Args:
        prune: also remove articles that came from one of these sources and are no longer there.
        allow_private: fetch from private and loopback addresses too.
        batch_passages: how many passages are embedded and committed together.

    Raises: SourceError, StoreLocked, StoreMismatch.
    """

    def found() -> Iterator[tuple[str, Article | Skipped]]:
        for source, items in streams:
            origin = source if "://" in source else storable_id(str(Path(source).resolve()))
            for item in items:
                yield origin, item

    # A path that does not exist is an error before anything is written.
    streams = [(source, read_source(source, allow_private=allow_private)) for source in sources]
    counts = [count_source(source) for source in sources]
    total = None if None in counts else sum(count or 0 for count in counts)
    return _run(directory, found(), embedder, prune, progress, batch_passages, total)


def index_articles(directory: Path, articles: Iterable[Article], embedder: Embedder) -> IndexReport:
    """Add or update articles that are at hand. Raises: StoreLocked, StoreMismatch."""
    return _run(directory, (("", article) for article in articles), embedder, False, SILENT, BATCH_PASSAGES)


def _run(
    directory: Path,
    found: Iterator[tuple[str, Article | Skipped]],
    embedder: Embedder,
    prune: bool,
    progress: Progress,
    batch_passages: int,
    total: int | None = None,
) -> IndexReport:
    started = time.monotonic()
    report = IndexReport()
    with writing(directory) as connection:
        _claim(connection, directory, embedder)
        seen: set[str] = set()
        origins: set[str] = set()
        batch = _Batch()
        progress.stage("Reading and embedding articles", total)
        for origin, item in found:
            origins.add(origin)
            progress.advance()
            if isinstance(item, Skipped):
                report.skipped.append(item)
                continue
            article = _storable(item)
            if isinstance(article, Skipped):
                report.skipped.append(article)
                continue
            if article.article_id in seen:
                report.skipped.append(Skipped(article.article_id, "an article with this id came earlier in this run"))
                continue
            seen.add(article.article_id)
            if _already_there(connection, article, origin, report):
                continue
            passages = split_passages(article, embedder.count_tokens)
            batch.articles.append((article, origin, passages))
            batch.passages += len(passages)
            if batch.passages >= batch_passages:
                _stage(connection, batch, embedder)
                batch = _Batch()
        _stage(connection, batch, embedder)
        progress.done()
        doomed = _gone(connection, origins, seen) if prune else []
        report.removed = len(doomed)
        if prune:
            _forget_staged(connection, origins, seen)
        (staged,) = connection.execute(f"SELECT count(*) FROM articles WHERE state = {STAGED}").fetchone()
        if staged or doomed:
            publish(connection, directory, doomed, progress)
        (report.passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _claim(connection: sqlite3.Connection, directory: Path, embedder: Embedder) -> None:
    """Tie an empty store to a model, or make sure that it is tied to this one."""
    built_with = get_meta(connection, "fingerprint")
    empty = connection.execute("SELECT 1 FROM articles").fetchone() is None and get_generation(connection) == 0
    if built_with is None or empty:
        with transaction(connection):
            set_meta(connection, "fingerprint", embedder.fingerprint)
            set_meta(connection, "model", embedder.name)
            set_meta(connection, "dim", str(embedder.dim))
    elif built_with != embedder.fingerprint:
        raise StoreMismatch.of_model(directory, get_meta(connection, "model"), embedder.name)


def _storable(article: Article) -> Article | Skipped:
    """Return an article as a store can hold it, or why it cannot."""
    if not article.text.strip():
        return Skipped(article.article_id, "the article has no text")
    for moment in (article.published, article.corrected):
        if moment is None:
            continue
        try:
            datetime.fromisoformat(moment)
            # The standard library reads more than what is stored, where the day is the first ten characters.
            day_number(moment)
        except ValueError:
            return Skipped(article.article_id, f"its date {moment[:40]!r} is not ISO 8601")
    fields: dict[str, Any] = {
        name: storable(value) for name in TEXT_FIELDS if (value := getattr(article, name)) is not None
    }
    authors = tuple(storable(author) for author in article.authors)
    return replace(article, article_id=storable_id(article.article_id), authors=authors, **fields)


def _already_there(connection: sqlite3.Connection, article: Article, origin: str, report: IndexReport) -> bool:
    """Count an article as added, updated or unchanged; say whether it is stored already, or staged now."""
    rows = connection.execute(
        "SELECT state, digest, number, corrected, extra FROM articles WHERE article_id = ?", (article.article_id,)
    ).fetchall()
    digests: dict[int, bytes] = {state: digest for state, digest, *_ in rows}
    digest = article_digest(article)
    if digests.get(LIVE) == digest:
        report.unchanged += 1
        if STAGED in digests:
            with transaction(connection):
                connection.execute(
                    f"DELETE FROM articles WHERE article_id = ? AND state = {STAGED}",
                    (article.article_id,),
                )
        return True
    if LIVE in digests:
        report.updated += 1
    else:
        report.added += 1
    if digests.get(STAGED) == digest:
        return True
    for state, stored, number, corrected, extra in rows:
        # Sites and feeds write a new date of change when the text is the same: its vectors are, too.
        if state == LIVE and article_digest(replace(article, corrected=corrected, extra=extra)) == stored:
            with transaction(connection):
                stage_like(connection, article, origin, number)
            return True
    return False


def _stage(connection: sqlite3.Connection, batch: _Batch, embedder: Embedder) -> None:
    """Embed a batch and commit it."""
    if not batch.articles:
        return
    vectors = embedder.embed_passages(
        [passage_input(article, passage) for article, _, passages in batch.articles for passage in passages]
    )
    at = 0
    with transaction(connection):
        for article, origin, passages in batch.articles:
            end = at + len(passages)
            stage_article(connection, article, origin, passages, vectors[at:end])
            at = end


def _gone(connection: sqlite3.Connection, origins: set[str], seen: set[str]) -> list[str]:
    """Return the ids of live articles that came from these origins and were not seen there now."""
    return [
        article_id
        for origin in origins
        for (article_id,) in connection.execute(
            f"SELECT article_id FROM articles WHERE origin = ? AND state = {LIVE}",
            (origin,),
        )
        if article_id not in seen
    ]


def _forget_staged(connection: sqlite3.Connection, origins: set[str], seen: set[str]) -> None:
    """Take out what a killed run had staged from these origins and is no longer there."""
    rows = connection.execute(f"SELECT article_id, origin FROM articles WHERE state = {STAGED}").fetchall()
    gone = [(article_id,) for article_id, origin in rows if origin in origins and article_id not in seen]
    with transaction(connection):
        connection.executemany(f"DELETE FROM articles WHERE article_id = ? AND state = {STAGED}", gone)
