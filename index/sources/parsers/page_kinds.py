"""Kinds of web pages: which have a complete article, and why the others do not."""

import re
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Signs:
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


def signs_of(tree: Any) -> Signs:
    types = " ".join(tree.xpath("//meta[@property='og:type']/@content"))
    data = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
    links = (" ".join(link.text_content().split()) for link in tree.iter("a"))
    return Signs(
        is_article="article" in types
        or ARTICLE_TYPE.search(data) is not None
        or len(tree.xpath("//article")) == 1,
        is_video="video" in types or VIDEO_TYPE.search(data) is not None,
        is_paywalled=NOT_FREE.search(data) is not None,
        has_password_field=bool(tree.xpath("//input[@type='password']")),
        link_texts=frozenset(text for text in links if text),
        headings=frozenset(" ".join(h.text_content().split()) for h in tree.iter("h1")),
    )


def refusal_of(signs: Signs, lines: list[str]) -> str | None:
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
