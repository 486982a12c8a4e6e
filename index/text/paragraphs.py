"""Paragraphs of a text, and the cells of a table's row in it."""

import re
from collections.abc import Iterator

from index.text.abbreviations import TITLES

MIN_WRAPPED_LENGTH = 50
"""Characters of the shortest line that is taken to be continued in the next one."""

LINE_END = re.compile(r"\n")

CLOSED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
"""The end of a line that is not continued."""

MARKER = re.compile(r"^\s{0,20}(?:[-*+•‣◦▪·>]|#{1,6}|(?P<number>\d{1,3})[.)])\s+")
"""The marker of a list item or heading, which a web page does not have in its text."""

BULLET = re.compile(r"[-*+•‣◦▪·]\s+(?=\S)")
"""The marker of an unnumbered list's item."""

CELL_END = re.compile(r"(?<!\S)\|(?!\S)")
"""The separator of the cells in a table's row."""


def paragraph_spans(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """The ``(start, end)`` of each paragraph from ``begin`` on.

    A blank line ends a paragraph. So does a single line break after the end of a sentence or a
    short line (a heading), and before or after a list item or a table's row; otherwise the line is
    taken to be wrapped.
    """
    start = begin
    for line_end in LINE_END.finditer(text):
        if line_end.start() < begin:
            continue
        line = text[
            max(start, text.rfind("\n", 0, line_end.start()) + 1) : line_end.start()
        ].strip()
        following = text[line_end.end() : line_end.end() + 1]
        wrapped = len(line) >= MIN_WRAPPED_LENGTH and not _is_closed(line)
        if not (wrapped and following.strip()) or _starts_anew(text, start, line, line_end.end()):
            yield start, line_end.start()
            start = line_end.end()
    yield start, len(text)


def _is_closed(line: str) -> bool:
    """Whether a line ends as a sentence does, and not with a title or an initial."""
    last = line.split()[-1].removesuffix(".")
    is_initial = len(last) == 1 and last.isupper()
    return CLOSED.search(line) is not None and last not in TITLES and not is_initial


def without_marker(paragraph: str) -> str:
    """A paragraph without the marker of its list item or heading."""
    marker = MARKER.match(paragraph)
    return paragraph[marker.end() :] if marker else paragraph


def _starts_anew(text: str, start: int, line: str, next_start: int) -> bool:
    """Whether the next line of a paragraph is a list item, or it or this one a table's row."""
    end = text.find("\n", next_start)
    following = text[next_start : end if end >= 0 else len(text)]
    if CELL_END.search(line) or CELL_END.search(following):
        return True
    marker = MARKER.match(following)
    if marker is None or marker["number"] is None:
        return marker is not None
    # A wrapped line may begin with a number, too: "on March\n4. The ferry …"
    before = MARKER.match(text[start:next_start])
    previous = int(before["number"]) if before and before["number"] else 0
    return int(marker["number"]) == previous + 1
