"""Coverage: which of a question's words an article contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.coverage import cover

TEXT = (
    "About 200 American troops will go to Israel. Britain sends 1,500 tents, U.S. officials said."
)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many American troops will go?", 0),
        ("How many Egyptian troops will go?", 1),
        ("How many british troops will go?", 0),  # in lower case, nothing tells a name from a word
        ("What do the British send?", 0),
        ("What did the Israelis say?", 0),
        ("Will 200 troops go to Israel?", 0),
        ("Will 300 troops go to Egypt?", 2),
        ("Does the U.S. pay?", 0),
        ("Egypt", 0),  # the first word is always written with a capital letter
    ],
)
def test_names_and_numbers_that_the_article_lacks_are_counted(question: str, missing: int) -> None:
    assert cover(question, TEXT).missing_names == missing


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("troops", 1.0),
        ("Which official said so?", 1.0),
        ("french troops", 0.5),
        ("the price of bread", 0.0),
        ("?", 0.0),
    ],
)
def test_the_share_of_content_words_that_the_article_contains(question: str, share: float) -> None:
    assert cover(question, TEXT).words == share


@given(st.text(), st.text())
def test_coverage_is_a_share(question: str, text: str) -> None:
    coverage = cover(question, text)
    assert 0 <= coverage.words <= 1
    assert coverage.missing_names >= 0


@given(st.text(st.characters(categories=["L", "Zs"])))
def test_a_text_covers_itself(text: str) -> None:
    assert cover(text, text).missing_names == 0
