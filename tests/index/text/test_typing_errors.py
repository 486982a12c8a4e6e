import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.typing_errors import DOUBLED, FIRST, OTHER, SWAPPED, VOWEL, error_cost

WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("meant", "typed", "cost"),
    [
        ("ferries", "ferries", 0),
        ("ferries", "feries", DOUBLED),
        ("until", "untill", DOUBLED),
        ("their", "thier", SWAPPED),
        ("separate", "seperate", VOWEL),
        ("president", "presidnt", OTHER),
        ("harbor", "harbors", OTHER),
        ("word", "ward", VOWEL),
        ("word", "wird", VOWEL),
        ("word", "wort", OTHER),
        ("word", "owrd", SWAPPED + FIRST),
        ("", "a", OTHER + FIRST),
    ],
)
def test_errors_cost_what_they_are(meant: str, typed: str, cost: float) -> None:
    assert error_cost(meant, typed) == cost


@given(WORDS, WORDS)
def test_only_the_same_word_costs_nothing(one: str, other: str) -> None:
    assert (error_cost(one, other) == 0) == (one == other)
    assert error_cost(one, other) == error_cost(other, one)
