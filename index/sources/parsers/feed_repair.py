"""Feeds that are not well-formed XML, in UTF-8 and with ampersands escaped."""

import re

from .charsets import decode

CDATA, CDATA_END = "<![CDATA[", "]]>"

AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z]\w{0,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
"""An ampersand that starts no entity."""


def repair(content: bytes, charset: str | None = None) -> bytes:
    """A feed in UTF-8, whatever its XML declaration says, with all ampersands escaped.

    Args:
        charset: the encoding that the server declares.
    """
    first, *others = decode(content, charset).split(CDATA)
    pieces = [_escape(first)]
    for part in others:
        inside, end, after = part.partition(CDATA_END)
        pieces += [CDATA, inside, end, _escape(after)]
    return "".join(pieces).encode()


def _escape(markup: str) -> str:
    return AMPERSAND.sub("&amp;", markup)
