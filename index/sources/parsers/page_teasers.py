"""Teasers on web pages: headlines and summaries of other pages.

They are recognized by their structure alone: similar elements beside each other that begin with a
link, paragraphs that end with the same link, and, on a page with such teasers, a short text below a
headline that is a link.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .page_blocks import Block

MIN_TEASERS = 3
"""The number of similar elements, or of paragraphs with the same link at their end."""

MIN_HEADLINE = 10
"""Letters of the shortest link that can be a headline, if it is not marked up as one."""

MAX_SUMMARY = 400
"""Letters of the longest text below a headline of another page."""

MAX_DEPTH = 6
"""Levels of elements around a teaser's text within the teaser."""


def mark_teasers(blocks: Iterable[Block], title: str) -> list[Block]:
    """The blocks, with those marked that announce other pages.

    Args:
        title: the page's own. Its headline can be a link, too.
    """
    blocks = list(blocks)
    around = {block: _inner_ancestors(block) for block in blocks}
    headed = _headed(blocks, around)
    similar = Counter(map(_form, headed))
    teasers = {element for element in headed if similar[_form(element)] >= MIN_TEASERS}
    more = _repeated_ends(blocks)
    if teasers or more:
        teasers |= _short_texts_below_headlines(blocks, around, title)
    return [
        replace(
            block,
            is_teaser=not teasers.isdisjoint(around[block])
            or (block.is_prose and block.link_at_end in more),
        )
        for block in blocks
    ]


def _inner_ancestors(block: Block) -> list[Any]:
    """The block's element and those around it, as far as they can belong to the same teaser."""
    found = [block.element]
    while len(found) < MAX_DEPTH and found[-1].tag not in ("main", "body"):
        parent = found[-1].getparent()
        if parent is None:
            break
        found.append(parent)
    return found


def _headed(blocks: list[Block], around: dict[Block, list[Any]]) -> set[Any]:
    """The elements that begin with a link, or have one as a heading."""
    first: dict[Any, Block] = {}
    headed: set[Any] = set()
    for block in blocks:
        for element in around[block]:
            is_first = first.setdefault(element, block) is block and block.length >= MIN_HEADLINE
            if block.is_link and (is_first or block.is_heading):
                headed.add(element)
    return headed


def _form(element: Any) -> tuple[Any, str, str]:
    """What similar elements beside each other have in common."""
    return element.getparent(), element.tag, element.get("class") or ""


def _repeated_ends(blocks: list[Block]) -> set[str]:
    """The links, such as "Read more", with which several paragraphs end.

    They lead to different pages: in an article, the same words can lead to the same page.
    """
    links = {(block.link_at_end, block.hrefs[-1:]) for block in blocks if block.is_prose}
    ends = Counter(link for link, _ in links if link)
    return {link for link, count in ends.items() if count >= MIN_TEASERS}


def _short_texts_below_headlines(
    blocks: list[Block], around: dict[Block, list[Any]], title: str
) -> set[Any]:
    """The elements with a headline that is a link, and a short text below it."""
    length: Counter[Any] = Counter()
    first_prose: dict[Any, int] = {}
    for number, block in enumerate(blocks):
        if block.is_prose:
            for element in around[block]:
                length[element] += block.length
                first_prose.setdefault(element, number)
    found: set[Any] = set()
    for number, block in enumerate(blocks):
        if block.is_heading and block.is_link and block.text not in title:
            inner = next((element for element in around[block] if element in first_prose), None)
            if inner is not None and first_prose[inner] > number and length[inner] <= MAX_SUMMARY:
                found.add(inner)
    return found
