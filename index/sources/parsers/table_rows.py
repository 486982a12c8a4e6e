"""Rows of tables, written as a line of text."""

from collections.abc import Iterable

EMPTY_CELL = "–"
"""The text of an empty cell, so that the others stay below their headings."""


def joined_row(cells: Iterable[str]) -> str:
    """The cells of a row, with bars between them; only the one with a text if it is the only one,
    and "" if there is none."""
    texts = [cell.strip() for cell in cells]
    filled = [text for text in texts if any(map(str.isalnum, text))]
    if len(filled) < 2:
        return "".join(filled)
    return " | ".join(text or EMPTY_CELL for text in texts)
