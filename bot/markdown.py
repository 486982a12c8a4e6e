"""Escapes the texts of articles and users: Discord shows them literally, never as markup."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import regex

ELLIPSIS = "…"
_INLINE = re.compile(r"[\\`*_~|<>\[\]@]|:(?=//)")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_LINE_START = re.compile(r"^(\s*)(?:(\d+)(?=[.)]\s)|(?=[#+-]))")

Spans = Sequence[tuple[int, int]]


def plain(text: str, limit: int | None = None) -> str:
    """Markdown that shows ``text`` on one line: without formatting, mentions, links, headings,
    lists or characters that change the text direction.

    A text longer than ``limit`` is cut at a word and ends with "…".
    """
    return _fit(_TURNS.sub("", text), (), limit)


def quote(text: str, highlights: Spans = (), limit: int | None = None) -> str:
    """A quote block that shows ``text`` with the highlights in bold.

    A text longer than ``limit`` loses words at its end and, if the first highlight would be lost
    too, at its beginning.
    """
    return "> " + _fit(text, highlights, None if limit is None else limit - 2)


def bold(text: str, limit: int | None = None) -> str:
    """``plain(text)`` in bold."""
    return f"**{plain(text, None if limit is None else limit - 4)}**"


def small(markdown: str) -> str:
    """A line of Markdown in small gray type (Discord's subtext)."""
    return f"-# {markdown}"


def link(label: str, url: str, limit: int) -> str:
    """A link to ``url``, a web address without brackets, that shows ``label``.

    A link is never cut: if the address leaves no room for the label, only the label is shown.
    """
    room = limit - length(url) - 4
    return f"[{plain(label, room)}]({url})" if room >= 20 else plain(label, limit)


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, for places where Discord reads no Markdown."""
    flat = _flat(text)
    if length(flat) <= limit:
        return flat
    fitting = [end for end, _ in _edges(flat, limit) if length(flat[:end]) < limit]
    return flat[: max(fitting, default=0)] + ELLIPSIS


def length(text: str) -> int:
    """The length of a text as Discord counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _flat(text: str) -> str:
    """``text`` on one line, each character in its place."""
    return re.sub(r"\s", " ", text)


def _render(text: str, highlights: Spans, start: int, end: int) -> str:
    """Markdown of ``text[start:end]``, with "…" where that leaves something out."""
    out, at = [ELLIPSIS] if start else [], start
    for first, last in highlights:
        first, last = max(first, at), min(last, end)
        if text[first:last].strip():
            out += [_escape(text[at:first]), _embolden(text[first:last])]
            at = last
    out.append(_escape(text[at:end]))
    if end < len(text):
        out.append(ELLIPSIS)
    return _LINE_START.sub(r"\1\2\\", "".join(out))


def _escape(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _embolden(text: str) -> str:
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}**{_escape(inner)}**{after}"


def _fit(text: str, highlights: Spans, limit: int | None) -> str:
    flat = _flat(text)
    whole = _render(flat, highlights, 0, len(flat))
    if limit is None or length(whole) <= limit:
        return whole
    edges = list(_edges(flat, limit))

    def size(start: int, end: int) -> int:
        return length(_render(flat, highlights, start, end))

    def furthest(start: int) -> int:
        """The greatest end such that the text from ``start`` fits; ``start`` if none does."""
        ends = [end for end, _ in edges if end > start]
        fitting = bisect_right(ends, limit, key=lambda end: size(start, end))
        return ends[fitting - 1] if fitting else start

    start = 0
    if highlights and furthest(0) < highlights[0][1]:
        first, last = highlights[0]
        starts = [begin for _, begin in edges if begin <= first]
        # The earliest start whose rest is short enough shows the most text.
        fitting = bisect_left(starts, -limit, key=lambda begin: -size(begin, last))
        start = starts[min(fitting, len(starts) - 1)] if starts else 0
    return _render(flat, highlights, start, furthest(start))


def _edges(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """The places where ``text`` may be cut: ``(end before the cut, start after it)``.

    That is between words and, in a word that is longer than half the limit, between two
    characters as people see them.
    """
    for word in re.finditer(r"\S+", text):
        if len(word[0]) > limit // 2:
            for character in regex.finditer(r"\X", word[0]):
                yield word.start() + character.start(), word.start() + character.start()
        following = _SPACE.match(text, word.end())
        yield word.end(), following.end() if following else word.end()
