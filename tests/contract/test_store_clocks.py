"""What a store promises about time: when an article appeared, when it was corrected, what was known on a day."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.check import check_store, repair_store
from index.database import FILE_NAME, read_passages, read_tokens
from index.embedded import TOKEN_DIM, QuestionVectors
from index.errors import StoreMismatch
from index.generation import Extent, generation_path
from index.records import Article, Filters
from index.run import index_articles, index_sources
from index.search import Query, find_candidates
from index.store import Store
from index.writer import remove_articles
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE, ORCHARD, PARK, THEATRE, UNDATED
from tests.searching import EVERYTHING, found

CORRECTED = dataclasses.replace(BRIDGE, corrected="2022-01-10T08:00")
SAME_DAY = dataclasses.replace(ORCHARD, corrected="2022-10-14T19:00+02:00")
NEWS = (CORRECTED, SAME_DAY, THEATRE, UNDATED, PARK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of five articles, of which two were corrected and one has no date."""
    index_articles(tmp_path / "store", NEWS, FakeEmbedder())
    return tmp_path / "store"


# Corrections


def test_a_correction_comes_back_as_it_was_given(store: Store) -> None:
    """With the article and with its passages; where there was none there is none."""
    for article in NEWS:
        assert store.article(article.article_id).article == article
    with store.reading() as reading:
        rows = read_passages(reading.connection, reading.generation.table["number"].tolist())
    assert {article.article_id: article.corrected for _, article in rows.values()} == {
        article.article_id: article.corrected for article in NEWS
    }


@pytest.mark.parametrize("moment", ["2022-02-01", None])
def test_a_new_correction_of_the_same_text_costs_no_embedding(folder: Path, store: Store, moment: str | None) -> None:
    """It is an update that readers see at once, and everything else is as before."""
    embedder = FakeEmbedder()
    with store.reading() as reading:
        before = _sentences(reading.connection, BRIDGE.article_id)
    report = index_articles(folder, [dataclasses.replace(BRIDGE, corrected=moment)], embedder)
    assert (report.updated, report.unchanged, report.passages, embedder.embedded) == (1, 0, 5, 0)
    assert store.article(BRIDGE.article_id).article.corrected == moment
    assert store.article(BRIDGE.article_id).passages
    with store.reading() as reading:
        assert _sentences(reading.connection, BRIDGE.article_id) == before
    assert check_store(folder) == []
    assert index_articles(folder, [dataclasses.replace(BRIDGE, corrected=moment)], embedder).unchanged == 1


def test_a_correction_with_a_new_text_is_embedded(folder: Path, store: Store) -> None:
    """And the words of the old text are gone."""
    embedder = FakeEmbedder()
    changed = dataclasses.replace(CORRECTED, text="The bridge is open to lorries.", corrected="2022-03-01")
    assert index_articles(folder, [changed], embedder).updated == 1
    assert embedder.embedded == 1
    assert store.article(BRIDGE.article_id).article == changed
    assert check_store(folder) == []


