"""A store opened for reading: one consistent generation at a time, from any thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.database import (
    LIVE,
    STAGED,
    connect,
    get_generation,
    get_meta,
    read_article,
    read_spans,
    transaction,
)
from index.errors import ArticleNotFound, StoreCorrupt, StoreMissing
from index.generation import Generation, generation_path
from index.records import StoredArticle, StoreStatus


@dataclass(frozen=True, slots=True)
class Reading:
    """A view of a store that does not change while it is held: a generation and the rows that belong to it."""

    connection: sqlite3.Connection
    generation: Generation


class Store:
    """Reads a store. It follows what a writer publishes: each reading sees the newest generation."""

    def __init__(self, directory: Path) -> None:
        """Open a store. Raises: StoreMissing, StoreMismatch, StoreCorrupt."""
        self.directory = directory
        self._connections = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._connection()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the model the store was built with."""
        return get_meta(self._connection(), "fingerprint") or ""

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Hold one generation for the length of a question. Raises: StoreMissing, StoreCorrupt."""
        connection = self._connection()
        with transaction(connection, "DEFERRED"):
            yield Reading(connection, self._current(get_generation(connection)))

    def article(self, article_id: str) -> StoredArticle:
        """Return a stored article. Raises: ArticleNotFound."""
        connection = self._connection()
        with transaction(connection, "DEFERRED"):
            found = read_article(connection, article_id)
            if found is None:
                raise ArticleNotFound(
                    f"no article {article_id!r} in the archive: `vestka search` finds the ids there are"
                )
            number, article = found
            return StoredArticle(article, read_spans(connection, number))

    def status(self) -> StoreStatus:
        """Say what the store holds."""
        connection = self._connection()
        with transaction(connection, "DEFERRED"):
            one = f"FROM articles WHERE state = {LIVE}"
            articles, first, last = connection.execute(
                f"SELECT count(*), min(published), max(published) {one}"
            ).fetchone()
            languages = connection.execute(f"SELECT language, count(*) {one} GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
            (passages,) = connection.execute(
                f"SELECT count(*) FROM passages p JOIN articles a ON a.number = p.article WHERE a.state = {LIVE}"
            ).fetchone()
            (pending,) = connection.execute(f"SELECT count(*) FROM articles WHERE state = {STAGED}").fetchone()
            return StoreStatus(
                articles=articles,
                passages=passages,
                languages=dict(languages),
                first_published=first,
                last_published=last,
                model=get_meta(connection, "model") or "",
                store_bytes=sum(path.stat().st_size for path in self.directory.rglob("*") if path.is_file()),
                generation=get_generation(connection),
                pending=pending,
            )

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._generation = None
            self._connections = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._connections, "connection", None)
        if connection is None:
            connection = connect(self.directory)
            self._connections.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection

    def _current(self, number: int) -> Generation:
        with self._lock:
            if self._generation is None or self._generation.number != number:
                if number == 0:
                    raise StoreMissing(f"{self.directory} holds no article yet: add some with `vestka index SOURCE`")
                path = generation_path(self.directory, number)
                if not path.is_dir():
                    raise StoreCorrupt(f"{path} is missing: run `vestka check --repair --store {self.directory}`")
                self._generation = Generation.load(path)
            return self._generation
