"""A generation: the files derived from the database for one published state of the archive, opened for reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.centre import LanguageMeans
from index.errors import StoreCorrupt
from index.records import Filters
from index.timestamps import day_number, iso_day
from index.vectors import VectorIndex
from index.words import Days, WordIndex

FOLDER = "generations"
TABLE, VECTORS, MEANS, WORDS, MANIFEST = (
    "passages.npy",
    "vectors.faiss",
    "means.npz",
    "words",
    "manifest.json",
)
NO_DAY = -(2**31)
NO_SOURCE = 0
ROW = np.dtype(
    [
        ("number", "<i8"), ("article", "<i8"), ("language", "<u2"), ("source", "<u4"), ("day", "<i4"),
        ("corrected", "<i4"),
    ]
)  # fmt: skip


def generation_path(directory: Path, number: int) -> Path:
    """Return the folder of a generation within a store."""
    return directory / FOLDER / f"{number:08d}"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is: articles, the days (ISO) between which they appeared, languages, the most frequent first."""

    articles: int
    first_published: str | None
    last_published: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """The derived files of one generation, opened.

    Attributes:
        table: ROW (n,), memory-mapped; its positions are those of the vector index.
        articles: ROW (a,), the first row of each article.
        whole: how much there is in all.
        languages, sources: what the table's codes stand for; source NO_SOURCE means none and is None.
    """

    number: int
    table: np.ndarray
    articles: np.ndarray
    whole: Extent
    vectors: VectorIndex
    words: WordIndex
    means: LanguageMeans
    languages: tuple[str, ...]
    sources: tuple[str | None, ...]
    last_published: str | None

    @classmethod
    def load(cls, path: Path) -> Generation:
        """Open a generation. Raises: StoreCorrupt."""
        try:
            manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            # A bit in a vector changes one score by a little, and there are many of them: `vestka check` looks at all.
            for problem in damaged_files(path, manifest["files"], unread={VECTORS}):
                raise StoreCorrupt(f"{problem}: run `vestka check --repair --store {path.parent.parent}`")
            table = np.load(path / TABLE, mmap_mode="r", allow_pickle=False)
            articles = table[np.unique(table["article"], return_index=True)[1]]
            return cls(
                number=manifest["generation"],
                table=table,
                articles=articles,
                whole=_measure(articles, manifest["languages"]),
                vectors=VectorIndex.load(path / VECTORS),
                words=WordIndex(path / WORDS),
                means=LanguageMeans.load(path / MEANS),
                languages=tuple(manifest["languages"]),
                sources=tuple(manifest["sources"]),
                last_published=manifest["last_published"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise StoreCorrupt(
                f"{path} is damaged ({reason}): run `vestka check --repair --store {path.parent.parent}`"
            ) from error

    def mask(self, filters: Filters) -> np.ndarray | None:
        """Return bool (n,), which passages meet the filters; None when there are none."""
        return None if filters == Filters() else self._meet(self.table, filters)

    def extent(self, filters: Filters) -> Extent:
        """Say how much meets the filters."""
        if filters == Filters():
            return self.whole
        return _measure(self.articles[self._meet(self.articles, filters)], self.languages)

    def _meet(self, rows: np.ndarray, filters: Filters) -> np.ndarray:
        """Return bool, same shape: which rows meet the filters."""
        mask = np.ones(len(rows), bool)
        days = day_range(filters)
        if days.first is not None or days.last is not None:
            mask &= rows["day"] != NO_DAY
        if days.first is not None:
            mask &= rows["day"] >= days.first
        if days.last is not None:
            mask &= rows["day"] <= days.last
        if days.as_of is not None:
            # What a text said before it was corrected is not stored. One never corrected has NO_DAY, which is earlier.
            mask &= rows["corrected"] <= days.as_of
        for value, names, column in (
            (filters.language, self.languages, "language"),
            (filters.source, self.sources, "source"),
        ):
            if value is not None:
                mask &= rows[column] == names.index(value) if value in names else False
        return mask


def day_range(filters: Filters) -> Days:
    """Return the days that the filters allow. What is asked as of a day was published by then."""
    until, as_of = day_number(filters.until), day_number(filters.as_of)
    last = min((day for day in (until, as_of) if day is not None), default=None)
    return Days(day_number(filters.since), last, as_of)


def _measure(articles: np.ndarray, languages: Sequence[str]) -> Extent:
    """Say how much some articles are, given as ROW (a,)."""
    days = articles["day"][articles["day"] != NO_DAY]
    first, last = (iso_day(int(days.min())), iso_day(int(days.max()))) if len(days) else (None, None)
    counts = np.bincount(articles["language"], minlength=len(languages)).tolist()
    frequent = sorted((-count, language) for count, language in zip(counts, languages, strict=True) if count)
    return Extent(len(articles), first, last, tuple(language for _, language in frequent))


def describe_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Return size and SHA-256 of each derived file of a generation by its name, the manifest left out."""
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": file_digest(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock")
    }


def damaged_files(folder: Path, files: Mapping[str, Mapping[str, Any]], unread: Collection[str] = ()) -> Iterator[str]:
    """Say which files of a generation are not what its manifest tells.

    Args:
        unread: names of files whose size is compared only.
    """
    for name, told in files.items():
        path = folder / name
        if not path.is_file():
            yield f"{path} is missing"
        elif path.stat().st_size != told["bytes"] or (name not in unread and file_digest(path) != told["sha256"]):
            yield f"{path} is damaged"


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
