"""Links that open a web page at a quoted sentence.

Text fragments are described at https://wicg.github.io/scroll-to-text-fragment/: a browser
scrolls to the first text that matches ``start`` or, for a range, ``start,end``.
"""

from urllib.parse import quote

WHOLE_WORDS = 8
EDGE_WORDS = 4


def link_to_text(url: str, text: str) -> str:
    """The address of ``text`` on the page ``url``.

    A text of up to eight words is named whole, a longer one by its first and last four words,
    which survives markup and line breaks between them and keeps the link short.
    """
    words = text.split()
    if len(words) <= WHOLE_WORDS:
        directive = _encode(words)
    else:
        directive = f"{_encode(words[:EDGE_WORDS])},{_encode(words[-EDGE_WORDS:])}"
    page, _, _ = url.partition(":~:")  # the address was copied with a text fragment of its own
    separator = ":~:text=" if "#" in page else "#:~:text="
    return f"{web_address(page)}{separator}{directive}"


def web_address(url: str) -> str:
    """``url`` with all that may not stand in one escaped, and brackets too: they end links."""
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _encode(words: list[str]) -> str:
    # The dash separates a fragment's context terms, so it is the one unreserved character
    # that has to be escaped as well.
    return quote(" ".join(words), safe="").replace("-", "%2D")
