from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NoArticle
from index.timestamps import day_of, parse_timestamp

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


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    """Nothing but a date comes out."""
    try:
        found = parse_timestamp(text)
    except NoArticle:
        return
    assert datetime.fromisoformat(found)
