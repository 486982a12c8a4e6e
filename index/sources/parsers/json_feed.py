"""JSON Feed (https://www.jsonfeed.org/version/1.1/), as feedparser gives other feeds."""

import html
import json
import re
from contextlib import suppress
from datetime import datetime
from time import struct_time
from typing import Any

VERSION = re.compile(rb"https?:(?:\\?/){2}jsonfeed\.org\\?/version\\?/")
"""The start of the version of a JSON Feed, in which a slash may be escaped."""

UNPRINTABLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that JSON can escape but no text has."""

Fields = dict[str, Any]


def looks_like_json_feed(content: bytes) -> bool:
    """Whether a document is a JSON Feed, or the beginning of one."""
    is_object = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return is_object and VERSION.search(content) is not None


def read_json_feed(content: bytes) -> Fields | None:
    """The ``title`` and the ``entries`` of a JSON Feed, and whether it ``is_complete``; None if it
    is none after all."""
    try:
        feed = json.loads(content.decode("utf-8-sig", errors="replace"))
    except ValueError:
        return {"is_complete": False}
    if not VERSION.match(str(feed.get("version")).encode(errors="replace")):
        return None
    items = feed.get("items")
    if not isinstance(items, list):
        return {"is_complete": False}
    authors = _authors(feed)
    entries = [_entry(item, authors) for item in items if isinstance(item, dict)]
    return {"is_complete": True, "title": _text(feed, "title"), "entries": entries}


def _entry(item: Fields, authors: str | None) -> Fields:
    """An item of a JSON Feed as feedparser would give it, plain texts as HTML."""
    content, text = _text(item, "content_html"), _text(item, "content_text")
    if not content and text:
        paragraphs = html.escape(text, quote=False).split("\n\n")
        content = "".join(f"<p>{part.strip()}</p>".replace("\n", "<br>") for part in paragraphs)
    plain = {
        "title": _text(item, "title"),
        "summary": _text(item, "summary"),
        "author": _authors(item) or authors,
    }
    published, updated = _text(item, "date_published"), _text(item, "date_modified")
    return {
        **{name: html.escape(value, quote=False) for name, value in plain.items() if value},
        "id": _text(item, "id"),
        "link": _text(item, "url"),
        "content": [{"type": "text/html", "value": content}] if content else [],
        "published": published,
        "published_parsed": _moment(published),
        "updated": updated,
        "updated_parsed": _moment(updated),
    }


def _authors(of: Fields) -> str | None:
    """The names of the authors of a JSON Feed or of an item; version 1 had a single one."""
    authors = of.get("authors") or of.get("author")
    people = authors if isinstance(authors, list) else [authors]
    names = [_text(person, "name") for person in people if isinstance(person, dict)]
    return ", ".join(name for name in names if name) or None


def _text(fields: Fields, name: str) -> str | None:
    """A field of JSON that is to be a text; readers are asked to accept numbers, too."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return UNPRINTABLE.sub("", str(value)).strip() or None


def _moment(text: str | None) -> struct_time | None:
    """A time in RFC 3339, in UTC."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text or "")
        return moment.utctimetuple()
    return None
