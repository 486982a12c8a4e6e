"""The paragraphs of documents in XHTML or HTML, all of them: of pages without anything around."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.entities import html5
from typing import Any

from ..superscripts import NOTE
from .archive import attribute, child, local_name, xml_parser
from .paragraphs import LIST_ITEM, Block, Break, Piece, paragraphs, raised, row

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption dd details div dl dt figcaption figure footer"
    " header hr legend li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
"""The elements that begin and end a paragraph."""

LEFT_OUT = frozenset(
    "annotation audio button canvas head iframe img input map nav object rp rt script select style"
    " svg template textarea video".split()
)

NOT_TEXT = frozenset(
    "backlink cover doc-backlink doc-cover doc-noteref doc-pagebreak doc-toc halftitlepage noteref"
    " pagebreak titlepage toc".split()
)
"""Values of ``epub:type`` and ``role`` that mark elements outside the text."""

ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")


def blocks(content: bytes) -> list[Block]:
    """The paragraphs of a document."""
    root = parse_markup(content)
    body = child(root, "body")
    top = root if body is None else body
    return [] if _is_left_out(top) else list(paragraphs(_pieces(top)))


def parse_markup(content: bytes) -> Any:
    """The root element of a document: as XML if it is well-formed, else as a browser reads it."""
    from lxml import etree, html

    with suppress(etree.XMLSyntaxError):
        return etree.fromstring(ENTITY.sub(_numeric, content), xml_parser())
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding=_encoding(content))
    return html.document_fromstring(content, parser)


def _numeric(entity: re.Match[bytes]) -> bytes:
    """A named entity of HTML, which XML lacks, as references to its characters."""
    name = entity[1].decode()
    if name in XML_ENTITIES or f"{name};" not in html5:
        return entity[0]
    return "".join(f"&#{ord(character)};" for character in html5[f"{name};"]).encode()


def _encoding(content: bytes) -> str | None:
    with suppress(UnicodeDecodeError):
        content.decode()
        return "utf-8"
    return None  # it is detected


def _pieces(element: Any) -> Iterator[Piece]:
    name = local_name(element)
    if name == "tr":
        yield from row(_pieces(cell) for cell in element if not _is_left_out(cell))
        return
    if name == "sup":
        yield from raised(_content(element))
        return
    if name in BLOCKS:
        yield Break(name in HEADINGS, LIST_ITEM if name == "li" else None)
    elif name == "br":
        yield " "
    yield from _content(element)
    if name in BLOCKS:
        yield Break(marker="" if name == "li" else None)


def _content(element: Any) -> Iterator[Piece]:
    yield element.text or ""
    for inner in element:
        if not _is_left_out(inner):
            yield from _pieces(inner)
        yield inner.tail or ""


def _is_left_out(element: Any) -> bool:
    name = local_name(element)
    kinds = f"{attribute(element, 'type')} {element.get('role') or ''}".split()
    return (
        not name
        or name in LEFT_OUT
        or element.get("hidden") is not None
        or not NOT_TEXT.isdisjoint(kinds)
        or (name == "sup" and any(map(_leads_elsewhere, element.iter("{*}a"))))
        or (name == "a" and _leads_elsewhere(element) and _is_note(element))
    )


def _leads_elsewhere(link: Any) -> bool:
    """Whether a link leads to a place in a document."""
    return "#" in (link.get("href") or "")


def _is_note(link: Any) -> bool:
    """Whether a link is the mark of a note, to which the note links back, or leads back from it."""
    text = "".join(link.itertext()).strip()
    is_target = link.get("id") or link.get("name")
    return not any(map(str.isalnum, text)) or bool(is_target and NOTE.match(text))
