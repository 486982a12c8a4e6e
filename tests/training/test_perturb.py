"""Questions as people type them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.perturb import (
    MIN_WORDS,
    as_chat,
    as_keywords,
    in_lower_case,
    mistype,
    perturb,
    shorten,
)


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


def test_keywords_are_a_questions_content_words() -> None:
    question = "How much does a ticket for the “night ferry” cost?"
    seen = {as_keywords(question, random.Random(seed)) for seed in range(30)}
    assert "much ticket night ferry cost" in seen
    assert all(
        kept and set(kept.split()) <= set("much ticket night ferry cost".split()) for kept in seen
    )
    assert as_keywords("Who was it?", random.Random(1)) is None


@given(st.integers())
def test_one_word_is_mistyped(seed: int) -> None:
    question = "Which Minister signed the agreement?"
    mistyped = mistype(question, random.Random(seed))
    assert mistyped is not None
    changed = [
        (one, other)
        for one, other in zip(question.split(), mistyped.split(), strict=True)
        if one != other
    ]
    assert len(changed) <= 1  # a neighbor of a letter may be the letter before it
    for one, other in changed:
        assert one.strip("?") in ("Minister", "signed", "agreement")
        assert one[0] == other[0]
        assert abs(len(one) - len(other)) <= 1


def test_short_and_common_words_are_not_mistyped() -> None:
    assert mistype("Where did he go?", random.Random(1)) is None


@given(st.text(), st.integers())
def test_any_question_can_be_perturbed(question: str, seed: int) -> None:
    assert isinstance(perturb(question, random.Random(seed))[0], str)
    assert (
        in_lower_case(question, random.Random(seed)).islower() == question.lower().islower()
        or not question
    )
    assert as_chat(question, random.Random(seed)) is not None


def test_questions_are_perturbed_in_several_ways_and_often_left_alone() -> None:
    question = "How many people will the government send to the northern border?"
    seen = [perturb(question, random.Random(seed)) for seed in range(400)]
    texts = [text for text, _ in seen]
    assert 0.4 < texts.count(question) / len(texts) < 0.7
    assert any(brief for _, brief in seen)
    assert any("ppl" in text or "govt" in text for text in texts)
    assert any("people government" in text for text in texts)
    assert perturb(question, random.Random(3)) == perturb(question, random.Random(3))
