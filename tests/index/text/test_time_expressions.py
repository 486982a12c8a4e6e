from datetime import UTC, date, datetime

import pytest

from index.text.time_expressions import find_time_expressions

PUBLISHED = datetime(2025, 10, 9, 23, 59, tzinfo=UTC)
FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


def test_all_expressions_of_a_sentence_are_found_in_order() -> None:
    text = (
        "In March 2024 the bridge fell, on Oct. 2 it reopened, and since 2019, officials said on"
        " Thursday, it has been inspected twice."
    )
    found = [
        (text[one.start : one.end], one.first, one.last, one.is_deictic, one.bound)
        for one in find_time_expressions(text, PUBLISHED)
    ]
    assert found == [
        ("In March 2024", date(2024, 3, 1), date(2024, 3, 31), False, ""),
        ("on Oct. 2", date(2025, 10, 2), date(2025, 10, 2), False, ""),
        ("since 2019", date(2019, 1, 1), None, False, "since"),
        ("on Thursday", date(2025, 10, 2), date(2025, 10, 2), True, ""),
    ]


def test_a_date_without_its_year_may_be_the_day_itself() -> None:
    (found,) = find_time_expressions("It happened on 9 October.", PUBLISHED)
    assert found.first == date(2025, 10, 9)


def test_words_tell_whether_a_time_has_passed() -> None:
    def is_past(words: str) -> list[bool]:
        return [one.is_past for one in find_time_expressions(words, PUBLISHED)]

    assert is_past("last week") == is_past("since May") == is_past("in May 2025") == [True]
    assert is_past("this week") == is_past("in May") == is_past("on Monday") == [False]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("before 0001-01-01", PUBLISHED),
        ("after 9999-12-31", PUBLISHED),
        ("yesterday", FIRST_MOMENT),
        ("last March", FIRST_MOMENT),
        ("last week", FIRST_MOMENT),
    ],
)
def test_days_outside_the_calendar_are_no_period(text: str, now: datetime) -> None:
    assert list(find_time_expressions(f"What happened {text}?", now)) == []
