"""What a store promises to those who read."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from index.check import check_store
from index.database import FILE_NAME
from index.embedded import TOKEN_DIM, QuestionVectors
from index.errors import ArticleNotFound, StoreCorrupt, StoreLocked, StoreMismatch, StoreMissing
from index.lock import writer_lock
from index.records import Article, Filters
from index.run import index_articles
from index.search import Query, find_candidates
from index.store import Store
from index.words import Days
from index.writer import remove_articles
from qa.archive import ArchiveAnswerer
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE, ORCHARD, PARK, THEATRE, UNDATED
from tests.searching import EVERYTHING, found, hits

# Readers and the writer


def test_a_reader_sees_what_is_published_after_it_opened(folder: Path, store: Store) -> None:
    """The next question is asked of the new generation; two readers agree."""
    other = Store(folder)
    assert found(store, EVERYTHING) == found(other, EVERYTHING)
    index_articles(folder, [Article("new", "A bridge of glass opened in Zarechye.", language="en")], FakeEmbedder())
    assert "new" in found(store, EVERYTHING)
    assert found(store, EVERYTHING) == found(other, EVERYTHING)
    assert store.status().generation == 2
    other.close()


def test_one_reading_sees_one_generation(folder: Path, store: Store) -> None:
    """Articles removed while a question is worked on are still there for it, and new ones are not yet."""
    query = Query("bridge", "en", FakeEmbedder().embed_question("bridge"))
    with store.reading() as reading:
        before = find_candidates(reading, query, Filters(), 10)
        remove_articles(folder, [BRIDGE.article_id])
        index_articles(folder, [Article("new", "A new bridge.", language="en")], FakeEmbedder())
        during = find_candidates(reading, query, Filters(), 10)
        assert [each.article for each in during] == [each.article for each in before]
        assert [each.score for each in during] == [each.score for each in before]
    after = found(store, "bridge")
    assert "new" in after
    assert BRIDGE.article_id not in after


def test_a_reader_that_opens_between_two_publications_finds_a_generation(folder: Path) -> None:
    """Readers in several threads and a writer that publishes again and again: no error, no half-written answer."""
    store, stop, failures = Store(folder), threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                for hit in hits(store, EVERYTHING):
                    text = hit.article.text[hit.passage.start : hit.passage.end]
                    if text != hit.passage.text or not text:
                        failures.append(hit)
                store.status()
            except Exception as error:  # noqa: BLE001 - whatever it is fails the test
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(12):
        index_articles(folder, [dataclasses.replace(BRIDGE, title=f"Bridge {number}")], FakeEmbedder())
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    store.close()
    assert check_store(folder) == []


def test_a_store_is_closed_from_another_thread_than_it_was_read_in(folder: Path) -> None:
    """Doors read in worker threads and close at the end; twice does no harm."""
    store = Store(folder)
    reader = threading.Thread(target=lambda: found(store, "bridge"))
    reader.start()
    reader.join()
    store.close()
    store.close()


def open_files(path: Path) -> int:
    """Count how often this process has a file open now; what other tests leave to the collector does not count."""
    count = 0
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            count += entry.readlink() == path.resolve()
    return count


def test_threads_that_come_and_go_leave_no_connections(folder: Path) -> None:
    """A server's threads end when idle; their connections serve the next ones."""
    store = Store(folder)
    counts = []
    for _ in range(20):
        reader = threading.Thread(target=lambda: found(store, "bridge"))
        reader.start()
        reader.join()
        counts.append(open_files(folder / FILE_NAME))
    store.close()

    assert counts == [1] * 20
    assert open_files(folder / FILE_NAME) == 0


def test_a_second_writer_is_refused(folder: Path) -> None:
    """It is told who writes and what to do; afterwards writing is possible again."""
    with writer_lock(folder):
        for write in (
            lambda: index_articles(folder, [], FakeEmbedder()),
            lambda: remove_articles(folder, [BRIDGE.article_id]),
        ):
            with pytest.raises(StoreLocked, match=r"process \d+ is writing to .*: wait until it ends"):
                write()
    assert remove_articles(folder, [BRIDGE.article_id]).removed == 1


