"""Feeds (RSS, Atom): what they say of themselves and of each entry."""

import re
from io import BytesIO
from time import struct_time
from typing import Any

END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
"""How a feed ends, if it was not cut off."""

FEED_LINKS = (
    "//link[contains(concat(' ', translate(@rel, 'ALTERN', 'altern'), ' '), ' alternate ')]"
    "[contains(@type, 'rss') or contains(@type, 'atom')]/@href"
)

Fields = dict[str, Any]


def read(content: bytes, charset: str | None = None) -> Fields:
    """A feed and its entries, in its order.

    ``is_feed`` tells whether it is one; where a web page is not, ``feeds`` are the addresses of
    those that it names. ``is_whole`` is false where it was cut off. Addresses may be relative;
    ``content`` is HTML, and of a ``summary`` nobody knows whether it is more than that.
    """
    import feedparser

    if not content.strip():
        return {"is_feed": False, "feeds": []}
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # As a stream: what looks like a path or an address would be opened.
    parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    if not parsed.version:
        return {"is_feed": False, "feeds": _feeds_of_page(content)}
    return {
        "is_feed": True,
        "is_whole": not parsed.bozo or END.search(content.replace(b"\0", b"")) is not None,
        "title": _text(parsed.feed.get("title")),
        "minutes": parsed.feed.get("ttl"),
        "entries": [_entry(entry) for entry in parsed.entries],
    }


def _entry(entry: Any) -> Fields:
    written = [part for part in entry.get("content") or () if "html" in part.get("type", "")]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": _text(entry.get("title")),
        "author": _text(entry.get("author")),
        "publisher": _text((entry.get("source") or {}).get("title")),
        "published": entry.get("published") or entry.get("updated"),
        "moment": _iso(when) if when else None,
        "updated": entry.get("updated"),
        "content": max((part["value"] for part in written), key=len, default=None),
        "summary": entry.get("summary"),
    }


def _text(markup: str | None) -> str | None:
    """What a reader sees of some HTML."""
    if not markup or not re.search("[<&]", markup):
        return markup
    from lxml.html import fromstring

    return str(fromstring(f"<p>{markup}</p>").text_content())


def _iso(when: struct_time) -> str:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*when[:6])


def _feeds_of_page(content: bytes) -> list[str]:
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        return [str(address) for address in document_fromstring(content).xpath(FEED_LINKS)]
    except (LxmlError, ValueError):  # it is no page either
        return []
