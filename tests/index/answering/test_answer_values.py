"""Answers that say the same in other words are the same; other figures, dates and names differ."""

import pytest

from index.answering.answer_values import same_answer

SAME = [
    ("nine", "9 otters"),
    ("a dozen", "12"),
    ("about 200", "198 troops"),
    ("nearly 70,000", "68,000"),
    ("67,000", "67,412 people"),
    ("1.2 million", "1,234,567"),
    ("12 percent", "12.4%"),
    ("60 to 80", "70"),
    ("at least 60", "63"),
    ("three miles", "4.8 km"),
    ("two weeks", "14 days"),
    ("$5 million", "5 million"),
    ("October 9", "9 October 2025"),
    ("Ann Roe", "Ms Roe"),
    ("President Ann Roe", "Roe"),
    ("in Paris", "Paris"),
    ("the Harbor Wire", "Harbor Wire"),
]
DIFFERENT = [
    ("nine", "ten"),
    ("60", "61"),
    ("200", "240"),
    ("67,000", "68,000"),
    ("about 67,000", "about 68,000"),
    ("at least 60", "at least 80"),
    ("at least 60", "340"),
    ("1 million", "1.4 million"),
    ("12 percent", "15 percent"),
    ("$5 million", "$6 million"),
    ("5 days", "5 weeks"),
    ("12 km", "12 kg"),
    ("nine otters", "otters"),
    ("9 October", "10 October"),
    ("October 2025", "October 2024"),
    ("Ann Roe", "Tom Poe"),
    ("Mary Lane", "John Lane"),
    ("north bank", "south bank"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_answer_in_other_words(first: str, second: str) -> None:
    assert same_answer(first, second)
    assert same_answer(second, first)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_another_answer(first: str, second: str) -> None:
    assert not same_answer(first, second)
    assert not same_answer(second, first)