def test_a_writer_in_another_process_locks_too(folder: Path) -> None:
    """The lock is the operating system's; it ends with its process, however that ends."""
    code = "import sys, pathlib\nfrom index.lock import writer_lock\n" + (
        "with writer_lock(pathlib.Path(sys.argv[1])):\n    print('locked', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreLocked, match=f"process {holder.pid} is writing"):
            remove_articles(folder, [BRIDGE.article_id])
        holder.kill()
    assert remove_articles(folder, [BRIDGE.article_id]).removed == 1


# Stores that do not fit


def test_a_store_of_another_model_is_refused(folder: Path, store: Store) -> None:
    """Both when writing and when asking, with both names."""
    other = FakeEmbedder("other", dim=32)
    with pytest.raises(StoreMismatch, match="built with the model fake, not other"):
        index_articles(folder, [BRIDGE], other)
    with pytest.raises(StoreMismatch, match="built with the model fake, not other"):
        ArchiveAnswerer(store, other)
    with pytest.raises(StoreMismatch, match="built with the fake of another version of Vestka"):
        ArchiveAnswerer(store, FakeEmbedder(fingerprint="taught something else"))


def test_a_run_that_brought_nothing_ties_a_store_to_no_model(tmp_path: Path) -> None:
    """An empty store takes any model."""
    index_articles(tmp_path, [], FakeEmbedder())
    assert index_articles(tmp_path, [BRIDGE], FakeEmbedder("other", dim=32)).added == 1


def test_a_folder_without_a_store_is_missing(tmp_path: Path) -> None:
    """The message says how to make one, and nothing is created by looking."""
    for open_it in (Store, check_store, lambda path: remove_articles(path, ["x"])):
        with pytest.raises(StoreMissing, match="vestka index"):
            open_it(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_empty_store_has_a_status_but_no_hits(tmp_path: Path) -> None:
    """A run that brought nothing leaves a store that says what is missing."""
    index_articles(tmp_path, [], FakeEmbedder())
    store = Store(tmp_path)
    assert (store.status().articles, store.status().generation) == (0, 0)
    with pytest.raises(StoreMissing, match="holds no article yet"):
        found(store, "bridge")
    with pytest.raises(ArticleNotFound):
        store.article("x")
    store.close()
    assert check_store(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    """An error of ours in one line, never a traceback of the library's."""
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises((StoreMissing, StoreCorrupt)) as caught:
        Store(tmp_path)
    assert "\n" not in str(caught.value)


# Filters


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since="2022-10-14"), {ORCHARD, THEATRE, PARK}),
        (Filters(since="2022-10-15"), {THEATRE, PARK}),
        (Filters(until="2022-10-14"), {BRIDGE, ORCHARD}),
        (Filters(until="2022-10-13"), {BRIDGE}),
        (Filters(since="2022-10-14", until="2022-10-14"), {ORCHARD}),
        (Filters(since="2023-01-01", until="2022-01-01"), set()),
        (Filters(language="be"), {UNDATED}),
        (Filters(language="xx"), set()),
        (Filters(source="Example News"), {BRIDGE, THEATRE}),
        (Filters(source="nobody"), set()),
        (Filters(source=""), set()),
        (Filters(source="half \ud800"), set()),
        (Filters(since="1900-01-01"), {BRIDGE, ORCHARD, THEATRE, PARK}),
        (Filters(source="Example News", language="ru", since="2023-01-20"), {THEATRE}),
    ],
)
def test_filters_leave_only_what_meets_them(store: Store, filters: Filters, expected: set[Article]) -> None:
    """By vectors and by words alike; both ends of a range belong to it; without a date an article is in no range."""
    ids = {article.article_id for article in expected}
    assert set(found(store, EVERYTHING, filters)) == ids
    with store.reading() as reading:
        mask = reading.generation.mask(filters)
        assert mask is not None
        numbers = reading.generation.table["number"][mask]
        for language in ("en", "de", "ru", "be", "zh"):
            query = Query(EVERYTHING, language, QuestionVectors(np.zeros(64, np.float32), np.zeros((0, TOKEN_DIM))))
            assert {each.row.number for each in find_candidates(reading, query, filters, 10)} <= set(numbers.tolist())


# Hits


def test_hits_are_ranked_and_at_most_one_an_article(tmp_path: Path) -> None:
    """Unless passages are asked for; ranks count from 1 and scores fall."""
    long = Article("long", " ".join(f"The bridge of Zarechye has beam number {n}." for n in range(60)), language="en")
    index_articles(tmp_path, [long, BRIDGE], FakeEmbedder())
    store = Store(tmp_path)
    by_article = hits(store, "bridge of Zarechye beam")
    assert sorted(hit.article.article_id for hit in by_article) == ["long", BRIDGE.article_id]
    passages = hits(store, "bridge of Zarechye beam", per_article=False)
    assert len(passages) > 3
    assert [hit.rank for hit in passages] == list(range(1, len(passages) + 1))
    assert [hit.score for hit in passages] == sorted((hit.score for hit in passages), reverse=True)
    assert len({hit.passage.start for hit in passages if hit.article == long}) == len(passages) - 1
    assert len(hits(store, "bridge", k=1)) == 1
    store.close()


def test_the_article_that_says_it_comes_first(store: Store) -> None:
    """Words and numbers lead to it, in its own language and in another."""
    assert found(store, "cracks in the old bridge beams")[0] == BRIDGE.article_id
    assert found(store, "Wie viele Tonnen Birnen ernteten die Obstbauern?", language="de")[0] == ORCHARD.article_id
    assert found(store, "公园里种了多少棵树", language="zh")[0] == PARK.article_id


def test_updates_leave_no_words_behind(folder: Path, store: Store) -> None:
    """After many updates the word index holds what a new one would, and finds nothing by old words."""
    for number in range(5):
        index_articles(folder, [dataclasses.replace(BRIDGE, text=f"Ferry number {number} sails.")], FakeEmbedder())
    with store.reading() as reading:
        generation = reading.generation
        assert len(generation.words) == len(generation.vectors) == len(generation.table) == 5
        old = generation.words.coverage("words", {"en:crack": 1.0}, 10, Filters(), Days())
        assert old == {}


def test_scores_do_not_depend_on_how_a_store_came_about(tmp_path: Path) -> None:
    """Built in one run or in five, with articles that came and went: the same hits with the same scores."""
    index_articles(tmp_path / "one", ARTICLES, FakeEmbedder())
    for article in (Article("gone", "The old bridge over the Lesna.", language="en"), *ARTICLES):
        index_articles(tmp_path / "many", [article], FakeEmbedder())
    remove_articles(tmp_path / "many", ["gone"])
    one, many = Store(tmp_path / "one"), Store(tmp_path / "many")
    for text in ("old bridge cracks", EVERYTHING):
        expected, actual = hits(one, text), hits(many, text)
        assert [hit.article for hit in actual] == [hit.article for hit in expected]
        assert [hit.score for hit in actual] == pytest.approx([hit.score for hit in expected], abs=0.05)
    one.close()
    many.close()
