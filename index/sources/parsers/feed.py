"""The parser of feeds (RSS, Atom)."""

import re
from io import BytesIO
from time import struct_time
from typing import Any

END_TAG = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
"""The end of a feed that is not truncated."""

FEED_LINKS = (
    "//link[contains(concat(' ', translate(@rel, 'ALTERN', 'altern'), ' '), ' alternate ')]"
    "[contains(@type, 'rss') or contains(@type, 'atom')]/@href"
)

Fields = dict[str, Any]


def parse(content: bytes, charset: str | None = None) -> Fields:
    """The metadata of a feed and its entries, in the feed's order.

    ``is_feed`` is False for any other document; ``feeds`` are then the URLs of feeds that a web
    page declares. ``is_complete`` is False for a truncated feed. URLs may be relative. An entry's
    ``content`` and ``summary`` are HTML; the ``summary`` may well be the full text.
    """
    import feedparser

    if not content.strip():
        return {"is_feed": False, "feeds": []}
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # As a stream: a string that looks like a path or a URL would be opened.
    parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    if not parsed.version:
        return {"is_feed": False, "feeds": _feeds_of_page(content)}
    return {
        "is_feed": True,
        "is_complete": not parsed.bozo or END_TAG.search(content.replace(b"\0", b"")) is not None,
        "title": _text(parsed.feed.get("title")),
        "minutes": parsed.feed.get("ttl"),
        "entries": [_entry(entry) for entry in parsed.entries],
    }


def _entry(entry: Any) -> Fields:
    contents = [part for part in entry.get("content") or () if "html" in part.get("type", "")]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": _text(entry.get("title")),
        "author": _text(entry.get("author")),
        "publisher": _text((entry.get("source") or {}).get("title")),
        "published": entry.get("published") or entry.get("updated"),
        "published_utc": _iso(when) if when else None,
        "updated": entry.get("updated"),
        "content": max((part["value"] for part in contents), key=len, default=None),
        "summary": entry.get("summary"),
    }


def _text(markup: str | None) -> str | None:
    """The text of an HTML fragment."""
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
    except (LxmlError, ValueError):  # not a web page either
        return []
