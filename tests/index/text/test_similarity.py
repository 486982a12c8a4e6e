import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.similarity import are_equivalent, facts_agree, tokenize, word_overlap


def test_words_are_told_apart_whatever_their_case_and_marks() -> None:
    assert tokenize("“Marland’s toll: 68,000!”") == ["marland", "s", "toll", "68", "000"]


def test_what_the_shorter_has_in_the_longer_counts() -> None:
    assert word_overlap(tokenize("the ferry"), tokenize("The ferry was late")) == 1
    assert word_overlap(tokenize("a late train"), tokenize("the ferry was late")) == 1 / 3
    assert word_overlap([], tokenize("anything")) == 0


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_it_is_a_share_and_the_same_either_way(one: list[str], other: list[str]) -> None:
    assert 0 <= word_overlap(one, other) == word_overlap(other, one) <= 1


TOLD = "The mayor, Ida Berg, said on Friday that 12 houses were lost in the fire."


@pytest.mark.parametrize(
    "other",
    [
        TOLD.upper(),
        TOLD.replace(" on Friday", ""),
        TOLD.replace("were lost", "had been lost"),
        TOLD.replace("The mayor, Ida Berg,", "The mayor"),
    ],
)
def test_the_same_may_be_said_with_less(other: str) -> None:
    assert are_equivalent(TOLD, other, 0.8)
    assert are_equivalent(other, TOLD, 0.8)


@pytest.mark.parametrize(
    ("this", "that"),
    [("12", "13"), ("12", "twelve"), ("Friday", "Monday"), ("were", "were not"), ("12 ", "")],
)
def test_who_differs_in_what_matters_does_not_agree(this: str, that: str) -> None:
    other = TOLD.replace(this, that)
    assert not facts_agree(TOLD, other)
    assert not are_equivalent(TOLD, other, 0.5)


def test_who_names_somebody_else_agrees_but_does_not_say_the_same() -> None:
    other = TOLD.replace("Ida Berg", "Tom Falk")
    assert facts_agree(TOLD, other)
    assert not are_equivalent(TOLD, other, 0.5)


@given(st.text(), st.text())
def test_it_is_the_same_either_way(one: str, other: str) -> None:
    assert are_equivalent(one, other, 0.5) == are_equivalent(other, one, 0.5)
    assert are_equivalent(one, one, 1.0) or not tokenize(one)