def test_a_correction_that_is_not_what_was_stored_is_seen(folder: Path) -> None:
    """It decides what is quoted, so a check looks at it too."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    connection.execute("UPDATE articles SET corrected = NULL WHERE article_id = ?", (BRIDGE.article_id,))
    connection.close()
    assert check_store(folder) == [f"{BRIDGE.article_id} is not what was stored"]


def test_a_page_fetched_again_with_a_new_date_of_change(tmp_path: Path) -> None:
    """It is not embedded again, and the folder it came from is known as before, so that pruning forgets it."""
    page = tmp_path / "pages" / "a.jsonl"
    page.parent.mkdir()
    embedder = FakeEmbedder()
    for day in ("04", "05"):
        page.write_text(
            f'{{"text": "A bridge fell.", "published": "2023-03-03", "modified": "2023-03-{day}", "language": "en"}}\n'
        )
        index_sources(tmp_path / "store", [str(page.parent)], embedder)
    store = Store(tmp_path / "store")
    assert store.article("a:1").article.corrected == "2023-03-05"
    assert store.article("a:1").article.extra == '{"modified": "2023-03-05"}'
    assert embedder.embedded == 1
    store.close()
    page.unlink()
    assert index_sources(tmp_path / "store", [str(page.parent)], embedder, prune=True).removed == 1


# What was known on a day


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(as_of="2021-03-04"), set()),
        (Filters(as_of="2022-01-09"), set()),
        (Filters(as_of="2022-01-10"), {BRIDGE}),
        (Filters(as_of="2022-10-13"), {BRIDGE}),
        (Filters(as_of="2022-10-14"), {BRIDGE, ORCHARD}),
        (Filters(as_of="2023-01-20"), {BRIDGE, ORCHARD, THEATRE}),
        (Filters(as_of="9999-12-31"), {BRIDGE, ORCHARD, THEATRE, PARK}),
        (Filters(as_of="0001-01-01"), set()),
        (Filters(as_of="2023-01-20", since="2022-10-14"), {ORCHARD, THEATRE}),
        (Filters(as_of="2023-01-20", until="2022-10-14"), {BRIDGE, ORCHARD}),
        (Filters(as_of="2022-10-14", until="2030-01-01"), {BRIDGE, ORCHARD}),
        (Filters(as_of="2023-01-20", language="ru"), {THEATRE}),
        (Filters(as_of="2022-10-14", source="Example News"), {BRIDGE}),
        (Filters(until="2022-01-01"), {BRIDGE}),
    ],
)
def test_as_of_a_day_only_what_was_known_then_is_found(store: Store, filters: Filters, expected: set[Article]) -> None:
    """Published by then and not corrected since, by vectors and by words alike; a correction does not move `until`."""
    ids = {article.article_id for article in expected}
    assert set(found(store, EVERYTHING, filters)) == ids
    with store.reading() as reading:
        mask = reading.generation.mask(filters)
        assert mask is not None
        numbers = set(reading.generation.table["number"][mask].tolist())
        assert len(numbers) == len(ids)
        for language in ("en", "de", "ru", "be", "zh"):
            query = Query(EVERYTHING, language, QuestionVectors(np.zeros(64, np.float32), np.zeros((0, TOKEN_DIM))))
            assert {each.row.number for each in find_candidates(reading, query, filters, 10)} <= numbers


# How much was searched


@pytest.mark.parametrize(
    ("filters", "extent"),
    [
        (Filters(), Extent(5, BRIDGE.published, str(PARK.published)[:10], ("be", "de", "en", "ru", "zh"))),
        (Filters(language="de"), Extent(1, "2022-10-14", "2022-10-14", ("de",))),
        (Filters(language="be"), Extent(1, None, None, ("be",))),
        (Filters(language="xx"), Extent(0, None, None, ())),
        (Filters(as_of="2022-10-14"), Extent(2, "2021-03-05", "2022-10-14", ("de", "en"))),
        (Filters(source="Example News"), Extent(2, "2021-03-05", "2023-01-20", ("en", "ru"))),
        (Filters(since="2022-01-01", until="2023-01-20"), Extent(2, "2022-10-14", "2023-01-20", ("de", "ru"))),
    ],
)
def test_the_extent_of_what_meets_the_filters(store: Store, filters: Filters, extent: Extent) -> None:
    """Articles, the first and the last day among them, and their languages."""
    with store.reading() as reading:
        assert reading.generation.extent(filters) == extent


def test_the_extent_counts_articles_not_passages(tmp_path: Path) -> None:
    """One long article is one; the language of most articles comes first."""
    long = Article("long", " ".join(f"The bridge of Zarechye has beam number {n}." for n in range(200)), language="en")
    short = [dataclasses.replace(PARK, article_id=str(number)) for number in range(2)]
    index_articles(tmp_path, [long, *short], FakeEmbedder())
    store = Store(tmp_path)
    with store.reading() as reading:
        assert len(reading.generation.table) > 5
        for filters, articles in ((Filters(), 3), (Filters(since="0001-01-01"), 2)):
            extent = reading.generation.extent(filters)
            assert (extent.articles, extent.languages[0]) == (articles, "zh")
    store.close()


def test_the_extent_of_an_archive_without_articles(folder: Path, store: Store) -> None:
    """Everything was removed: nothing was searched."""
    remove_articles(folder, [article.article_id for article in NEWS])
    with store.reading() as reading:
        assert reading.generation.extent(Filters()) == Extent(0, None, None, ())
        assert reading.generation.extent(Filters(as_of="2022-10-14")) == Extent(0, None, None, ())


# Stores of the format before

OLD_PASSAGES = """
CREATE TABLE old (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    vector BLOB NOT NULL,            -- float16 (d,)
    sentences BLOB NOT NULL,         -- int32 (n, 2): spans in the article's text
    sentence_vectors BLOB NOT NULL   -- float16 (n, d)
);
INSERT INTO old SELECT number, article, ordinal, start, "end", vector, sentences, sentence_vectors FROM passages;
DROP TABLE passages;
ALTER TABLE old RENAME TO passages;
CREATE INDEX passages_by_article ON passages (article);
"""


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A store as it was before corrections and tokens: without the columns, its derived files of no use today."""
    directory = tmp_path / "old"
    index_articles(directory, ARTICLES, FakeEmbedder())
    connection = sqlite3.connect(directory / FILE_NAME, isolation_level=None)
    connection.execute("ALTER TABLE articles DROP COLUMN corrected")
    connection.executescript(OLD_PASSAGES)
    connection.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    connection.close()
    shutil.rmtree(generation_path(directory, 1))
    return directory


