"""The dates of publication that a web page shows: marked up, or written beside the headline.

That a date is there does not make it the one of publication: where it stands, and what the text
around it says, must allow it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl"]
"""The languages of dates and of the words around them, besides those of East Asia."""

MAX_TEXT_LENGTH = 120
"""Characters of the longest text that states a date, with the byline around it."""

MIN_PARAGRAPH_LENGTH = 80
"""Characters of the first paragraph of an article's text. What states its date stands above."""

MIN_HEADLINE_LENGTH = 15
"""Characters at the start of a longer headline that the page's title has as well."""

MAX_DATE_LENGTH = 30
"""Characters of a text that is only a date."""

MAX_OTHER_WORDS = 10
"""Words around a date that is not said to be of publication, such as a place and an author."""

PUBLISHED = re.compile(
    r"\bpubli(?:sh|cad|cat|é|kat|zi)|\bpubblicat|\bposted|\bposté|mis en ligne|veröffentlicht"
    r"|erschienen|verfasst|geschrieben|eingestellt|gepubliceerd|geplaatst"
    r"|发布|發[布佈]|公開|掲載|配信|입력|등록|게시",
    re.IGNORECASE,
)
MODIFIED = re.compile(
    r"updat|modif|revis|edited|changed|actuali[sz]|aktuali|geändert|bearbeitet|mis à jour"
    r"|aggiornat|bijgewerkt|更新|修[改正]|수정",
    re.IGNORECASE,
)
"""Words that say what happened on a date."""

PUBLISHED_CLASS = re.compile(r"publi[sc]|pubdate|posted|created|entry-date", re.IGNORECASE)
DATE_CLASS = re.compile(r"(?<![^\W_])(?:date|datum|fecha|timestamp)(?![^\W_])", re.IGNORECASE)
MODIFIED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)
"""Words in the class of an element with a date."""

NOT_OF_PUBLICATION = frozenset(
    """
    as stand version start starts begin begins beginn beginnt end ends ende endet event termin foto
    fotos photo photos bild image copyright born died geboren gestorben valid gültig since seit
    until bis deadline edition release rev
    """.split()
)
"""Words beside dates of something else."""

SMALL_WORDS = frozenset(
    "a am an at at and by da das de del der di do du el em en et il in la le les of on par por the"
    " um uhr und van vom von".split()
)
"""Words in small letters that may stand beside a date and a byline."""

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
"""What an article says of itself below its text."""

INLINE = tuple("a abbr b big dd dt em font i label mark small span strong sub sup u".split())
"""Elements that are read with the text around them, and so are a term and its description."""

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Page)$")
"""The types of an article and of a page in schema.org."""

OUTSIDE = ("aside", "footer", "nav", "script", "style", "figure", "form", "noscript")
YEAR = re.compile(r"(?:19|20)\d\d")
TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?")
LABEL = re.compile(f"{PUBLISHED.pattern}|{MODIFIED.pattern}", re.IGNORECASE)
YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d\d?)\s?[-/.月월]\s?(\d\d?)(?!\d)\s?[日일]?"
)
"""A date as it is written in East Asia."""

AMBIGUOUS = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])/(?!0?\1/)(?:0?[1-9]|1[0-2])/\d{4}")
"""A date that is read differently in the United States."""

WORD = re.compile(r"[^\W\d_]+")
SEPARATOR = re.compile(r"\s[|•·–—-]\s")


def visible_dates(tree: Any) -> Iterator[str]:
    """The dates of publication that a page shows, the most reliable first, as their elements state
    them or in ISO 8601."""
    language = (tree.get("lang") or "").lower()
    said: list[str] = []
    marked: list[str] = []
    written: list[str] = []
    for element in _beside_headline(tree):
        text = _text(element)
        found = _stated(text, language)
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
        yield from filter(None, [_stated(part, language)])
    for element in tree.iter("p", "div", "small", "span"):
        text = _text(element)
        if ABOUT_ITSELF.search(text) and PUBLISHED.search(text):
            yield from filter(None, [_stated(text, language)])


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


def _stated(text: str, language: str) -> str | None:
    """The date of publication that a short text states; None if it states none or several.

    Args:
        language: the page's, in small letters; "" if it is not known.
    """
    if len(text) > MAX_TEXT_LENGTH or not YEAR.search(text):
        return None
    if language in ("", "en") and AMBIGUOUS.search(text):
        return None
    text = next(filter(YEAR.search, SEPARATOR.split(text)))
    published, others, end, rest = [], [], 0, ""
    for day, start, after in _dates(text, language):
        before, end = text[end:start], after
        said = [bool(PUBLISHED.match(word[0])) for word in LABEL.finditer(before)]
        rest += before
        if not said:
            others.append(day)
        elif said[-1]:
            published.append(day)
    rest += text[end:]
    if published:
        return published[0]
    if not end and len(text) <= MAX_DATE_LENGTH:
        return text  # which may be a date in a form that dateparser does not know
    if len(set(others)) != 1 or MODIFIED.search(rest):
        return None
    return others[0] if PUBLISHED.search(rest) or _is_byline(rest) else None


def _dates(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """The complete dates in a text, in ISO 8601, with their starts and ends."""
    for found in YEAR_FIRST.finditer(text):
        with suppress(ValueError):
            yield date(*map(int, found.groups())).isoformat(), *found.span()
            return
    from dateparser.search import search_dates

    order = "MDY" if language == "en-us" else "DMY"
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": order}
    start = 0
    for words, moment in search_dates(text, languages=LANGUAGES, settings=settings) or ():
        start = text.find(words, start)
        yield moment.date().isoformat(), start, start + len(words)
        start += len(words)


def _is_byline(text: str) -> bool:
    """Whether words beside a date are such as a place and an author, and not of a sentence."""
    words = WORD.findall(TIME.sub("", text))
    return (
        len(words) <= MAX_OTHER_WORDS
        and not any(character.isdigit() for character in TIME.sub("", text))
        and NOT_OF_PUBLICATION.isdisjoint(word.lower() for word in words)
        and all(word in SMALL_WORDS or not word[0].islower() for word in words)
    )


def _beside_headline(tree: Any) -> Iterator[Any]:
    """The elements right before the headline, and those between it and the first paragraph, that
    are marked as dates or have a short text."""
    headline = _headline(tree)
    if headline is None:
        return
    for root in headline.itersiblings(preceding=True):
        yield from filter(_is_short, _blocks(root))
    for outer in (headline, *headline.iterancestors()):
        for root in outer.itersiblings():
            for element in _blocks(root):
                if _is_short(element):
                    yield element
                elif element.tag == "p":
                    return


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
