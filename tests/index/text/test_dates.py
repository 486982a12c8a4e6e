from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.dates import Edge, format_date, format_days, parse_date, publication_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOVEMBER_16 = date(2026, 11, 16)

ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ODD_WORDS = "1 Jan 0001-01-01 9999-12-31 99999999999999999999 9999 years days ago in +14:00".split()


def test_days_and_moments_are_written_as_people_read_them() -> None:
    assert format_date(date(2025, 10, 9)) == "9 October 2025"
    assert format_date(datetime(2025, 1, 31, 8, 5, tzinfo=UTC)) == "31 January 2025, 08:05"
    assert format_date(None) == ""


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (NOVEMBER_16, date(2026, 11, 22), "from 16 to 22 November 2026"),
        (NOVEMBER_16, date(2026, 12, 2), "from 16 November to 2 December 2026"),
        (NOVEMBER_16, date(2027, 11, 2), "from 16 November 2026 to 2 November 2027"),
        (NOVEMBER_16, NOVEMBER_16, "on 16 November 2026"),
        (NOVEMBER_16, None, "since 16 November 2026"),
        (None, NOVEMBER_16, "until 16 November 2026"),
    ],
)
def test_days_are_written_without_repetition(
    since: date | None, until: date | None, words: str
) -> None:
    assert format_days(since, until) == words


@pytest.mark.parametrize(
    ("text", "edge", "day"),
    [
        ("2025", "first", date(2025, 1, 1)),
        ("2025", "last", date(2025, 12, 31)),
        ("febrero 2024", "last", date(2024, 2, 29)),
        ("9 October", "last", date(2026, 10, 9)),
        ("3 months ago", "current", date(2026, 8, 23)),
        ("Monday", "first", NOVEMBER_16),
        ("soon", "first", None),
    ],
)
def test_dates_are_read_from_their_edge(text: str, edge: Edge, day: date | None) -> None:
    assert parse_date(text, NOW, edge) == day


def test_several_threads_may_read_dates() -> None:
    texts = [f"{day} October 2025" for day in range(1, 32)]
    with ThreadPoolExecutor(8) as pool:
        read = [*pool.map(lambda text: parse_date(text, NOW), texts * 3)]
    assert read == [date(2025, 10, day) for day in range(1, 32)] * 3


@given(st.dates() | st.datetimes(timezones=st.none() | ZONES))
def test_a_date_of_publication_can_be_converted_and_the_others_are_none(day: date) -> None:
    kept = publication_date(day)
    assert kept in (day, None)
    if isinstance(kept, datetime):
        kept.astimezone(UTC).timestamp()
    assert (kept is None) == (not 1600 <= day.year <= 2099)


@given(st.text() | st.lists(st.sampled_from(ODD_WORDS), max_size=6).map(" ".join))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert isinstance(parse_date(text, NOW), date | None)
