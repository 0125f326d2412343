"""A generation: the files derived from the database for one published state of the archive.

They are built in a folder of their own, complete and synced before the database names them, never changed
afterwards, and can be rebuilt from the database at any time without embedding anything again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from index.analyze import name_terms, word_terms
from index.centre import LanguageMeans, blend_means, normalise, shipped_means
from index.errors import StoreCorrupt
from index.progress import SILENT, Progress
from index.records import Filters
from index.vectors import VectorIndex
from index.words import WordEntry, WordIndex, update_words

FOLDER = "generations"
TABLE, VECTORS, MEANS, WORDS, MANIFEST = "passages.npy", "vectors.faiss", "means.npz", "words", "manifest.json"
NO_DAY = -(2**31)
NO_SOURCE = 0
ROW = np.dtype([("number", "<i8"), ("article", "<i8"), ("language", "<u2"), ("source", "<u2"), ("day", "<i4")])
EPOCH = date(1970, 1, 1)


def generation_path(directory: Path, number: int) -> Path:
    """Return the folder of a generation within a store."""
    return directory / FOLDER / f"{number:08d}"


@dataclass(frozen=True, slots=True)
class Generation:
    """The derived files of one generation, opened.

    Attributes:
        table: ROW (n,), memory-mapped; its positions are those of the vector index.
        languages, sources: what the table's codes stand for; source NO_SOURCE means none.
    """

    number: int
    table: np.ndarray
    vectors: VectorIndex
    words: WordIndex
    means: LanguageMeans
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    last_published: str | None

    @classmethod
    def load(cls, path: Path) -> Generation:
        """Open a generation. Raises: StoreCorrupt."""
        try:
            manifest = json.loads((path / MANIFEST).read_text())
            return cls(
                number=manifest["generation"],
                table=np.load(path / TABLE, mmap_mode="r", allow_pickle=False),
                vectors=VectorIndex.load(path / VECTORS),
                words=WordIndex(path / WORDS),
                means=LanguageMeans.load(path / MEANS),
                languages=tuple(manifest["languages"]),
                sources=tuple(manifest["sources"]),
                last_published=manifest["last_published"],
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise StoreCorrupt(
                f"{path} is damaged ({str(error).splitlines()[0]}): run `vestka check --repair --store {path.parent.parent}`"
            ) from error

    def mask(self, filters: Filters) -> np.ndarray | None:
        """Return bool (n,), which passages meet the filters; None when there are none."""
        if filters == Filters():
            return None
        mask = np.ones(len(self.table), bool)
        since, until = day_range(filters)
        if since is not None or until is not None:
            mask &= self.table["day"] != NO_DAY
        if since is not None:
            mask &= self.table["day"] >= since
        if until is not None:
            mask &= self.table["day"] <= until
        for value, names, column in ((filters.language, self.languages, "language"), (filters.source, self.sources, "source")):
            if value is not None:
                mask &= self.table[column] == names.index(value) if value in names else False
        return mask


def day_range(filters: Filters) -> tuple[int | None, int | None]:
    """Return the days since 1970-01-01 of the filters' dates."""
    return _day(filters.since), _day(filters.until)


def _day(published: str | None) -> int | None:
    return None if published is None else (date.fromisoformat(published[:10]) - EPOCH).days


def build_generation(
    connection: sqlite3.Connection, directory: Path, number: int, previous: int, progress: Progress = SILENT
) -> None:
    """Build the derived files for the articles listed in the temporary table `future`.

    The words of passages that the previous generation holds are taken over from it; 0 takes none.
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
        "sources": ["", *sources], "last_published": last_published,
        "files": {name: {"bytes": size, "sha256": digest} for name, size, digest in file_digests(work)},
    }  # fmt: skip
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    for path in (*work.rglob("*"), work):
        _sync(path)
    work.rename(final)
    _sync(final.parent)


def file_digests(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield name, size and SHA-256 of each derived file of a generation, its manifest left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock"):
            with path.open("rb") as file:
                yield str(path.relative_to(folder)), path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def drop_generations(directory: Path, keep: int) -> None:
    """Remove every generation but one and the one before it, which a reader may still be opening."""
    kept = {generation_path(directory, number).name for number in (keep, keep - 1)}
    for path in (directory / FOLDER).glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _model(connection: sqlite3.Connection) -> tuple[str, int]:
    values: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('fingerprint', 'dim')").fetchall())
    return values["fingerprint"], int(values["dim"])


def _names(connection: sqlite3.Connection) -> tuple[list[str], list[str], str | None]:
    join = "FROM articles a JOIN future f ON f.number = a.number"
    languages = [row[0] for row in connection.execute(f"SELECT DISTINCT a.language {join} ORDER BY 1")]
    sources = [row[0] for row in connection.execute(f"SELECT DISTINCT a.source {join} WHERE a.source IS NOT NULL ORDER BY 1")]
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
        "SELECT p.number, p.article, a.language, a.source, a.published, p.vector, p.sentence_vectors "
        "FROM passages p JOIN future f ON f.number = p.article JOIN articles a ON a.number = p.article ORDER BY p.number"
    )
    for at, (number, article, language, source, published, vector, of_sentences) in enumerate(rows):
        day = _day(published)
        table[at] = (number, article, codes[language], source_codes[source], NO_DAY if day is None else day)
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
    if previous is not None and (previous / MANIFEST).is_file():
        known = np.load(previous / TABLE, allow_pickle=False)["number"]
        # Segments are never changed in place, so the new index shares them with the old one.
        shutil.copytree(previous / WORDS, work / WORDS, copy_function=os.link, ignore=shutil.ignore_patterns("*.lock"))
    added = np.setdiff1d(table["number"], known)
    progress.stage("Indexing words", len(added))
    update_words(work / WORDS, np.setdiff1d(known, table["number"]).tolist(), _word_entries(connection, added, progress))
    progress.done()


def _word_entries(connection: sqlite3.Connection, numbers: np.ndarray, progress: Progress) -> Iterator[WordEntry]:
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500].tolist()
        for number, title, passage, language, source, published in connection.execute(
            "SELECT p.number, a.title, substr(a.text, p.start + 1, p.end - p.start), a.language, a.source, a.published "
            f"FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN ({','.join('?' * len(some))})",
            some,
        ):
            text = f"{title}\n{passage}"
            yield WordEntry(number, word_terms(text, language), name_terms(text), language, source, _day(published))
        progress.advance(len(some))


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
