from __future__ import annotations

import os
from pathlib import Path

from index.folders import PageFile, sample_pages, single_file, walk_folder
from index.records import Skipped


def names(folder: Path) -> list[str]:
    """List what a walk finds."""
    return [found.name for found in walk_folder(folder) if isinstance(found, PageFile)]


def touch(folder: Path, *paths: str) -> None:
    """Make empty files."""
    for path in paths:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()


def test_files_are_walked_in_order(tmp_path: Path) -> None:
    """Files come in the order of their names, with forward slashes and without their ending; others do not."""
    touch(
        tmp_path, "b/x.txt", "b/c/y.HTML", "a.jsonl.gz", "z.htm", "n.pdf", ".git/h.txt", "._a.txt", "c.d.jsonl", ".txt"
    )
    assert names(tmp_path) == ["a", "c.d", "z", "b/x", "b/c/y"]


def test_two_pages_of_one_name_keep_apart(tmp_path: Path) -> None:
    """A second file of the same name keeps its ending, so that neither hides the other."""
    touch(tmp_path, "a.html", "a.txt", "b/a.txt")
    assert names(tmp_path) == ["a", "a.txt", "b/a"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Links out of the folder, to itself and to a file are named and not followed."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    touch(inside, "a.txt")
    touch(outside, "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "away").symlink_to(outside)
    (inside / "b.txt").symlink_to(outside / "secret.txt")
    (inside / "gone.txt").symlink_to(outside / "nothing.txt")
    assert names(inside) == ["a"]
    skipped = [found for found in walk_folder(inside) if isinstance(found, Skipped)]
    assert {Path(item.source).name for item in skipped} == {"loop", "away", "b.txt", "gone.txt"}


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    """What is no regular file is named and never waited for."""
    os.mkfifo(tmp_path / "a.txt")
    assert [type(found) for found in walk_folder(tmp_path)] == [Skipped]


def test_a_single_file_has_its_stem(tmp_path: Path) -> None:
    """A file given by itself is called by its name without the ending; other kinds are none."""
    page = single_file(tmp_path / "news.jsonl.gz")
    assert page is not None
    assert (page.name, page.ending) == ("news", ".jsonl.gz")
    assert single_file(tmp_path / "news.pdf") is None


def test_the_sample_is_stable(tmp_path: Path) -> None:
    """The pages that are looked at first stay the same when others come beside them, save for those pushed out."""
    touch(tmp_path, *(f"{n}.txt" for n in range(40)))
    before = {page.name for page in sample_pages(tmp_path, 10)}
    touch(tmp_path, "new.txt", "x.jsonl")
    after = {page.name for page in sample_pages(tmp_path, 10)}
    assert len(before) == len(after) == 10
    assert len(before & after) >= 9
