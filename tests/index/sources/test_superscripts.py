"""Superscripts: marks of footnotes are no text, exponents and ordinals are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.superscripts import READERS, cases, pieces
from index.sources.parsers.superscripts import resolve


@pytest.mark.parametrize(("written", "expected"), cases(0))
def test_notes_and_exponents_are_told_apart(written: str, expected: str) -> None:
    for read in READERS.values():
        assert read(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("It took 1^1^/2 hours.", "It took 1 1/2 hours."),
        ("In the XIX^e^ century", "In the XIXe century"),
        ("It cost 12^1^^,^^2^ crowns.", "It cost 12 crowns."),
        ("I’m^2^ here.", "I’m here."),
        ("10^4,5^ people", "10 people"),
        ("Dateline^TM^ is free.", "Dateline™ is free."),
    ],
)
def test_what_looks_like_a_mark_but_is_none(written: str, expected: str) -> None:
    assert resolve(pieces(written)) == expected


@given(st.lists(st.tuples(st.text(), st.just(False))))
def test_other_text_stays_as_it_is(written: list[tuple[str, bool]]) -> None:
    assert resolve(written) == "".join(text for text, _ in written)


@given(st.lists(st.tuples(st.text("10 m/ab*,;s²", max_size=4), st.booleans())))
def test_no_word_beside_a_superscript_is_lost(written: list[tuple[str, bool]]) -> None:
    remaining = iter(resolve(written))
    assert all(
        any(character == one for one in remaining)
        for text, is_raised in written
        if not is_raised
        for character in text
    )
