"""Feeds: fetching and reading RSS and Atom."""

import asyncio
import hashlib
import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import isfinite
from urllib.parse import urldefrag, urljoin, urlsplit

from index.errors import ArticleError, SourceError
from index.fetching.fetcher import Fetcher
from index.sources.sandbox import parse_in_sandbox
from index.sources.text import parse_date
from index.sources.web import PAGE_TYPES

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/rss+xml",
    "text/plain",
    "application/octet-stream",  # also assumed without a declared type
    *PAGE_TYPES,  # many feeds are served as pages, and a page may declare its feed
)
"""The media types of feeds."""

MAX_ENTRIES = 1000
"""Entries of a feed that are read, the newest ones."""

TRACKING = re.compile(r"(?<=[?&])utm_[a-z]+=[^&#]*&?", re.IGNORECASE)
"""Tracking parameters, which make several URLs of one page."""

MAX_AHEAD = timedelta(days=1)
"""How far in the future a date may be, because of time zones; a later one is ignored."""

MAX_KEY_LENGTH, MAX_LINE_LENGTH = 1000, 300


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Args:
        key: identifies it among the feed's entries, even after it is edited.
        digest: changes when anything in it is edited.
        link: the URL of its page, absolute and without a fragment.
        has_own_page: whether the link leads to this entry's page alone: not to a part of a page, a
            site's home page, or a page that other entries link to as well.
        html: its content or else its summary.
        is_content: whether ``html`` was declared to be the content.
    """

    key: str
    digest: str
    title: str | None
    link: str | None
    has_own_page: bool
    author: str | None
    publisher: str | None
    published: date | datetime | None
    html: str
    is_content: bool

    @property
    def metadata(self) -> dict[str, str]:
        """The publisher, author and date of publication, as far as they are known."""
        published = self.published.isoformat() if self.published else None
        fields = {"publisher": self.publisher, "author": self.author, "published": published}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was fetched.

    Args:
        url: its URL after redirects.
        entries: newest first.
        ttl_minutes: the poll interval that it asks for, if it does.
        validators: see ``Fetched``.
    """

    url: str
    title: str
    entries: Sequence[Entry]
    ttl_minutes: float | None
    validators: Mapping[str, str]


class _NotAFeedError(SourceError):
    """The document is not a feed; ``feeds`` are the URLs of feeds that it declares."""

    def __init__(self, url: str, feeds: Sequence[str]) -> None:
        hint = f"; it declares {feeds[0]}" if feeds else ""
        super().__init__(f"{url}: this is not a feed{hint}.")
        self.feeds = feeds


async def find_feed(fetcher: Fetcher, url: str) -> tuple[str, Feed]:
    """The feed at a URL, or the first one that the page there declares, with its URL.

    Raises as ``fetch_feed``.
    """
    try:
        feed = await fetch_feed(fetcher, url)
    except _NotAFeedError as error:
        if not error.feeds:
            raise
        # The first one that is not a feed of comments.
        url = min(error.feeds, key=lambda link: "comment" in link.lower())
        feed = await fetch_feed(fetcher, url)
    if feed is None:
        raise SourceError(f"{url}: the site sent no content (304).")
    return url, feed


async def fetch_feed(
    fetcher: Fetcher, url: str, validators: Mapping[str, str] | None = None
) -> Feed | None:
    """The feed at a URL; None if it has not changed.

    Args:
        validators: those of the feed when it was last fetched.

    Raises:
        ForbiddenError, UnreachableError, SourceError: see ``Fetcher.fetch``; or the document is
            not a feed, or is truncated.
    """
    fetched = await fetcher.fetch(url, FEED_TYPES, validators)
    if fetched is None:
        return None
    feed = await asyncio.to_thread(read_feed, fetched.content, fetched.url, fetched.charset)
    return replace(feed, validators=fetched.validators)


