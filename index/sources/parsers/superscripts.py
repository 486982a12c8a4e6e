"""Superscripts: which are marks of footnotes, and no part of the text, and which are exponents."""

import re
from collections.abc import Iterable
from itertools import groupby

NOTE = re.compile(r"\A[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-f]|[*†‡§¶#]{1,3})[\])]?\Z")
"""A mark of one or more footnotes."""

LETTER = re.compile(r"\A[a-z]\Z")
ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\Z|(?<!\w)[IVXLC]{1,6}\Z")
"""A letter, and the number that an ordinal has before it ("1ª", "XIXe")."""

EXPONENT = re.compile(r"\A[-−+]?\d{1,3}[-−+]?\Z")
DIGITS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

POWER = re.compile(r"(?<![\d.,])10\Z")
"""The base of a power of ten."""

UNIT = re.compile(
    r"(?<![A-Za-z’'])[kcdmµ]?m\Z|(?:\d\s?|[/·⋅]|\bper )(?:ft|in|yd|mi|s)\Z"
    r"|[=+/*×(]\s?[A-Za-z]\Z|(?<![\w’'])[b-hj-zα-ω]\Z"
)
"""A unit whose square or cube is one too, or a variable."""

FRACTION_BARS = ("/", "\N{FRACTION SLASH}")

WINDOW = 12
"""Characters before a superscript that tell what it is."""

Piece = tuple[str, bool]


def resolve(pieces: Iterable[Piece]) -> str:
    """A text without the marks of footnotes, and with exponents as characters of their own.

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
            before = runs[number - 1][0][-WINDOW:] if number else ""
            after = runs[number + 1][0] if number + 1 < len(runs) else ""
            words.append(_shown(text, before, after))
        else:
            words.append(text)
    return "".join(words)


def _shown(text: str, before: str, after: str) -> str:
    """What a superscript is read as.

    Args:
        before, after: the text around it.
    """
    mark = text.strip()
    if _is_note(mark, before, after):
        return " " * (text != mark)
    return text.translate(DIGITS) if EXPONENT.match(mark) else text


def _is_note(mark: str, before: str, after: str) -> bool:
    if not NOTE.match(mark) or after[:1].isalnum() or after.startswith(FRACTION_BARS):
        return False
    if LETTER.match(mark):
        return not ORDINAL.search(before)
    if POWER.search(before):
        return not EXPONENT.match(mark)
    return not (mark in ("2", "3") and UNIT.search(before))
