"""Teasers on web pages: headlines and summaries of other pages.

They are recognized by their structure alone: similar elements beside each other that begin with a
link, paragraphs that end with the same link, and, on a page with such teasers, a short text below a
headline that is a link. The links lead to other pages of the same site: posts of a live blog have
links to themselves, and reviews of books links to shops.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .blocks import Block

MIN_TEASERS = 3
"""The number of similar elements, or of paragraphs with the same link at their end."""

MIN_HEADLINE = 10
"""Letters of the shortest link that can be a headline, if it is not marked up as one."""

MAX_SUMMARY = 400
"""Letters of the longest text below a headline of another page."""

MAX_TEASER = 1500
"""Letters of the longest prose in a teaser; a story that begins with a link has more."""

MAX_DEPTH = 6
"""Levels of elements around a teaser's text within the teaser."""


def mark_teasers(blocks: Iterable[Block], title: str, url: str | None) -> list[Block]:
    """The blocks, with those marked that announce other pages.

    Args:
        title, url: the page's own, if known. Its headline can be a link, too.
    """
    blocks = list(blocks)
    own = _split(url or "")
    headlines = {block for block in blocks if block.is_link and _leads_elsewhere(block, own)}
    around = {block: _inner_ancestors(block) for block in blocks}
    length = _prose_lengths(blocks, around)
    headed = {one for one in _headed(blocks, headlines, around) if length[one] <= MAX_TEASER}
    similar = Counter(map(_form, headed))
    teasers = {element for element in headed if similar[_form(element)] >= MIN_TEASERS}
    more = _repeated_ends(blocks)
    if teasers or more:
        headlines = {one for one in headlines if one.is_heading and one.text not in title}
        teasers |= _short_texts_below(headlines, blocks, around, length)
    return [
        replace(
            block,
            is_teaser=not teasers.isdisjoint(around[block])
            or (block.is_prose and block.link_at_end in more),
        )
        for block in blocks
    ]


def _leads_elsewhere(block: Block, own: SplitResult | None) -> bool:
    """Whether a block's first link leads to another page of the same site."""
    target = _split(block.hrefs[0]) if block.hrefs else None
    if target is None or own is None:
        return target is not None
    is_same_site = not target.netloc or _domain(target) == _domain(own)
    return is_same_site and (target.path, target.query) != (own.path, own.query)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None


def _domain(url: SplitResult) -> str:
    """The last two labels of the host, so that sections can have hosts of their own."""
    return ".".join(url.netloc.split(".")[-2:])


def _inner_ancestors(block: Block) -> list[Any]:
    """The block's element and those around it, as far as they can belong to the same teaser."""
    found = [block.element]
    while len(found) < MAX_DEPTH and found[-1].tag not in ("main", "body"):
        parent = found[-1].getparent()
        if parent is None:
            break
        found.append(parent)
    return found


def _headed(blocks: list[Block], headlines: set[Block], around: dict[Block, list[Any]]) -> set[Any]:
    """The elements that begin with a link, or have one as a heading."""
    first: dict[Any, Block] = {}
    headed: set[Any] = set()
    for block in blocks:
        for element in around[block]:
            is_first = first.setdefault(element, block) is block and block.length >= MIN_HEADLINE
            if block in headlines and (is_first or block.is_heading):
                headed.add(element)
    return headed


def _form(element: Any) -> tuple[Any, str, str]:
    """The parent, tag and class that similar elements beside each other share."""
    return element.getparent(), element.tag, element.get("class") or ""


def _repeated_ends(blocks: list[Block]) -> set[str]:
    """The links, such as "Read more", with which several paragraphs end.

    They lead to different pages: in an article, the same words can lead to the same page.
    """
    links = {(block.link_at_end, block.hrefs[-1:]) for block in blocks if block.is_prose}
    ends = Counter(link for link, _ in links if link)
    return {link for link, count in ends.items() if count >= MIN_TEASERS}


def _short_texts_below(
    headlines: set[Block],
    blocks: list[Block],
    around: dict[Block, list[Any]],
    length: Counter[Any],
) -> set[Any]:
    """The elements with one of the headlines and a short text below it.

    Args:
        length: the letters of prose in each element.
    """
    first_prose: dict[Any, int] = {}
    for number, block in enumerate(blocks):
        if block.is_prose:
            for element in around[block]:
                first_prose.setdefault(element, number)
    found: set[Any] = set()
    for number, block in enumerate(blocks):
        if block in headlines:
            inner = next((element for element in around[block] if element in first_prose), None)
            if inner is not None and first_prose[inner] > number and length[inner] <= MAX_SUMMARY:
                found.add(inner)
    return found


def _prose_lengths(blocks: list[Block], around: dict[Block, list[Any]]) -> Counter[Any]:
    """The letters of prose in each element."""
    length: Counter[Any] = Counter()
    for block in blocks:
        if block.is_prose:
            for element in around[block]:
                length[element] += block.length
    return length
