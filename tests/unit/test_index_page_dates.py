from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.page_dates import MONTH_NUMBERS, find_date, starts_with_time

LINES = {
    "14 October 2022, 13:00": "2022-10-14T13:00",
    "14th of nothing, October 14, 2022 1:05 PM": "2022-10-14T13:05",
    "Oct. 4, 2022, 12:05 a.m.": "2022-10-04T00:05",
    "24 Mai 2024, 15:34": "2024-05-24T15:34",
    "24. Mai 2024 um 15.34 Uhr": "2024-05-24T15:34",
    "14 октября 2022, 13:00": "2022-10-14T13:00",
    "13:00, 14 октября 2022 г.": "2022-10-14T13:00",
    "5 мая 2024 года в 9:05": "2024-05-05T09:05",
    "14 кастрычніка 2022, 13:00": "2022-10-14T13:00",
    "1 траўня 2022": "2022-05-01",
    "14 października 2022 r., godz. 13.00": "2022-10-14T13:00",
    "14 de octubre de 2022, 13:00": "2022-10-14T13:00",
    "lunes, 14 de octubre de 2022 a las 13:00 horas": "2022-10-14T13:00",
    "14 octubre 2022, 13:00": "2022-10-14T13:00",
    "2022年10月14日 13:00": "2022-10-14T13:00",
    "２０２２年１０月１４日　１３：００": "2022-10-14T13:00",
    "2022年10月14日星期五 下午1:05": "2022-10-14T13:05",
    "2022年10月14日13时05分": "2022-10-14T13:05",
    "14 十月 2022, 13:00": "2022-10-14T13:00",
    "14 11月 2022, 13:00": "2022-11-14T13:00",
    "14.10.2022 13:00": "2022-10-14T13:00",
    "14.10.22, 13:00": "2022-10-14T13:00",
    "14/10/2022 - 13:00": "2022-10-14T13:00",
    "10/14/2022": "2022-10-14",
    "2022-10-14 13:00": "2022-10-14T13:00",
    "2022/10/14": "2022-10-14",
    "Flag Sunday, 5 February 2023": "2023-02-05",
}
NO_DATES = [
    "",
    "Minsk +5°C",
    "1.2.2022.3",
    "31 February 2022",
    "maybe 2022",
    "Room 14, 13:00",
    "12-34-5678",
    "99/99/2022",
]


@pytest.mark.parametrize(("line", "iso"), LINES.items())
def test_dates_as_pages_print_them(line: str, iso: str) -> None:
    """Each usual way of printing a date in the seven languages is read, with the minute if there is one."""
    found = find_date(line)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("line", NO_DATES)
def test_numbers_that_are_no_dates(line: str) -> None:
    """Weather, versions, rooms and days that do not exist are not taken for dates."""
    assert find_date(line) is None


def test_what_surrounds_a_date_is_told() -> None:
    """A clock shows its weekday, a revision its word, and other letters are counted."""
    clock, revised = find_date("Flag Sunday, 5 February 2023"), find_date("Обновлено 14 октября 2022, 13:00")
    assert clock is not None
    assert (clock.weekday, clock.has_time, clock.other_letters) == (True, False, 4)
    assert revised is not None
    assert (revised.revised, revised.has_time, revised.weekday) == (True, True, False)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTH_NUMBERS)), st.times())
def test_every_month_name_in_every_order(day: date, name: str, time: object) -> None:
    """Day, name of the month, year and time are read whatever name of the month is used."""
    day = day.replace(day=min(day.day, 28), month=MONTH_NUMBERS[name])
    minute = str(time)[:5]
    for line in (f"{day.day} {name} {day.year}, {minute}", f"{minute} {day.day} {name.upper()} {day.year}"):
        found = find_date(line)
        assert found is not None
        assert found.iso == f"{day.isoformat()}T{minute}"


@given(st.text(max_size=120))
def test_any_line_is_safe(line: str) -> None:
    """Whatever a line holds, what is found is a date of the calendar."""
    found = find_date(line)
    if found is not None:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", found.iso)
        assert date.fromisoformat(found.iso[:10])


def test_entries_of_news_lists_begin_with_a_time() -> None:
    """A headline with its hour is told from one that begins with a number."""
    assert starts_with_time("17:53 Night market returns")
    assert not starts_with_time("17 people invited")
