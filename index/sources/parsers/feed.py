"""The parser of feeds (RSS, Atom, JSON Feed)."""

import hashlib
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from io import BytesIO
from itertools import pairwise
from math import isfinite
from time import gmtime, struct_time
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from .feed_repair import repair
from .json_feed import looks_like_json_feed, read_json_feed
from .pages.cleaning import cleaned_text
from .pages.titles import without_site

MAX_ENTRIES = 1000
"""Entries of a feed that are read, the newest ones."""

MAX_LINE_LENGTH, MAX_LINK_LENGTH = 1000, 2000
"""Characters of a title, a name, a key or a date, and of a link; a longer link is none."""

ENDING_LENGTH = 1000
"""Characters at the end of an entry's text that tell whether it is truncated."""

END_TAG = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
"""The end of a feed that is not truncated."""

MARKUP = re.compile(r"[<&]")

TRACKING = re.compile(r"(?<=[?&])utm_[a-z]+=[^&#]*&?", re.IGNORECASE)
"""Tracking parameters, which make several URLs of one page."""

TRACKING_FRAGMENT = re.compile(
    r"(?:xtor|ref|referrer|source|src|from|cid|echobox|ftag|intcmp|at_\w+|mtm_\w+|ns_\w+|pk_\w+"
    r"|utm_\w+)=",
    re.IGNORECASE,
)
"""The start of a fragment that tells where readers come from, and no part of a page."""

YEAR_FIRST = re.compile(r"\A(\d{4})\s?[/.年]\s?(\d\d?)\s?[/.月]\s?(\d\d?)(?!\d)")
UNIX_TIME = re.compile(r"\A(\d{9,10})(?:\d{3})?\Z")
"""Dates that feedparser misreads: Unix time is in seconds or milliseconds."""

NO_FORMAT = re.compile(r"\A\d{4}(?!-\d\d-\d\d)")
"""The start of other dates that feedparser misreads: it completes any four digits to a date."""

ISO_DAY = re.compile(r"\A\d{4}-\d\d-\d\d")
"""The start of a date. Feedparser takes 30 February for 2 March."""

FEED_LINKS = (
    "//link[contains(concat(' ', translate(@rel, 'ALTERN', 'altern'), ' '), ' alternate ')]"
    "[contains(@type, 'rss') or contains(@type, 'atom') or contains(@type, 'feed+json')]/@href"
)
MAX_FEED_LINKS = 20

Fields = dict[str, Any]


def parse(content: bytes, url: str, charset: str | None = None) -> Fields:
    """The metadata of a feed and its entries: the newest first, if all have a date, else in the
    feed's order.

    ``is_feed`` is False for any other document; ``feeds`` are then the URLs of feeds that a web
    page declares. ``is_complete`` is False for a truncated feed.

    Args:
        url: of the document.
    """
    import feedparser

    if not content.strip():
        return {"is_feed": False, "feeds": []}
    if looks_like_json_feed(content):
        return _json_feed(content, url)
    document = content
    if b"\0" not in content:  # not UTF-16, which feedparser recognizes
        document, charset = repair(content, charset), "utf-8"
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # As a stream: a string that looks like a path or a URL would be opened.
    parsed = feedparser.parse(BytesIO(document), response_headers=headers)
    if not parsed.version:
        return {"is_feed": False, "feeds": _feeds_of_page(content, url)}
    title = _one_line(_text(parsed.feed.get("title")))
    return {
        "is_feed": True,
        "is_complete": not parsed.bozo or END_TAG.search(content.replace(b"\0", b"")) is not None,
        "title": title,
        "minutes": _minutes(parsed.feed.get("ttl")),
        "entries": _with_keys([_entry(entry, url, title) for entry in _newest(parsed.entries)]),
    }


def _json_feed(content: bytes, url: str) -> Fields:
    """``parse`` for a JSON Feed."""
    feed = read_json_feed(content)
    if feed is None:
        return {"is_feed": False, "feeds": []}
    if not feed["is_complete"]:
        return {"is_feed": True, "is_complete": False}
    title = _one_line(feed["title"])
    entries = [_entry(entry, url, title) for entry in _newest(feed["entries"])]
    return {
        "is_feed": True,
        "is_complete": True,
        "title": title,
        "minutes": None,
        "entries": _with_keys(entries),
    }


def _newest(entries: list[Any]) -> list[Any]:
    """The newest entries, first; those that come first in the feed if one has no date."""
    if all(_moment(entry) for entry in entries):
        entries = sorted(entries, key=_moment, reverse=True)
    return entries[:MAX_ENTRIES]


