"""Kinds of web pages: which have a complete article, and why the others do not.

The article is the prose that is left of a page without teasers of other pages (``teasers``),
notices of the site (``notices``) and sidebars (``surroundings``). It must be long enough
for what the page declares itself to be, and nothing may say that there is more
(``paywalls``).
"""

import re
from dataclasses import dataclass
from typing import Any

from .blocks import Block, blocks_of
from .linked_data import ARTICLE_TYPES, is_a
from .notices import notice_in
from .paywalls import has_blocking_box, is_cut
from .surroundings import container_of, without_sidebars
from .teasers import mark_teasers

MIN_DECLARED_ARTICLE, MIN_ARTICLE, MIN_MIXED_ARTICLE = 60, 120, 500
"""Letters of prose that make an article: on a page that declares itself one, on any other page,
and on a page with signs of being something else."""

SPOKEN_WEIGHT = 0.5
"""The weight of prose that speaks to the reader, on a page that does not declare itself an article:
short pages of this kind are mostly notices."""

MIN_TEASER_RATIO = 2
"""A page without an article is a list if its teasers are so many times as long as its notices."""

VIDEO_TYPES = re.compile(r"Video|Audio|Podcast|Clip")
OTHER_TYPES = re.compile(
    r"Product$|Gallery$|Event$|(?:Collection|Search\w*|Profile|Item|Contact|Checkout)Page$"
)
"""Types in JSON-LD of pages that are not articles."""

PRICE_TAG = re.compile(r"[$£€]\s?\d{1,6}[.,]\d\d|\d{1,6}[.,]\d\d\s?[$£€]")
"""The price of a product, which stands alone in its line."""


@dataclass(frozen=True)
class Signs:
    """Signs of a page's kind, before text is extracted from it.

    Args:
        article: the blocks of its article.
        others: those of teasers, notices and dialogs.
        spoken: those of the article that speak to the reader.
        teasers_within: letters of the teasers that stand among this prose.
        teasers, notices: letters of all teasers and of all notices of the site.
        is_beginning: whether the page says that there is more of its article.
        headings: the texts of top-level headings.
    """

    article: tuple[Block, ...]
    others: tuple[Block, ...]
    spoken: frozenset[Block]
    teasers_within: int
    teasers: int
    notices: int
    is_beginning: bool
    is_article: bool
    is_video: bool
    is_other: bool
    has_password_field: bool
    headings: frozenset[str]


def signs_of(tree: Any, data: list[dict[str, Any]]) -> Signs:
    """The signs of a page's kind.

    Args:
        tree: the page, of lxml, cleaned.
        data: its JSON-LD.
    """
    blocks = mark_teasers(blocks_of(tree), tree.findtext(".//title") or "", _own_url(tree))
    prose = [block for block in blocks if block.is_prose and not block.is_teaser]
    said = {block: notice_in(block.text) for block in prose}
    notices = [block for block in prose if said[block].is_notice]
    article = without_sidebars([block for block in prose if not said[block].is_notice])
    teasers = [block for block in blocks if block.is_teaser]
    types = " ".join(tree.xpath("//meta[@property='og:type']/@content"))
    is_article = (
        "article" in types
        or any(is_a(item, ARTICLE_TYPES) for item in data)
        or any(map(_is_in_article, article))
    )
    return Signs(
        article=tuple(article),
        others=(*teasers, *notices, *(block for block in blocks if block.is_overlay)),
        spoken=frozenset(block for block in article if said[block].is_spoken),
        teasers_within=_length_within(container_of(article), teasers),
        teasers=sum(block.length for block in teasers),
        notices=sum(block.length for block in notices),
        is_beginning=has_blocking_box(blocks, article) or is_cut(data, article),
        is_article=is_article,
        is_video="video" in types or any(is_a(item, VIDEO_TYPES) for item in data),
        is_other="product" in types
        or any(is_a(item, OTHER_TYPES) for item in data)
        or any(PRICE_TAG.fullmatch(block.text) for block in blocks)
        or bool(tree.xpath("//*[contains(@class, 'captcha')]")),
        has_password_field=bool(tree.xpath("//input[@type='password']")),
        headings=frozenset(" ".join(h.text_content().split()) for h in tree.iter("h1")),
    )


def refusal_of(signs: Signs, text: str) -> str | None:
    """Why the text that is extracted from a page is not a complete article; None if it is."""
    length = _length_extracted(signs, text)
    if length and signs.is_beginning:
        return "beginning"
    if length >= MIN_MIXED_ARTICLE:
        return None
    if not signs.is_article:
        if signs.is_video:
            return "video"
        if signs.has_password_field:
            return "login"
        if length < signs.teasers_within:
            return "list"
    is_mixed = signs.is_other and not signs.is_article
    least = MIN_DECLARED_ARTICLE if signs.is_article else MIN_ARTICLE
    if length >= least and not is_mixed:
        return None
    if signs.teasers > signs.notices * MIN_TEASER_RATIO:
        return "list"
    return "notice" if signs.notices else "nothing"


def _length_extracted(signs: Signs, text: str) -> float:
    """The letters of the article's prose that are in a text. Readers' comments, which may be much
    longer, are not extracted."""
    letters = _letters(text)
    found = (block for block in signs.article if _letters(block.text) in letters)
    weight = 1 if signs.is_article else SPOKEN_WEIGHT
    return sum(block.length * (weight if block in signs.spoken else 1) for block in found)


def _letters(text: str) -> str:
    """The letters and digits, which stay the same when spaces and marks are cleaned up."""
    return "".join(filter(str.isalnum, text))


def _own_url(tree: Any) -> str | None:
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(stated[0]) if stated else None


def _length_within(container: Any, blocks: list[Block]) -> int:
    """Letters of the blocks in an element."""
    return sum(block.length for block in blocks if container in block.element.iterancestors())


def _is_in_article(block: Block) -> bool:
    """Whether the block's markup says that it belongs to an article."""
    return any(
        element.tag == "article"
        or element.get("itemprop") == "articleBody"
        or (element.get("itemtype") or "").endswith("Article")
        for element in (block.element, *block.element.iterancestors())
    )
