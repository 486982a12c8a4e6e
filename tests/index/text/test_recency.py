from datetime import UTC, date, datetime, timedelta

import pytest

from index import Article, Library
from index.text.recency import age, asks_for_latest, recency_key

NOW = datetime(2025, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "question",
    ["What is the latest toll?", "who is the current mayor", "What does it cost now?", "NEWEST?"],
)
def test_questions_for_the_latest_are_known(question: str) -> None:
    assert asks_for_latest(question)


@pytest.mark.parametrize("question", ["Who was late?", "What lasted longest?", "Which currents?"])
def test_other_questions_are_not(question: str) -> None:
    assert not asks_for_latest(question)


def test_what_is_newer_comes_later_in_whatever_zone() -> None:
    in_order = [
        None,
        date(2025, 10, 8),
        date(2025, 10, 9),
        datetime.fromisoformat("2025-10-09T08:05:00+00:00"),
        datetime.fromisoformat("2025-10-09T05:00:00-05:00"),
        datetime.fromisoformat("2025-10-09T23:30:00-05:00"),
        datetime.fromisoformat("2025-10-10T08:00:00+02:00"),
    ]
    shuffled = [in_order[n] for n in (3, 6, 0, 5, 1, 4, 2)]
    assert sorted(shuffled, key=recency_key) == in_order


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, ""),
        (NOW - timedelta(hours=3), "3 hours ago"),
        (NOW, "just now"),
        (date(2025, 11, 23), "today"),
        (date(2025, 11, 22), "1 day ago"),
        (date(2025, 10, 9), "6 weeks ago"),
        (date(2025, 11, 24), ""),
        (NOW + timedelta(hours=3), ""),
        (datetime(2025, 11, 23, 8), "today"),  # noqa: DTZ001  (in which zone, nobody knows)
    ],
)
def test_age_is_told_as_people_tell_it(published: date | None, told: str) -> None:
    assert age(published, NOW) == told


def test_the_latest_is_found_where_an_older_article_answers_better(library: Library) -> None:
    for text, day in (
        ("Bakers raised the price of bread to 4 crowns on Friday.", date(2025, 8, 1)),
        ("From Monday on, people in Korsvik pay 5 crowns for bread.", date(2025, 11, 1)),
        ("The zoo has nine otters, and they like the rain.", date(2025, 11, 20)),
        ("A loaf of bread will cost 9 crowns.", date(2999, 1, 1)),  # a slip of the pen
    ):
        library.add(Article(f"Report of {day}", text, published=day))
    first = [
        library.ask(f"What is the {which} of bread?").passages[0].quote
        for which in ("price", "latest price")
    ]
    assert "4 crowns" in first[0]
    assert "5 crowns" in first[1]
