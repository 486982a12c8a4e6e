"""The dates of publication that a web page shows: marked up, or written beside the headline.

That a date is there does not make it the one of publication: where it stands, and what the text
around it says, must allow it.
"""

import re
from collections.abc import Iterator
from typing import Any

from .dated_text import (
    MAX_TEXT_LENGTH,
    MODIFIED,
    PUBLISHED,
    SEPARATOR,
    may_state_date,
    stated_date,
)

MIN_PARAGRAPH_LENGTH = 80
"""Characters of the first paragraph of an article's text. What states its date stands above."""

MAX_DATED_TEXTS = 40
"""Texts beside a headline in which a date is looked for; more are on a page that is a list."""

MIN_HEADLINE_LENGTH = 15
"""Characters at the start of a longer headline that the page's title has as well."""

PUBLISHED_CLASS = re.compile(r"publi[sc]|pubdate|posted|created|entry-date", re.IGNORECASE)
DATE_CLASS = re.compile(r"(?<![^\W_])(?:date|datum|fecha|timestamp)(?![^\W_])", re.IGNORECASE)
MODIFIED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)
"""Words in the class of an element with a date."""

ELSEWHERE = re.compile(
    r"(?<![^\W_])(?:related|comments?|commentlist|commentmetadata|sidebar|recommend\w*|promo"
    r"|teasers?|widgets?|events?|footer|nav|caption|copyright|latest|more)(?![^\W_])",
    re.IGNORECASE,
)
"""Words in the class of an element that is not part of the article, or not of its heading."""

ABOUT_ITSELF = re.compile(
    r"\b(?:this|dieser|diese|cet|cette|este|esta|questo|questa)\s+(?:article|post|story|entry"
    r"|artikel|beitrag|meldung|billet|artículo|nota|artigo|articolo)\b",
    re.IGNORECASE,
)
"""Words with which an article speaks of itself below its text."""

INLINE = tuple("a abbr b big dd dt em font i label mark small span strong sub sup u".split())
"""Elements that are read with the text around them, and so are a term and its description."""

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Page)$")
"""The types of an article and of a page in schema.org."""

OUTSIDE = ("aside", "footer", "nav", "script", "style", "figure", "noscript")


def visible_dates(tree: Any) -> Iterator[str]:
    """The dates of publication that a page shows, the most reliable first, as their elements state
    them or in ISO 8601."""
    language = (tree.get("lang") or "").lower()
    said: list[str] = []
    marked: list[str] = []
    written: list[str] = []
    looked_in = 0
    for element, is_below_summary in _beside_headline(tree):
        if is_below_summary and (said or marked or written):
            break
        text = _text(element)
        found = stated_date(text, language) if looked_in < MAX_DATED_TEXTS else None
        looked_in += may_state_date(text)
        if found and PUBLISHED.search(text):
            said.append(found)
        elif _is_marked(element):
            (said if _is_of_publication(element) else marked).append(_value(element))
        elif found:
            written.append(found)
    yield from said
    yield from marked
    yield from _microformats(tree)
    yield from written
    for part in SEPARATOR.split(_title(tree))[1:]:
        yield from filter(None, [stated_date(part, language)])
    for element in tree.iter("p", "div", "small", "span"):
        text = _text(element)
        if ABOUT_ITSELF.search(text) and PUBLISHED.search(text):
            yield from filter(None, [stated_date(text[:MAX_TEXT_LENGTH], language)])


def _is_marked(element: Any) -> bool:
    """Whether an element is made for a date, other than of modification."""
    if element.tag != "time" and element.get("itemprop") != "datePublished":
        return False
    if not is_of_article(element):
        return False
    before = _text_before(element)
    return _is_of_publication(element) or not MODIFIED.search(f"{_names(element)} {before}")


def is_of_article(element: Any) -> bool:
    """Whether an element's microdata are of the page or its article, not of a review, say."""
    for outer in element.iterancestors():
        if "itemscope" in outer.attrib:
            return ARTICLE_TYPES.search(outer.get("itemtype") or "WebPage") is not None
    return True


