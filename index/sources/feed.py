"""Feeds: RSS and Atom, and the articles that they carry whole."""

import asyncio
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from urllib.parse import urldefrag, urljoin, urlsplit

from tld import get_fld

from index.article import Article
from index.errors import ArticleError, SourceError
from index.fetching.fetcher import Fetcher
from index.sources.html import read_html
from index.sources.sandbox import read_apart
from index.sources.text import make_article, parse_date
from index.sources.web import PAGES

FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/rss+xml",
    "text/plain",
    "application/octet-stream",  # also what says nothing of its kind
    *PAGES,  # many feeds are sent as one, and a page may name its feed
)
"""The media types of what can be a feed."""

MOST = 1000
"""Entries of a feed that are looked at, the newest."""

WHOLE, WHOLE_SUMMARY = 500, 1500
"""Characters from which what an entry carries may be its whole article: as its content, and as
what may be no more than its summary."""

BEGINNING = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\s»→›)\]]*$"
    r"|\b(?:read|continue|see|keep) (?:more|on|reading)\b"
    r"|\b(?:read|view|see) the (?:full|whole|rest|entire|original|complete)\b"
    r"|\b(?:weiterlesen|mehr lesen|leer más|seguir leyendo|lire la suite|leggi tutto"
    r"|continua a leggere|lees verder|leia mais|czytaj dalej)\b",
    re.IGNORECASE,
)
"""What the last line of a text says, in some languages, that goes on elsewhere."""

LAST_LINE = 150
"""Characters of the end of a text in which that is looked for."""

TRACKING = re.compile(r"(?<=[?&])utm_[a-z]+=[^&#]*&?", re.IGNORECASE)
"""What tells a site where its visitors come from, and makes two addresses of one page."""

AHEAD = timedelta(days=1)
"""How far ahead a date may lie, since it is tomorrow somewhere; one further ahead is none."""

