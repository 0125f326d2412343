"""Dates in questions and articles, in seven languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.when import When, date_is_missing, find_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Where did the summit take place in October 2022?", [When(2022, 10, None)]),
        ("What opened on May 3, 2024?", [When(2024, 5, 3)]),
        ("Was geschah am 24. Mai 2024?", [When(2024, 5, 24)]),
        ("Что произошло 14 октября?", [When(None, 10, 14)]),
        ("за январь 2025 года", [When(2025, 1, None)]),
        ("у кастрычніку 2023 года", [When(2023, 10, None)]),
        ("w październiku 2024", [When(2024, 10, None)]),
        ("el 14 de octubre de 2025", [When(2025, 10, 14)]),
        ("2024年1月至3月的贸易额", [When(2024, 1, None), When(2024, 3, None)]),
        ("am 14.10.2022", [When(2022, 10, 14)]),
        ("enero y marzo de 2025", [When(2025, 1, None), When(2025, 3, None)]),
        ("в марте 2024 года", [When(2024, 3, None)]),
        ("у лютым 2024 года", [When(2024, 2, None)]),
        ("im März 2024", [When(2024, 3, None)]),
        ("w lutym i marcu 2024 roku", [When(2024, 2, None), When(2024, 3, None)]),
        ("She may go to the market", []),
        ("12 of 30 students in 2024", []),
    ],
)
def test_a_date_is_found_as_exactly_as_it_is_said(text: str, dates: list[When]) -> None:
    """Month, day and year are what the text says, and nothing else is a date."""
    assert find_dates(text) == dates


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    """Every date that is found has a month of the year."""
    assert all(1 <= date.month <= 12 for date in find_dates(text))


@pytest.mark.parametrize(
    ("question", "text", "published", "missing"),
    [
        ("in October 2022", "The ministers met on 14 October.", "2022-10-14T13:00", False),
        ("in October 2022", "The ministers met on 14 October.", "2023-10-14", True),
        ("im März 2024", "Im Zeitraum Januar-März wurden 12 Mrd. umgesetzt.", "2024-05-24", False),
        ("im Mai 2024", "Das Museum wurde eröffnet.", "2024-05-24", False),
        ("14 октября", "Встреча прошла 15 октября.", "2022-11-01", True),
        ("14 октября", "Встреча прошла 14 октября.", None, False),
        ("ohne Datum", "Das Museum wurde eröffnet.", "2024-05-24", False),
    ],
)
def test_evidence_of_another_time_lacks_the_date(
    question: str, text: str, published: str | None, missing: bool
) -> None:
    """A date in the text, of the year of publication unless it says another, or the publication itself will do."""
    assert date_is_missing(find_dates(question), text, published) is missing


def test_the_day_of_publication_may_be_left_out_of_account() -> None:
    """A sentence is judged by the dates it holds itself."""
    wanted = find_dates("in May 2024")

    assert date_is_missing(wanted, "It opened in June.", "2024-05-24", count_publication=False)
