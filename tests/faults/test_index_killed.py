"""A run of indexing that is killed at any moment changes nothing that anyone reads, and the next one finishes it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from index.check import check_store
from index.errors import StoreMissing
from index.records import Filters
from index.run import index_articles
from index.search import Query, best_hits, find_candidates
from index.store import Store
from index.writer import remove_articles
from tests.fake_embedder import FakeEmbedder
from tests.faults.killed_run import count_steps, index, killed_after, killed_at_step, write_pages
from tests.news import BRIDGE

OLD, NEW = range(40), range(5, 45)
KILLS = 10
RANDOM = random.Random(20261122)  # noqa: S311 - moments, not secrets


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of forty pages."""
    write_pages(tmp_path / "pages", 1, OLD)
    return tmp_path / "pages"


@pytest.fixture
def old_store(tmp_path: Path, pages: Path) -> Path:
    """The store of those pages; then the folder changes: five pages go, five come, a third of the rest are edited."""
    index(tmp_path / "old", pages)
    write_pages(pages, 2, NEW)
    return tmp_path / "old"


def visible(directory: Path) -> dict[str, str]:
    """Return what a reader finds: the text of each article by its id; nothing where there is no store yet."""
    try:
        store = Store(directory)
    except StoreMissing:
        return {}
    try:
        with store.reading() as reading:
            query = Query("farm Zarechye cows", "en", FakeEmbedder().embed_question("farm"))
            hits = best_hits(find_candidates(reading, query, Filters(), 100), 100)
        texts = {hit.article.article_id: hit.article.text for hit in hits}
        assert store.status().articles == len(texts)
        assert {article_id: store.article(article_id).article.text for article_id in texts} == texts
        return texts
    except StoreMissing:
        assert store.status().articles == 0
        return {}
    finally:
        store.close()


def problems(directory: Path) -> list[str]:
    """Return what a check says; a store that was never begun has nothing wrong with it."""
    try:
        return check_store(directory)
    except StoreMissing:
        return []


def moments(steps: int) -> list[int]:
    """Choose steps to die at: the first ones, the last ones, among which publishing is, and some between."""
    edges = [1, 2, 3, 4, 5, 6, 8, *range(steps - 20, steps + 1, 2)]
    return sorted({*edges, *RANDOM.sample(range(9, steps - 20), KILLS)})


def test_a_first_run_killed_at_any_step_shows_nothing_until_it_is_finished(tmp_path: Path, pages: Path) -> None:
    """No store, an empty one or the whole: never a part, never damage; the next run embeds only what is missing."""
    steps = count_steps(tmp_path / "whole", pages)
    whole = visible(tmp_path / "whole")
    assert len(whole) == len(OLD)
    embedded = []
    for step in moments(steps):
        directory = tmp_path / f"killed-{step}"
        assert killed_at_step(directory, pages, step), step
        assert visible(directory) in ({}, whole), step
        assert problems(directory) == [], step
        embedded.append(index(directory, pages).embedded)
        assert visible(directory) == whole, step
        assert check_store(directory) == [], step
        shutil.rmtree(directory)
    assert embedded == sorted(embedded, reverse=True)
    assert (embedded[0], embedded[-1]) == (len(OLD), 0)


def test_an_update_killed_at_any_step_leaves_the_old_archive_or_the_new(
    tmp_path: Path, pages: Path, old_store: Path
) -> None:
    """A reader that was open all along sees the one or the other too."""
    old = visible(old_store)
    shutil.copytree(old_store, tmp_path / "new")
    steps = count_steps(tmp_path / "new", pages)
    new = visible(tmp_path / "new")
    assert (set(old), set(new)) == ({f"farm/{n}" for n in OLD}, {f"farm/{n}" for n in NEW})
    seen = []
    for step in moments(steps):
        directory = tmp_path / f"killed-{step}"
        shutil.copytree(old_store, directory)
        reader = Store(directory)
        assert killed_at_step(directory, pages, step), step
        seen.append(visible(directory))
        assert seen[-1] in (old, new), step
        assert reader.article("farm/39").article.text == seen[-1]["farm/39"]
        assert check_store(directory) == [], step
        index(directory, pages)
        assert visible(directory) == new, step
        assert reader.article("farm/39").article.text == new["farm/39"]
        assert check_store(directory) == [], step
        reader.close()
        shutil.rmtree(directory)
    assert old in seen
    assert new in seen


@pytest.mark.parametrize("seconds", [RANDOM.uniform(0.0, 0.4) for _ in range(8)], ids=lambda seconds: f"{seconds:.3f}s")
def test_a_run_killed_from_outside_is_finished_by_the_next(
    tmp_path: Path, pages: Path, old_store: Path, seconds: float
) -> None:
    """At a random moment, in the middle of whatever it was doing, twice in a row."""
    old = visible(old_store)
    for _ in range(2):
        killed_after(old_store, pages, seconds)
        now = visible(old_store)
        assert now == old or set(now) == {f"farm/{n}" for n in NEW}
        assert check_store(old_store) == []
    index(old_store, pages)
    assert set(visible(old_store)) == {f"farm/{n}" for n in NEW}
    assert check_store(old_store) == []


def _leave_staged(directory: Path, pages: Path) -> None:
    """Kill a run between its first batches and its publication."""
    step = count_steps(directory.with_name("count"), pages) // 2
    assert killed_at_step(directory, pages, step)
    store = Store(directory)
    assert store.status().pending > 0
    store.close()


def test_what_a_killed_run_staged_and_the_folder_no_longer_holds_is_not_published(tmp_path: Path, pages: Path) -> None:
    """With prune, a page that was deleted meanwhile does not come back from the dead."""
    _leave_staged(tmp_path / "store", pages)
    write_pages(pages, 1, range(20, 40))
    index(tmp_path / "store", pages)
    assert set(visible(tmp_path / "store")) == {f"farm/{n}" for n in range(20, 40)}


def test_other_writers_work_after_a_killed_run(tmp_path: Path, pages: Path, old_store: Path) -> None:
    """Articles are removed and put beside what waits; nothing is damaged, and the next run finishes as ever."""
    _leave_staged(old_store, pages)
    assert remove_articles(old_store, ["farm/39", "farm/44"]).removed >= 1
    assert "farm/39" not in visible(old_store)
    index_articles(old_store, [BRIDGE], FakeEmbedder())
    assert check_store(old_store) == []
    index(old_store, pages)
    assert set(visible(old_store)) - {BRIDGE.article_id} == {f"farm/{n}" for n in NEW}
    assert check_store(old_store) == []
