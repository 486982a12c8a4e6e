"""A figure that has changed is distinguished from a figure of something else."""

import pytest

from index.stories.figure_changes import changed_figure

CHANGED = [
    (
        "Norland will send about 200 soldiers to Velmora, the ministry said.",
        "Norland will now send 340 soldiers to Velmora, more than planned.",
        ("200", "340"),
    ),
    (
        "The new bridge will cost 48 million euros, the council was told.",
        "The new bridge will cost 61 million euros because of the soft river bed.",
        ("48 million euros", "61 million euros"),
    ),
    (
        "Thieves stole five artworks from the museum.",
        "An inventory shows that seven artworks were stolen from the museum.",
        ("five", "seven"),
    ),
    (
        "The jobless rate fell to 6.2 percent in September.",
        "The jobless rate rose to 6.9 percent in October.",
        ("6.2 percent", "6.9 percent"),
    ),
]
UNCHANGED = [
    ("Nine otters were seen at the weir.", "The 9 otters at the weir were seen again."),
    ("About 200 soldiers will go.", "The 198 soldiers left on Monday, as 40 journalists watched."),
    ("About 140 flights have been cancelled.", "Another 90 flights were cancelled."),
    ("Four miners are trapped below ground.", "The mine has 12 shafts and two offices."),
    ("The tunnel is 23 kilometres long.", "The tunnel will cost 23 million euros."),
    ("The fire started on 9 October.", "The fire was out on 12 October."),
    ("Nobody was hurt.", "Three people were hurt."),
]


@pytest.mark.parametrize(("before", "after", "figures"), CHANGED)
def test_a_figure_that_has_changed_is_found(
    before: str, after: str, figures: tuple[str, str]
) -> None:
    spans = changed_figure(before, after)
    assert spans
    assert (before[slice(*spans[0])], after[slice(*spans[1])]) == figures


@pytest.mark.parametrize(("before", "after"), UNCHANGED)
def test_other_figures_are_no_change(before: str, after: str) -> None:
    assert changed_figure(before, after) is None