def test_a_reader_of_an_old_store_is_told_what_to_do(old: Path) -> None:
    """In one line with the command, whoever asks; nothing is changed by asking."""
    before = (old / FILE_NAME).read_bytes()
    for use in (Store, check_store, lambda directory: remove_articles(directory, [BRIDGE.article_id])):
        with pytest.raises(StoreMismatch, match=r"format 1 .*`vestka check --repair --store \S+`") as caught:
            use(old)
        assert "\n" not in str(caught.value)
    assert (old / FILE_NAME).read_bytes() == before


def test_a_repair_brings_an_old_store_up_to_date(old: Path) -> None:
    """Every article is found again, though none is read; a second repair has nothing to do."""
    assert repair_store(old) == ["brought up to today's format"]
    assert check_store(old) == []
    assert repair_store(old) == []
    store = Store(old)
    assert set(found(store, EVERYTHING)) == {article.article_id for article in ARTICLES}
    assert [store.article(article.article_id).article for article in ARTICLES] == list(ARTICLES)
    with store.reading() as reading:
        assert read_tokens(reading.connection, reading.generation.table["number"].tolist()) == {}
    store.close()


def test_indexing_into_an_old_store_embeds_nothing_again(old: Path) -> None:
    """What is unchanged stays; what came with a correction since has it, and is not embedded either."""
    embedder = FakeEmbedder()
    report = index_articles(old, [CORRECTED, *ARTICLES[1:]], embedder)
    assert (report.unchanged, report.updated, embedder.embedded) == (4, 1, 0)
    assert check_store(old) == []
    store = Store(old)
    assert store.article(BRIDGE.article_id).article == CORRECTED
    assert found(store, EVERYTHING, Filters(as_of="2022-01-01")) == []
    store.close()


def test_bringing_up_to_date_can_be_done_again(old: Path) -> None:
    """A run killed after it added some columns left the old format's number."""
    connection = sqlite3.connect(old / FILE_NAME, isolation_level=None)
    connection.execute("ALTER TABLE articles ADD COLUMN corrected TEXT")
    connection.execute("ALTER TABLE passages ADD COLUMN tokens BLOB NOT NULL DEFAULT x''")
    connection.close()
    repair_store(old)
    assert check_store(old) == []
    changed = dataclasses.replace(BRIDGE, text="The bridge is open to lorries.")
    assert index_articles(old, [changed], FakeEmbedder(tokens=True)).updated == 1
    assert check_store(old) == []


def test_a_store_of_a_later_format_is_refused(folder: Path) -> None:
    """By readers, writers and repairs; it is for another Vestka."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    connection.execute("UPDATE meta SET value = '3' WHERE key = 'format'")
    connection.close()
    for use in (Store, repair_store, lambda directory: index_articles(directory, [BRIDGE], FakeEmbedder())):
        with pytest.raises(StoreMismatch, match="format 3, this Vestka reads 2"):
            use(folder)


def _sentences(connection: sqlite3.Connection, article_id: str) -> list[bytes]:
    """Return the spans and vectors that are stored of an article's passages."""
    rows = connection.execute(
        "SELECT p.vector, p.sentences, p.sentence_vectors FROM passages p JOIN articles a ON a.number = p.article "
        "WHERE a.article_id = ? AND a.state = 1 ORDER BY p.ordinal",
        (article_id,),
    )
    return [b"".join(row) for row in rows]
