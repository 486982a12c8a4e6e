"""Whether a page shows only the beginning of its article.

It does if a box beside or below the article says so, in words or with the names of its elements,
or if the page's JSON-LD does.
"""

import re
from collections.abc import Iterator
from typing import Any

from .blocks import Block, length_of
from .linked_data import ARTICLE_TYPES, is_a
from .notices import blocking_score
from .surroundings import box_of, elements_around

BLOCKING_SCORE = 2.25
"""The score from which a box says that there is more of the article."""

LONG, LONG_BLOCKING_SCORE = 2000, 4.0
"""Letters of a long article, and the score for it: few sites give away so much for nothing."""

SHORT = 700
"""Letters up to which an article may well be only a beginning."""

MIN_PARAGRAPH, MAX_ENDING_BLOCKS = 80, 5
"""Letters of a paragraph that certainly belongs to an article, and the number of shorter blocks
below it that may be a notice together."""

MAX_BOX = 600
"""Letters of the longest box."""

MAX_PROSE_BELOW = 0.3
"""The share of an article's prose below a box that still says that there is more."""

MIN_COMPLETE_RATIO = 0.5
"""The share of the declared text's letters that a complete article has at least."""

MIN_LETTERS_PER_WORD = 1.75
"""Letters of a complete article for each word that is declared; in Chinese, where a word can be one
character, which counts as two letters."""

MIN_FREE_ARTICLE = 500
"""Letters of a complete article whose page says that it is not for free, but not which part."""

BLOCKING_NAMES = re.compile(
    r"(?:^|[-_ ])(?:(?:pay|reg|subscri\w*|login)[-_]?wall|paywall\w*|gate|locked|premium|restricted"
    r"|(?:member|subscriber|abo)s?[-_]only)(?:$|[-_ ])",
    re.IGNORECASE,
)
OTHER_NAMES = re.compile(
    r"newsletter|comment|respond|footer|share|social|sidebar|widget", re.IGNORECASE
)
OVERLAY_NAMES = re.compile(r"modal|overlay|popup|lightbox|dialog", re.IGNORECASE)
"""Words in the classes of elements that tell what a box is for."""

ACCESS_LINK = re.compile(
    r"subscri|log-?in|sign-?in|regist|\babo\b|abonn|suscri|assin|abbona|offer|offre|compte",
    re.IGNORECASE,
)
SELECTOR = re.compile(r"[.#]([\w-]+)")


def has_blocking_box(blocks: list[Block], article: list[Block]) -> bool:
    """Whether a box over or below the article says that there is more of it.

    Args:
        blocks: all of the page.
        article: the blocks of the article's prose.
    """
    length = sum(block.length for block in article)
    least = BLOCKING_SCORE if length < LONG else LONG_BLOCKING_SCORE
    bonus = 0.5 if length < SHORT else 0
    scores = (*_scores(blocks, article), _ending_score(blocks, article))
    return any(score + bonus >= least for score in scores)


def _ending_score(blocks: list[Block], article: list[Block]) -> float:
    """The score of the short blocks together that follow the last long paragraph of an article, of
    which each says a part: "Read on with Plus", "Try four weeks for free", "Log in"."""
    long = {block for block in article if block.length >= MIN_PARAGRAPH}
    last = max((number for number, block in enumerate(blocks) if block in long), default=None)
    ending = [] if last is None else [one for one in blocks[last + 1 :] if not one.is_teaser]
    ending = ending[:MAX_ENDING_BLOCKS]
    if sum(one.length for one in ending) > MAX_BOX:
        return 0
    has_link = any(ACCESS_LINK.search(href) for one in ending for href in one.hrefs)
    return blocking_score(" ".join(one.text for one in ending)) + 0.5 * has_link


def _scores(blocks: list[Block], article: list[Block]) -> Iterator[float]:
    around = elements_around(article)
    parents = {block.element.getparent() for block in article}
    length = sum(block.length for block in article)
    own, read = set(article), 0
    boxes: dict[Any, list[Block]] = {}
    is_below: dict[Any, bool] = {}
    for block in blocks:
        if block in own:
            read += block.length
        elif not block.is_teaser:
            box = box_of(block, around)
            boxes.setdefault(box, []).append(block)
            is_below.setdefault(box, read >= length * (1 - MAX_PROSE_BELOW))
    for box, inside in boxes.items():
        if sum(block.length for block in inside) > MAX_BOX:
            continue
        names = _names(box, inside)
        is_over = OVERLAY_NAMES.search(names) is not None
        if (is_below[box] or is_over) and not OTHER_NAMES.search(names):
            said = [block.text for block in inside]
            yield (
                max(map(blocking_score, (*said, " ".join(said))))
                + 1.0 * (is_over or box.getparent() in parents)
                + 1.5 * bool(BLOCKING_NAMES.search(names))
                + 0.5 * any(ACCESS_LINK.search(href) for block in inside for href in block.hrefs)
            )


def _names(box: Any, inside: list[Block]) -> str:
    """The classes, ids and roles of a box and of the elements around its blocks."""
    elements = {box}
    for block in inside:
        for element in (block.element, *block.element.iterancestors()):
            if element in elements:
                break
            elements.add(element)
    return " ".join(
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        for element in elements
    )


def is_cut(data: list[dict[str, Any]], article: list[Block]) -> bool:
    """Whether the page's JSON-LD says that there is more than the page shows."""
    length = sum(block.length for block in article)
    for item in data:
        if not is_a(item, ARTICLE_TYPES):
            continue
        body, words = item.get("articleBody"), str(item.get("wordCount"))
        if isinstance(body, str) and length < length_of(body) * MIN_COMPLETE_RATIO:
            return True
        if words.isdecimal() and length < int(words[:9]) * MIN_LETTERS_PER_WORD:
            return True
        if str(item.get("isAccessibleForFree")).lower() == "false":
            if names := _paid_parts(item.get("hasPart")):
                return not any(_is_in(block, names) for block in article)
            if length < MIN_FREE_ARTICLE:
                return True
    return False


def _paid_parts(parts: Any) -> set[str]:
    """The classes and ids of the elements that are not accessible for free."""
    selectors = (
        part.get("cssSelector")
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    )
    matches = (SELECTOR.fullmatch(one.strip()) for one in selectors if isinstance(one, str))
    return {match[1] for match in matches if match}


def _is_in(block: Block, names: set[str]) -> bool:
    """Whether a block is in an element with one of some classes or ids."""
    return any(
        not names.isdisjoint([*(element.get("class") or "").split(), element.get("id")])
        for element in (block.element, *block.element.iterancestors())
    )
