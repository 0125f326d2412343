"""The times that questions ask about, in seven languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.periods import Period, find_periods

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "eval" / "periods.jsonl").read_text(encoding="utf-8").splitlines()
]
LANGUAGES = ("be", "ru", "en", "de", "pl", "es", "zh")
TEST_FLOOR = 0.95
"""Of the test half 90 of 92 were read right when it was first looked at."""
TODAY = date(2026, 11, 24)


def spans(text: str, language: str, today: date = TODAY) -> list[list[str | None]]:
    """The ends of each period, as in the development set."""
    return [
        [each.start.isoformat() if each.start else None, each.end.isoformat() if each.end else None]
        for each in find_periods(text, language, today)
    ]


@pytest.mark.parametrize("row", [row for row in ROWS if row["split"] == "dev"], ids=lambda row: row["id"])
def test_times_are_read_exactly(row: dict[str, object]) -> None:
    """Both ends of every period of the development half are right, and nothing else is a period."""
    today = date.fromisoformat(str(row["today"]))

    assert spans(str(row["question"]), str(row["language"]), today) == row["periods"]


def test_questions_that_nothing_was_tuned_on_are_read_too() -> None:
    """The other half stays above its floor."""
    rows = [row for row in ROWS if row["split"] == "test"]
    right = [
        spans(row["question"], row["language"], date.fromisoformat(row["today"])) == row["periods"] for row in rows
    ]

    assert sum(right) / len(rows) >= TEST_FLOOR


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_questions_in_both_halves(language: str) -> None:
    """At least six each, with some that name no time."""
    for split in ("dev", "test"):
        rows = [row for row in ROWS if (row["language"], row["split"]) == (language, split)]
        assert len(rows) >= 6
        assert any(not row["periods"] for row in rows)


@pytest.mark.parametrize(
    ("language", "text", "relative"),
    [
        ("be", "у мінулым месяцы", True),
        ("ru", "за последние три дня", True),
        ("en", "since last year", True),
        ("en", "from 2019 to 2021", False),
        ("en", "in March", False),
        ("de", "vor zwei Wochen", True),
        ("pl", "w maju 2024 roku", False),
        ("es", "hace tres años", True),
        ("zh", "上周", True),
        ("zh", "2024年5月", False),
    ],
)
def test_a_period_says_whether_it_counts_from_today(language: str, text: str, relative: bool) -> None:
    """A date without a year is not relative: it names a day of the calendar."""
    (period,) = find_periods(text, language, TODAY)

    assert period.relative is relative


def test_a_period_holds_the_words_that_say_it() -> None:
    """So that an explanation can show them."""
    (period,) = find_periods("What was closed between March and May 2024 in Minsk?", "en", TODAY)

    assert period == Period(date(2024, 3, 1), date(2024, 5, 31), "between March and May 2024", relative=False)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "What will open in May?", ["2027-05-01", "2027-05-31"]),
        ("de", "Was wird im Mai eröffnet?", ["2027-05-01", "2027-05-31"]),
        ("ru", "Что будет в мае?", ["2027-05-01", "2027-05-31"]),
        ("be", "Што будзе ў маі?", ["2027-05-01", "2027-05-31"]),
        ("pl", "Co będzie w maju?", ["2027-05-01", "2027-05-31"]),
        ("es", "¿Qué habrá en mayo?", ["2027-05-01", "2027-05-31"]),
        ("zh", "5月将举行什么？", ["2027-05-01", "2027-05-31"]),
        ("en", "What opened in May?", ["2026-05-01", "2026-05-31"]),
        ("en", "What opened in November?", ["2026-11-01", "2026-11-30"]),
        ("en", "What opened on 24 November?", ["2026-11-24", "2026-11-24"]),
        ("en", "What opened on 25 November?", ["2025-11-25", "2025-11-25"]),
        ("en", "What opened on 29 February?", ["2024-02-29", "2024-02-29"]),
        ("en", "What opened from November to January?", ["2025-11-01", "2026-01-31"]),
        ("en", "In 2024, what opened in March?", ["2024-03-01", "2024-03-31"]),
    ],
)
def test_a_date_without_a_year_is_the_last_unless_the_question_looks_ahead(
    language: str, text: str, expected: list[str]
) -> None:
    """The last up to today, the next in a question about the future, that of the year named beside it."""
    assert spans(text, language) == [expected]


def test_in_an_article_a_date_without_a_year_is_the_nearest() -> None:
    """On 5 January, 28 December was a week ago, and 20 January is in two weeks."""
    found = find_periods("Signed on 28 December, it opens on 20 January.", "en", date(2024, 1, 5), nearest=True)

    assert [each.start for each in found] == [date(2023, 12, 28), date(2024, 1, 20)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("be", "Колькі гадоў дырэктару і чаму мая праца цяжкая?"),
        ("ru", "Что было на Октябрьской площади в последние годы?"),
        ("en", "Why did the march cost $2000, and may it stop at 20.15?"),
        ("en", "Which of the 12 engines has 2000 kW?"),
        ("en", "What happened on 31 February 2024?"),
        ("en", "Whose wall can even today be seen?"),
        ("en", "Who scored in the fourth quarter?"),
        ("de", "Was kosten 2000 Kacheln in letzter Zeit?"),
        ("pl", "Kto z Czerwonego Krzyża ma 30 lat?"),
        ("es", "¿Quién desayuna por la mañana en la Plaza de Mayo?"),
        ("zh", "近年来这座2000年历史的城市有什么变化？"),
    ],
)
def test_what_is_no_time_is_none(language: str, text: str) -> None:
    """Verbs, prices, clock times, ages, streets, days that do not exist, and "recently"."""
    assert find_periods(text, language, TODAY) == []


def test_another_language_is_read_as_far_as_its_numbers_go() -> None:
    """A year is a year in French too; Cyrillic questions are read as Russian and Belarusian."""
    assert spans("Que s'est-il passé en 2023 ?", "fr") == [["2023-01-01", "2023-12-31"]]
    assert spans("Что было вчера?", "bg") == [["2026-11-23", "2026-11-23"]]


@pytest.mark.parametrize("today", [date.min, date.max, TODAY])
@given(
    text=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                "since until from to and between last next the 5 31 2024 1900 0000 May Monday week years ago , - "
                "second quarter of half decade weekend yesterday tomorrow Q3 1990s 31.12.2099 no".split()
            ),
            max_size=12,
        ).map(" ".join),
    ),
    language=st.sampled_from([*LANGUAGES, "und"]),
)
def test_no_text_breaks_it(text: str, language: str, today: date) -> None:
    """Every period has an end, and none ends before it starts, even on the first and the last day there is."""
    for period in find_periods(text, language, today):
        assert period.start or period.end
        assert not (period.start and period.end) or period.start <= period.end
