from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.paragraphs import paragraph_spans, without_marker

LONG = "The night ferry reached Port Ellery three hours late, and"
"""A line that is taken to be wrapped."""


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraph_spans(text)]


@given(st.text(alphabet="a. \n\r-|1", max_size=200))
def test_paragraphs_cover_the_text_in_order(text: str) -> None:
    spans = list(paragraph_spans(text))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(text[a[1] : b[0]] == "\n" for a, b in pairwise(spans))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "item", ["- the captain", "* the captain", "• the captain", "  - the captain", "1. the captain"]
)
def test_a_list_item_begins_a_paragraph_after_a_line_of_any_length(item: str, end: str) -> None:
    lines = [LONG, item, f"- {LONG}", "its crew", "- the pilot"]
    expected = [LONG, item, f"- {LONG}{end}its crew", "- the pilot"]
    assert [one.strip("\r") for one in paragraphs(end.join(lines))] == [
        one.strip("\r") for one in expected
    ]


def test_a_tables_row_is_a_paragraph() -> None:
    rows = ["Port of call | Boats of the company | State of the crossing", "Oslo | 12 | late"]
    assert paragraphs("\n".join([LONG, *rows, LONG])) == [LONG, *rows, LONG]


def test_numbers_of_items_follow_each_other() -> None:
    items = [f"{number}. {LONG}" for number in (1, 2, 3)]
    assert paragraphs("\n".join(items)) == items


@pytest.mark.parametrize(
    "next_line", ["4. The ferry", "–the ferry", "-the ferry", "-", "1999. The", "the | ferry"[:3]]
)
def test_a_wrapped_line_may_begin_with_a_number_or_a_dash(next_line: str) -> None:
    assert paragraphs(f"{LONG}\n{next_line}") == [f"{LONG}\n{next_line}"]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("- The ferry", "The ferry"),
        ("  • The ferry", "The ferry"),
        ("12. The ferry", "The ferry"),
        ("3) The ferry", "The ferry"),
        ("## The ferry", "The ferry"),
        ("The ferry - late", "The ferry - late"),
        ("-5 degrees", "-5 degrees"),
        ("1999. The ferry", "1999. The ferry"),
        ("#ferry", "#ferry"),
    ],
)
def test_markers_are_told_from_the_text(paragraph: str, expected: str) -> None:
    assert without_marker(paragraph) == expected


@pytest.mark.parametrize("end", ["Capt.", "Sens.", "P. T."])
def test_a_line_that_ends_with_a_title_or_an_initial_is_wrapped(end: str) -> None:
    text = f"{LONG} was met at the pier by {end}\nHolm, who said that nobody was hurt."
    assert paragraphs(text) == [text]
