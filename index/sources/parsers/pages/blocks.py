"""The blocks of text on a web page: paragraphs, headings, list items, and the links in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any
from unicodedata import east_asian_width

import regex

SENTENCE_END = regex.compile(r"\p{Sentence_Terminal}")
"""The ends of sentences in all scripts (Unicode Standard Annex 44); the ellipsis is not one."""

MIN_SENTENCE, MIN_LONG_BLOCK = 25, 60
"""The length of a block from which it is prose: with the end of a sentence, and without."""

BLOCK_TAGS = frozenset(
    "address amp-consent article aside blockquote body caption center dd details div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary"
    " table tbody td th tr ul".split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CAPTIONS = frozenset(["caption", "figcaption"])
SKIPPED_TAGS = frozenset(
    "amp-consent amp-sidebar footer iframe label nav noscript object script select style"
    " svg template textarea title".split()
)
SKIPPED_ROLES = frozenset(["banner", "contentinfo", "navigation", "search"])
"""Tags and roles of elements that are never part of an article."""


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph, heading or list item.

    Args:
        element: the innermost block element around it.
        length: that of the text, in letters (see ``length_of``).
        linked: the length of its links and buttons.
        hrefs: where its links lead.
        link_at_end: the text of the link that it ends with, such as "Read more".
        is_overlay: whether it is in a dialog.
        is_teaser: whether it announces another page (see ``teasers``).
    """

    element: Any
    text: str
    length: int
    linked: int
    hrefs: tuple[str, ...]
    link_at_end: str
    is_heading: bool
    is_caption: bool
    is_aside: bool
    is_overlay: bool
    is_teaser: bool = False

    @property
    def is_link(self) -> bool:
        """Whether all of it, or nearly all, is in links."""
        return 10 * self.linked >= 9 * self.length

    @property
    def is_prose(self) -> bool:
        """Whether it is made of sentences."""
        if self.is_heading or self.is_caption or self.is_overlay or 2 * self.linked > self.length:
            return False
        has_end = SENTENCE_END.search(self.text) is not None
        return self.length >= (MIN_SENTENCE if has_end else MIN_LONG_BLOCK)


def length_of(text: str) -> int:
    """The length of a text in letters. A wide character, such as a Chinese one, counts as two; no
    script is measured in words, since some have no spaces between them."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


class _Reader:
    """Collects the pieces of a block while the page is walked through."""

    def __init__(self) -> None:
        self.links: list[str] = []
        """Where the links lead that the text is in now, the innermost last; "" for a button."""

        self._pieces: list[tuple[str, str | None]] = []
        self._breaks = 0

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self.links[-1] if self.links else None))
            if not text.isspace():
                self._breaks = 0

    def add_break(self) -> bool:
        """Returns whether it ends a paragraph."""
        self._pieces.append((" ", None))
        self._breaks += 1
        return self._breaks > 1

    def finish(self, around: list[Any]) -> Iterator[Block]:
        """The block that ends here, if it has text.

        Args:
            around: the elements around it, the innermost last.
        """
        text = " ".join("".join(piece for piece, _ in self._pieces).split())
        if text and around:
            tags = {element.tag for element in around}
            linked = [(piece.strip(), href) for piece, href in self._pieces if href is not None]
            yield Block(
                element=next((e for e in reversed(around) if e.tag in BLOCK_TAGS), around[-1]),
                text=text,
                length=length_of(text),
                linked=sum(length_of(piece) for piece, _ in linked),
                hrefs=tuple(dict.fromkeys(href for piece, href in linked if piece and href)),
                link_at_end=self._link_at_end(),
                is_heading=bool(tags & HEADINGS),
                is_caption=bool(tags & CAPTIONS),
                is_aside="aside" in tags,
                is_overlay="dialog" in tags or any(e.get("role") == "dialog" for e in around),
            )
        self._pieces.clear()
        self._breaks = 0

    def _link_at_end(self) -> str:
        is_end = takewhile(
            lambda piece: piece[1] is not None or piece[0].isspace(), reversed(self._pieces)
        )
        return " ".join("".join(reversed([text for text, _ in is_end])).split())


def blocks_of(tree: Any) -> Iterator[Block]:
    """The blocks of a page without hidden elements, outside its navigation and footers."""
    from lxml.etree import iterwalk

    reader = _Reader()
    around: list[Any] = []
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            reader.add(element.tail)
            continue
        if event == "start" and _is_skipped(element):
            walk.skip_subtree()
            continue
        is_skipped = event == "end" and _is_skipped(element)
        if not is_skipped and element.tag in BLOCK_TAGS:
            yield from reader.finish(around)
        if event == "start":
            around.append(element)
            if element.tag == "br" and reader.add_break():
                yield from reader.finish(around)
            if _is_link(element):
                reader.links.append(element.get("href") or "")
            reader.add(element.text)
            continue
        if not is_skipped:
            around.pop()
            if _is_link(element):
                reader.links.pop()
        reader.add(element.tail)


def _is_skipped(element: Any) -> bool:
    return element.tag in SKIPPED_TAGS or element.get("role") in SKIPPED_ROLES


def _is_link(element: Any) -> bool:
    """Whether an element is a link to another page, or a button."""
    return element.tag == "button" or (
        element.tag == "a"
        and not (element.get("href") or "#").startswith(("#", "mailto:", "tel:", "javascript:"))
    )
