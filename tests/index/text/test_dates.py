from datetime import UTC, date, datetime

from index.text.dates import format_date


def test_days_and_moments_are_written_as_people_read_them() -> None:
    assert format_date(date(2025, 10, 9)) == "9 October 2025"
    assert format_date(datetime(2025, 1, 31, 8, 5, tzinfo=UTC)) == "31 January 2025, 08:05"
    assert format_date(None) == ""
