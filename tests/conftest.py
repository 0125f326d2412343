"""What tests of several kinds share."""

from __future__ import annotations

import pytest

from index.embed import SentenceTransformerEmbedder


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The packaged model, loaded once for all tests."""
    return SentenceTransformerEmbedder()
