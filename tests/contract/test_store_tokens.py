"""What a store keeps of a passage's tokens, and how they are read with a question."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.check import check_store
from index.database import FILE_NAME, read_passages, read_tokens
from index.embed import passage_input
from index.embedded import TOKEN_DIM
from index.errors import StoreCorrupt
from index.reader import MAX_LOG_ODDS
from index.records import Article, Filters
from index.run import index_articles
from index.search import READ, Candidate, Query, find_candidates
from index.store import Reading, Store
from qa.archive import ArchiveAnswerer
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE, ORCHARD
from tests.searching import EVERYTHING

QUESTION = "Why was the bridge in Zarechye closed?"
LONG = Article("long", " ".join(f"The bridge of Zarechye has beam number {n}." for n in range(400)), language="en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of five articles with their tokens."""
    index_articles(tmp_path / "store", ARTICLES, FakeEmbedder(tokens=True))
    return tmp_path / "store"


@pytest.fixture
def rows(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database, for changing rows as no program of ours would."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    yield connection
    connection.close()


def _numbers(reading: Reading, article: Article | None = None) -> list[int]:
    """Return the numbers of all passages, or of an article's."""
    rows = read_passages(reading.connection, reading.generation.table["number"].tolist())
    return [number for number, (_, of) in rows.items() if article is None or of.article_id == article.article_id]


def _find(reading: Reading, text: str = QUESTION, *, tokens: bool = True) -> list[Candidate]:
    query = Query(text, "en", FakeEmbedder(tokens=tokens).embed_question(text))
    return find_candidates(reading, query, Filters(), 10)


def test_tokens_come_back_as_they_were_stored(store: Store) -> None:
    """Every value, and how many are of the heading and of each sentence."""
    with store.reading() as reading:
        stored = read_tokens(reading.connection, _numbers(reading))
        passages = read_passages(reading.connection, stored)
    assert len(stored) == len(ARTICLES)
    for number, tokens in stored.items():
        row, article = passages[number]
        (expected,) = FakeEmbedder(tokens=True).embed_passages([passage_input(article, row.passage)])
        assert tokens.vectors.dtype == np.int8
        assert tokens.vectors.shape == (sum(tokens.counts), TOKEN_DIM)
        assert tokens.vectors.tolist() == expected.tokens.vectors.tolist()
        assert tokens.counts.tolist() == expected.tokens.counts.tolist()
        assert len(tokens.counts) == 1 + len(row.passage.sentences)


def test_passages_that_are_gone_or_have_no_tokens_are_left_out(folder: Path, store: Store) -> None:
    """Numbers that never were as well; nothing asked for is nothing found."""
    index_articles(folder, [Article("plain", "A bridge of glass.", language="en")], FakeEmbedder())
    with store.reading() as reading:
        numbers = _numbers(reading)
        assert len(numbers) == len(ARTICLES) + 1
        stored = read_tokens(reading.connection, [*numbers, 9999, -1])
        assert set(numbers) - set(stored) == set(_numbers(reading, Article("plain", "")))
        assert len(stored) == len(ARTICLES)
        assert read_tokens(reading.connection, []) == {}
    assert check_store(folder) == []


def test_tokens_stay_where_only_the_date_of_a_correction_changes(folder: Path, store: Store) -> None:
    """The text is not embedded again, and its passages are read as before."""
    with store.reading() as reading:
        (before,) = read_tokens(reading.connection, _numbers(reading, BRIDGE)).values()
    embedder = FakeEmbedder(tokens=True)
    index_articles(folder, [dataclasses.replace(BRIDGE, corrected="2022-01-10")], embedder)
    assert embedder.embedded == 0
    with store.reading() as reading:
        (after,) = read_tokens(reading.connection, _numbers(reading, BRIDGE)).values()
    assert after.vectors.tolist() == before.vectors.tolist()
    assert after.counts.tolist() == before.counts.tolist()
    assert check_store(folder) == []


DAMAGE = {
    "half a token": "tokens = x'00112233'",
    "half a count": "token_counts = x'000011'",
    "a token too few": "tokens = substr(tokens, 65)",
    "no counts": "token_counts = x''",
    "fewer than none": "token_counts = CAST(x'FFFFFFFF' || substr(token_counts, 5) AS BLOB)",
    "text": "token_counts = 'many'",
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_damaged_tokens_are_said_to_be_damaged(store: Store, rows: sqlite3.Connection, change: str) -> None:
    """With the command that tells more, before anything is made of them."""
    rows.execute(f"UPDATE passages SET {change}")
    with store.reading() as reading, pytest.raises(StoreCorrupt, match="vestka check"):
        read_tokens(reading.connection, _numbers(reading))


def test_the_best_passages_are_read(folder: Path, store: Store) -> None:
    """Each of their sentences has log-odds; more than READ are never read, and all stay in order of their scores."""
    index_articles(folder, [LONG], FakeEmbedder(tokens=True))
    with store.reading() as reading:
        candidates = _find(reading, f"{QUESTION} {EVERYTHING}")
    read = [each for each in candidates if each.reading is not None]
    assert len(read) == READ < len(candidates)
    for each in read:
        assert each.reading is not None
        assert each.reading.shape == each.sentences.shape
        assert (np.abs(each.reading) <= MAX_LOG_ODDS).all()
    assert [each.score for each in candidates] == sorted((each.score for each in candidates), reverse=True)
    assert len({each.row.number for each in candidates}) == len(candidates)


def test_what_cannot_be_read_is_found_as_before(folder: Path, store: Store, rows: sqlite3.Connection) -> None:
    """A question without tokens, or passages without: the same candidates, with the same scores."""
    with store.reading() as reading:
        plain = _find(reading, tokens=False)
    rows.execute("UPDATE passages SET tokens = x'', token_counts = x''")
    with store.reading() as reading:
        unread = _find(reading)
    assert [each.reading for each in (*plain, *unread)] == [None] * 2 * len(ARTICLES)
    assert [(each.row.number, each.score) for each in unread] == [(each.row.number, each.score) for each in plain]
    assert check_store(folder) == []


def test_only_passages_that_have_tokens_are_read(store: Store, rows: sqlite3.Connection) -> None:
    """The others are found beside them, and keep their scores."""
    with store.reading() as reading:
        scores = {each.row.number: each.score for each in _find(reading, tokens=False)}
        (bare,) = _numbers(reading, ORCHARD)
    rows.execute("UPDATE passages SET tokens = x'', token_counts = x'' WHERE number = ?", (bare,))
    with store.reading() as reading:
        candidates = _find(reading)
    assert len(candidates) == len(ARTICLES)
    for each in candidates:
        assert (each.reading is None) == (each.row.number == bare)
        assert each.reading is not None or each.score == scores[bare]


def test_an_answer_tells_how_its_candidates_were_read(store: Store) -> None:
    """From the question to the explanation."""
    for tokens in (True, False):
        answer = ArchiveAnswerer(store, FakeEmbedder(tokens=tokens)).ask(QUESTION, explain=True)
        assert answer.explanation is not None
        readings = [each["reading"] for each in answer.explanation["candidates"]]
        assert len(readings) == len(ARTICLES)
        assert all((reading is not None) == tokens for reading in readings)
