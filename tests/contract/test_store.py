"""What a store promises to those who write."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from index.check import check_store
from index.errors import ArticleNotFound
from index.records import Article, Filters
from index.run import index_articles, index_sources
from index.store import Store
from index.writer import remove_articles
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE, ORCHARD, PARK, THEATRE
from tests.searching import EVERYTHING, found

# Adding, updating, removing


def test_indexing_counts_what_it_did(tmp_path: Path) -> None:
    """Added, unchanged, updated, and the passages there are now."""
    embedder = FakeEmbedder()
    first = index_articles(tmp_path, ARTICLES, embedder)
    assert (first.added, first.updated, first.unchanged, first.removed, first.skipped) == (5, 0, 0, 0, [])
    changed = dataclasses.replace(BRIDGE, title="Bridge open again")
    second = index_articles(tmp_path, [changed, ORCHARD], embedder)
    assert (second.added, second.updated, second.unchanged, second.removed) == (0, 1, 1, 0)
    assert first.passages == second.passages == 5
    assert check_store(tmp_path) == []


def test_an_unchanged_article_costs_no_embedding(folder: Path) -> None:
    """The second run embeds nothing and publishes nothing."""
    embedder = FakeEmbedder()
    assert index_articles(folder, ARTICLES, embedder).unchanged == 5
    assert (embedder.calls, embedder.embedded) == (0, 0)
    store = Store(folder)
    assert store.status().generation == 1
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"}, {"text": "Anything else."}, {"published": "1999-01-01"}, {"published": None},
        {"language": "de"}, {"source": None}, {"authors": ("A. Veras",)},
        {"section": "Roads"}, {"dateline": "ZARECHYE"}, {"extra": "{}"},
        {"url": None}, {"corrected": "2021-03-06T10:00+03:00"},
    ],
)  # fmt: skip
def test_any_change_of_an_article_is_an_update(folder: Path, store: Store, change: dict[str, object]) -> None:
    """Whatever an article says, the store says the same after the next run."""
    changed = dataclasses.replace(BRIDGE, **change)  # type: ignore[arg-type]
    assert index_articles(folder, [changed], FakeEmbedder()).updated == 1
    assert store.article(BRIDGE.article_id).article == changed
    assert check_store(folder) == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.language)
def test_an_article_comes_back_as_it_was_given(store: Store, article: Article) -> None:
    """Every field, by ids with slashes, spaces, other scripts and addresses; passages lie in order in its text."""
    stored = store.article(article.article_id)
    assert stored.article == article
    assert "".join(article.text[span.start : span.end] for span in stored.passages).replace(" ", "") == (
        article.text.replace(" ", "")
    )


def test_a_removed_article_is_gone(folder: Path, store: Store) -> None:
    """From hits, from show and from the counts; another removal of it is reported as skipped."""
    assert THEATRE.article_id in found(store, EVERYTHING)
    report = remove_articles(folder, [THEATRE.article_id, "no such article", THEATRE.article_id])
    assert (report.removed, [each.source for each in report.skipped], report.passages) == (1, ["no such article"], 4)
    assert THEATRE.article_id not in found(store, EVERYTHING)
    with pytest.raises(ArticleNotFound, match="no article"):
        store.article(THEATRE.article_id)
    assert store.status().articles == 4
    assert check_store(folder) == []


def test_everything_can_be_removed_and_added_again(folder: Path, store: Store) -> None:
    """An archive without articles answers with no hits, and takes new ones."""
    remove_articles(folder, [article.article_id for article in ARTICLES])
    assert found(store, EVERYTHING) == []
    assert found(store, EVERYTHING, Filters(since="2000-01-01", language="de", source="Landbote")) == []
    assert (store.status().articles, store.status().passages) == (0, 0)
    assert check_store(folder) == []
    index_articles(folder, [ORCHARD], FakeEmbedder())
    assert found(store, EVERYTHING) == [ORCHARD.article_id]
    assert check_store(folder) == []


def test_the_same_id_twice_in_a_run_is_said(tmp_path: Path) -> None:
    """The first is kept, the second is skipped with a reason."""
    report = index_articles(tmp_path, [BRIDGE, dataclasses.replace(BRIDGE, title="Other")], FakeEmbedder())
    assert report.added == 1
    assert [each.source for each in report.skipped] == [BRIDGE.article_id]


def test_prune_removes_what_a_folder_no_longer_holds(tmp_path: Path) -> None:
    """Only with prune, and only articles that came from that folder."""
    pages, directory = tmp_path / "pages", tmp_path / "store"
    pages.mkdir()
    for name in ("bridge", "orchard"):
        (pages / f"{name}.jsonl").write_text(f'{{"text": "The {name} was visited by 14 people on Monday."}}\n')
    index_articles(directory, [PARK], FakeEmbedder())
    index_sources(directory, [str(pages)], FakeEmbedder())
    (pages / "bridge.jsonl").unlink()
    assert index_sources(directory, [str(pages)], FakeEmbedder()).removed == 0
    report = index_sources(directory, [str(pages)], FakeEmbedder(), prune=True)
    assert (report.removed, report.unchanged) == (1, 1)
    store = Store(directory)
    assert store.status().articles == 2
    store.close()
    assert check_store(directory) == []


# Hostile articles


@pytest.mark.parametrize("bad", ["\0", "\ud800", "\udfff\ud800", "a\0b\0"])
def test_what_cannot_be_stored_is_replaced_at_the_same_length(tmp_path: Path, bad: str) -> None:
    """A NUL or half a character anywhere in an article stops no run and moves no offset."""
    article = Article(
        f"id{bad}", f"The {bad} bridge is closed. It has 60{bad} beams.", f"T{bad}", f"u{bad}", None, "en", f"s{bad}",
        f"c{bad}", f"d{bad}", (f"A{bad}", "B"), f"{{{bad}}}",
    )  # fmt: skip
    report = index_articles(tmp_path, [article, BRIDGE], FakeEmbedder())
    assert (report.added, report.skipped) == (2, [])
    assert index_articles(tmp_path, [article], FakeEmbedder()).unchanged == 1
    assert check_store(tmp_path) == []
    store = Store(tmp_path)
    stored = store.article(article.article_id)
    assert len(stored.article.text) == len(article.text)
    assert len(found(store, "60 beams closed")) == 2
    assert remove_articles(tmp_path, [article.article_id]).removed == 1
    store.close()


def test_two_ids_that_cannot_be_stored_stay_two(tmp_path: Path) -> None:
    """File names in an old encoding come as half characters; both pages are kept."""
    pages = [dataclasses.replace(BRIDGE, article_id=article_id) for article_id in ("caf\udce9", "caf\udce8")]
    assert index_articles(tmp_path, pages, FakeEmbedder()).added == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": ""}, "no text"), ({"text": " \n\t"}, "no text"), ({"published": "yesterday"}, "ISO 8601"),
        ({"published": "2021-02-30"}, "ISO 8601"), ({"published": "2021-W01T10:00"}, "ISO 8601"),
        ({"published": ""}, "ISO 8601"), ({"corrected": "later"}, "ISO 8601"),
    ],
)  # fmt: skip
def test_an_article_that_is_none_is_skipped_with_a_reason(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """It does not stop the run, and the others are stored."""
    report = index_articles(tmp_path, [dataclasses.replace(BRIDGE, **change), ORCHARD], FakeEmbedder())  # type: ignore[arg-type]
    assert report.added == 1
    assert [(each.source, reason in each.reason) for each in report.skipped] == [(BRIDGE.article_id, True)]
    assert check_store(tmp_path) == []


def test_odd_sizes_are_stored(tmp_path: Path) -> None:
    """A title of a megabyte, a text of one character, a text without spaces, a date long ago."""
    odd = [
        Article("title", "The bridge is closed.", "Title " * 200_000, language="en"),
        Article("one", "x", language="en"),
        Article("symbols", "…", language="und", published="0001-01-01"),
        Article("unspaced", "x" * 5_000, language="en", published="9999-12-31T23:59:59+14:00"),
    ]
    assert index_articles(tmp_path, odd, FakeEmbedder()).added == 4
    assert check_store(tmp_path) == []
    store = Store(tmp_path)
    assert found(store, "bridge closed")[0] == "title"
    assert set(found(store, "x", Filters(since="9999-12-31"))) == {"unspaced"}
    assert set(found(store, "x", Filters(until="0001-01-01"))) == {"symbols"}
    store.close()


def test_many_sources_have_a_number_each(tmp_path: Path) -> None:
    """A filter finds its own source among hundreds."""
    articles = [dataclasses.replace(PARK, article_id=str(at), source=f"s{at}") for at in range(300)]
    index_articles(tmp_path, articles, FakeEmbedder())
    store = Store(tmp_path)
    assert found(store, "公园", Filters(source="s299"), language="zh") == ["299"]
    store.close()