def _is_for_dates(element: Any) -> bool:
    """Whether an element within a text is made for a date, or named after it."""
    return _is_marked(element) or DATE_CLASS.search(_names(element)) is not None


def _is_of_publication(element: Any) -> bool:
    return element.get("pubdate") is not None or bool(PUBLISHED_CLASS.search(_names(element)))


def _value(element: Any) -> str:
    """The date of an element, for programs if it has one."""
    stated = next(filter(None, map(element.get, ("datetime", "content", "title"))), None)
    return stated or _text(element)


def _microformats(tree: Any) -> list[str]:
    """The date of an entry in hAtom or h-entry, unless there are several."""
    found = {
        _value(element)
        for element in tree.iter("abbr", "time", "span", "p")
        if not {"published", "dt-published", "entry-date"}.isdisjoint(_names(element).split())
    }
    return list(found) if len(found) == 1 else []


def _beside_headline(tree: Any) -> Iterator[tuple[Any, bool]]:
    """The elements right before the headline, and those between it and the first paragraph, that
    are marked as dates or have a short text. Below a first paragraph, which may be a summary, only
    those made for dates, each with True."""
    headline = _headline(tree)
    if headline is None:
        return
    for root in headline.itersiblings(preceding=True):
        yield from ((element, False) for element in _blocks(root) if _is_short(element))
    paragraphs = 0
    for outer in (headline, *headline.iterancestors()):
        for root in outer.itersiblings():
            for element in _blocks(root):
                if not _is_short(element):
                    paragraphs += element.tag == "p"
                    if paragraphs > 1:
                        return
                elif paragraphs == 0 or _is_for_dates(element):
                    yield element, paragraphs > 0


def _blocks(element: Any) -> Iterator[Any]:
    """The paragraphs, and whatever else has a short text, of an element in order."""
    if not isinstance(element.tag, str) or _is_elsewhere(element):
        return
    if _is_marked(element) or (element.tag == "p" and len(_text(element)) >= MIN_PARAGRAPH_LENGTH):
        yield element
        return
    is_short = _is_short(element)
    if is_short:
        yield element
        yield from (inner for inner in element.iter("time", *INLINE) if _is_for_dates(inner))
    for child in element:
        if not (is_short and child.tag in INLINE):
            yield from _blocks(child)


def _headline(tree: Any) -> Any:
    """The headline that the page's title begins with, or a part of it, the longest first; or else
    the first one; None without one."""
    title = _title(tree)
    parts = [title, *sorted(SEPARATOR.split(title), key=len, reverse=True)]
    headings = [(h, _text(h)) for tag in ("h1", "h2", "h3") for h in tree.iter(tag)]
    for part in parts:
        for heading, text in headings:
            if text and part.startswith(text[:MIN_HEADLINE_LENGTH]):
                return heading
    return next((heading for heading, _ in headings if heading.tag == "h1"), None)


def _title(tree: Any) -> str:
    for path in ("//meta[@property='og:title']/@content", "//title/text()"):
        for title in tree.xpath(path):
            if title.strip():
                return " ".join(title.split())
    return ""


def _is_elsewhere(element: Any) -> bool:
    return element.tag in OUTSIDE or ELSEWHERE.search(_names(element)) is not None


def _is_short(element: Any) -> bool:
    return len(_text(element)) <= MAX_TEXT_LENGTH


def _names(element: Any) -> str:
    return " ".join(filter(None, map(element.get, ("class", "id", "itemprop"))))


def _text_before(element: Any) -> str:
    """The text right before an element in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "")[-MAX_TEXT_LENGTH:]


def _text(element: Any) -> str:
    """The text of an element, cut soon after the length of a short one."""
    text = ""
    for piece in element.itertext():
        text = f"{text} {piece[: MAX_TEXT_LENGTH + 1]}".strip()
        if len(text) > MAX_TEXT_LENGTH:
            break
    return " ".join(text.split())
