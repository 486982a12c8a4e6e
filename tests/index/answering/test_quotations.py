import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.quotations import continued_quotations
from index.article import Sentence
from index.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody spoke. It rained.", [False, False]),
        ("“Go home,” he said. It rained.", [False, False]),
        ("He said: “Go home. Stay there. Now.” It rained.", [True, True, False, False]),
        ('He said: "Go home. Stay there." It rained.', [True, False, False]),
        ('"We go," he said. "Now."', [False, False]),
        ("“We go.\n\n“And stay,” he said.", [True, False]),
        ("“We go.\n\nNobody stayed.”", [False, False]),
        ("It rained. “We go. We stay.", [False, False, False]),
        ("He is 5'10\" tall. She is not.", [False, False]),
        ("Il a dit « partez. Vite », hier. Rien.", [True, False, False]),
    ],
)
def test_where_a_quotation_goes_on(text: str, expected: list[bool]) -> None:
    assert continued_quotations(text, split_sentences(text)) == expected


@given(st.lists(st.tuples(st.text('“”" a', min_size=1, max_size=6), st.booleans()), min_size=1))
def test_no_quotation_goes_on_after_the_end(parts: list[tuple[str, bool]]) -> None:
    text, sentences, paragraph = "", [], 1
    for part, is_new in parts:
        paragraph += is_new
        sentences.append(Sentence(len(text), len(text) + len(part), paragraph, 1))
        text += part + "\n"
    goes_on = continued_quotations(text, sentences)
    assert len(goes_on) == len(parts)
    assert not goes_on[-1]
