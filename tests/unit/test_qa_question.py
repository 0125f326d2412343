"""What is read out of a question."""

from datetime import date

import pytest

from qa.question import understand

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("Што адкрылі ў мінулым годзе ў Мінску?", date(2025, 1, 1), date(2025, 12, 31)),
        ("Кто приезжал на прошлой неделе в Минск?", date(2026, 11, 16), date(2026, 11, 22)),
        ("What did the minister of finance say yesterday?", date(2026, 11, 23), date(2026, 11, 23)),
        ("Was wurde seit März 2023 in der Stadt gebaut?", date(2023, 3, 1), None),
        ("Kto przyjechał do Mińska w zeszłym tygodniu?", date(2026, 11, 16), date(2026, 11, 22)),
        ("¿Quién dirigía el museo de la ciudad antes de 2018?", None, date(2017, 12, 31)),
        ("上个月有多少游客？", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_the_time_asked_about_counts_from_today(question: str, start: date | None, end: date | None) -> None:
    """The language is found out, and "last week" is that before today."""
    (period,) = understand(question, TODAY).periods

    assert (period.start, period.end) == (start, end)


def test_today_is_the_day_of_asking_unless_given() -> None:
    """Asked twice around midnight, one of the answers is right."""
    before = date.today()
    (period,) = understand("What happened in the archive today?").periods

    assert before <= (period.start or date.min) <= date.today()


def test_numbers_of_a_time_are_no_numbers_of_the_question() -> None:
    """The evidence need not hold the 4 of "the last 4 years", but the 88 of the seats."""
    question = understand("Which hall with 88 seats was built in the last 4 years, after Q3 2019?", TODAY)

    assert question.numbers == {"88"}
