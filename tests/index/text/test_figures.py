"""Figures that English text gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import split_sentences
from index.text.figures import find_figures


def figures(text: str) -> list[str]:
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    return [text[one.start : one.end] for one in find_figures(text, spans)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("There were about 8,000 people at the stadium.", ["about 8,000 people"]),
        ("The price of it was $1.9 billion for the bank.", ["$1.9 billion"]),
        ("It was 34 percent of the vote in the town.", ["34 percent"]),
        ("It cost the town more than 85 million kroner.", ["more than 85 million kroner"]),
        ("There are 1,300 vacant nursing jobs in the city.", ["1,300 vacant nursing jobs"]),
        ("It has 66 of the 120 seats in the house.", ["66 of the 120 seats"]),
        ("The sea was 190 square nautical miles of fog.", ["190 square nautical miles"]),
        ("Sixty-four members of the house had a vote.", ["Sixty-four members"]),
    ],
)
def test_a_figure_has_its_unit_and_what_it_counts(sentence: str, expected: list[str]) -> None:
    assert figures(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It was in the spring of 2019, on 9 October, at 11:40 p.m. on the road.",
        "Ada Lund, 47, had a 25-year contract with the town.",
        "The boy of 17 was in Room 6 of the hotel.",
        "Of the members 51 opposed it in the house.",
        "The two people had a key to the house and three dogs.",
        "He was 83 years old and had the key to the house.",
    ],
)
def test_dates_ages_names_and_small_numbers_in_words_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == []


def test_a_figure_that_is_repeated_comes_first_and_durations_come_last() -> None:
    text = (
        "It had been closed for 14 days. There were 200 troops in the town. It had $5 million for"
        " the road. The owner of the road said that it had cost $5 million."
    )
    assert figures(text) == ["$5 million", "200 troops", "14 days"]


def test_a_text_in_another_language_has_no_figures() -> None:
    assert figures("Rund 8000 Menschen kamen am Montag, und 34 Prozent waren zufrieden.") == []


@given(
    st.lists(
        st.sampled_from(
            "the of and in 5 1,200 $3 million percent people of the about more than seats 2019 - "
            "Room twenty dozen 9 October % €5bn 12 km".split(" ")
        )
        | st.text(max_size=4)
    ).map(" ".join)
)
def test_figures_are_distinct_slices_of_any_text(text: str) -> None:
    found = figures(text)
    assert all(one.strip() == one and one for one in found)
    assert len({one.casefold() for one in found}) == len(found)
