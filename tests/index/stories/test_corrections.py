"""What the correction of an article has changed."""

from dataclasses import replace

import pytest

from index import Article
from index.sentences import split_sentences
from index.stories.corrections import corrected_statements

FORMER = Article(
    "Dam inspected",
    "Engineers inspected the Orla dam on Monday and found 12 cracks. “It will hold until May,” the"
    " minister said. The dam was built in 1961.",
)


def corrected(text: str) -> list[tuple[str, str]]:
    """The highlighted words before and after, by statement."""
    current = replace(FORMER, text=text)
    return [
        (
            change.before.quote[slice(*change.before.highlights[0])],
            change.after.quote[slice(*change.after.highlights[0])],
        )
        for change in corrected_statements(FORMER, current, split_sentences(text))
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("12 cracks", "15 cracks", [("12", "15")]),
        ("12 cracks", "12 fine cracks", []),
        ("12 cracks", "twelve cracks", []),
        ("until May", "until June", [("“It will hold until May,”", "“It will hold until June,”")]),
        ("Engineers", "Experts", []),
        (" The dam was built in 1961.", "", []),
        ("The dam was built in 1961.", "Some 40 ships waited offshore for the storm to end.", []),
    ],
)
def test_corrected_figures_and_quotations_are_found(
    old: str, new: str, changes: list[tuple[str, str]]
) -> None:
    assert corrected(FORMER.text.replace(old, new)) == changes


def test_of_several_figures_the_corrected_one_is_found() -> None:
    former = replace(FORMER, text="The 3 ferries carried 62 people and 17 cars.")
    current = replace(former, text="The 3 ferries carried 62 people and 19 cars.")
    (change,) = corrected_statements(former, current, split_sentences(current.text))
    assert change.after.quote[slice(*change.after.highlights[0])] == "19"
