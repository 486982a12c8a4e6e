"""The articles of feed entries: the full text in an entry, and metadata that a page lacks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from tld import get_fld

from index.article import Article
from index.errors import SourceError
from index.sources.feed import Entry
from index.sources.html import read_html
from index.sources.text import make_article, parse_date
from index.text.truncation import truncate

MIN_CONTENT_LENGTH, MIN_SUMMARY_LENGTH = 500, 1500
"""Characters from which an entry's content, or its summary, may be the full text."""

TITLE_LENGTH = 100
"""Characters of a title made from the text."""

TRUNCATED = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\s»→›)\]]*$"
    r"|\b(?:read|continue|see|keep) (?:more|on|reading)\b"
    r"|\b(?:read|view|see) the (?:full|whole|rest|entire|original|complete)\b"
    r"|\b(?:weiterlesen|mehr lesen|leer más|seguir leyendo|lire la suite|leggi tutto"
    r"|continua a leggere|lees verder|leia mais|czytaj dalej)\b",
    re.IGNORECASE,
)
"""Matches the end of a text that is continued elsewhere, in several languages."""

TRUNCATION_WINDOW = 150
"""Characters at the end of a text in which ``TRUNCATED`` is searched for."""

FOOTER = re.compile(r"The post .{1,400} (?:appeared first|first appeared) on .{1,200}")
"""The line that WordPress appends to each entry."""


def article_in_entry(entry: Entry, feed: str, collection: str) -> Article | None:
    """The article whose full text is in a feed's entry; None if its page must be fetched.

    An entry's text is never taken for the article of another site.

    Args:
        feed: the URL of the feed.

    Raises:
        SourceError: the entry has neither the full text nor a link.
    """
    try:
        return _article_in_entry(entry, feed, collection)
    except SourceError:
        if entry.link:
            return None
        raise


def _article_in_entry(entry: Entry, feed: str, collection: str) -> Article | None:
    min_length = MIN_CONTENT_LENGTH if entry.is_content else MIN_SUMMARY_LENGTH
    if entry.link and (len(entry.html) < min_length or not _is_same_site(entry.link, feed)):
        return None
    name = entry.link or f"{feed}, “{entry.title or entry.key}”"
    page = f"<!doctype html><meta charset=utf-8><body><article>{entry.html}</article>"
    text = read_html(page.encode(), name, collection, charset="utf-8").text
    last_line = text.rpartition("\n")[2]
    if FOOTER.fullmatch(last_line):
        text = text[: -len(last_line)].rstrip()
    if entry.link and (len(text) < min_length or _is_truncated(entry.ending)):
        return None
    return make_article(
        name,
        collection,
        title=entry.title or truncate(text.split("\n", 1)[0], TITLE_LENGTH),
        text=text,
        # Another article with the same URL would replace this one.
        url=entry.link if entry.has_own_page else None,
        **entry.metadata,
    )


def add_metadata(article: Article, metadata: Mapping[str, str]) -> Article:
    """A fetched article, completed with what its feed's entry says (see ``Entry.metadata``).

    The page's own publisher and author win, and its date, unless the entry has a time on the same
    day.
    """
    published, in_feed = article.published, parse_date(metadata.get("published"))
    if published is None or (
        not isinstance(published, datetime)
        and isinstance(in_feed, datetime)
        and in_feed.date() == published
    ):
        published = in_feed
    return replace(
        article,
        publisher=article.publisher or metadata.get("publisher"),
        author=article.author or metadata.get("author"),
        published=published,
    )


def _is_truncated(ending: str) -> bool:
    """Whether a text with this ending seems to be continued elsewhere."""
    return TRUNCATED.search(FOOTER.sub("", ending).rstrip()[-TRUNCATION_WINDOW:]) is not None


def _is_same_site(one: str, other: str) -> bool:
    """Whether two URLs are below the same registered domain."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    domain = get_fld(url, fail_silently=True, search_private=True)
    return str(domain or host)
