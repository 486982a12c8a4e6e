from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.highlights import highlight

FORCE = (
    "The force will include personnel from Egypt, Qatar, Turkey, and possibly the United Arab"
    " Emirates."
)
COST = "The 200 troops were sent (at a cost of $3.5 million, or 12%), said Col. O’Neil."
BORDER = "Officials said that no soldier will cross the border itself, and that others would stay."


def marked(question: str, sentence: str, words: str) -> list[str]:
    """What is highlighted where the reader marks ``words``."""
    start = sentence.index(words)
    spans = highlight(question, sentence, (start, start + len(words)))
    return [sentence[first:last] for first, last in spans]


@pytest.mark.parametrize("words", ["Egypt", "Egypt, Qatar", FORCE[FORCE.index("Egypt") : -1]])
def test_a_question_for_several_things_gets_each_of_them(words: str) -> None:
    every = ["Egypt", "Qatar", "Turkey", "the United Arab Emirates"]
    assert marked("which countries are involved?", FORCE, words) == every


def test_a_question_for_one_thing_gets_what_was_marked() -> None:
    assert marked("Which country is the first?", FORCE, "Egypt") == ["Egypt"]
    assert marked("Where do they come from?", FORCE, "Egypt, Qatar") == ["Egypt, Qatar"]


def test_a_question_about_what_several_do_is_not_for_a_list() -> None:
    text = "They will guard the road, clear mines and leave."
    whole = "guard the road, clear mines and leave"
    assert marked("what will the troops do?", text, whole) == [whole]
    assert marked("which duties will they have?", text, whole) == whole.replace(" and", ",").split(
        ", "
    )


def test_two_names_are_a_list_too() -> None:
    text = "Ann Lee and Bob Ray met the mayor on Monday."
    assert marked("Who were the two?", text, "Ann Lee and Bob Ray") == ["Ann Lee", "Bob Ray"]


def test_a_sentence_with_commas_is_no_list() -> None:
    text = "The plans, which the council approved after a long night of talks, failed and are dead."
    whole = text[4:-1]
    assert marked("What are the plans?", text, whole) == [whole.strip()]


def test_yes_or_no_gets_the_clause_that_decides_it() -> None:
    clause = ["no soldier will cross the border itself"]
    assert marked("Will soldiers cross the border?", BORDER, "no soldier") == clause
    assert marked("Will soldiers cross the border?", BORDER, "border itself") == clause


def test_the_clause_ends_where_it_is_attributed_and_begins_after_that() -> None:
    text = "The hub will have 200 guards, the mayor said, adding that none will enter the town."
    guards, none = "The hub will have 200 guards", "none will enter the town"
    assert marked("Will the hub have guards?", text, "200 guards") == [guards]
    assert marked("Will guards enter the town?", text, "none") == [none]
    told = "The road is open, according to the county."
    assert marked("Is the road open?", told, "open") == ["The road is open"]


def test_a_choice_is_not_answered_by_yes_or_no() -> None:
    assert marked("Will soldiers or police cross it?", BORDER, "no soldier") == ["no soldier"]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("20", "200"),
        ("00 troop", "200 troops"),
        ("3.5 million", "$3.5 million"),
        ("12", "12%"),
        (" 200 troops ", "200 troops"),
        ("(at a cost of $3.5 million", "at a cost of $3.5 million"),
        ("cost of $3.5 million, or 12%)", "cost of $3.5 million, or 12%"),
        ("(at a cost of $3.5 million, or 12%)", "(at a cost of $3.5 million, or 12%)"),
        (", said", "said"),
    ],
)
def test_a_highlight_is_whole_words_without_stray_punctuation(words: str, whole: str) -> None:
    assert marked("how much?", COST, words) == [whole]


@pytest.mark.parametrize(
    ("sentence", "words", "whole"),
    [
        ("It will send about 200 people.", "200 people", "about 200 people"),
        ("It will send about 200 people.", "200", "about 200"),
        ("It cost at least $5 million.", "$5 million", "at least $5 million"),
        ("More than twenty left.", "twenty", "More than twenty"),
        ("As many as a hundred left.", "a hundred", "As many as a hundred"),
        ("It flew over a city.", "a city", "a city"),
        ("Just over party lines.", "party lines", "party lines"),
        ("Of the 200 all left.", "200", "200"),
    ],
)
def test_a_number_keeps_what_qualifies_it(sentence: str, words: str, whole: str) -> None:
    assert marked("how many?", sentence, words) == [whole]


def test_an_abbreviation_keeps_its_full_stop() -> None:
    text = "Capt. Lee left for the U.S. on Monday, with two of the U.S.-based crew."
    assert marked("What is Lee?", text, "Capt") == ["Capt."]
    assert marked("Where did she go?", text, "the U.S. ") == ["the U.S."]
    assert marked("Who went with her?", text, "crew.") == ["crew"]


def test_nothing_but_punctuation_is_no_highlight() -> None:
    assert marked("how much?", COST, "),") == []


@given(st.sampled_from(["Which towns are these?", "Did it?", "Why?", ""]), st.text(), st.data())
def test_highlights_are_slices_in_order_and_apart(
    question: str, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = highlight(question, text, (start, end))
    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(any(c.isalnum() for c in text[first:last]) for first, last in spans)
