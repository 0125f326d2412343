"""Candidates of the asked time come first."""

import numpy as np
import pytest

from index.database import PassageRow
from index.records import Article, Passage
from index.search import Candidate
from qa.question import understand
from qa.ranking import rank_by_date


def candidate(article_id: str, text: str, published: str | None, score: float) -> Candidate:
    """A candidate with what ranking looks at."""
    row = PassageRow(1, Passage(article_id, 0, 0, len(text), text, ()), np.zeros((0, 2)))
    article = Article(article_id, text, published=published)
    return Candidate(article, row, score, 0.0, 0.0, 0.0, np.zeros(0))


@pytest.mark.parametrize("question", ["What was built in 2024?", "What was built in May 2024?"])
def test_a_passage_of_the_asked_time_passes_a_little_better_one(question: str) -> None:
    """Between two articles that say nearly the same, the one of the year or month asked about is meant."""
    old = candidate("old", "A bridge was built.", "2021-05-02", 0.55)
    new = candidate("new", "A bridge was built.", "2024-05-02", 0.50)

    assert [each.article.article_id for each in rank_by_date(understand(question), [old, new])] == ["new", "old"]


def test_the_time_in_the_text_counts_too() -> None:
    """An article that looks back is evidence of the year it looks back on."""
    old = candidate("old", "A bridge was built.", "2021-05-02", 0.55)
    later = candidate("later", "The bridge was built in 2019.", "2024-05-02", 0.50)

    ranked = rank_by_date(understand("When in 2019 was the bridge built?"), [old, later])

    assert ranked[0].article.article_id == "later"


def test_without_a_time_nothing_changes() -> None:
    """A question that names no time leaves the order as it was."""
    candidates = [candidate("a", "One.", "2021-05-02", 0.5), candidate("b", "Two.", "2024-05-02", 0.4)]

    assert rank_by_date(understand("What was built?"), candidates) is candidates