def read_feed(content: bytes, url: str, charset: str | None = None) -> Feed:
    """Read a feed that was fetched from a URL. Raises SourceError."""
    parsed = parse_in_sandbox("feed", content, url, charset)
    if not parsed["is_feed"]:
        raise _NotAFeedError(url, [link for feed in parsed["feeds"] if (link := _link(feed, url))])
    if not parsed["is_complete"]:
        raise SourceError(f"{url}: this feed is truncated.")
    title = _one_line(parsed["title"]) or urlsplit(url).hostname or url
    entries = parsed["entries"]
    if all(entry["published_utc"] for entry in entries):
        entries = sorted(entries, key=lambda entry: str(entry["published_utc"]), reverse=True)
    entries = entries[:MAX_ENTRIES]
    unique: dict[str, Entry] = {}
    for entry in _with_keys([_entry(fields, url, title) for fields in entries]):
        unique.setdefault(entry.key, entry)
    pages = Counter(entry.link for entry in unique.values())
    unique = {
        key: replace(entry, has_own_page=entry.has_own_page and pages[entry.link] == 1)
        for key, entry in unique.items()
    }
    return Feed(url, title, list(unique.values()), _minutes(parsed["minutes"]), {})


def _with_keys(found: Sequence[tuple[Entry, Sequence[str]]]) -> list[Entry]:
    """Entries with the first of their names that identifies them.

    A name that several entries have, such as the id "N/A", identifies them only if they share
    their next name as well.
    """
    following: defaultdict[str, set[str]] = defaultdict(set)
    for _, names in found:
        for name, after in pairwise(names):
            following[name].add(after)
    return [
        replace(entry, key=next(name for name in names if len(following[name]) <= 1))
        for entry, names in found
    ]


def _entry(
    fields: Mapping[str, str | None], url: str, feed_title: str
) -> tuple[Entry, Sequence[str]]:
    """An entry, and its names: its id, the place that it links to, its title and its digest, as far
    as it has them."""
    key, link = fields["id"], fields["link"]
    if link is None or link == key:  # an id need not be a URL
        link = key if key and re.match("https?://", key, re.IGNORECASE) else None
    page = _link(link, url)
    fragment = urldefrag(link).fragment if link and page else ""
    content, summary = fields["content"] or "", fields["summary"] or ""
    is_content = len(content) >= len(summary)
    metadata = [fields[name] for name in ("title", "author", "published", "updated")]
    # Without markup, since a tracking image is different each time.
    digest = _digest([*metadata, page, *map(visible_text, (content, summary))])
    is_home = bool(page and not fragment and not urlsplit(page).path.strip("/"))
    place = page + fragment if page and not is_home else None
    title = _one_line(fields["title"])
    names = [name[:MAX_KEY_LENGTH] for name in (key, place, title, digest) if name]
    entry = Entry(
        key=names[0],
        digest=digest,
        title=title,
        link=page,
        has_own_page=bool(page and not fragment and not is_home),
        author=_one_line(fields["author"]),
        publisher=_one_line(fields["publisher"]) or feed_title,
        published=_published(fields["published"], fields["published_utc"]),
        html=content if is_content else summary,
        is_content=is_content and bool(content),
    )
    return entry, names


def _link(href: str | None, url: str) -> str | None:
    """An absolute http(s) URL without its fragment; None if it is not one."""
    with suppress(ValueError):
        link = urldefrag(urljoin(url, (href or "").strip())).url
        link = TRACKING.sub("", link).rstrip("?&")
        if href and urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname:
            return link
    return None


def _minutes(ttl: str | None) -> float | None:
    with suppress(ValueError):
        return max(0.0, float(ttl)) if ttl and isfinite(float(ttl)) else None
    return None


def _published(text: str | None, utc: str | None) -> date | datetime | None:
    """The date of publication in its own time zone, or else in UTC."""
    for value in (text, utc):
        with suppress(ArticleError):
            if (found := parse_date(value)) is None:
                continue
            day = found.date() if isinstance(found, datetime) else found
            return None if day and day > (datetime.now(UTC) + MAX_AHEAD).date() else found
    return None


def _one_line(text: str | None) -> str | None:
    return shorten(" ".join((text or "").split()), MAX_LINE_LENGTH) or None


def shorten(text: str, length: int) -> str:
    """A text shortened to a length at a word."""
    return text if len(text) <= length else text[: length - 1].rpartition(" ")[0] + "…"


def _digest(fields: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()[:32]


def visible_text(markup: str) -> str:
    """The text of HTML without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))
