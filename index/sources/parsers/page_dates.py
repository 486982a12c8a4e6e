"""The date of publication that a web page states; one that is not stated is not guessed.

In this order: the JSON-LD of the page's own article, metadata, dates that are marked up above the
article's text, the JSON-LD of the page, dates written above the text, and the page's URL. Dates
of modification, and of lists, videos, comments and other articles, are never read.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from .linked_data import ARTICLE_TYPES, PAGE_TYPES, is_a, linked_data

FIRST_YEAR, LAST_YEAR = 1600, 2099
"""The years in which an article can have been published."""

UNIX_EPOCH = "1970-01-01"
"""What programs write if they know no date."""

MAX_DATE_LENGTH = 100
"""Characters of the longest text that is a date, with the words and the byline around it."""

MIN_PARAGRAPH_LENGTH = 80
"""Characters of the first paragraph of an article's text. What states its date stands above."""

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

PUBLISHED = re.compile(r"publi[sc]|pubdate|posted|created|entry-date", re.IGNORECASE)
MODIFIED = re.compile(r"updat|modif|actuali[sz]|aktuali|mis à jour", re.IGNORECASE)
DATED = re.compile(r"date|time|publi[sc]|posted|byline|meta|dateline", re.IGNORECASE)
"""Words in the class of an element, or beside a date, that tell what is dated."""

ELSEWHERE = re.compile(
    r"\b(?:related|comments?|sidebar|recommend\w*|promo|teasers?|widget|events|footer|nav)\b",
    re.IGNORECASE,
)
"""Words in the class of an element that is not part of the article."""

ISO_DAY = re.compile(r"\A(\d{4}-\d\d-\d\d)")
NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
URL_DAY = re.compile(r"/(\d{4})/(\d\d?)/(\d\d?)/")


def published(tree: Any, url: str | None) -> str | None:
    """The date in ISO 8601, with the time if its zone is stated as well; None if there is none.

    Args:
        tree: the page, of lxml.
        url: the canonical one.
    """
    stated = list(_stated(tree, url))
    # Another statement may have the time of the same day.
    return next((other for other in stated if other.startswith(stated[0])), None)


def _stated(tree: Any, url: str | None) -> Iterator[str]:
    """All dates that are stated, the most reliable first."""
    data = list(linked_data(tree))
    values = [
        *(item.get("datePublished") for item in data if is_a(item, ARTICLE_TYPES)),
        *_metadata(tree),
        *_marked_up(tree),
        *(item.get("datePublished") for item in data if is_a(item, PAGE_TYPES)),
        *_written(tree),
    ]
    yield from filter(None, (_read(value) for value in values if isinstance(value, str)))
    if day := URL_DAY.search(url or ""):
        year, month, number = map(int, day.groups())
        with suppress(ValueError):
            yield from filter(None, [_read(date(year, month, number).isoformat())])


def _read(value: str) -> str | None:
    """A date, or a time with its zone, in ISO 8601; None if nothing can be of that date. A zone
    that does not exist is dropped, and so is a time without one."""
    value = value.strip()
    if len(value) > MAX_DATE_LENGTH:
        return None
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(value)
        return _possible(moment.isoformat() if moment.tzinfo else moment.date().isoformat())
    if day := ISO_DAY.match(value):
        with suppress(ValueError):
            return _possible(date.fromisoformat(day[1]).isoformat())
        return None
    from htmldate.extractors import try_date_expr

    # Without a zone, as htmldate's own are.
    first, last = (datetime(year, 12, 31) for year in (FIRST_YEAR - 1, LAST_YEAR))  # noqa: DTZ001
    found = try_date_expr(value, "%Y-%m-%d", True, first, last)
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
            found.setdefault((meta.get(key) or "").strip().lower(), meta.get("content") or "")
    return [found[name] for name in META_NAMES if name in found]


def _marked_up(tree: Any) -> list[str]:
    """The dates of ``<time>`` elements above the text, dates of publication first."""
    certain, others = [], []
    for element in _above_text(tree):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and element.get("itemprop") != "datePublished":
            continue
        value = element.get("datetime") or element.get("content") or _short_text(element)
        if PUBLISHED.search(names) or element.get("pubdate") is not None:
            certain.append(value)
        elif not MODIFIED.search(names) and not MODIFIED.search(_text_before(element)):
            others.append(value)
    return certain + others


def _written(tree: Any) -> list[str]:
    """Texts above the article's in elements for dates and bylines, or that say "published"."""
    return [
        text
        for element in _above_text(tree)
        if element.tag in ("p", "span", "div", "li", "small")
        and len(text := _short_text(element)) <= MAX_DATE_LENGTH
        and (DATED.search(element.get("class") or "") or PUBLISHED.match(text))
        and not MODIFIED.search(text)
    ]


def _text_before(element: Any) -> str:
    """The text right before an element in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "")[-MAX_DATE_LENGTH:]


def _short_text(element: Any) -> str:
    """The text of an element, cut soon after the length of a date."""
    text = ""
    for piece in element.itertext():
        text = f"{text}{piece[: MAX_DATE_LENGTH + 1]}".lstrip()
        if len(text) > MAX_DATE_LENGTH:
            break
    return " ".join(text.split()) if len(text) <= MAX_DATE_LENGTH else text


def _above_text(tree: Any) -> Iterator[Any]:
    """The elements between the start of the article and its first paragraph.

    The article starts with ``<article>`` or the first ``<h1>``, whichever comes first.
    """
    from lxml.etree import iterwalk

    has_started = False
    walk = iterwalk(tree, events=("start",))
    for _, element in walk:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in ("aside", "footer", "nav") or ELSEWHERE.search(names):
            walk.skip_subtree()
            continue
        has_started = has_started or element.tag in ("article", "h1")
        if not has_started:
            continue
        if element.tag == "p" and len(_short_text(element)) >= MIN_PARAGRAPH_LENGTH:
            return
        yield element
