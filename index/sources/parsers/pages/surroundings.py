"""The surroundings of the article on a web page: boxes, sidebars, teasers, notices.

trafilatura leaves out all text in ``<aside>`` elements, and takes teasers and notices for a part of
short articles. A box within the article belongs to it, unless it repeats what the article says, as
pull quotes do; and so does the text of a page that has no other.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from .blocks import Block

MAX_ASIDES = 20
"""The number of paragraphs in ``<aside>`` elements, from which these are no part of an article."""

WHOLE_PAGE = frozenset(["body", "main"])
"""Elements that also hold the surroundings of an article."""


def without_sidebars(prose: Sequence[Block]) -> list[Block]:
    """The prose of an article, of all prose on its page."""
    article = [block for block in prose if not block.is_aside]
    if not article:
        return list(prose)
    container = container_of(article)
    if container.tag in WHOLE_PAGE or len(prose) - len(article) > MAX_ASIDES:
        return article
    text = "\n".join(block.text for block in article)
    return [
        block
        for block in prose
        if not block.is_aside
        or (container in block.element.iterancestors() and block.text not in text)
    ]


def container_of(article: Sequence[Block]) -> Any:
    """The element that the longest paragraph of an article is in; None without an article."""
    longest = max(article, key=lambda block: block.length, default=None)
    if longest is None:
        return None
    parent = longest.element.getparent()
    return longest.element if parent is None else parent


def elements_around(article: Sequence[Block]) -> set[Any]:
    """The elements that hold something of an article."""
    around = {block.element for block in article}
    for block in article:
        for element in block.element.iterancestors():
            if element in around:
                break
            around.add(element)
    return around


def box_of(block: Block, around: set[Any]) -> Any:
    """The outermost element around a block that holds nothing of the article."""
    box = block.element
    for outer in block.element.iterancestors():
        if outer in around or outer.tag == "body":
            break
        box = outer
    return box


def isolate(article: Sequence[Block], others: Iterable[Block]) -> None:
    """Change a page so that the text which is extracted from it is that of its article.

    Args:
        others: teasers and notices. Those between the article's paragraphs are kept.
    """
    around = elements_around(article)
    beside = {block.element.getparent() for block in article}
    boxes = {box_of(block, around) for block in others}
    for box in boxes:
        parent = box.getparent()
        if box not in around and parent is not None and parent not in beside:
            box.drop_tree()
    for element in around:
        if element.tag == "aside":
            element.tag = "div"
