"""Text fragments: links that open a web page at a quoted sentence.

See https://wicg.github.io/scroll-to-text-fragment/: a browser scrolls to the first text that
matches ``start``, ``start,end`` for a range, or either after ``prefix-,``. Each of these must lie
in one block of the page, such as a paragraph, list item or cell; they may lie in different ones.
"""

from urllib.parse import quote

from index.text.paragraphs import CELL_END, paragraph_spans, without_marker

MAX_EXACT_WORDS = 8
"""Words of the longest text that a link quotes in full."""

EDGE_WORDS = 4
"""Words at the start and the end of a longer text that a link quotes."""

Words = list[str]


def link_to_text(url: str, text: str) -> str:
    """A link to ``text`` on the page ``url``.

    A longer text is identified by its first and last words, which keeps the link short and works
    whatever markup and line breaks are in between. A table's row is found by its first two cells,
    since the first one alone is often a name that occurs elsewhere.
    """
    page, _, _ = url.partition(":~:")  # drop a text fragment that the URL was copied with
    separator = ":~:text=" if "#" in page else "#:~:text="
    return f"{web_address(page)}{separator}{_directive(text)}"


def _directive(text: str) -> str:
    """The text directive that identifies a text on its page."""
    paragraphs = [
        cells for first, last in paragraph_spans(text) if (cells := _cells(text[first:last]))
    ]
    if not paragraphs:
        return _encode(text.split())
    (first, *more), last = paragraphs[0], paragraphs[-1][-1]
    if len(paragraphs) > 1:
        return _range(first, last)
    if not more:
        return _encode(first) if len(first) <= MAX_EXACT_WORDS else _range(first, first)
    second, *rest = more
    found = _range(second, last) if rest or len(second) > MAX_EXACT_WORDS else _encode(second)
    return f"{_encode(first[-EDGE_WORDS:])}-,{found}"


def _cells(paragraph: str) -> list[Words]:
    """The words of each cell of a table's row; of another paragraph, as if it were one cell."""
    cells = CELL_END.split(without_marker(paragraph).strip())
    return [cell.split() for cell in cells if any(character.isalnum() for character in cell)]


def _range(first: Words, last: Words) -> str:
    return f"{_encode(first[:EDGE_WORDS])},{_encode(last[-EDGE_WORDS:])}"


def web_address(url: str) -> str:
    """``url`` with all invalid characters percent-encoded, and brackets too, which would end a
    Markdown link."""
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _encode(words: Words) -> str:
    # The dash is the one unreserved character with a meaning in text fragments.
    return quote(" ".join(words), safe="").replace("-", "%2D")