def _entry(entry: Any, url: str, feed_title: str | None) -> Fields:
    """The fields of ``index.sources.feed.Entry``, but for its key: ``names`` are its id, the place
    that it links to, its title and its digest, as far as it has them.

    ``published_utc`` is the date of publication in UTC. ``is_page`` is whether the link leads
    neither to a part of a page nor to a site's home page.
    """
    contents = [part for part in entry.get("content") or () if "html" in part.get("type", "")]
    content = max((part["value"] for part in contents), key=len, default="")
    summary = entry.get("summary") or ""  # may well be the full text
    is_content = len(content) >= len(summary)
    key, link = entry.get("id"), entry.get("link")
    if link is None or link == key:  # an id need not be a URL
        link = key if key and key[:8].lower().startswith(("http://", "https://")) else None
    page = _link(link, url)
    fragment = urldefrag(link).fragment if link and page else ""
    if TRACKING_FRAGMENT.match(fragment):
        fragment = ""
    title, author = _text(entry.get("title")), _text(entry.get("author"))
    published, updated = entry.get("published") or entry.get("updated"), entry.get("updated")
    texts = visible_text(content), visible_text(summary)
    # Without markup, since a tracking image is different each time.
    digest = _digest([title, author, published, updated, page, *texts])
    is_home = bool(page and not fragment and not urlsplit(page).path.strip("/"))
    place = page + fragment if page and not is_home else None
    line = _one_line(title)
    publisher = _one_line(_text((entry.get("source") or {}).get("title")))
    return {
        "names": [name[:MAX_LINE_LENGTH] for name in (key, place, line, digest) if name],
        "digest": digest,
        "title": line and without_site(line, (publisher or "", feed_title or "")),
        "link": page,
        "is_page": bool(page and not fragment and not is_home),
        "author": _one_line(author),
        "publisher": publisher,
        "published": published and published[:MAX_LINE_LENGTH],
        "published_utc": _iso(when) if (when := _moment(entry)) else None,
        "html": content if is_content else summary,
        "is_content": is_content and bool(content),
        "ending": " ".join(texts[not is_content].split())[-ENDING_LENGTH:],
    }


def _with_keys(entries: list[Fields]) -> list[Fields]:
    """Entries with the first of their names that identifies them as their key.

    A name that several entries have, such as the id "N/A", identifies them only if they share
    their next name as well.
    """
    following: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name, after in pairwise(entry["names"]):
            following[name].add(after)
    return [
        entry | {"key": next(name for name in entry["names"] if len(following[name]) <= 1)}
        for entry in entries
    ]


def visible_text(markup: str) -> str:
    """The text of HTML without its tags."""
    # Not with a regular expression: it would look for the end of the last tag from every "<".
    pieces, position = [], 0
    while (start := markup.find("<", position)) >= 0 and (end := markup.find(">", start)) >= 0:
        pieces += [markup[position:start], " "]
        position = end + 1
    return html.unescape("".join([*pieces, markup[position:]]))


def _text(markup: str | None) -> str | None:
    """The text of an HTML fragment."""
    return cleaned_text(markup) if markup and MARKUP.search(markup) else markup


def _one_line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:MAX_LINE_LENGTH] or None


def _link(href: str | None, url: str) -> str | None:
    """An absolute http(s) URL without its fragment; None if it is not one, or is too long."""
    with suppress(ValueError):
        link = urldefrag(urljoin(url, (href or "").strip())).url
        link = TRACKING.sub("", link).rstrip("?&")
        is_web = urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname
        if href and is_web and len(link) <= MAX_LINK_LENGTH:
            return link
    return None


def _minutes(ttl: str | None) -> float | None:
    with suppress(ValueError):
        return max(0.0, float(ttl)) if ttl and isfinite(float(ttl)) else None
    return None


def _moment(entry: Any) -> Any:
    """When an entry was published or else updated, in UTC: a ``struct_time``, or None."""
    text = (entry.get("published") or entry.get("updated") or "").strip()
    if unix := UNIX_TIME.match(text):
        return gmtime(int(unix[1]))
    if day := YEAR_FIRST.match(text):
        with suppress(ValueError):
            return date(*map(int, day.groups())).timetuple()
    if NO_FORMAT.match(text):
        return None
    if day := ISO_DAY.match(text):
        try:
            date.fromisoformat(day[0])
        except ValueError:
            return None
    return entry.get("published_parsed") or entry.get("updated_parsed")


def _iso(when: struct_time) -> str:
    if when.tm_isdst == -1:  # from a day without a time
        return "{:04}-{:02}-{:02}".format(*when[:3])
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*when[:6])


def _digest(fields: Iterable[str | None]) -> str:
    return hashlib.sha256(json.dumps(list(fields)).encode()).hexdigest()[:32]


def _feeds_of_page(content: bytes, url: str) -> list[str]:
    """The URLs of the feeds that a web page declares."""
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        addresses = document_fromstring(content).xpath(FEED_LINKS)[:MAX_FEED_LINKS]
    except (LxmlError, ValueError):  # not a web page either
        return []
    return [link for address in addresses if (link := _link(str(address), url))]
