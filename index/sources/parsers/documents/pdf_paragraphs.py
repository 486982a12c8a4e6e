"""Where paragraphs begin and end among the lines of a PDF document.

Lines that are as close as those of a paragraph, and of one size, are a group. A line of a group may
be the last one of its paragraph if it ends like a sentence, or leaves room for the first word of
the next line. It is if it does both, or if the next line is indented, or the line itself, where
that goes with such ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

SENTENCE_ENDS = (".", "!", "?", ":", "”", '"')
"""The last character of a line that may well be the last one of its paragraph."""

MAX_HEIGHT_RATIO = 1.4
"""Of two lines of a paragraph; a mark above a line makes it higher than the others."""

MIN_STEP = 0.5
"""From line to line; lines beside each other are less apart. These are in heights of a line."""

MIN_INDENT, MAX_INDENT = 0.4, 8
"""The smallest indentation, and the deepest one of a line within a paragraph."""

MAX_DISTANCE = 2
"""Between the sides of lines below each other: a last word may be shorter than an indentation."""

ROOM = 2
"""Room left in a line besides a word; not every program fills lines to the last word."""

NEIGHBORS = 3
"""The lines above and below one that tell how far to the right it could go."""

MOST = 0.75
"""The share of signs of an end from which an indentation marks paragraphs."""


def paragraphs(blocks: Iterable[Iterable[Any]], spacing: float) -> Iterator[list[Any]]:
    """The lines of each paragraph.

    Args:
        blocks: lines that are aligned with each other, in reading order.
        spacing: from line to line in a paragraph, at most, in heights of a line.
    """
    lines = [_Line(line, number) for number, block in enumerate(blocks) for line in block]
    group: list[_Line] = []
    for line in lines:
        if group and not line.is_below(group[-1], spacing):
            yield from _divided(group)
            group = []
        group.append(line)
    yield from _divided(group)


@dataclass(frozen=True)
class _Line:
    """A line of a block with a number."""

    line: Any
    block: int

    def is_below(self, other: "_Line", spacing: float) -> bool:
        """Whether a line is right below another one, and of its size."""
        upper, lower = other.line, self.line
        low, high = sorted((upper.height, lower.height))
        step = (upper.y1 - lower.y1) / high if high else 0.0
        return (
            high <= MAX_HEIGHT_RATIO * low
            and MIN_STEP < step <= spacing
            and max(upper.x0, lower.x0) - min(upper.x1, lower.x1) < MAX_DISTANCE * high
        )

    def indent(self, other: "_Line") -> float:
        """How far a line is indented from another one, in its heights."""
        return float((self.line.x0 - other.line.x0) / self.line.height)

    @property
    def ends_sentence(self) -> bool:
        return str(self.line.get_text()).rstrip().endswith(SENTENCE_ENDS)

    @property
    def first_word_width(self) -> float:
        end = self.line.x0
        for character in self.line:
            if character.get_text().isspace():
                break
            end = getattr(character, "x1", end)
        return float(end - self.line.x0)


@dataclass(frozen=True)
class _LineBreak:
    """The end of a line and the start of the next one.

    Args:
        indent: how far the lower line is indented from the upper one, in its heights.
        has_room: whether the first word of the lower line would have fit on the upper one.
        is_aligned: whether both lines are of one block.
    """

    indent: float
    has_room: bool
    ends_sentence: bool
    is_aligned: bool

    @property
    def may_end(self) -> bool:
        return self.has_room or self.ends_sentence

    @property
    def direction(self) -> int:
        """1 if the lower line is indented, -1 if the upper one is, else 0."""
        return (self.indent > MIN_INDENT) - (self.indent < -MIN_INDENT)


def _divided(group: Sequence[_Line]) -> Iterator[list[Any]]:
    """The paragraphs in lines below each other."""
    breaks = [_line_break(group, number) for number in range(1, len(group))]
    ends = _ends(breaks)
    current: list[Any] = []
    for number, line in enumerate(group):
        if number in ends:
            yield current
            current = []
        current.append(line.line)
    if current:
        yield current


def _line_break(group: Sequence[_Line], number: int) -> _LineBreak:
    upper, lower = group[number - 1], group[number]
    around = group[max(0, number - NEIGHBORS) : number + NEIGHBORS]
    right = max(one.line.x1 for one in around)
    needed = lower.first_word_width + ROOM * upper.line.height
    return _LineBreak(
        lower.indent(upper),
        bool(right - upper.line.x1 > needed),
        upper.ends_sentence,
        upper.block == lower.block,
    )


def _ends(breaks: Sequence[_LineBreak]) -> set[int]:
    """The numbers of the line breaks, from 1, at which a paragraph ends."""
    marks = _marks(breaks)
    ends = {number for number, one in enumerate(breaks, 1) if _is_end(one, marks)}
    for run in _aligned_runs(breaks):
        before = breaks[run.start - 1].direction if run.start else 0
        after = breaks[run.stop].direction if run.stop < len(breaks) else 0
        # First lines below each other are paragraphs of one line.
        are_first = any({before, -after} in ({mark}, {mark, 0}) for mark in marks)
        if are_first and all(breaks[number].may_end for number in run):
            ends.update(number + 1 for number in run)
    return ends


def _aligned_runs(breaks: Sequence[_LineBreak]) -> Iterator[range]:
    """The longest runs of line breaks without an indentation."""
    numbers = range(len(breaks))
    for is_indented, run in groupby(numbers, lambda number: breaks[number].direction != 0):
        first, *rest = run
        if not is_indented:
            yield range(first, first + 1 + len(rest))


def _marks(breaks: Sequence[_LineBreak]) -> set[int]:
    """The directions in which an indentation marks paragraphs: those in which most have both signs
    of an end, and else the one that has more."""
    shares = {}
    for direction in (1, -1):
        found = [
            (one.has_room + one.ends_sentence) / 2 for one in breaks if one.direction == direction
        ]
        shares[direction] = sum(found) / len(found) if found else 0.0
    best = max(shares, key=shares.__getitem__)
    return {direction for direction in shares if shares[direction] >= MOST} | {best}


def _is_end(one: _LineBreak, marks: set[int]) -> bool:
    """Whether a paragraph ends at a line break."""
    if one.has_room and one.ends_sentence:
        return True
    if one.direction in marks and one.may_end:
        return True
    return not one.is_aligned and (one.has_room or abs(one.indent) > MAX_INDENT)
