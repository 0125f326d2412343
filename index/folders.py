"""The files of a folder that may hold articles, in order, without leaving the folder."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from index.records import Skipped

PAGE_ENDINGS = (".txt", ".html", ".htm")
RECORD_ENDINGS = (".jsonl", ".jsonl.gz")
ENDINGS = PAGE_ENDINGS + RECORD_ENDINGS


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file with articles; `name` is its path below the source without its ending, with forward slashes."""

    path: Path
    name: str
    ending: str


def ending_of(path: Path) -> str | None:
    """Return which of the known endings a file has."""
    name = path.name.lower()
    return next((ending for ending in sorted(ENDINGS, key=len, reverse=True) if name.endswith(ending)), None)


def single_file(path: Path) -> PageFile | None:
    """Describe a file that was given by itself; None when its kind is not known."""
    ending = ending_of(path)
    return PageFile(path, path.name[: -len(ending)] or path.name, ending) if ending else None


def walk_folder(folder: Path) -> Iterator[PageFile | Skipped]:
    """Walk a folder and what is below it, in the order of names.

    Hidden files are passed over. Symbolic links are not followed: they may lead out of the folder or round in
    a circle, and what they lead to within it is read anyway.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(str(place), f"cannot be read: {error.strerror}")
            continue
        taken: set[str] = set()
        folders: list[Path] = []
        for entry in found:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            ending = ending_of(path)
            if entry.is_symlink():
                if ending or path.is_dir():
                    yield Skipped(str(path), "a symbolic link is not followed: name its target as a source")
            elif ending and entry.is_file(follow_symlinks=False):
                below = path.relative_to(folder).as_posix()
                name = below[: -len(ending)]
                # Two pages of one name in one folder, `a.html` and `a.txt`: the second keeps its ending.
                yield PageFile(path, below if name in taken else name, ending)
                taken.add(name)
            elif ending:
                yield Skipped(str(path), "not a regular file")
        waiting += reversed(folders)


def sample_pages(folder: Path, most: int) -> list[PageFile]:
    """Choose some text and HTML pages of a folder, always the same ones, whatever is added beside them."""

    def rank(page: PageFile) -> bytes:
        return blake2b(os.fsencode(page.name), digest_size=8).digest()

    pages = (page for page in walk_folder(folder) if isinstance(page, PageFile) and page.ending in PAGE_ENDINGS)
    return heapq.nsmallest(most, pages, key=rank)
