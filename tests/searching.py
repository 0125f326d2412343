"""Searching a store that was built with the fake embedder."""

from __future__ import annotations

from index.records import Filters, Hit
from index.search import Query, best_hits, find_candidates
from index.store import Store
from tests.fake_embedder import FakeEmbedder

EVERYTHING = "bridge Zarechye Obstbauern Birnen театр музей лялек 公园 2021 14 840"


def hits(
    store: Store,
    text: str,
    filters: Filters | None = None,
    k: int = 10,
    language: str = "en",
    *,
    per_article: bool = True,
) -> list[Hit]:
    """Search a store for a text."""
    with store.reading() as reading:
        query = Query(text, language, FakeEmbedder().embed_question(text))
        return best_hits(find_candidates(reading, query, filters or Filters(), k), k, per_article=per_article)


def found(store: Store, text: str, filters: Filters | None = None, **options: object) -> list[str]:
    """Return the ids of the articles found for a text, best first."""
    return [hit.article.article_id for hit in hits(store, text, filters, **options)]  # type: ignore[arg-type]
