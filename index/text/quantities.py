"""Quantities in English text: "about 200 troops", "$1.2 billion", "sixty to eighty", "12%"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

from index.text.lazy_pattern import lazy_pattern
from index.text.units import COUNT, Unit, find_unit

SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "dozen": 12,
}

NUMBER_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
SCALE_WORD = r"(?:hundred|thousand|million|billion|trillion)"
SPELLED = rf"{NUMBER_WORD}(?:[\s-]{NUMBER_WORD}|\s{SCALE_WORD}|\sand\s{NUMBER_WORD})*+"
DIGITS = r"\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})++(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
ARTICLE = rf"(?:half\s)?an?(?=\s(?:{SCALE_WORD}|dozen)\b)"
AMOUNT = rf"(?:{DIGITS}|\b{SPELLED}|\b{ARTICLE})(?:\sand\sa\shalf)?"
SCALE = rf"(?:(?:\s|-)?(?:{SCALE_WORD}|dozen|bn|mn|tn)\b|[mk]\b)?"
CURRENCY = r"(?:(?:US)?\$|[€£¥₹])"
UNIT = (
    r"(?:\s?(?:%|°)|[\s-](?:percentage\spoints?|per\scent|US\sdollars?|pounds\ssterling"
    r"|(?:m|[a-z]{2,11})\b)|(?:km|cm|mm|kg)\b)?"
)
QUANTITY = lazy_pattern(
    rf"(?P<minus>(?<!\w)[-−]|\bminus\s)?(?P<currency>{CURRENCY})?(?<![\w.,:/])(?<!\w-)(?<!No\.\s)"
    rf"(?P<first>{AMOUNT})(?P<scale>{SCALE})"
    rf"(?:\s?(?:[–—-]|to|and|or)\s?{CURRENCY}?(?P<second>{AMOUNT})(?P<second_scale>{SCALE}))?"
    rf"(?![\w:/]|[.,]\d|-(?:{DIGITS}))(?P<unit>{UNIT})",
    re.IGNORECASE,
)
"""Matches a figure or a range of figures, with its scale, currency and the word after it."""

APPROXIMATE = lazy_pattern(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|estimated|close\sto)\s(?:an?\s)?\Z",
    re.IGNORECASE,
)
AT_MOST = lazy_pattern(
    r"\b(?:at\smost|up\sto|fewer\sthan|less\sthan|under|below|not?\smore\sthan|as\smany\sas)\s\Z",
    re.IGNORECASE,
)
AT_LEAST = lazy_pattern(
    r"\b(?:at\sleast|not?\s(?:fewer|less)\sthan|(?<!no\s)(?<!not\s)more\sthan|over|above)\s\Z",
    re.IGNORECASE,
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
BEFORE_DATE = lazy_pattern(rf"\b{MONTH}\s(?:\d{{1,2}},\s)?\Z", re.IGNORECASE)
AFTER_DATE = lazy_pattern(rf"\s(?:of\s)?{MONTH}(?:\W|\Z)", re.IGNORECASE)
CLOCK = lazy_pattern(r"\s?(?:[ap]\.?m\b|o['’]clock\b)", re.IGNORECASE)
FRACTION = lazy_pattern(
    rf"\s(?:in|out\sof)\s(?:{DIGITS}|{SPELLED})\b|-(?:thirds?|quarters?|fifths?|tenths?|second)\b",
    re.IGNORECASE,
)
AFTER_PRONOUN = lazy_pattern(r"\s(?:of|another|who|that|which|day)\b", re.IGNORECASE)
BEFORE_PRONOUN = lazy_pattern(r"\b(?:no|any|every|each|this|that|which|the)\s\Z", re.IGNORECASE)
"""Matches what stands before "one" where it does not count."""

YEAR = lazy_pattern(r"(?:1[6-9]|20)\d\d\Z")
LEAD_LENGTH = 30
"""Characters before a figure in which its qualifier is searched for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, or a range of numbers.

    Args:
        low, high: the figures, in ``unit``; equal unless it is a range.
        unit: the unit of measurement or currency; ``COUNT`` for a number of people or things.
        qualifier: "about" for a rounded figure, "at least" or "at most" for a bound, else "".
    """

    low: Decimal
    high: Decimal
    unit: Unit = COUNT
    qualifier: str = ""

    @property
    def approximate(self) -> bool:
        """Whether the text says that the figure is rounded or a bound."""
        return bool(self.qualifier)

    @property
    def value(self) -> float:
        """The figure in ``unit``; the middle of a range."""
        return float((self.low + self.high) / 2)


def find_quantities(text: str) -> Iterator[tuple[Quantity, tuple[int, int]]]:
    """The quantities in a text, with the ``(start, end)`` of their figures and units.

    Dates, years, times of day, ordinals, fractions and numbers in names ("F-16") are left out. The
    span contains neither the noun that is counted ("troops") nor the qualifier.
    """
    position = 0
    while match := QUANTITY.search(text, position):
        position = match.end("first")
        if fraction := FRACTION.match(text, position):
            position = fraction.end()
        elif quantity := _quantity(text, match):
            is_named = not match["currency"] and quantity.unit is not COUNT
            position = match.end() if is_named else match.start("unit")
            yield quantity, (match.start(), position)


def find_quantity(text: str) -> Quantity | None:
    """The first of ``find_quantities``; None without one."""
    return next((quantity for quantity, _ in find_quantities(text)), None)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    first, scale, second, second_scale = match.group("first", "scale", "second", "second_scale")
    before = text[max(0, match.start() - LEAD_LENGTH) : match.start()]
    after = text[match.start("unit") : match.end() + LEAD_LENGTH]
    if BEFORE_DATE.search(before) or AFTER_DATE.match(after) or CLOCK.match(after):
        return None
    if first.lower() == "one" and (AFTER_PRONOUN.match(after) or BEFORE_PRONOUN.search(before)):
        return None
    unit = find_unit(match["currency"] or match["unit"].strip(" -\u00a0"))
    if unit is COUNT and not scale and not second and YEAR.match(first):
        return None
    low = _number(first, scale or second_scale or "")  # "2 to 3 million"
    high = _number(second, second_scale) if second else low
    if low is None or high is None or high < low:  # "nine eleven"; a score
        return None
    if match["minus"]:
        low, high = -high, -low
    return Quantity(low, high, unit, _qualifier(before))


def _number(figure: str, scale: str) -> Decimal | None:
    """The value of a figure in digits or words; None if the words make no number."""
    whole = figure.lower().removesuffix(" and a half")
    half = Decimal("0.5") if len(whole) < len(figure) else Decimal(0)
    if whole in ("a", "an"):
        number = Decimal(1)
    elif whole.startswith("half"):
        number = Decimal("0.5")
    elif whole[0].isdigit():
        number = Decimal("".join(c for c in whole if c.isdigit() or c == "."))
    else:
        try:
            number = Decimal(text2num(whole, "en"))
        except ValueError:
            return None
    return (number + half) * SCALES.get(scale.strip(" -\u00a0").lower(), 1)


def _qualifier(before: str) -> str:
    if AT_LEAST.search(before):
        return "at least"
    if AT_MOST.search(before):
        return "at most"
    return "about" if APPROXIMATE.search(before) else ""
