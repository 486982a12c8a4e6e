"""Web pages: the article on one, and what kind of page it is."""

import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

MOMENT = re.compile(
    r"""(?:published_time|datePublished|pubdate|dateCreated)["']?\s*(?::|\s+content=|\s+datetime=)\s*
    ["'](\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))["']""",
    re.VERBOSE | re.IGNORECASE,
)
"""When a page says that it was published, to the minute and with its zone."""

SENTENCE = 25
"""Characters of the shortest line that is taken for prose, if it ends like a sentence."""

ENDS = ".!?…:;\"'”’»)]。！？」』"
SHORT, MEDIUM, LONG = 60, 140, 500
"""Characters of prose: of a brief item that calls itself an article, of any other article, and of
one that must be more than what a page with something else on it says beside that."""

MANY, LINKED_LINES, LINKED_CHARACTERS = 5, 1 / 3, 1 / 5
"""Lines that are links, and their shares of all lines and characters, from which a page is a list
of links."""

MORE = re.compile(
    r"to (?:continue|keep) reading|(?:subscribe|sign in|log in|register) to (?:read|continue)"
    r"|already a subscriber",
    re.IGNORECASE,
)
"""What stands, in English, below the beginning of an article that only some may read."""

NOTICE = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|page (?:was |could )?not (?:be )?found"
    r"|page does not exist|use cookies|checking your browser|verify(?:ing)? (?:that )?you are"
    r"|just a moment",
    re.IGNORECASE,
)
"""What a page says, in English, that shows no article."""

TITLE = 300
"""Characters of a title that are taken."""


def read(content: bytes, charset: str | None = None) -> dict[str, str | None]:
    """The article on a web page, as trafilatura finds it; no text where there is none.

    ``lacking`` tells what the page is where it does not look like one with a whole article: a
    "login", "beginning", "list", "video" or "nothing".
    """
    import trafilatura
    from trafilatura.settings import Document

    # What it logs of a page without an article is told by whoever asked.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(_decoded(content, charset))
    if tree is None:
        return {"lacking": "nothing"}
    signs = _signs(tree)
    page = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    found = page.as_dict() if isinstance(page, Document) else {}
    title = found.get("title")
    lines = [line for line in map(_tidied, (found.get("text") or "").splitlines()) if line]
    if lines and lines[0] in (title, *signs.headings):
        del lines[0]
    return {
        "lacking": _lacking(signs, lines),
        "text": "\n\n".join(lines),
        "title": title and title[:TITLE],
        "author": found.get("author"),
        "publisher": found.get("sitename"),
        "published": _published(content, found.get("date")),
        "url": found.get("url"),
    }


def _decoded(content: bytes, charset: str | None) -> bytes | str:
    """A page's text, where it is UTF-8, whatever the server says, or in the encoding it says."""
    for encoding in ("utf-8", charset) if charset else ():
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(encoding)
    return content  # trafilatura finds out


def _tidied(line: str) -> str:
    """A line without what trafilatura puts around the cells of a table; "" for a mere rule."""
    line = line.strip()
    if not line.startswith("|"):
        return line
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return " | ".join(cell for cell in cells if cell.strip("-: "))


@dataclass(frozen=True)
class _Signs:
    """What on a page tells, besides its text, what kind of page it is."""

    says_article: bool
    says_video: bool
    says_partly: bool
    asks_password: bool
    linked: frozenset[str]  # the texts of links
    headings: frozenset[str]  # those of the highest order


def _signs(tree: Any) -> _Signs:
    types = " ".join(tree.xpath("//meta[@property='og:type']/@content"))
    data = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
    links = (" ".join(link.text_content().split()) for link in tree.iter("a"))
    return _Signs(
        says_article="article" in types
        or bool(re.search(r'"@type"\s*:\s*"\w*Article"', data))
        or len(tree.xpath("//article")) == 1,
        says_video="video" in types or bool(re.search(r'"@type"\s*:\s*"VideoObject"', data)),
        says_partly=bool(re.search(r'"isAccessibleForFree"\s*:\s*"?false', data, re.IGNORECASE)),
        asks_password=bool(tree.xpath("//input[@type='password']")),
        linked=frozenset(text for text in links if text),
        headings=frozenset(" ".join(h.text_content().split()) for h in tree.iter("h1")),
    )


def _lacking(signs: _Signs, lines: list[str]) -> str | None:
    """Why some lines are not a whole article; None where they are one."""
    if not lines:
        return "nothing"
    prose = sum(len(line) for line in lines if line[-1] in ENDS and len(line) >= SENTENCE)
    if signs.asks_password and not signs.says_article and prose < LONG:
        return "login"
    if prose < LONG and (signs.says_partly or any(map(MORE.search, lines[-3:]))):
        return "beginning"
    if prose < LONG and any(map(NOTICE.search, lines)):
        return "nothing"
    if signs.says_video and not signs.says_article and prose < LONG:
        return "video"
    linked = [len(line) for line in lines if line.lstrip("- ") in signs.linked]
    if (
        len(linked) >= MANY
        and len(linked) >= len(lines) * LINKED_LINES
        and sum(linked) >= sum(map(len, lines)) * LINKED_CHARACTERS
    ):
        return "list"
    if prose < (SHORT if signs.says_article else MEDIUM):
        return "nothing"
    return None


def _published(content: bytes, day: str | None) -> str | None:
    """The day that trafilatura finds or, where the page tells the moment of that day, this."""
    for moment in MOMENT.findall(content.decode(errors="replace")):
        if day and moment.startswith(day):
            return str(moment)
    return day