FOOTER = re.compile(r"The post .{1,400} (?:appeared first|first appeared) on .{1,200}")
"""What WordPress puts below each entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article.

    Args:
        key: tells it from the feed's other entries, whatever of it is edited.
        digest: another one once anything of it was edited.
        link: its page; absolute, without a fragment.
        is_own_page: whether that page is nobody else's, as far as the feed tells: not a part of
            it, nor a site's first page, nor what other entries link to as well.
        html: its text, or what may be its summary.
        is_content: whether that was said to be its content.
    """

    key: str
    digest: str
    title: str | None
    link: str | None
    is_own_page: bool
    author: str | None
    publisher: str | None
    published: date | datetime | None
    html: str
    is_content: bool

    @property
    def known(self) -> dict[str, str]:
        """What it says of the article beside its text, as far as it does."""
        published = self.published.isoformat() if self.published else None
        said = {"publisher": self.publisher, "author": self.author, "published": published}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was found.

    Args:
        url: where it was found in the end.
        entries: the newest first.
        minutes: how long it asks to be left alone, if it does.
        validators: see ``Fetched``.
    """

    url: str
    title: str
    entries: Sequence[Entry]
    minutes: float | None
    validators: Mapping[str, str]


class _NoFeedError(SourceError):
    """There is a page in place of a feed; ``feeds`` are those that it names."""

    def __init__(self, url: str, feeds: Sequence[str]) -> None:
        named = f"; it names {feeds[0]}" if feeds else ""
        super().__init__(f"{url}: this is no feed{named}.")
        self.feeds = feeds


async def find_feed(fetcher: Fetcher, url: str) -> tuple[str, Feed]:
    """The feed at an address or, where that is a page's, the first one that the page names; and
    the address to ask for it.

    Raises:
        as ``fetch_feed``.
    """
    try:
        found = await fetch_feed(fetcher, url)
    except _NoFeedError as error:
        if not error.feeds:
            raise
        url = min(error.feeds, key=lambda feed: "comment" in feed.lower())  # the first, else
        found = await fetch_feed(fetcher, url)
    if found is None:
        raise SourceError(f"{url}: the site sends nothing, as if we knew it (304).")
    return url, found


async def fetch_feed(
    fetcher: Fetcher, url: str, known: Mapping[str, str] | None = None
) -> Feed | None:
    """The feed at an address; None where it has not changed since.

    Args:
        known: the ``validators`` of the feed as it was found last.

    Raises:
        ForbiddenError, UnreachableError, SourceError: see ``Fetcher.fetch``; or there is no
            feed, or not all of it.
    """
    fetched = await fetcher.fetch(url, FEEDS, known)
    if fetched is None:
        return None
    feed = await asyncio.to_thread(read_feed, fetched.content, fetched.url, fetched.charset)
    return replace(feed, validators=fetched.validators)


def read_feed(content: bytes, url: str, charset: str | None = None) -> Feed:
    """The feed that was found at an address. Raises: SourceError."""
    found = read_apart("feed", content, url, charset)
    if not found["is_feed"]:
        raise _NoFeedError(url, [link for feed in found["feeds"] if (link := _link(feed, url))])
    if not found["is_whole"]:
        raise SourceError(f"{url}: this feed ends in the middle.")
    title = _flat(found["title"]) or urlsplit(url).hostname or url
    entries = found["entries"]
    if all(entry["moment"] for entry in entries):
        entries = sorted(entries, key=lambda entry: str(entry["moment"]), reverse=True)
    entries = entries[:MOST]
    unique: dict[str, Entry] = {}
    for entry in entries:
        read = _entry(entry, url, title)
        unique.setdefault(read.key, read)
    pages = Counter(entry.link for entry in unique.values())
    unique = {
        key: replace(entry, is_own_page=entry.is_own_page and pages[entry.link] == 1)
        for key, entry in unique.items()
    }
    return Feed(url, title, list(unique.values()), _minutes(found["minutes"]), {})


def whole_article(entry: Entry, feed: str, collection: str) -> Article | None:
    """The article that an entry carries; None where it is to be fetched, or there is none.

    What an entry says of another site's article is never taken for it.

    Args:
        feed: where the feed was found.

    Raises:
        SourceError: it is neither there nor to be fetched.
    """
    try:
        return _whole_article(entry, feed, collection)
    except SourceError:
        if entry.link:
            return None
        raise


def _whole_article(entry: Entry, feed: str, collection: str) -> Article | None:
    if entry.link:
        if len(entry.html) < (WHOLE if entry.is_content else WHOLE_SUMMARY):
            return None
        if not _same_site(entry.link, feed):
            return None
    name = entry.link or f"{feed}, “{entry.title or entry.key}”"
    # As a page whose one article it is.
    page = f"<!doctype html><meta charset=utf-8><body><article>{entry.html}</article>"
    text = read_html(page.encode(), name, collection, charset="utf-8").text
    last = text.rpartition("\n")[2]
    if FOOTER.fullmatch(last):
        text = text[: -len(last)].rstrip()
    if entry.link and (
        len(text) < (WHOLE if entry.is_content else WHOLE_SUMMARY) or _goes_on(entry.html)
    ):
        return None
    return make_article(
        name,
        collection,
        title=entry.title or _cut(text.split("\n", 1)[0], 100),
        text=text,
        # Another article with the same URL would take its place.
        url=entry.link if entry.is_own_page else None,
        **entry.known,
    )


def _goes_on(markup: str) -> bool:
    """Whether a text seems to go on elsewhere."""
    seen = " ".join(_visible(markup).split())
    return BEGINNING.search(FOOTER.sub("", seen).rstrip()[-LAST_LINE:]) is not None


def _visible(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def completed(article: Article, known: Mapping[str, str]) -> Article:
    """An article with what only its feed's entry says of it (see ``Entry.known``): who published
    it, who wrote it, and when, if the page does not tell that or tells no more than the day."""
    published, told = article.published, parse_date(known.get("published"))
    if published is None or (
        not isinstance(published, datetime)
        and isinstance(told, datetime)
        and told.date() == published
    ):
        published = told
    return replace(
        article,
        publisher=article.publisher or known.get("publisher"),
        author=article.author or known.get("author"),
        published=published,
    )


def _entry(found: Mapping[str, str | None], url: str, feed: str) -> Entry:
    key, link = found["id"], found["link"]
    if link is None or link == key:  # an id need not be an address
        link = key if key and re.match("https?://", key, re.IGNORECASE) else None
    page = _link(link, url)
    fragment = urldefrag(link).fragment if link and page else ""
    content, summary = found["content"] or "", found["summary"] or ""
    is_content = len(content) >= len(summary)
    said = [found[name] for name in ("title", "author", "published", "updated")]
    # Without the markup: a picture that counts who reads it is another one each time.
    digest = _digest([*said, page, *map(_visible, (content, summary))])
    return Entry(
        key=(key or (page and page + fragment) or digest)[:1000],
        digest=digest,
        title=_flat(found["title"]),
        link=page,
        is_own_page=bool(page and not fragment and urlsplit(page).path.strip("/")),
        author=_flat(found["author"]),
        publisher=_flat(found["publisher"]) or feed,
        published=_published(found["published"], found["moment"]),
        html=content if is_content else summary,
        is_content=is_content and bool(content),
    )


def _link(found: str | None, url: str) -> str | None:
    """An absolute web address, without its fragment; None where it is no such thing."""
    with suppress(ValueError):
        link = urldefrag(urljoin(url, (found or "").strip())).url
        link = TRACKING.sub("", link).rstrip("?&")
        if found and urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname:
            return link
    return None


def _minutes(said: str | None) -> float | None:
    with suppress(ValueError):
        return max(0.0, float(said)) if said and isfinite(float(said)) else None
    return None


def _published(said: str | None, moment: str | None) -> date | datetime | None:
    """When, in the zone in which it is said; else in UTC."""
    for text in (said, moment):
        with suppress(ArticleError):
            if (found := parse_date(text)) is None:
                continue
            day = found.date() if isinstance(found, datetime) else found
            return None if day and day > (datetime.now(UTC) + AHEAD).date() else found
    return None


def _same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: below the same registered domain."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    domain = get_fld(url, fail_silently=True, search_private=True)
    return str(domain or host)


def _flat(text: str | None) -> str | None:
    return _cut(" ".join((text or "").split()), 300) or None


def _cut(text: str, length: int) -> str:
    """A text, or the words of it that there is room for."""
    return text if len(text) <= length else text[: length - 1].rpartition(" ")[0] + "…"


def _digest(said: list[str | None]) -> str:
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]
