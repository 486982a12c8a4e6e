"""Superscripts: marks of footnotes are no text, exponents and ordinals are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.superscripts import READERS, cases, pieces
from index.sources.parsers.superscripts import resolve, superscript


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


@pytest.mark.parametrize(
    ("before", "text", "after", "written"),
    [
        ("in 10", "6", " cells", "⁶"),
        ("10", "-9", " m", "⁻⁹"),
        ("10", "1.5", "", "^1.5"),
        ("80 m", "2", " of", "²"),
        ("m/s", "2", ".", "²"),
        ("E = mc", "2", "", "²"),
        ("7", "2", " = 49", "²"),
        ("of Ca", "2+", "", "²⁺"),
        ("e", "x+1", "", "^(x+1)"),
        ("with ", "14", "C to", "¹⁴"),
        ("in 2", "n", " ways", "ⁿ"),
    ],
)
def test_exponents_stay_exponents(before: str, text: str, after: str, written: str) -> None:
    assert superscript(before, text, after) == written


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("About 12,000", "3", " people"),
        ("rose by 8.4%", "2", " in May"),
        ("resigned", "1", " on"),
        ("said.”", "12", " He"),
        ("litres ", "3", "."),
        ("in 1988", "a", ""),
        ("litres", "[2]", ""),
        ("found", "*", ""),
        ("agree", "1, 2", " that"),
        ("I’m", "2", ""),
        ("40 km", "12", ""),
        ("4 sq m", "1", ""),
        (None, "3", " Census of 2020."),
        (None, "1", "I think"),
    ],
)
def test_footnote_marks_are_none(before: str | None, text: str, after: str) -> None:
    assert superscript(before, text, after) is None


def test_a_mark_of_a_footnote_is_told_from_an_exponent_by_the_note() -> None:
    assert superscript("about 10", "6", " schools", is_noted=True) is None
    assert superscript("3 × 10", "6", " cells", is_noted=False) == "⁶"
    assert superscript("40 km", "2", "", is_noted=True) == "²"


@pytest.mark.parametrize(
    ("before", "text", "written"),
    [
        ("21", "st", "st"),
        ("1", "er", "er"),
        ("Lumo", "TM", "™"),
        ("XIX", "e", "e"),
        ("18", "+", "+"),
        ("$19", "99", ".99"),
        ("5", "a", "a"),
    ],
)
def test_letters_stay_letters(before: str, text: str, written: str) -> None:
    assert superscript(before, text, " x") == written


@given(st.integers(1, 999), st.integers(10_000, 10_000_000), st.booleans())
def test_a_footnotes_number_never_becomes_part_of_a_figure(
    note: int, figure: int, is_noted: bool
) -> None:
    assert superscript(f"About {figure:,}", str(note), " people", is_noted=is_noted) is None


@given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_no_superscript_adds_digits_to_a_figure(before: str, text: str, after: str) -> None:
    written = superscript(f"{before}7", text, after) or ""
    assert not written[:1].isdecimal()


@given(st.integers(1, 99), st.integers(2, 10**9))
def test_no_number_above_the_line_comes_down_to_it(base: int, number: int) -> None:
    written = superscript(f"is {base}", str(number), " cells") or ""
    assert not written[:1].isdecimal()
