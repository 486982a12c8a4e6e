"""The date of publication that a web page states; one that is not stated is not guessed.

In this order: the JSON-LD of the page's own article, metadata, the JSON-LD of the page, what it
shows (see ``visible_dates.py``), and its URL. Dates of modification, and of lists, videos, comments
and other articles, are never read.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from .dated_text import YEAR_FIRST
from .linked_data import ARTICLE_TYPES, PAGE_TYPES, is_a, linked_data
from .visible_dates import is_of_article, visible_dates

FIRST_YEAR, LAST_YEAR = 1600, 2099
"""The years in which an article can have been published."""

UNIX_EPOCH = "1970-01-01"
"""The date that programs write if they know none."""

MAX_DATE_LENGTH = 100
"""Characters of the longest text that is a date, with the words and the byline around it."""

META_NAMES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "published_time",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "date",
    "dc.date",
    "dcterms.date",
)
"""The names of metadata with the date of publication, the clearest first."""


ISO_DAY = re.compile(r"\A(\d{4}-\d\d-\d\d)")
OUTSIDE_CALENDAR = re.compile(r"\A(?:0000-|[+-]?\d{5,}+-\d|-\d{4}-)")
"""The start of an ISO 8601 date before the year 1 or after 9999."""

ZONE = re.compile(r"(?<=:\d\d)\s?[+-]\d\d:?\d\d\Z")
"""A time zone after a time; htmldate fails on one that does not exist."""

NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
URL_DAY = re.compile(
    rf"/(\d{{4}})/(\d\d?|{'|'.join(MONTHS)})/(\d\d?)/"  # /2024/03/05/, /2024/mar/05/
    r"|(?<=[/-])(\d{4})-(\d\d)-(\d\d)(?=[/.-]|\Z)"  # 2024-03-05-slug, slug-2024-03-05.html
)
"""A date in the path of a URL."""

MAX_AHEAD = timedelta(days=1)
"""How far ahead a date in a URL may be, because of time zones."""


def published(tree: Any, urls: Iterable[str | None]) -> str | None:
    """The date in ISO 8601, with the time if its zone is stated as well; None if there is none.

    Args:
        tree: the page, of lxml.
        urls: where it was fetched from, and the canonical one.
    """
    stated = list(_stated(tree, urls))
    # Another statement may have the time of the same day.
    return next((other for other in stated if other.startswith(stated[0])), None)


def _stated(tree: Any, urls: Iterable[str | None]) -> Iterator[str]:
    """All dates that are stated, the most reliable first."""
    data = list(linked_data(tree))
    values = [
        *(item.get("datePublished") for item in data if is_a(item, ARTICLE_TYPES)),
        *_metadata(tree),
        *(item.get("datePublished") for item in data if is_a(item, PAGE_TYPES)),
        *visible_dates(tree),
    ]
    yield from filter(None, (_read(value) for value in values if isinstance(value, str)))
    yield from filter(None, (_in_path(url) for url in urls if url))


def _in_path(url: str) -> str | None:
    """The date in the path of a URL, unless it lies ahead."""
    with suppress(ValueError):
        if day := URL_DAY.search(urlsplit(url).path.lower()):
            year, month, number = (part for part in day.groups() if part)
            known = MONTHS.index(month) + 1 if month in MONTHS else int(month)
            found = date(int(year), known, int(number))
            if found <= datetime.now(UTC).date() + MAX_AHEAD:
                return _possible(found.isoformat())
    return None


def _read(value: str) -> str | None:
    """A date, or a time with its zone, in ISO 8601; None if nothing can be of that date. A zone
    that does not exist is dropped, and so is a time without one."""
    value = value.strip()
    if len(value) > MAX_DATE_LENGTH or OUTSIDE_CALENDAR.match(value):
        return None
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(value)
        return _possible(moment.isoformat() if moment.tzinfo else moment.date().isoformat())
    if day := ISO_DAY.match(value):
        with suppress(ValueError):
            return _possible(date.fromisoformat(day[1]).isoformat())
        return None
    if day := YEAR_FIRST.search(value):
        with suppress(ValueError):
            return _possible(date(*map(int, day.groups())).isoformat())
        return None
    from htmldate.extractors import try_date_expr

    # Without a zone, as htmldate's own are.
    first, last = (datetime(year, 12, 31) for year in (FIRST_YEAR - 1, LAST_YEAR))  # noqa: DTZ001
    found = try_date_expr(ZONE.sub("", value), "%Y-%m-%d", True, first, last)
    # A part of a date, such as a year, would be completed to a whole one.
    numbers = {int(number) for number in NUMBER.findall(value)}
    is_whole = found and {int(found[:4]), int(found[8:])} <= numbers
    return _possible(found) if found and is_whole else None


def _possible(value: str) -> str | None:
    is_possible = FIRST_YEAR <= int(value[:4]) <= LAST_YEAR and not value.startswith(UNIX_EPOCH)
    return value if is_possible else None


def _metadata(tree: Any) -> list[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            if key != "itemprop" or is_of_article(meta):
                found.setdefault((meta.get(key) or "").strip().lower(), meta.get("content") or "")
    return [found[name] for name in META_NAMES if name in found]
