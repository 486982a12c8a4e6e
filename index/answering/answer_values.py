"""Whether two answers to a question say the same: "nine" and "9", "Ann Roe" and "Ms Roe"."""

import re
from decimal import Decimal

from rapidfuzz import fuzz

from index.text.quantities import MONTH, Quantity, find_quantity
from index.text.units import COUNT
from index.text.words import WORD

APPROXIMATE_TOLERANCE = Decimal("0.05")
"""The relative difference up to which "about 200" and an exact figure are the same."""

BOUND_TOLERANCE = Decimal("0.1")
"""The share by which an exact figure may pass a bound: "at least 60" and 63 are the same."""

ROUNDING_TOLERANCE = Decimal("0.04")
"""The relative difference up to which a figure is the other one rounded: 1.2 and 1.23 million."""

MIN_ROUNDED = 1000
"""The smallest whole number that is taken to be rounded if it ends in zeros."""

MIN_SIMILARITY = 90.0
"""The similarity, from 0 to 100, from which two names are spellings of one."""

LEFT_OUT = frozenset(
    "a an the of in at on by for to from with and mr mrs ms dr sir president prime minister".split()
)
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<month>{MONTH})"
    r"(?:\s(?P<late_day>\d{1,2})\b(?!:))?(?:,?\s(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)


def same_answer(first: str, second: str) -> bool:
    """Whether two highlighted answers to one question mean the same.

    Quantities are compared with their units, where "about 200" and 198 are the same but 200 and
    340 are not; dates by the parts that both name; other answers by their words.
    """
    quantities = find_quantity(first), find_quantity(second)
    if quantities[0] and quantities[1]:
        return agree(quantities[0], quantities[1])
    if quantities[0] or quantities[1]:
        return False
    dates = DATE.search(first), DATE.search(second)
    if dates[0] and dates[1]:
        return _same_date(dates[0], dates[1])
    return _same_words(first, second)


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities have the same dimension, or the unit of one is not named."""
    return first.unit.base == second.unit.base or COUNT in (first.unit, second.unit)


def agree(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities may be the same one, rounded or bounded differently."""
    if not comparable(first, second):
        return False
    (low, high), (other_low, other_high) = _converted(first, second)
    if (low, high) == (other_low, other_high):
        return True
    if first.qualifier == second.qualifier != "":
        return False
    if first.qualifier == second.qualifier and low == high and other_low == other_high:
        return _is_rounded(low, other_low)
    low, high = _widened(low, high, first.qualifier)
    other_low, other_high = _widened(other_low, other_high, second.qualifier)
    return low <= other_high and other_low <= high


def _converted(first: Quantity, second: Quantity) -> tuple[tuple[Decimal, Decimal], ...]:
    """The figures of two quantities in a common unit."""
    if first.unit == second.unit or COUNT in (first.unit, second.unit):
        return (first.low, first.high), (second.low, second.high)
    return tuple((q.low * q.unit.factor, q.high * q.unit.factor) for q in (first, second))


def _widened(low: Decimal, high: Decimal, qualifier: str) -> tuple[Decimal, Decimal]:
    """The range that figures with a qualifier stand for."""
    if qualifier == "about":
        return low - abs(low) * APPROXIMATE_TOLERANCE, high + abs(high) * APPROXIMATE_TOLERANCE
    if qualifier == "at least":
        return low, high + abs(high) * BOUND_TOLERANCE
    if qualifier == "at most":
        return low - abs(low) * BOUND_TOLERANCE, high
    return low, high


def _is_rounded(first: Decimal, second: Decimal) -> bool:
    """Whether one figure is the other one, rounded."""
    quanta = _quantum(first), _quantum(second)
    if quanta[0] == quanta[1] or abs(first - second) > ROUNDING_TOLERANCE * max(
        abs(first), abs(second)
    ):
        return False
    quantum = max(quanta)
    if quantum >= 1 and min(abs(first), abs(second)) < MIN_ROUNDED and min(quanta) >= 1:
        return False
    return abs(first - second) * 2 <= quantum


def _quantum(figure: Decimal) -> Decimal:
    """The place value of the last digit that is not zero: 1,000 for 67,000, 0.1 for 12.4."""
    exponent = figure.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def _same_date(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two dates agree in all parts that both name."""
    parts = [
        (match["day"] or match["late_day"], match["month"][:3].lower(), match["year"])
        for match in (first, second)
    ]
    return all(not one or not other or one == other for one, other in zip(*parts, strict=True))


def _same_words(first: str, second: str) -> bool:
    """Whether the words of one are among those of the other, apart from titles and the like."""
    one, other = _content_words(first), _content_words(second)
    if not one or not other:
        return first.split() == second.split()
    return fuzz.token_set_ratio(one, other) >= MIN_SIMILARITY


def _content_words(text: str) -> str:
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text))
    return " ".join(word for word in words if word not in LEFT_OUT)
