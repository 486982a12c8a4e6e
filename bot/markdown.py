"""Markdown that shows texts of articles and users literally, never as markup."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

ELLIPSIS = "…"

MIN_LABEL_LENGTH = 20
"""Characters of a link's label; if there is less room, only the label is shown."""

_INLINE = re.compile(r"[\\`*_~|<>\[\]@]|:(?=//)")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAK = "\0"
"""A paragraph break within a quote; no article has this character."""

_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_GRAPHEME = regex.compile(r"\X")
_LINE_START = re.compile(r"^(\s*)(?:(\d+)(?=[.)]\s)|(?=[#+-]))")

Spans = Sequence[tuple[int, int]]
"""The ``(start, end)`` of parts of a text, in order."""


def plain(text: str, limit: int | None = None) -> str:
    """Markdown that shows ``text`` on one line, without formatting, mentions, links, headings or
    lists. Characters that change the direction of the text are removed.

    If it is longer than ``limit``, it is truncated at a word, with "…".
    """
    return _fit(_BIDI_CONTROLS.sub("", text), (), limit)


def quote(
    text: str, highlights: Spans = (), limit: int | None = None, breaks: Sequence[int] = ()
) -> str:
    """A block quote that shows ``text`` with the highlights in bold.

    If it is longer than ``limit``, it is truncated at the end and, if the first highlight would be
    cut, at the beginning.

    Args:
        breaks: the positions at which paragraphs begin; white space stands before each.
    """
    marked = text.replace(_BREAK, " ")
    for position in breaks:
        if marked[position - 1 : position].isspace():
            marked = f"{marked[: position - 1]}{_BREAK}{marked[position:]}"
    shown = _lines_of_quote(_fit(marked, highlights, None))
    if limit is not None and length(shown) > limit:
        kept = limit - 2 - len(breaks) * len("\n> \n> \\")
        shown = _lines_of_quote(_fit(marked, highlights, kept))
    return shown


def bold(text: str, limit: int | None = None) -> str:
    """``plain(text)`` in bold."""
    return f"**{plain(text, None if limit is None else limit - 4)}**"


def italic(text: str, limit: int | None = None) -> str:
    """``plain(text)`` in italics."""
    return f"*{plain(text, None if limit is None else limit - 2)}*"


def small(markdown: str) -> str:
    """A line of Markdown in small print."""
    return f"-# {markdown}"


def link(label: str, url: str, limit: int) -> str:
    """A link with a label, or only the label if the URL is too long.

    Args:
        url: a URL without brackets; it is never truncated.
    """
    label_limit = limit - length(url) - len("[]()")
    if label_limit < MIN_LABEL_LENGTH:
        return plain(label, limit)
    return f"[{plain(label, label_limit)}]({url})"


def cut(text: str, limit: int) -> str:
    """``text`` on one line, truncated to ``limit`` characters: plain text, not Markdown."""
    flat = _flatten(text[: 2 * limit])  # no more can be shown, or tells where to cut
    if length(flat) <= limit:
        return flat
    ends = [end for end, _ in _cut_positions(flat, limit)]
    fitting = bisect_right(ends, limit - 1, key=lambda end: length(flat[:end]))
    return flat[: ends[fitting - 1] if fitting else 0] + ELLIPSIS


def length(text: str) -> int:
    """The length of a text in UTF-16 code units, the strictest way in which Discord counts."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _flatten(text: str) -> str:
    """``text`` on one line; the offsets of its characters do not change."""
    return _SPACE.sub(" ", text)


def _render(text: str, highlights: Spans, start: int, end: int) -> str:
    """Markdown of ``text[start:end]`` on one line, with "…" for what is left out around it."""
    parts, position = [ELLIPSIS] if start else [], start
    for first, last in highlights:
        first, last = max(first, position), min(last, end)
        if text[first:last].strip():
            parts += [_escape(text[position:first]), _embolden(text[first:last])]
            position = last
    parts.append(_escape(text[position:end]))
    if end < len(text):
        parts.append(ELLIPSIS)
    return _LINE_START.sub(r"\1\2\\", _flatten("".join(parts)))


def _lines_of_quote(markdown: str) -> str:
    """A block quote, with an empty line at each paragraph break."""
    if _BREAK not in markdown:
        return "> " + markdown
    paragraphs = [paragraph.strip() for paragraph in markdown.split(_BREAK)]
    return "\n> \n> ".join(
        ["> " + paragraphs[0], *(_LINE_START.sub(r"\1\2\\", p) for p in paragraphs[1:])]
    )


def _escape(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _embolden(text: str) -> str:
    """Markdown of a text in bold; white space at its ends is outside, or it would not be bold."""
    if _BREAK in text:
        return _BREAK.join(_embolden(part) if part.strip() else part for part in text.split(_BREAK))
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}**{_escape(inner)}**{after}"


def _fit(text: str, highlights: Spans, limit: int | None) -> str:
    """Markdown of a text, truncated to ``limit`` characters; see ``quote``."""
    if limit is None or len(text) <= limit:
        complete = _render(text, highlights, 0, len(text))
        if limit is None or length(complete) <= limit:
            return complete
    limit = max(limit, 0)
    first, last = highlights[0] if highlights else (0, 0)
    # As much around the first highlight as can be shown or is needed to see where words end.
    begin = max(0, min(first, last - limit) - limit)
    window = text[begin : first + 2 * limit]
    positions = [
        (begin + end, begin + start)
        for end, start in _cut_positions(window, limit)
        if end or not begin  # else it may be in the middle of a word
    ]

    def rendered_length(start: int, end: int) -> int:
        return length(_render(text, highlights, start, end))

    def furthest(start: int) -> int:
        """The greatest end with which the text from ``start`` fits, or ``start`` if none does."""
        ends = [end for end, _ in positions if end > start]
        fitting = bisect_right(ends, limit, key=lambda end: rendered_length(start, end))
        return ends[fitting - 1] if fitting else start

    start = 0
    if highlights and (begin or furthest(0) < last):
        starts = [start for _, start in positions if start <= first]
        # The earliest start with which the highlight fits: an earlier start means a longer text.
        end = min(last, begin + len(window))
        fitting = bisect_left(starts, -limit, key=lambda start: -rendered_length(start, end))
        start = starts[min(fitting, len(starts) - 1)] if starts else first if begin else 0
    return _render(text, highlights, start, furthest(start))


def _cut_positions(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """The positions where ``text`` may be cut, as ``(end of the part before, start of the part
    after)``.

    They are between words and, in words longer than half the limit, between grapheme clusters.
    """
    for word, following in pairwise([*_WORD.finditer(text), None]):
        assert word is not None
        if len(word[0]) > limit // 2:
            for grapheme in _GRAPHEME.finditer(word[0]):
                position = word.start() + grapheme.start()
                yield position, position
        yield word.end(), following.start() if following else len(text)
