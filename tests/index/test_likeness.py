from hypothesis import given
from hypothesis import strategies as st

from index.likeness import shared_words, words_of


def test_words_are_told_apart_whatever_their_case_and_marks() -> None:
    assert words_of("“Marland’s toll: 68,000!”") == ["marland", "s", "toll", "68", "000"]


def test_what_the_shorter_has_in_the_longer_counts() -> None:
    assert shared_words(words_of("the ferry"), words_of("The ferry was late")) == 1
    assert shared_words(words_of("a late train"), words_of("the ferry was late")) == 1 / 3
    assert shared_words([], words_of("anything")) == 0


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_it_is_a_share_and_the_same_either_way(one: list[str], other: list[str]) -> None:
    assert 0 <= shared_words(one, other) == shared_words(other, one) <= 1
