"""Paragraphs that continue on the next page of a PDF document, and running headers and footers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .pdf_paragraphs import MIN_INDENT, ROOM, SENTENCE_ENDS

NUMBER = re.compile(r"\d{1,9}")

MAX_RUNNING_SIZE = 1.1
"""The size of a running header, in units of the text's; a heading in larger letters is none."""

SAME_SIZE = 0.1
"""How much the sizes of two parts of a paragraph differ at most."""

MIN_RISE = 4
"""How far the next column begins above the end of a column, at least, in heights of a line; cells
of a table beside each other are lower."""

GRID = 3
"""The distance in points within which running headers are at the same height."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or the part of one that is in one column.

    Args:
        text: its lines.
        page: the number of its page.
        top, bottom: its distances from the bottom of the page, in points.
        size: the height of its lines, in points.
        room: the characters that its last line has room for.
        indent: how far its first line is indented from the others, in heights; None if it is alone.
    """

    text: str
    page: int
    top: float
    bottom: float
    size: float
    room: float
    indent: float | None

    @property
    def is_indented(self) -> bool:
        return self.indent is not None and self.indent > MIN_INDENT


def whole_paragraphs(found: Sequence[Paragraph]) -> Iterator[str]:
    """The texts of paragraphs, with parts of one joined and without running headers and footers.

    Args:
        found: in reading order, without empty ones.
    """
    running = _running(found)
    kept = [one for one in found if one not in running]
    several = [one for one in kept if one.indent is not None]
    are_indented = 2 * sum(one.is_indented for one in several) > len(several)
    parts: list[str] = []
    for before, one in zip([None, *kept], kept, strict=False):
        if before and not _goes_on(before, one, are_indented):
            yield "\n".join(parts)
            parts = []
        parts.append(one.text.rstrip())
    if parts:
        yield "\n".join(parts)


def _running(found: Sequence[Paragraph]) -> set[Paragraph]:
    """The lines at the top and the bottom of pages that are on several, apart from page numbers."""
    pages: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for one in found:
        pages[one.page].append(one)
    usual = _usual_size(found)
    alike: defaultdict[tuple[int, str], list[Paragraph]] = defaultdict(list)
    for page in pages.values():
        top, bottom = max(one.top for one in page), min(one.bottom for one in page)
        for one in page:
            is_outermost = one.top > top - GRID or one.bottom < bottom + GRID
            if is_outermost and one.indent is None and one.size <= MAX_RUNNING_SIZE * usual:
                alike[round(one.bottom / GRID), NUMBER.sub("#", one.text)].append(one)
    return {one for group in alike.values() if _is_running(group) for one in group}


def _is_running(group: Sequence[Paragraph]) -> bool:
    """Whether lines that differ in their numbers alone are of several pages, and the numbers are
    those of the pages."""
    numbers = [list(map(int, NUMBER.findall(one.text))) for one in group]
    columns = list(zip(*numbers, strict=True))
    return len({one.page for one in group}) > 1 and (
        all(len(set(column)) == 1 for column in columns)
        or any(
            len({number - one.page for number, one in zip(column, group, strict=True)}) == 1
            for column in columns
        )
    )


def _usual_size(found: Iterable[Paragraph]) -> float:
    """The size in which most of the text is set."""
    lengths: defaultdict[float, int] = defaultdict(int)
    for one in found:
        lengths[round(one.size, 1)] += len(one.text)
    return max(lengths, key=lengths.__getitem__, default=0.0)


def _goes_on(before: Paragraph, after: Paragraph, are_indented: bool) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page.

    Args:
        are_indented: whether the first lines of most paragraphs are.
    """
    has_moved = after.page != before.page or after.top - before.bottom > MIN_RISE * before.size
    if not has_moved or abs(before.size - after.size) > SAME_SIZE * before.size:
        return False
    words = after.text.split()
    is_full = before.room < len(words[0]) + ROOM
    if are_indented and is_full and after.indent is not None:
        return not after.is_indented
    if before.text.rstrip().endswith(SENTENCE_ENDS):
        return False
    first = next(filter(str.isalnum, after.text), "")
    is_text = after.indent is not None or after.text.rstrip().endswith(SENTENCE_ENDS)
    return first.islower() or (is_full and is_text)
