"""Shortened questions."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.brief import MIN_WORDS, shorten


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many troops will the alliance send to the border?", "How many troops will the"),
        ("Who was responsible for the fire?", "Who was responsible"),
    ],
)
def test_the_last_details_are_left_out(question: str, short: str) -> None:
    seen = {shorten(question, random.Random(seed)) for seed in range(20)}
    assert all(s is not None and s.startswith(short) and len(s) < len(question) for s in seen)
    assert {s[-1] == "?" for s in seen if s} == {True, False}


@pytest.mark.parametrize(
    "question", ["What is being ranked?", "In which year was the bridge built?", "Who?", ""]
)
def test_what_has_no_details_stays_whole(question: str) -> None:
    assert shorten(question, random.Random(1)) is None


@given(st.text(), st.integers())
def test_what_is_left_begins_the_question(question: str, seed: int) -> None:
    short = shorten(question, random.Random(seed))
    if short is not None:
        words = short.rstrip("?").split()
        assert MIN_WORDS <= len(words) < len(question.split())
