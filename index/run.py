"""One run of indexing: sources -> articles -> passages -> vectors -> store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.database import (
    LIVE,
    STAGED,
    article_digest,
    get_meta,
    set_meta,
    stage_article,
    transaction,
)
from index.embed import Embedder, passage_input
from index.errors import StoreMismatch
from index.passages import split_passages
from index.progress import SILENT, Progress
from index.records import Article, IndexReport, Passage, Skipped
from index.sources import read_source
from index.writer import publish, writing

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
) -> IndexReport:
    """Add or update the articles of some sources.

    What an earlier run that was killed had embedded is used, not embedded again.

    Args:
        prune: also remove articles that came from one of these sources and are no longer there.
        allow_private: fetch from private and loopback addresses too.

    Raises: SourceError, StoreLocked, StoreMismatch.
    """

    def found() -> Iterator[tuple[str, Article | Skipped]]:
        for source in sources:
            origin = source if "://" in source else str(Path(source).resolve())
            for item in read_source(source, allow_private=allow_private):
                yield origin, item

    return _run(directory, found(), embedder, prune, progress)


def index_articles(directory: Path, articles: Iterable[Article], embedder: Embedder) -> IndexReport:
    """Add or update articles that are at hand. Raises: StoreLocked, StoreMismatch."""
    return _run(directory, (("", article) for article in articles), embedder, False, SILENT)


def _run(
    directory: Path,
    found: Iterator[tuple[str, Article | Skipped]],
    embedder: Embedder,
    prune: bool,
    progress: Progress,
) -> IndexReport:
    started = time.monotonic()
    report = IndexReport()
    with writing(directory) as connection:
        _claim(connection, directory, embedder)
        seen: set[str] = set()
        origins: set[str] = set()
        batch = _Batch()
        progress.stage("Reading and embedding articles", None)
        for origin, item in found:
            origins.add(origin)
            progress.advance()
            if isinstance(item, Skipped):
                report.skipped.append(item)
                continue
            if item.article_id in seen:
                report.skipped.append(Skipped(item.article_id, "an article with this id came earlier in this run"))
                continue
            seen.add(item.article_id)
            if _already_there(connection, item, report):
                continue
            passages = split_passages(item, embedder.count_tokens)
            batch.articles.append((item, origin, passages))
            batch.passages += len(passages)
            if batch.passages >= BATCH_PASSAGES:
                _stage(connection, batch, embedder)
                batch = _Batch()
        _stage(connection, batch, embedder)
        progress.done()
        doomed = _gone(connection, origins, seen) if prune else []
        report.removed = len(doomed)
        (staged,) = connection.execute(f"SELECT count(*) FROM articles WHERE state = {STAGED}").fetchone()
        if staged or doomed:
            publish(connection, directory, doomed, progress)
        (report.passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _claim(connection: sqlite3.Connection, directory: Path, embedder: Embedder) -> None:
    """Tie an empty store to a model, or make sure that it is tied to this one."""
    built_with = get_meta(connection, "fingerprint")
    if built_with is None:
        with transaction(connection):
            set_meta(connection, "fingerprint", embedder.fingerprint)
            set_meta(connection, "model", embedder.name)
            set_meta(connection, "dim", str(embedder.dim))
    elif built_with != embedder.fingerprint:
        raise StoreMismatch(
            f"{directory} was built with the model {get_meta(connection, 'model')}, not {embedder.name}: "
            "set VESTKA_MODEL to that one, or index into another --store"
        )


def _already_there(connection: sqlite3.Connection, article: Article, report: IndexReport) -> bool:
    """Count an article as added, updated or unchanged; say whether its vectors are stored already."""
    rows = connection.execute("SELECT state, digest FROM articles WHERE article_id = ?", (article.article_id,))
    digests: dict[int, bytes] = dict(rows.fetchall())
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
    return digests.get(STAGED) == digest


def _stage(connection: sqlite3.Connection, batch: _Batch, embedder: Embedder) -> None:
    """Embed a batch and commit it."""
    if not batch.articles:
        return
    vectors, of_sentences = embedder.embed_passages(
        [passage_input(article, passage) for article, _, passages in batch.articles for passage in passages]
    )
    at = 0
    with transaction(connection):
        for article, origin, passages in batch.articles:
            end = at + len(passages)
            stage_article(connection, article, origin, passages, np.asarray(vectors[at:end]), of_sentences[at:end])
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
