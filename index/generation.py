"""A generation: the files derived from the database for one published state of the archive, opened for reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from index.centre import LanguageMeans
from index.errors import StoreCorrupt
from index.records import Filters
from index.vectors import VectorIndex
from index.words import WordIndex

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
ROW = np.dtype([("number", "<i8"), ("article", "<i8"), ("language", "<u2"), ("source", "<u4"), ("day", "<i4")])
EPOCH = date(1970, 1, 1)


def generation_path(directory: Path, number: int) -> Path:
    """Return the folder of a generation within a store."""
    return directory / FOLDER / f"{number:08d}"


@dataclass(frozen=True, slots=True)
class Generation:
    """The derived files of one generation, opened.

    Attributes:
        table: ROW (n,), memory-mapped; its positions are those of the vector index.
        languages, sources: what the table's codes stand for; source NO_SOURCE means none and is None.
    """

    number: int
    table: np.ndarray
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
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise StoreCorrupt(
                f"{path} is damaged ({reason}): run `vestka check --repair --store {path.parent.parent}`"
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
        for value, names, column in (
            (filters.language, self.languages, "language"),
            (filters.source, self.sources, "source"),
        ):
            if value is not None:
                mask &= self.table[column] == names.index(value) if value in names else False
        return mask


def day_range(filters: Filters) -> tuple[int | None, int | None]:
    """Return the days since 1970-01-01 of the filters' dates."""
    return day_number(filters.since), day_number(filters.until)


def day_number(published: str | None) -> int | None:
    """Return the day of a publication as days since 1970-01-01, None where it is not known."""
    return None if published is None else (date.fromisoformat(published[:10]) - EPOCH).days


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
