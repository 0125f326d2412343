from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NoArticle
from index.timestamps import correction, day_number, day_of, iso_day, parse_timestamp

GOOD = {
    "2022-10-14": "2022-10-14",
    "2022-10-14T13:00": "2022-10-14T13:00",
    " 2022-10-14 13:00 ": "2022-10-14T13:00",
    "2022-10-14T13:00:05": "2022-10-14T13:00:05",
    "2022-10-14T13:00:05.123456Z": "2022-10-14T13:00:05+00:00",
    "2022-10-14t13:00z": "2022-10-14T13:00+00:00",
    "2022-10-14T13:00:05+0300": "2022-10-14T13:00:05+03:00",
    "2022-10-14T13:00-05": "2022-10-14T13:00-05:00",
    "2024-02-29": "2024-02-29",
}
BAD = [
    "", "yesterday", "2022-13-45", "2023-02-29", "2022-10-14T25:00", "2022-10-14T13:60", "2022-10", "2022",
    "14.10.2022",     "2022-10-14T13:00+99:00", "2022-10-14T", "2022-10-14 13:00 and more", "0000-01-01",
    "٢٠٢٢-١٠-١٤", "2022-10-14\n13",
]  # fmt: skip


@pytest.mark.parametrize(("given_text", "canonical"), GOOD.items())
def test_iso_dates_keep_their_precision(given_text: str, canonical: str) -> None:
    """A date stays a date, minutes stay minutes, and offsets are kept in one spelling."""
    assert parse_timestamp(given_text) == canonical
    assert parse_timestamp(canonical) == canonical
    assert day_of(canonical) == canonical[:10]


@pytest.mark.parametrize("text", BAD)
def test_nonsense_is_refused_with_a_reason(text: str) -> None:
    """What is no ISO date, or none that exists, is an error of one line."""
    with pytest.raises(NoArticle) as caught:
        parse_timestamp(text)
    assert "\n" not in str(caught.value)


@given(
    st.datetimes(min_value=datetime(1000, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_what_python_writes_is_read(moment: datetime, offset: int) -> None:
    """Every date-time of the standard library, with any offset, comes back as it was, without fractions."""
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    assert parse_timestamp(aware.isoformat()) == aware.isoformat()


LATER = [
    ("2023-03-03", "2023-03-04"), ("2023-03-03T09:15", "2023-03-04"), ("2023-03-03", "2023-03-04T00:00"),
    ("2023-03-03T09:15", "2023-03-03T09:16"), ("2023-03-03T09:15:01", "2023-03-03T09:15:02"),
    ("2023-03-03T23:30+03:00", "2023-03-03T20:31+00:00"), ("2023-03-03T09:15+03:00", "2023-03-03T09:16"),
    ("0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"),
]  # fmt: skip
NOT_LATER = [
    ("2023-03-03", "2023-03-03"), ("2023-03-03", "2023-03-03T23:59"), ("2023-03-03T09:15", "2023-03-03"),
    ("2023-03-03T09:15", "2023-03-03T09:15"), ("2023-03-03T09:15", "2023-03-03T09:15:59"),
    ("2023-03-03T09:15:20", "2023-03-03T09:15"), ("2023-03-03T09:15", "2022-12-31T10:00"),
    ("2023-03-03T20:31+00:00", "2023-03-03T23:31+03:00"), (None, "2023-03-04"), ("2023-03-03", None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("published", "changed"), LATER)
def test_a_change_after_the_publication_is_a_correction(published: str, changed: str) -> None:
    """On a later day, or at a later time where both are exact, whatever the time zone."""
    assert correction(published, changed) == changed


@pytest.mark.parametrize(("published", "changed"), NOT_LATER)
def test_a_change_no_later_than_the_publication_corrected_nothing(published: str | None, changed: str | None) -> None:
    """Nor does one that is as late as can be told, or where one of the two is not known."""
    assert correction(published, changed) is None


STORED = st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda moment: moment.isoformat()[:19])


@given(STORED, STORED, st.sampled_from([10, 16, 19]))
def test_of_two_times_at_most_one_is_later(first: str, second: str, chars: int) -> None:
    """However exact each is."""
    assert correction(first[:chars], second) is None or correction(second, first[:chars]) is None


@given(st.dates())
def test_days_are_counted_and_written_again(day: date) -> None:
    """From the first year to the last, before 1970 too; the time of day does not matter."""
    number = day_number(f"{day.isoformat()}T23:59+14:00")
    assert number == (day - date(1970, 1, 1)).days
    assert iso_day(number) == day.isoformat()
    assert day_number(None) is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    """Nothing but a date comes out."""
    try:
        found = parse_timestamp(text)
    except NoArticle:
        return
    assert datetime.fromisoformat(found)
