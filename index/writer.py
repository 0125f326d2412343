"""Changes to a store, each published whole: staged in the database, derived aside, then switched to at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.database import (
    CANNOT_READ,
    CANNOT_WRITE,
    DAMAGE,
    FORMAT,
    LIVE,
    OLD_FORMAT,
    STAGED,
    connect,
    get_generation,
    get_meta,
    reason,
    set_meta,
    storable_id,
    transaction,
)
from index.derive import build_generation, drop_generations
from index.errors import StoreCorrupt, StoreError
from index.lock import writer_lock
from index.progress import SILENT, Progress
from index.records import IndexReport, Skipped


@contextmanager
def writing(directory: Path) -> Iterator[sqlite3.Connection]:
    """Open a store for the one writer it may have. Raises: StoreLocked, StoreMissing, StoreMismatch, StoreCorrupt."""
    with writer_lock(directory):
        connection = connect(directory, write=True)
        try:
            if get_meta(connection, "format") == OLD_FORMAT:
                _bring_up_to_date(connection, directory)
            yield connection
        except sqlite3.OperationalError as error:
            raise StoreError(CANNOT_WRITE.format(directory, reason(error))) from error
        except DAMAGE as error:
            raise StoreCorrupt(CANNOT_READ.format(directory, reason(error))) from error
        finally:
            connection.close()


def publish(
    connection: sqlite3.Connection, directory: Path, doomed: Iterable[str] = (), progress: Progress = SILENT
) -> None:
    """Make what is staged live, take doomed articles out, and switch readers to the result."""
    current = get_generation(connection)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS doomed (article_id TEXT PRIMARY KEY)")
    with transaction(connection):
        connection.execute("DELETE FROM doomed")
        connection.executemany("INSERT OR IGNORE INTO doomed VALUES (?)", ((article_id,) for article_id in doomed))
    _make_future(
        connection,
        f"SELECT max(number) FROM articles WHERE article_id NOT IN (SELECT article_id FROM doomed) "
        f"OR state = {STAGED} GROUP BY article_id",
    )
    manifest = _build(connection, directory, current + 1, current, progress)
    with transaction(connection):
        connection.execute("DELETE FROM articles WHERE number NOT IN (SELECT number FROM future)")
        connection.execute(f"UPDATE articles SET state = {LIVE} WHERE state = {STAGED}")
        set_meta(connection, "generation", str(current + 1))
        set_meta(connection, "manifest", manifest)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    drop_generations(directory, current + 1)


def republish(connection: sqlite3.Connection, directory: Path) -> None:
    """Build the derived files anew for the articles that are live, taking nothing over from older ones."""
    current = get_generation(connection)
    _make_future(connection, f"SELECT number FROM articles WHERE state = {LIVE}")
    manifest = _build(connection, directory, current + 1, 0, SILENT)
    with transaction(connection):
        set_meta(connection, "generation", str(current + 1))
        set_meta(connection, "manifest", manifest)
    drop_generations(directory, current + 1)


def _bring_up_to_date(connection: sqlite3.Connection, directory: Path) -> None:
    """Turn a store of the old format into one of today's; killed before its end, it is done again."""
    columns = [column for _, column, *_ in connection.execute("PRAGMA table_info(articles)")]
    if "corrected" not in columns:
        connection.execute("ALTER TABLE articles ADD COLUMN corrected TEXT")
    columns = [column for _, column, *_ in connection.execute("PRAGMA table_info(passages)")]
    for column in ("tokens", "token_counts"):
        if column not in columns:
            connection.execute(f"ALTER TABLE passages ADD COLUMN {column} BLOB NOT NULL DEFAULT x''")
    if get_generation(connection):
        republish(connection, directory)
    with transaction(connection):
        set_meta(connection, "format", FORMAT)


def remove_articles(directory: Path, article_ids: Sequence[str]) -> IndexReport:
    """Forget articles; ids that are not there are reported in `skipped`. No model is loaded."""
    connect(directory).close()
    report = IndexReport()
    with writing(directory) as connection:
        found = []
        for article_id in map(storable_id, dict.fromkeys(article_ids)):
            if connection.execute("SELECT 1 FROM articles WHERE article_id = ?", (article_id,)).fetchone():
                found.append(article_id)
            else:
                report.skipped.append(Skipped(article_id, "no article has this id"))
        if found:
            with transaction(connection):
                connection.executemany(
                    f"DELETE FROM articles WHERE article_id = ? AND state = {STAGED}",
                    ((article_id,) for article_id in found),
                )
            publish(connection, directory, doomed=found)
        report.removed = len(found)
        (report.passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    return report


def _build(connection: sqlite3.Connection, directory: Path, number: int, previous: int, progress: Progress) -> str:
    try:
        return build_generation(connection, directory, number, previous, progress)
    except (OSError, RuntimeError) as error:
        raise StoreError(CANNOT_WRITE.format(directory, reason(error))) from error


def _make_future(connection: sqlite3.Connection, numbers: str) -> None:
    """Fill the temporary table of the articles that the next generation will hold."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS future (number INTEGER PRIMARY KEY)")
    with transaction(connection):
        connection.execute("DELETE FROM future")
        connection.execute(f"INSERT INTO future {numbers}")
