"""Derives a generation from the database: passage table, vectors, words.

A generation is built in a folder of its own, complete and synced before the database names it, never changed
afterwards, and can be derived again at any time without embedding anything.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.analyze import TERMS, name_terms, word_terms
from index.centre import blend_means, normalise, shipped_means
from index.generation import (
    FOLDER,
    MANIFEST,
    MEANS,
    NO_DAY,
    NO_SOURCE,
    ROW,
    TABLE,
    VECTORS,
    WORDS,
    damaged_files,
    describe_files,
    file_digest,
    generation_path,
)
from index.progress import SILENT, Progress
from index.timestamps import day_number
from index.vectors import VectorIndex
from index.words import WordEntry, update_words


def build_generation(
    connection: sqlite3.Connection, directory: Path, number: int, previous: int, progress: Progress = SILENT
) -> str:
    """Build the derived files for the articles listed in the temporary table `future`.

    The words of passages that the previous generation holds are taken over from it; 0 takes none.

    Returns: the SHA-256 of the manifest, which vouches for the other files.
    """
    final = generation_path(directory, number)
    work = final.with_name(final.name + ".tmp")
    for leftover in (work, final):
        shutil.rmtree(leftover, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    fingerprint, dim = _model(connection)
    languages, sources, last_published = _names(connection)
    table, raw, sums = _read_vectors(connection, dim, languages, sources)
    means = blend_means(shipped_means(fingerprint, dim), languages, sums)
    centred = np.empty_like(raw)
    for code, language in enumerate(languages):
        rows = table["language"] == code
        centred[rows] = means.centre(raw[rows], "passages", language)
    np.save(work / TABLE, table)
    means.save(work / MEANS)
    VectorIndex.build(centred).save(work / VECTORS)
    _build_words(connection, work, generation_path(directory, previous) if previous else None, table, progress)
    manifest = {
        "generation": number, "fingerprint": fingerprint, "passages": len(table), "languages": languages,
        "sources": [None, *sources], "last_published": last_published, "terms": TERMS,
        "files": describe_files(work),
    }  # fmt: skip
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    digest = file_digest(work / MANIFEST)
    for path in (*work.rglob("*"), work):
        _sync(path)
    work.rename(final)
    _sync(final.parent)
    return digest


def drop_generations(directory: Path, keep: int) -> None:
    """Remove every generation but one and the one before it, which a reader may still be opening."""
    kept = {generation_path(directory, number).name for number in (keep, keep - 1)}
    for path in (directory / FOLDER).glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _model(connection: sqlite3.Connection) -> tuple[str, int]:
    values: dict[str, str] = dict(
        connection.execute("SELECT key, value FROM meta WHERE key IN ('fingerprint', 'dim')").fetchall()
    )
    return values["fingerprint"], int(values["dim"])


def _names(connection: sqlite3.Connection) -> tuple[list[str], list[str], str | None]:
    join = "FROM articles a JOIN future f ON f.number = a.number"
    languages = [row[0] for row in connection.execute(f"SELECT DISTINCT a.language {join} ORDER BY 1")]
    sources = [
        row[0] for row in connection.execute(f"SELECT DISTINCT a.source {join} WHERE a.source IS NOT NULL ORDER BY 1")
    ]
    return languages, sources, connection.execute(f"SELECT max(a.published) {join}").fetchone()[0]


Sums = dict[str, tuple[np.ndarray, np.ndarray, int, int]]


def _read_vectors(
    connection: sqlite3.Connection, dim: int, languages: list[str], sources: list[str]
) -> tuple[np.ndarray, np.ndarray, Sums]:
    """Return the passage table, float32 (n, d) vectors in its order, and the sums of vectors by language."""
    (n,) = connection.execute("SELECT count(*) FROM passages p JOIN future f ON f.number = p.article").fetchone()
    table = np.zeros(n, ROW)
    vectors = np.zeros((n, dim), np.float32)
    sums: dict[str, list[Any]] = {language: [np.zeros(dim), np.zeros(dim), 0, 0] for language in languages}
    codes = {language: code for code, language in enumerate(languages)}
    source_codes: dict[str | None, int] = {source: code for code, source in enumerate(sources, 1)} | {None: NO_SOURCE}
    rows = connection.execute(
        "SELECT p.number, p.article, a.language, a.source, a.published, a.corrected, p.vector, p.sentence_vectors "
        "FROM passages p JOIN future f ON f.number = p.article JOIN articles a ON a.number = p.article "
        "ORDER BY p.number"
    )
    for at, (number, article, language, source, published, corrected, vector, of_sentences) in enumerate(rows):
        days = (NO_DAY if day is None else day for day in (day_number(published), day_number(corrected)))
        table[at] = (number, article, codes[language], source_codes[source], *days)
        vectors[at] = np.frombuffer(vector, "<f2")
        sentences = np.frombuffer(of_sentences, "<f2").reshape(-1, dim)
        of_language = sums[language]
        of_language[0] += vectors[at]
        of_language[1] += sentences.sum(0, dtype=np.float32)
        of_language[2] += 1
        of_language[3] += len(sentences)
    return table, normalise(vectors), {language: (a, b, c, d) for language, (a, b, c, d) in sums.items()}


def _build_words(
    connection: sqlite3.Connection, work: Path, previous: Path | None, table: np.ndarray, progress: Progress
) -> None:
    known = np.empty(0, np.int64)
    if previous is not None and _is_whole(previous):
        known = np.load(previous / TABLE, allow_pickle=False)["number"]
        # Segments are never changed in place, so the new index shares them with the old one.
        shutil.copytree(previous / WORDS, work / WORDS, copy_function=os.link, ignore=shutil.ignore_patterns("*.lock"))
    added = np.setdiff1d(table["number"], known)
    progress.stage("Indexing words", len(added))
    update_words(
        work / WORDS,
        np.setdiff1d(known, table["number"]).tolist(),
        _word_entries(connection, added, progress),
    )
    progress.done()


def _is_whole(generation: Path) -> bool:
    """Say whether words can be taken over from a generation: neither damage nor other terms are handed down."""
    try:
        manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        return manifest["terms"] == TERMS and not any(damaged_files(generation, manifest["files"], unread={VECTORS}))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _word_entries(connection: sqlite3.Connection, numbers: np.ndarray, progress: Progress) -> Iterator[WordEntry]:
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500].tolist()
        for number, title, passage, language, source, published, corrected in connection.execute(
            "SELECT p.number, substr(a.title, 1, 500), substr(a.text, p.start + 1, p.end - p.start), a.language, "
            "a.source, a.published, a.corrected "
            f"FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN ({','.join('?' * len(some))})",
            some,
        ):
            text = f"{title}\n{passage}"
            terms = (word_terms(text, language), name_terms(text))
            yield WordEntry(number, *terms, language, source, day_number(published), day_number(corrected))
        progress.advance(len(some))


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
