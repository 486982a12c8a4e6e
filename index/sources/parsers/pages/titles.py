"""The title of an article on a web page, without the name of its site.

A heading is the title if the page's metadata says the same, so that neither a section's nor a
banner's heading is taken for it; otherwise, the metadata has it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from .cleaning import cleaned_text, one_line
from .linked_data import ARTICLE_TYPES, is_a

MAX_LENGTH, MAX_HEADINGS = 1000, 30
"""Characters of a title, and the number of headings, that are looked at."""

TITLES = ("og:title", "twitter:title", "citation_title", "parsely-title", "dc.title")
SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
"""Metadata with the title, and with the name of the site, the most reliable first."""

BETWEEN = r"\s(?:[|·•»«›‹/–—-]|::)\s|[|｜]|(?<=[\u3040-\uD7A3])[_–—-](?=[\u3040-\uD7A3])"
SEPARATOR = re.compile(BETWEEN)
AFTER_SITE = re.compile(rf"\s?:\s|{BETWEEN}")
"""Separators between a title and the name of a site, and after a name that comes first. In East
Asia, it needs no spaces."""

WORD = re.compile(r"[^\W_]+")
WEB_SITE = re.compile(r"WebSite$")
CUT_OFF = re.compile(r"(?:…|\.\.\.)\s?\Z")

MIN_HOST_LENGTH = 4
"""Characters of a part of a host that may be the name of a site."""

MAX_NAME_WORDS, MAX_SECTION_WORDS, MIN_TITLE_WORDS = 4, 2, 3
"""Words of the longest unknown name of a site and of a section, and of the shortest title that
they are taken from."""


def page_title(tree: Any, url: str | None, data: list[dict[str, Any]]) -> str | None:
    """The title that a page states; None if it states none.

    Args:
        tree: the page, of lxml, cleaned.
        url: where it was fetched from.
        data: its JSON-LD.
    """
    metadata = _metadata(tree)
    names = [*_site_names(data, metadata, url)]
    declared = [
        *(item.get("headline") for item in data if is_a(item, ARTICLE_TYPES)),
        *(metadata.get(name) for name in TITLES),
    ]
    titles = [without_site(line, names) for value in declared if (line := _line(value))]
    titles = [title for title in titles if not _is_name(title, names)]
    element = tree.find(".//head//title")
    in_window = "" if element is None else _without_section(_line(element.text_content()), names)
    stated = [*titles, *([in_window] if in_window and not _is_name(in_window, names) else [])]

    headings = [_heading(h1) for h1 in [*tree.iter("h1")][:MAX_HEADINGS]]
    for heading in headings:
        if any(_is_same(heading, title) for title in stated):
            return heading
    inside = [_heading(h1) for h1 in tree.xpath("(//article | //main)//h1")[:1]]
    inside = [line for line in inside if len(WORD.findall(line)) >= MIN_TITLE_WORDS]
    if titles:
        inside = [line for line in inside if any(_is_similar(line, title) for title in stated)]
        inside = [line for line in inside if not any(_adds_to(line, title) for title in titles)]
    else:  # the window's title is the least reliable
        stated += (line for line in headings if line and not _is_name(line, names))
    stated[:0] = inside
    return next((_whole(title, stated) for title in stated), None)


def without_site(title: str, names: Iterable[str]) -> str:
    """A title without the name of its site before or after it.

    Args:
        names: of the site. What follows the title may be a part of one.
    """
    return _split_site(title, names)[0]


def _split_site(title: str, names: Iterable[str]) -> tuple[str, str | None]:
    """A title without the name of its site, and the separator after it if the name came last."""
    known = [words for name in names if (words := _words(name))]
    separator = None
    for found in SEPARATOR.finditer(title):
        head, tail = title[: found.start()].strip(), title[found.end() :]
        is_partial = len(_words(head)) >= MIN_TITLE_WORDS and not SEPARATOR.search(tail)
        if head and _is_site(_words(tail), known, is_partial=is_partial):
            title, separator = head, found[0].strip()
            break
    first = AFTER_SITE.search(title)
    if first and _is_site(_words(title[: first.start()]), known):
        title = title[first.end() :].strip() or title
    return title, separator


def _without_section(title: str, names: Iterable[str]) -> str:
    """A window's title without the name of its site and of a section of it.

    After a bar, the last words are the name of the site, known or not.
    """
    title, separator = _split_site(title, names)
    if separator is None:
        title = _without_last(title, "|", MAX_NAME_WORDS)
        separator = "|"
    return _without_last(title, separator, MAX_SECTION_WORDS)


def _without_last(title: str, separator: str, max_words: int) -> str:
    """A title without what follows its last separator, if these are a few words of a name."""
    found = [one for one in SEPARATOR.finditer(title) if one[0].strip() == separator]
    if not found:
        return title
    head, tail = title[: found[-1].start()].strip(), title[found[-1].end() :].strip()
    is_name = 0 < len(_words(tail)) <= max_words and not tail[0].islower()
    return head if is_name and len(_words(head)) >= MIN_TITLE_WORDS else title


def _site_names(
    data: list[dict[str, Any]], metadata: dict[str, str], url: str | None
) -> Iterator[str]:
    yield from (metadata[name] for name in SITE_NAMES if name in metadata)
    for item in data:
        owners = [item.get("publisher"), item if is_a(item, WEB_SITE) else None]
        yield from (_line(owner.get("name")) for owner in owners if isinstance(owner, dict))
    with suppress(ValueError):  # from a canonical URL that is none
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
        yield host
        yield from (part for part in host.split(".")[:-1] if len(part) >= MIN_HOST_LENGTH)


def _metadata(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        if value := _line(meta.get("content")):
            found.setdefault(name, value)
    return found


def _line(value: Any) -> str:
    """A text on one line, without the markup that is in some metadata."""
    if not isinstance(value, str):
        return ""
    value = value[:MAX_LENGTH]
    return cleaned_text(value) if "<" in value or "&" in value else " ".join(value.split())


def _heading(h1: Any) -> str:
    return one_line(h1)[:MAX_LENGTH]


def _words(text: str) -> list[str]:
    """The words of a name or a title, but for "the" before a name."""
    words = WORD.findall(text[:MAX_LENGTH].casefold())
    return words[words[:1] == ["the"] :]


def _is_site(words: list[str], known: list[list[str]], *, is_partial: bool = False) -> bool:
    """Whether words are the name of a site, or the start or end of one, or more than one."""
    if not words:
        return False
    for name in known:
        shorter, longer = sorted((words, name), key=len)
        is_part = shorter in (longer[: len(shorter)], longer[-len(shorter) :])
        is_clear = shorter is words or len(shorter) > 1
        if "".join(words) == "".join(name) or (is_partial and is_part and is_clear):
            return True
    return False


def _is_name(title: str, names: Iterable[str]) -> bool:
    return _is_site(_words(title), [words for name in names if (words := _words(name))])


def _is_same(heading: str, title: str) -> bool:
    """Whether a heading is the title, the whole of one that is cut off, or all of it but shorter
    parts after it."""
    words = _words(heading)
    if not words:
        return False
    if words == _words(title) or _extends(heading, title):
        return True
    starts = (_words(title[: found.start()]) for found in SEPARATOR.finditer(title))
    longest = max(len(_words(part)) for part in SEPARATOR.split(title))
    return len(words) >= longest and words in starts


def _is_similar(heading: str, title: str) -> bool:
    """Whether a heading has half of a title's words, or the other way round."""
    one, other = set(_words(heading)), set(_words(title))
    return len(one & other) * 2 >= min(len(one), len(other)) > 0


def _adds_to(heading: str, title: str) -> bool:
    """Whether a heading is a title with something before or after it, such as a label, or without
    the spaces that the page shows."""
    start, whole = "".join(_words(title)), "".join(_words(heading))
    is_long = len(_words(title)) >= MIN_TITLE_WORDS and not CUT_OFF.search(title)
    return is_long and (whole.startswith(start) or whole.endswith(start))


def _extends(text: str, title: str) -> bool:
    """Whether a text is the whole of a title that is cut off."""
    start = "".join(_words(title))
    whole = "".join(_words(text))
    return bool(CUT_OFF.search(title)) and len(whole) > len(start) > 0 and whole.startswith(start)


def _whole(title: str, texts: Iterable[str]) -> str:
    return next((text for text in texts if _extends(text, title)), title)
