"""Paragraphs from a stream of words and of breaks between them, as marked-up documents give it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..superscripts import resolve
from ..table_rows import joined_row

LIST_ITEM = "- "
"""The marker of a list item, the same as that of web pages."""

CELL = " | "
"""Between the cells of a row of a table."""

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

Block = tuple[bool, str]
"""Whether a paragraph is a heading, and its text."""


@dataclass(frozen=True)
class Break:
    """The end of a paragraph, and the start of another one.

    Args:
        marker: what the next paragraph begins with; None: the same as if there were no break.
    """

    is_heading: bool = False
    marker: str | None = None


@dataclass(frozen=True)
class Superscript:
    """Words that are set as a superscript."""

    words: str


Piece = str | Superscript | Break


def paragraphs(pieces: Iterable[Piece]) -> Iterator[Block]:
    """The paragraphs, without empty ones, on one line each and without soft hyphens."""
    words: list[tuple[str, bool]] = []
    is_heading, marker = False, ""
    for piece in [*pieces, Break()]:
        if isinstance(piece, str):
            words.append((piece, False))
            continue
        if isinstance(piece, Superscript):
            words.append((piece.words, True))
            continue
        if text := _on_one_line(resolve(words)):
            yield is_heading, f"{marker}{text}"
            marker = ""
        words.clear()
        is_heading = piece.is_heading
        marker = marker if piece.marker is None else piece.marker


def raised(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces, with their words as superscripts."""
    return (Superscript(piece) if isinstance(piece, str) else piece for piece in pieces)


def row(cells: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    """A row of a table as a paragraph; if no more than one cell has text, its paragraphs, since the
    table is then a frame."""
    texts = [
        (pieces, " ".join(text for _, text in paragraphs(pieces))) for pieces in map(list, cells)
    ]
    filled = [(pieces, text) for pieces, text in texts if text]
    yield Break()
    if len(filled) == 1:
        yield from filled[0][0]
    else:
        yield joined_row(text for _, text in texts)
    yield Break()


def _on_one_line(text: str) -> str:
    return " ".join(text.replace(SOFT_HYPHEN, "").split())
