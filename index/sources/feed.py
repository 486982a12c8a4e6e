"""Feeds: fetching and reading RSS, Atom and JSON Feed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from index.article import MAX_TITLE_LENGTH
from index.errors import ArticleError, SourceError
from index.fetching.fetcher import Fetcher
from index.sources.sandbox import parse_in_sandbox, run_parsing
from index.sources.text import parse_date
from index.sources.web import PAGE_TYPES
from index.text.truncation import truncate

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/rss+xml",
    "application/feed+json",
    "application/json",
    "text/plain",
    "application/octet-stream",  # also assumed without a declared type
    *PAGE_TYPES,  # many feeds are served as pages, and a page may declare its feed
)
"""The media types of feeds."""

MAX_AHEAD = timedelta(days=1)
"""How far in the future a date may be, because of time zones; a later one is ignored."""

UNIX_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. All but ``html`` is short, whatever is in the feed.

    Args:
        key: identifies it among the feed's entries, even after it is edited.
        digest: changes when anything in it is edited.
        link: the URL of its page, absolute and without a fragment.
        has_own_page: whether the link leads to this entry's page alone: not to a part of a page, a
            site's home page, or a page that other entries link to as well.
        html: its content or else its summary.
        is_content: whether ``html`` was declared to be the content.
        ending: the last characters of the text in ``html``.
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
    ending: str

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
        validators, permanent_url: see ``Fetched``.
    """

    url: str
    title: str
    entries: Sequence[Entry]
    ttl_minutes: float | None
    validators: Mapping[str, str]
    permanent_url: str


class _NotAFeedError(SourceError):
    """The document is not a feed; ``feeds`` are the URLs of feeds that it declares."""

    def __init__(self, url: str, feeds: Sequence[str]) -> None:
        hint = f"; it declares {feeds[0]}" if feeds else ""
        super().__init__(f"{url}: this is not a feed{hint}.")
        self.feeds = feeds


async def find_feed(fetcher: Fetcher, url: str) -> Feed:
    """The feed at a URL, or the first one that the page there declares.

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
    return feed


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
    feed = await run_parsing(read_feed, fetched.content, fetched.url, fetched.charset)
    return replace(feed, validators=fetched.validators, permanent_url=fetched.permanent_url)


def read_feed(content: bytes, url: str, charset: str | None = None) -> Feed:
    """Read a feed that was fetched from a URL. Raises SourceError."""
    parsed = parse_in_sandbox("feed", content, url, url=url, charset=charset)
    if not parsed["is_feed"]:
        raise _NotAFeedError(url, parsed["feeds"])
    if not parsed["is_complete"]:
        raise SourceError(f"{url}: this feed is truncated.")
    title = truncate(parsed["title"] or urlsplit(url).hostname or url, MAX_TITLE_LENGTH)
    unique: dict[str, Mapping[str, Any]] = {}
    for fields in parsed["entries"]:
        unique.setdefault(fields["key"], fields)
    pages = Counter(fields["link"] for fields in unique.values())
    entries = [
        _entry(fields, title, is_shared=pages[fields["link"]] > 1) for fields in unique.values()
    ]
    return Feed(url, title, entries, parsed["minutes"], {}, url)


def _entry(fields: Mapping[str, Any], feed_title: str, *, is_shared: bool) -> Entry:
    """The entry in the fields of the parser.

    Args:
        is_shared: whether other entries link to its page as well.
    """
    return Entry(
        key=fields["key"],
        digest=fields["digest"],
        title=truncate(fields["title"] or "", MAX_TITLE_LENGTH) or None,
        link=fields["link"],
        has_own_page=fields["is_page"] and not is_shared,
        author=fields["author"],
        publisher=fields["publisher"] or feed_title,
        published=_published(fields["published"], fields["published_utc"]),
        html=fields["html"],
        is_content=fields["is_content"],
        ending=fields["ending"],
    )


def _published(text: str | None, utc: str | None) -> date | datetime | None:
    """The date of publication in its own time zone, or else in UTC."""
    for value in (text, utc):
        with suppress(ArticleError):
            if (found := parse_date(value)) is not None:
                return _plausible(found)
    return None


def _plausible(found: date | datetime) -> date | datetime | None:
    """The date, unless it lies ahead or is the start of Unix time, which stands for none."""
    day = found.date() if isinstance(found, datetime) else found
    is_aware = isinstance(found, datetime) and found.tzinfo is not None
    start = found.astimezone(UTC).date() if is_aware and isinstance(found, datetime) else day
    is_ahead = day > (datetime.now(UTC) + MAX_AHEAD).date()
    return None if is_ahead or start == UNIX_EPOCH else found
