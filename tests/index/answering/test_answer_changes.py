"""A new passage is news only if it answers the question differently, and is not older."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from index import Answer, Article, Certainty, Citation, Passage
from index.answering.answer_changes import answers_differently, is_older, latest_change

HOW_MANY, WHEN, WHY = "How many otters are there?", "When does it open?", "What caused the fire?"


def passage(text: str, value: str, published: date | None = date(2025, 10, 9)) -> Passage:
    """A passage with a highlight."""
    article = Article("Korsvik", text, published=published)
    start = text.index(value)
    return Passage(0, len(text), 1.0, Citation(article, 1, 1, None), ((start, start + len(value)),))


def answer(one: Passage, confidence: float = 0.9) -> Answer:
    return Answer("?", Certainty.FOUND, confidence, (one,))


@pytest.mark.parametrize(
    ("question", "old", "new", "differs"),
    [
        (HOW_MANY, "nine", "9 otters", False),
        (HOW_MANY, "about 200", "198", False),
        (HOW_MANY, "nine", "twelve", True),
        (HOW_MANY, "nine", "many", False),
        (WHEN, "20 October", "the 20th of October", False),
        (WHEN, "20 October", "21 October", True),
        (WHEN, "on Saturday", "11 October", False),
        (WHEN, "on Saturday", "13 October", True),
        (WHEN, "2027", "2029", True),
        ("Who is the mayor?", "Ann Roe", "Mayor Roe", False),
        ("Who is the mayor?", "Ann Roe", "Ilse Brandt", True),
        (WHY, "a gas leak", "leaking gas", False),
        (WHY, "a gas leak", "dust in a silo", True),
        ("Is the road open?", "the road is closed", "it remains shut", False),
        ("Is the road open?", "the road is closed", "the road is open again", True),
        ("Is the road open?", "the road is closed", "snow is expected", False),
        ("Will the mine be closed?", "it will be closed", "it will not be closed", True),
    ],
)
def test_whether_a_passage_answers_differently(
    question: str, old: str, new: str, differs: bool
) -> None:
    known, found = passage(f"They say {old}.", old), passage(f"Now they say {new}.", new)
    assert answers_differently(question, known, found) is differs
    assert answers_differently(question, found, known) is differs


def test_passages_without_highlights_cannot_be_compared() -> None:
    known = passage("Nine otters.", "Nine")
    assert not answers_differently(HOW_MANY, known, replace(known, highlights=()))


def test_only_what_is_certain_and_not_older_is_news() -> None:
    known = passage("Nine otters.", "Nine", date(2025, 10, 9))
    new = passage("Twelve otters.", "Twelve", date(2025, 10, 9))
    old = passage("Seven otters.", "Seven", date(2025, 10, 8))
    undated = passage("Five otters.", "Five", None)

    assert latest_change(HOW_MANY, known, [answer(new)]) == new
    assert latest_change(HOW_MANY, known, [answer(new, 0.6)]) is None
    assert latest_change(HOW_MANY, known, [replace(answer(new), certainty=Certainty.WEAK)]) is None
    assert latest_change(HOW_MANY, known, [answer(old)]) is None
    assert latest_change(HOW_MANY, known, [answer(undated)]) == undated
    assert latest_change(HOW_MANY, None, [answer(old)]) == old
    assert latest_change(HOW_MANY, None, []) is None


def test_the_newest_of_several_answers_decides() -> None:
    known = passage("Nine otters.", "Nine", date(2025, 10, 9))
    twelve = passage("Twelve otters.", "Twelve", date(2025, 10, 10))
    same = passage("Nine otters again.", "Nine", date(2025, 10, 11))
    ten = passage("Ten otters.", "Ten", date(2025, 10, 11))

    assert latest_change(HOW_MANY, known, map(answer, [twelve, same])) is None
    assert latest_change(HOW_MANY, known, map(answer, [same, ten, twelve])) == ten


def test_days_are_compared_with_moments_by_their_day() -> None:
    day = passage("Nine.", "Nine", date(2025, 10, 9))
    noon = passage("Nine!", "Nine", datetime(2025, 10, 9, 12, tzinfo=UTC))
    later = passage("Nine?", "Nine", datetime(2025, 10, 9, 13, tzinfo=UTC))
    assert not is_older(day, noon)
    assert not is_older(noon, day)
    assert is_older(noon, later)
