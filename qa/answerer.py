"""What every door asks of Vestka: answers, hits, articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.records import Article, Filters, IndexReport, StoredArticle, StoreStatus
from qa.records import Answer, SearchResults, Turn

MAX_QUESTION_CHARS = 2000
NO_FILTERS = Filters()


class Answerer(Protocol):
    """Answers questions from one archive. Thread-safe: doors call it from worker threads.

    Raises (all methods): index.errors.VestkaError and what is under it.
    """

    def ask(
        self, question: str, filters: Filters = NO_FILTERS, *, history: Sequence[Turn] = (), explain: bool = False
    ) -> Answer:
        """Answer a question of 1 to MAX_QUESTION_CHARS characters after trimming.

        Args:
            history: the turns of the conversation before, oldest first; a question that needs them is read with them.
            explain: whether the answer tells how it came about.

        Raises: BadQuestion, BadDate.
        """
        ...

    def search(
        self, query: str, k: int = 10, filters: Filters = NO_FILTERS, *, per_article: bool = True
    ) -> SearchResults:
        """Find the k best passages, at most one an article unless per_article is false."""
        ...

    def article(self, article_id: str) -> StoredArticle:
        """Return a stored article. Raises: ArticleNotFound."""
        ...

    def put(self, articles: Sequence[Article]) -> IndexReport:
        """Add or update articles. Raises: StoreLocked, NoArticle (no text, wrong date)."""
        ...

    def remove(self, article_ids: Sequence[str]) -> IndexReport:
        """Forget articles; ids that are not there are reported in `skipped`. Raises: StoreLocked."""
        ...

    def status(self) -> StoreStatus:
        """Say what the archive holds."""
        ...
