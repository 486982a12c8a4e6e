import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reader.spans import MAX_SPAN_TOKENS, best_span, expected_span
from index.reader.tokenization import Floats


def logits(*numbers: float) -> Floats:
    return np.array(numbers, dtype=np.float32)


@st.composite
def some_logits(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """The logits of 1 to 12 tokens; whole numbers, so that sums are exact and ties common."""
    tokens = draw(st.integers(1, 12))
    row = st.lists(st.integers(-6, 6), min_size=tokens, max_size=tokens)
    return logits(*draw(row)), logits(*draw(row))


def test_an_answer_is_where_it_most_likely_starts_and_ends() -> None:
    assert best_span(logits(0, 9, 0, 0), logits(0, 0, 0, 9)) == (1, 3)
    assert best_span(logits(0, 9, 0, 0), logits(0, 9, 0, 0)) == (1, 1)
    assert best_span(logits(-5), logits(-5)) == (0, 0)


def test_an_answer_never_ends_before_it_starts() -> None:
    assert best_span(logits(0, 0, 9), logits(9, 0, 0)) in [(0, 0), (2, 2)]
    assert best_span(logits(0, 0, 9), logits(9, 0, 1)) == (2, 2)


def test_an_answer_is_no_longer_than_it_may_be() -> None:
    starts, ends = logits(9, 0, 0, 3), logits(0, 0, 1, 9)
    assert best_span(starts, ends) == (0, 3)
    assert best_span(starts, ends, max_tokens=4) == (0, 3)
    assert best_span(starts, ends, max_tokens=3) == (3, 3)
    assert best_span(logits(9, 0, 0), logits(0, 1, 9), max_tokens=2) == (0, 1)
    assert best_span(starts, logits(0, 0, 9, 0), max_tokens=1) in [(0, 0), (2, 2)]


def test_a_very_long_answer_is_not_taken() -> None:
    starts, ends = np.zeros((2, 100), dtype=np.float32)
    starts[10] = ends[10 + MAX_SPAN_TOKENS - 1] = 5
    assert best_span(starts, ends) == (10, 10 + MAX_SPAN_TOKENS - 1)
    ends[10 + MAX_SPAN_TOKENS] = 6
    first, last = best_span(starts, ends)
    assert (first, last) == (10, 10 + MAX_SPAN_TOKENS - 1)


@given(some_logits(), st.integers(1, 14))
def test_no_allowed_answer_is_likelier(made: tuple[Floats, Floats], max_tokens: int) -> None:
    starts, ends = made
    first, last = best_span(starts, ends, max_tokens)
    assert 0 <= first <= last < len(starts)
    assert last - first < max_tokens
    assert starts[first] + ends[last] == max(
        starts[one] + ends[other]
        for one in range(len(starts))
        for other in range(one, min(one + max_tokens, len(ends)))
    )


@pytest.mark.parametrize("low", [-100.0, -1e30])
def test_however_low_the_logits_an_answer_is_found(low: float) -> None:
    first, last = best_span(logits(low, low, low), logits(low, low, low))
    assert 0 <= first <= last < 3


def test_of_runs_that_are_as_likely_the_one_that_shares_most_with_the_others_is_taken() -> None:
    # "about", "200", "military", "personnel": it ends with any of the last three.
    assert expected_span(logits(9, 0, 0, 0), logits(-9, 5, 5, 5)) == (0, 2)
    assert expected_span(logits(9, 0, 0, 0), logits(-9, 1, 1, 9)) == (0, 3)
    assert expected_span(logits(-5), logits(-5)) == (0, 0)


def test_of_two_answers_the_shorter_is_preferred() -> None:
    assert best_span(logits(9, 0, 0), logits(5, 0, 5.1)) == (0, 2)
    assert expected_span(logits(9, 0, 0), logits(9, 0, 5.1)) == (0, 0)


@given(some_logits())
def test_an_expected_answer_is_an_allowed_one(made: tuple[Floats, Floats]) -> None:
    starts, ends = made
    first, last = expected_span(starts, ends)
    assert 0 <= first <= last < len(starts)
    assert last - first < MAX_SPAN_TOKENS


def test_a_very_long_answer_is_not_expected_either() -> None:
    starts, ends = np.zeros((2, 100), dtype=np.float32)
    starts[10] = ends[10 + MAX_SPAN_TOKENS] = 60
    first, last = expected_span(starts, ends)
    assert last - first < MAX_SPAN_TOKENS
