"""Candidates of the asked time come first."""

from datetime import date

import numpy as np
import pytest

from index.database import PassageRow
from index.records import Article, Passage
from index.search import Candidate
from qa.question import understand
from qa.ranking import outside_period, rank_by_date

TODAY = date(2026, 11, 24)


def candidate(article_id: str, text: str, published: str | None, score: float, names: float = 0.0) -> Candidate:
    """A candidate with what ranking looks at."""
    row = PassageRow(1, Passage(article_id, 0, 0, len(text), text, ()), np.zeros((0, 2)))
    article = Article(article_id, text, published=published)
    return Candidate(
        article=article,
        row=row,
        score=score,
        cosine=0.0,
        words=0.0,
        names=names,
        sentences=np.zeros(0),
    )


def ranked(question: str, *candidates: Candidate) -> list[str]:
    """The ids of candidates in the order they are ranked in."""
    return [each.article.article_id for each in rank_by_date(understand(question, TODAY), list(candidates))]


@pytest.mark.parametrize("question", ["What was built in 2024?", "What was built in May 2024?"])
def test_a_passage_of_the_asked_time_passes_a_little_better_one(question: str) -> None:
    """Between two articles that say nearly the same, the one of the year or month asked about is meant."""
    old = candidate("old", "A bridge was built.", "2021-05-02", 0.55)
    new = candidate("new", "A bridge was built.", "2024-05-02", 0.50)

    assert ranked(question, old, new) == ["new", "old"]


def test_the_time_in_the_text_counts_too() -> None:
    """An article that looks back is evidence of the year it looks back on."""
    old = candidate("old", "A bridge was built.", "2021-05-02", 0.55)
    later = candidate("later", "The bridge was built in 2019.", "2024-05-02", 0.50)

    assert ranked("When in 2019 was the bridge built?", old, later)[0] == "later"


@pytest.mark.parametrize(
    "question",
    [
        "What was built last year?",
        "Што пабудавалі летась у горадзе?",
        "Что построили в прошлом году?",
        "Was wurde im letzten Jahr gebaut?",
        "Co zbudowano w zeszłym roku?",
        "¿Qué se construyó el año pasado?",
        "去年建了什么？",
        "What was built since 2025?",
        "What was built between 2024 and 2026?",
        "What was built in the second quarter of 2025?",
    ],
)
def test_a_passage_of_a_relative_time_or_a_range_comes_first(question: str) -> None:
    """The year before the day of asking, and any time between two ends."""
    old = candidate("old", "A bridge was built.", "2021-05-02", 0.55)
    new = candidate("new", "A bridge was built.", "2025-05-02", 0.50)

    assert ranked(question, old, new) == ["new", "old"]


def test_without_a_time_a_clearly_better_passage_stays_first() -> None:
    """A question that names no time leaves the order as it was."""
    candidates = [candidate("a", "One.", "2021-05-02", 0.5), candidate("b", "Two.", "2024-05-02", 0.4)]

    assert rank_by_date(understand("What was built?"), candidates) is candidates


def test_of_passages_that_are_as_good_the_newer_comes_first() -> None:
    """Who asks what is, asks about now; scores go on falling in the new order."""
    candidates = [
        candidate("old", "It has 40 seats.", "2021-05-02", 0.5),
        candidate("undated", "It has 41 seats.", None, 0.495),
        candidate("new", "It has 42 seats.", "2024-05-02", 0.49),
    ]

    found = rank_by_date(understand("How many seats has it?"), candidates)

    assert [each.article.article_id for each in found] == ["new", "old", "undated"]
    assert [each.score for each in found] == [0.5, 0.5, 0.495]


def test_the_newer_does_not_pass_one_that_says_more_of_what_is_asked() -> None:
    """It is no newer news of the same thing when it lacks the names."""
    candidates = [candidate("old", "One.", "2021-05-02", 0.5, names=0.8), candidate("new", "Two.", "2024-05-02", 0.49)]

    assert rank_by_date(understand("How many seats has it?"), candidates) is candidates


@pytest.mark.parametrize(
    ("question", "text", "published", "outside"),
    [
        ("What was built last week?", "A bridge was built.", "2026-11-18", False),
        ("What was built last week?", "A bridge was built.", "2026-07-18", True),
        ("What was built last week?", "A bridge was built on 17 November.", "2026-11-24", False),
        ("What was built last week?", "A bridge was built in 2026.", "2026-07-18", True),
        ("What was built last year?", "A bridge was built in 2025.", "2026-07-18", False),
        ("What was built since 2020?", "A bridge was built.", "2019-07-18", True),
        ("What was built since 2020?", "A bridge was built.", "2021-07-18", False),
        ("What was built since 2020?", "A bridge was built.", None, True),
        ("What was built before 2015?", "A bridge was built in 2012.", "2021-07-18", False),
        ("What was built before 2015?", "A bridge was built.", "2021-07-18", True),
        ("What was built from January to March 2024?", "A bridge was built in 2024.", "2025-07-18", False),
        ("What was built from January to March 2024?", "A bridge was built on 2 February.", "2024-07-18", False),
        ("What was built from January to March 2024?", "A bridge was built on 2 May 2024.", "2025-07-18", True),
        ("What was built from November 2023 to January 2024?", "It was built on 28 December.", "2024-02-01", False),
        ("What was built in 2020?", "A bridge was built.", "2021-07-18", False),
        ("What was built in May 2020?", "A bridge was built.", "2021-07-18", False),
        ("What was built on 5 May 2020?", "A bridge was built.", "2021-07-18", False),
        ("What was built?", "A bridge was built.", "2021-07-18", False),
    ],
)
def test_evidence_of_another_time_is_outside_the_period(
    question: str, text: str, published: str | None, outside: bool
) -> None:
    """Only relative times and ranges count; plain days, months and years are looked at elsewhere."""
    assert outside_period(understand(question, TODAY), text, published) is outside
