"""Superscripts: which are footnote marks, exponents, or letters of an abbreviation."""

import re
from collections.abc import Iterable
from itertools import groupby

MAX_LENGTH = 30
"""Characters of the longest superscript, and of the text beside one, that are looked at."""

NOTE = re.compile(r"\A[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-f]|[*†‡§¶#]{1,3})[\])]?\Z")
"""A mark of one or more footnotes."""

RAISED = str.maketrans("0123456789+-−–()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿⁱˣ")
TRADEMARKS = {"TM": "™", "SM": "℠"}

MARK = re.compile(r"\A(?:[\[({].*[\])}]|[*†‡§¶‖#]+|\d+(?:\s?[,;–—-]\s?\d+)+|\d+[a-z])\Z", re.DOTALL)
"""A footnote mark, wherever it stands: [3], (3), *, 3a, or several numbers."""

EXPRESSION = re.compile(r"\A(?:[+\-−–]|\w+[+\-−–=×·*/.]\w)")
"""The start of an exponent that is more than a number."""

LETTER_MARK = re.compile(r"[a-df-h]\Z")
NUMBER = re.compile(r"\d{1,3}\Z")
POWER = re.compile(r"[+\-−–]\d{0,3}\Z|\d{1,2}[+\-−]\Z|[nix]\Z")
"""An exponent or the charge of an ion, wherever it stands."""

UNIT = re.compile(
    r"(?<![^\W\d_])(?<!['’])(?:[kdcmnµμ]?m|ft|yd)\Z"  # m, km
    r"|[\d/·]\s?(?:s|h|K|A|in|mi|sec|hr)\Z"  # 5 in, m/s
)
BASE = re.compile(r"(?:(?<![\d.,])10|(?<![\w.,])2)\Z|(?<![^\W_])(?<!['’])(?:[a-zα-ω]|R)\Z")
"""The end of a text that takes an exponent: ten, two, or a variable."""

FORMULA_BEFORE = re.compile(r"(?:\A|\s)[=+−×·≈<>]\s?\w{1,4}\Z")
FORMULA_AFTER = re.compile(r"\s?[=+−×·≈<>]")
WORD = re.compile(r"(?:\d[\d.,]{2}|[^\W\d_]{3}|%)\Z")
"""The end of a longer word or figure, to which no letter is added above the line."""

PRICE = re.compile(r"[$€£]\s?\d[\d,]*\Z")
CENTS = re.compile(r"\d\d\Z")
ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
FRACTION_BARS = ("/", "\N{FRACTION SLASH}")

Piece = tuple[str, bool]


def resolve(pieces: Iterable[Piece]) -> str:
    """A text without footnote marks, and with exponents as characters of their own.

    Args:
        pieces: pieces of the text, in order, and whether each is a superscript.
    """
    runs = [
        ("".join(text for text, _ in run), is_raised)
        for is_raised, run in groupby(pieces, lambda piece: piece[1])
    ]
    words: list[str] = []
    for number, (text, is_raised) in enumerate(runs):
        if is_raised and text.strip():
            before = runs[number - 1][0][-MAX_LENGTH:] if number else ""
            after = runs[number + 1][0] if number + 1 < len(runs) else ""
            words.append(_shown(text, before, after))
        else:
            words.append(text)
    return "".join(words)


def _shown(text: str, before: str, after: str) -> str:
    """A superscript as it is read.

    Args:
        before, after: the text around it.
    """
    mark = text.strip()
    if len(mark) > MAX_LENGTH:
        return text
    if after.startswith(FRACTION_BARS) and NUMBER.match(mark):
        return f" {mark}" if before[-1:].isdigit() else mark
    written = superscript(before or None, mark, after)
    return " " * (text != mark) if written is None else text.replace(mark, written)


def superscript(before: str | None, text: str, after: str, *, is_noted: bool = False) -> str | None:
    """How a superscript is written on the line; None for a footnote mark.

    Args:
        before: the end of the text before it; None at the start of a paragraph.
        after: the start of the text after it.
        is_noted: whether the page has a footnote with this number.
    """
    if MARK.match(text):
        return None
    if POWER.match(text):
        return text if text == "+" and before and before[-1].isdigit() else text.translate(RAISED)
    if EXPRESSION.match(text):
        return f"^{text}" if text.replace(".", "").isdigit() else f"^({text})"
    if not NUMBER.match(text):
        if LETTER_MARK.match(text) and (before is None or WORD.search(before)):
            return None
        is_joined = text[:1].isdigit() and (before or "")[-1:].isdigit()
        return f" {text}" if is_joined else TRADEMARKS.get(text, text)
    if not before or not before[-1:].strip():  # at the start of a word
        is_isotope = ELEMENT.match(after) and (before is not None or len(text) > 1)
        return text.translate(RAISED) if is_isotope else None
    if PRICE.search(before) and CENTS.match(text):
        return f".{text}"
    is_exponent = (
        (UNIT.search(before) and text in ("2", "3"))
        or FORMULA_BEFORE.search(before)
        or FORMULA_AFTER.match(after)
        or (BASE.search(before) and text != "1" and not is_noted)
    )
    return text.translate(RAISED) if is_exponent else None
