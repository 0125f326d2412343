"""Verifies a store, and rebuilds what is derived."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.database import (
    ARTICLE_COLUMNS,
    LIVE,
    article_digest,
    article_from_row,
    connect,
    get_generation,
    get_meta,
    reason,
)
from index.embedded import TOKEN_DIM
from index.errors import StoreCorrupt, StoreMismatch
from index.generation import MANIFEST, Generation, damaged_files, file_digest, generation_path
from index.writer import republish, writing


def check_store(directory: Path) -> list[str]:
    """Return what is wrong with a store, a line each; nothing when all is well.

    Raises: StoreMissing, StoreMismatch, StoreCorrupt.
    """
    of_database, of_derived = _find_problems(directory)
    return of_database + of_derived


def repair_store(directory: Path) -> list[str]:
    """Bring an old store up to date, rebuild what is derived if anything is wrong with it; return what was mended.

    Raises: StoreLocked, StoreMissing, StoreMismatch, StoreCorrupt (the database itself is damaged, for good).
    """
    mended = []
    try:
        connect(directory).close()
    except StoreMismatch:
        # Only the old format can be written to; any other is refused here too.
        with writing(directory):
            mended.append("brought up to today's format")
    of_database, of_derived = _find_problems(directory)
    if not of_database and of_derived:
        with writing(directory) as connection:
            republish(connection, directory)
        of_database = check_store(directory)
    if of_database:
        raise StoreCorrupt(f"{of_database[0]}: this cannot be rebuilt; restore {directory} from a copy, or index again")
    return [*mended, *(f"rebuilt: {problem}" for problem in of_derived)]


def _find_problems(directory: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with the database, and with what is derived from it."""
    connection = connect(directory)
    try:
        # What a writer publishes meanwhile is not seen.
        connection.execute("BEGIN DEFERRED")
        told = [line for row in connection.execute("PRAGMA integrity_check(5)") for line in str(row[0]).splitlines()]
        damage = [line for line in told if not line.startswith("***")]
        if damage != ["ok"]:
            return [f"the database is damaged: {line}" for line in damage], []
        return list(_check_rows(connection)), list(_check_generation(connection, directory))
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        return [f"the database is damaged: {reason(error)}"], []
    finally:
        connection.close()


def _check_rows(connection: sqlite3.Connection) -> Iterator[str]:
    """Check that every article is what was stored, and that its passages lie in its text and have all their vectors."""
    dim = int(get_meta(connection, "dim") or 0)
    for digest, *columns in connection.execute(f"SELECT digest, {ARTICLE_COLUMNS} FROM articles"):
        article = article_from_row(columns)
        if article_digest(article) != digest:
            yield f"{article.article_id} is not what was stored"
    rows = connection.execute(
        "SELECT a.article_id, p.ordinal, p.start, p.end, length(a.text), p.vector, p.sentences, p.sentence_vectors, "
        "p.tokens, p.token_counts "
        "FROM passages p JOIN articles a ON a.number = p.article"
    )
    for article_id, ordinal, start, end, chars, vector, sentences, of_sentences, tokens, counts in rows:
        name = f"passage {ordinal} of {article_id}"
        if not 0 <= start < end <= chars:
            yield f"{name} lies outside its text"
        if len(vector) != 2 * dim or not np.isfinite(np.frombuffer(vector, "<f2")).all():
            yield f"{name} has no valid vector"
        if len(sentences) % 8 or len(of_sentences) != len(sentences) // 8 * 2 * dim:
            yield f"{name} lacks vectors of its sentences"
        else:
            spans = np.frombuffer(sentences, "<i4").reshape(-1, 2)
            inside = (start <= spans[:, 0]) & (spans[:, 0] < spans[:, 1]) & (spans[:, 1] <= end)
            if not _holds_tokens(tokens, counts, len(spans)):
                yield f"{name} lacks tokens of its sentences"
            if not inside.all() or not np.isfinite(np.frombuffer(of_sentences, "<f2")).all():
                yield f"{name} has sentences that cannot be"
    for (article_id,) in connection.execute(
        "SELECT article_id FROM articles WHERE number NOT IN (SELECT article FROM passages)"
    ):
        yield f"{article_id} has no passages"


def _holds_tokens(tokens: bytes, counts: bytes, sentences: int) -> bool:
    """Say whether a passage has all its tokens, or none and no counts, as in a store that an earlier Vestka built."""
    if not counts:
        return not tokens
    if len(counts) != 4 * (sentences + 1):
        return False
    sizes = np.frombuffer(counts, "<i4")
    return bool((sizes >= 0).all()) and len(tokens) == TOKEN_DIM * int(sizes.sum())


def _check_generation(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    """Check that the derived files are whole and hold what the database holds."""
    number = get_generation(connection)
    path = generation_path(directory, number)
    (articles,) = connection.execute(f"SELECT count(*) FROM articles WHERE state = {LIVE}").fetchone()
    if number == 0:
        if articles:
            yield "no generation was ever published"
        return
    if not (path / MANIFEST).is_file():
        yield f"{path / MANIFEST} is missing"
        return
    if file_digest(path / MANIFEST) != get_meta(connection, "manifest"):
        yield f"{path / MANIFEST} is damaged"
        return
    files = json.loads((path / MANIFEST).read_text(encoding="utf-8"))["files"]
    damaged = list(damaged_files(path, files))
    if damaged:
        yield from damaged
        return
    generation = Generation.load(path)
    live = np.array(
        connection.execute(
            f"SELECT p.number FROM passages p JOIN articles a ON a.number = p.article WHERE a.state = {LIVE} ORDER BY 1"
        ).fetchall(),
        np.int64,
    ).reshape(-1)
    if not np.array_equal(generation.table["number"], live):
        yield f"{path} does not list the passages that the database holds"
    for name, count in (("vectors", len(generation.vectors)), ("word entries", len(generation.words))):
        if count != len(live):
            yield f"{path} has {count} {name} for {len(live)} passages"
