"""The parser of web pages, which also recognizes pages without a complete article."""

import logging
import re
from dataclasses import dataclass
from typing import Any

from .charsets import decode
from .page_cleaning import clean
from .page_dates import published
from .page_titles import page_title

ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*"\w*Article"')
VIDEO_TYPE = re.compile(r'"@type"\s*:\s*"VideoObject"')
NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
"""What a page's JSON-LD says of it."""

MIN_PROSE_LINE = 25
"""Characters of the shortest line that counts as prose, if it ends like a sentence."""

SENTENCE_ENDS = ".!?…:;\"'”’»)]。！？」』"

MIN_DECLARED_ARTICLE, MIN_ARTICLE, MIN_MIXED_ARTICLE = 60, 140, 500
"""Characters of prose that make an article: on a page that declares itself one, on any other page,
and on a page with signs of being something else."""

MIN_LINK_LINES, MIN_LINK_LINE_RATIO, MIN_LINK_CHAR_RATIO = 5, 1 / 3, 1 / 5
"""The number of lines that are links, and their shares of all lines and characters, from which a
page is a list of links."""

PAYWALL = re.compile(
    r"to (?:continue|keep) reading|(?:subscribe|sign in|log in|register) to (?:read|continue)"
    r"|already a subscriber",
    re.IGNORECASE,
)
"""English phrases below the first part of an article behind a paywall."""

NOTICE = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|page (?:was |could )?not (?:be )?found"
    r"|page does not exist|use cookies|checking your browser|verify(?:ing)? (?:that )?you are"
    r"|just a moment",
    re.IGNORECASE,
)
"""English phrases on pages that show no article."""

SPACES = re.compile(r"[ \t]+")

MAX_TITLE_LENGTH = 300


def parse(
    content: bytes, charset: str | None = None, url: str | None = None
) -> dict[str, str | None]:
    """The article on a web page, as trafilatura extracts it.

    ``refusal`` is None, or the reason why the page does not have a complete article: "login",
    "beginning", "list", "video" or "nothing".

    Args:
        charset: the encoding that the server declares.
        url: where it was fetched from.
    """
    import trafilatura
    from trafilatura.settings import Document

    # Its date is not used, and looking for one fails on zones that do not exist.
    trafilatura.metadata.find_date = lambda *_, **__: None
    # Pages without an article are reported by the caller.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(decode(content, charset))
    if tree is None:
        return {"refusal": "nothing"}
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    date = published(tree, (url, canonical))  # before anything changes the tree
    clean(tree)
    stated_title = page_title(tree, url or canonical)
    signs = _signs(tree)
    page = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    found = page.as_dict() if isinstance(page, Document) else {}
    title = stated_title or found.get("title")
    lines = [line for line in map(_clean_line, (found.get("text") or "").splitlines()) if line]
    if lines and lines[0] in (title, found.get("title"), *signs.headings):
        del lines[0]
    return {
        "refusal": _refusal(signs, lines),
        "text": "\n\n".join(lines),
        "title": title and title[:MAX_TITLE_LENGTH],
        "author": found.get("author"),
        "publisher": found.get("sitename"),
        "published": date,
        "url": found.get("url"),
    }


def _clean_line(line: str) -> str:
    """A line without trafilatura's table markup; "" for the rule under a table's header."""
    line = SPACES.sub(" ", line.strip())
    if not line.startswith("|"):
        return line
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return " | ".join(cell for cell in cells if cell.strip("-: "))


@dataclass(frozen=True)
class _Signs:
    """Signs of what kind of page it is, besides its text.

    Args:
        is_paywalled: whether its metadata says that it is not accessible for free.
        link_texts: the texts of all links.
        headings: the texts of top-level headings.
    """

    is_article: bool
    is_video: bool
    is_paywalled: bool
    has_password_field: bool
    link_texts: frozenset[str]
    headings: frozenset[str]


def _signs(tree: Any) -> _Signs:
    types = " ".join(tree.xpath("//meta[@property='og:type']/@content"))
    data = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
    links = (" ".join(link.text_content().split()) for link in tree.iter("a"))
    return _Signs(
        is_article="article" in types
        or ARTICLE_TYPE.search(data) is not None
        or len(tree.xpath("//article")) == 1,
        is_video="video" in types or VIDEO_TYPE.search(data) is not None,
        is_paywalled=NOT_FREE.search(data) is not None,
        has_password_field=bool(tree.xpath("//input[@type='password']")),
        link_texts=frozenset(text for text in links if text),
        headings=frozenset(" ".join(h.text_content().split()) for h in tree.iter("h1")),
    )


def _refusal(signs: _Signs, lines: list[str]) -> str | None:
    """Why lines of text are not a complete article; None if they are."""
    if not lines:
        return "nothing"
    prose = sum(
        len(line) for line in lines if line[-1] in SENTENCE_ENDS and len(line) >= MIN_PROSE_LINE
    )
    if signs.has_password_field and not signs.is_article and prose < MIN_MIXED_ARTICLE:
        return "login"
    if prose < MIN_MIXED_ARTICLE and (signs.is_paywalled or any(map(PAYWALL.search, lines[-3:]))):
        return "beginning"
    if prose < MIN_MIXED_ARTICLE and any(map(NOTICE.search, lines)):
        return "nothing"
    if signs.is_video and not signs.is_article and prose < MIN_MIXED_ARTICLE:
        return "video"
    linked = [len(line) for line in lines if line.lstrip("- ") in signs.link_texts]
    if (
        len(linked) >= MIN_LINK_LINES
        and len(linked) >= len(lines) * MIN_LINK_LINE_RATIO
        and sum(linked) >= sum(map(len, lines)) * MIN_LINK_CHAR_RATIO
    ):
        return "list"
    if prose < (MIN_DECLARED_ARTICLE if signs.is_article else MIN_ARTICLE):
        return "nothing"
    return None
