"""Text fragments: links that open a web page at a quoted sentence.

See https://wicg.github.io/scroll-to-text-fragment/: a browser scrolls to the first text that
matches ``start`` or, for a range, ``start,end``.
"""

from urllib.parse import quote

MAX_EXACT_WORDS = 8
"""Words of the longest text that a link quotes in full."""

EDGE_WORDS = 4
"""Words at the start and the end of a longer text that a link quotes."""


def link_to_text(url: str, text: str) -> str:
    """A link to ``text`` on the page ``url``.

    A longer text is identified by its first and last words, which keeps the link short and works
    whatever markup and line breaks are in between.
    """
    words = text.split()
    if len(words) <= MAX_EXACT_WORDS:
        directive = _encode(words)
    else:
        directive = f"{_encode(words[:EDGE_WORDS])},{_encode(words[-EDGE_WORDS:])}"
    page, _, _ = url.partition(":~:")  # drop a text fragment that the URL was copied with
    separator = ":~:text=" if "#" in page else "#:~:text="
    return f"{web_address(page)}{separator}{directive}"


def web_address(url: str) -> str:
    """``url`` with all invalid characters percent-encoded, and brackets too, which would end a
    Markdown link."""
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _encode(words: list[str]) -> str:
    # The dash is the one unreserved character with a meaning in text fragments.
    return quote(" ".join(words), safe="").replace("-", "%2D")
