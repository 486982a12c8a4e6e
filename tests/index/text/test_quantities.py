"""Quantities are found with their units and qualifiers; what only looks like one is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.quantities import find_quantities, find_quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "qualifier"),
    [
        ("about two hundred American troops", 200, 200, "", "about"),
        ("nine otters", 9, 9, "", ""),
        ("sixty-seven thousand two hundred", 67_200, 67_200, "", ""),
        ("a hundred people", 100, 100, "", ""),
        ("two dozen", 24, 24, "", ""),
        ("half a million euros", 500_000, 500_000, "euro", ""),
        ("one and a half million", 1_500_000, 1_500_000, "", ""),
        ("$1.2 billion", 1_200_000_000, 1_200_000_000, "dollar", ""),
        ("US$20m", 20_000_000, 20_000_000, "dollar", ""),
        ("40 m", 40, 40, "metre", ""),
        ("2 to 3 million people", 2_000_000, 3_000_000, "", ""),
        ("between sixty and 80 deaths", 60, 80, "", ""),
        ("$5-6 million", 5_000_000, 6_000_000, "dollar", ""),
        ("nine or ten days", 9, 10, "day", ""),
        ("a 20-mile walk", 20, 20, "mile", ""),
        ("12 per cent", 12, 12, "percent", ""),
        ("temperatures of -5 degrees", -5, -5, "degree", ""),
        ("12 000 homes", 12_000, 12_000, "", ""),
        ("at least 60", 60, 60, "", "at least"),
        ("more than 200 troops", 200, 200, "", "at least"),
        ("no more than 40", 40, 40, "", "at most"),
        ("up to 80", 80, 80, "", "at most"),
        ("in 2019 some 67,000 people", 67_000, 67_000, "", "about"),
        ("on June 5 about 30 people", 30, 30, "", "about"),
        ("one of the nine men", 9, 9, "", ""),
    ],
)
def test_a_quantity_is_found_with_its_unit_and_qualifier(
    text: str, low: int, high: int, unit: str, qualifier: str
) -> None:
    quantity = find_quantity(text)
    assert quantity is not None
    assert (int(quantity.low), int(quantity.high)) == (low, high)
    assert (quantity.unit.name, quantity.qualifier) == (unit, qualifier)
    assert quantity.value == (low + high) / 2
    assert quantity.approximate == bool(qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "9 October", "October 9, 2025", "2019", "9:30 pm", "5 p.m.", "9/11", "24/7", "3-1",
        "one in three", "ten out of twelve", "two-thirds", "thirty-second", "22nd", "first",
        "F-16", "COVID-19", "No. 5", "1.2.3", "3,5", "no one died", "one of the men",
        "hundreds of people", "nine eleven", "Harbor Wire", "",
    ],
)  # fmt: skip
def test_lookalikes_are_not_quantities(text: str) -> None:
    assert find_quantity(text) is None


def test_every_quantity_is_found_with_the_place_of_its_figure_and_unit() -> None:
    text = "On 9 October about 200 troops left, 1 in 5 by sea; the 12 km cost $3 million a day."
    assert [text[start:end] for _, (start, end) in find_quantities(text)] == [
        "200",
        "12 km",
        "$3 million",
    ]


@given(st.text(alphabet="0123456789 ,.-–$%kmadozenhundrtwi\u00a0\n", max_size=60) | st.text())
def test_no_text_is_refused(text: str) -> None:
    ends = [0]
    for quantity, (start, end) in find_quantities(text):
        assert quantity.low <= quantity.high
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_digits_are_one_figure(number: int) -> None:
    quantity = find_quantity(f"{number:,} people")
    assert quantity is not None
    assert quantity.low == quantity.high == Decimal(number)
