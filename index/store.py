"""A store opened for reading: one consistent generation at a time, from any thread."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.database import (
    CANNOT_READ,
    DAMAGE,
    FILE_NAME,
    LIVE,
    STAGED,
    connect,
    get_generation,
    get_meta,
    read_article,
    read_spans,
    reason,
    storable_id,
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
        # Connections that nobody uses now; a thread takes one, or opens one more.
        self._idle: list[sqlite3.Connection] = [connect(directory)]
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._closed = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the model the store was built with."""
        with self._connection() as connection:
            return get_meta(connection, "fingerprint") or ""

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Hold one generation for the length of a question. Raises: StoreMissing, StoreCorrupt."""
        with self._connection() as connection:
            generation = self._begin(connection)
            try:
                yield Reading(connection, generation)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def article(self, article_id: str) -> StoredArticle:
        """Return a stored article. Raises: ArticleNotFound."""
        with self._connection() as connection, transaction(connection, "DEFERRED"):
            found = read_article(connection, storable_id(article_id))
            if found is None:
                raise ArticleNotFound(
                    f"no article {article_id!r} in the archive: `vestka search` finds the ids there are"
                )
            number, article = found
            return StoredArticle(article, read_spans(connection, number))

    def status(self) -> StoreStatus:
        """Say what the store holds."""
        with self._connection() as connection, transaction(connection, "DEFERRED"):
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
                store_bytes=_bytes_below(self.directory),
                generation=get_generation(connection),
                pending=pending,
            )

    def close(self) -> None:
        """Close the connections; those in use are closed when their reading ends."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            self._generation = None
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self.directory)
        try:
            yield connection
        except DAMAGE as error:
            raise StoreCorrupt(CANNOT_READ.format(self.directory / FILE_NAME, reason(error))) from error
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def _begin(self, connection: sqlite3.Connection) -> Generation:
        """Begin to read, and open the generation that is published; the caller ends the transaction."""
        while True:
            connection.execute("BEGIN DEFERRED")
            try:
                number = get_generation(connection)
                return self._current(number)
            except BaseException as error:
                connection.execute("ROLLBACK")
                # A writer may have published twice and removed this one before it was open.
                if not isinstance(error, StoreCorrupt) or get_generation(connection) == number:
                    raise

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


def _bytes_below(directory: Path) -> int:
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            # A writer removes files meanwhile.
            with suppress(FileNotFoundError):
                total += Path(folder, name).stat().st_size
    return total
