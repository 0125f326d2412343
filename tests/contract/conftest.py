"""What the contract tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.run import index_articles
from index.store import Store
from qa.archive import ArchiveAnswerer
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of five articles in five languages."""
    index_articles(tmp_path / "store", ARTICLES, FakeEmbedder())
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """The same, open for reading."""
    store = Store(folder)
    yield store
    store.close()


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveAnswerer]:
    """An answerer over the same five articles, for tests that change nothing."""
    directory = tmp_path_factory.mktemp("store")
    index_articles(directory, ARTICLES, FakeEmbedder())
    store = Store(directory)
    yield ArchiveAnswerer(store, FakeEmbedder())
    store.close()
