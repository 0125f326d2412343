"""What the contract tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.run import index_articles
from index.store import Store
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
