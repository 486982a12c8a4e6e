"""The parser of e-books in EPUB (https://www.w3.org/TR/epub-33/)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from .documents.archive import Archive, RefusedError, attribute, child, descendants, resolve
from .documents.markup import blocks
from .documents.paragraphs import Block
from .documents.properties import stated_author, stated_title

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
CHAPTER_TYPES = ("application/xhtml+xml", "text/html")

AUTHOR_ROLES = ("", "aut")
PUBLICATION_EVENTS = ("", "publication", "original-publication")
"""The values of ``opf:role`` and ``opf:event`` of authors and of dates of publication."""


def parse(content: bytes) -> dict[str, Any]:
    """The ``blocks`` of an e-book's chapters, in the order in which they are read, with its title,
    author, publisher and date; ``refusal`` is the reason if it cannot be read, else None."""
    try:
        with Archive(content) as archive:
            return {"refusal": None, **_book(archive)}
    except RefusedError as error:
        return {"refusal": error.reason}


def _book(archive: Archive) -> dict[str, Any]:
    if CONTAINER not in archive:
        raise RefusedError("kind")
    files = descendants(archive.xml(CONTAINER), "rootfile")
    if not files:
        raise RefusedError("damaged")
    name = resolve("", attribute(files[0], "full-path"))
    package = archive.xml(name)
    chapters = dict.fromkeys(_chapters(package, name))
    if not _encrypted(archive).isdisjoint(chapters):
        raise RefusedError("protected")
    found: list[Block] = []
    for chapter in chapters:
        found += blocks(archive.read(chapter)) if chapter in archive else ()
    return {"blocks": found, **_metadata(package)}


def _chapters(package: Any, name: str) -> Iterator[str]:
    """The names of the chapters, without those that are only linked to, and the table of contents.

    Args:
        name: of the package document.
    """
    items = {attribute(item, "id"): item for item in descendants(package, "item")}
    contents = {
        resolve(name, unquote(attribute(reference, "href").partition("#")[0]))
        for reference in descendants(package, "reference")
        if attribute(reference, "type") in ("toc", "cover")
    }
    for reference in descendants(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(reference, "linear") == "no":
            continue
        chapter = resolve(name, unquote(attribute(item, "href")))
        if (
            attribute(item, "media-type") in CHAPTER_TYPES
            and "nav" not in attribute(item, "properties").split()
            and chapter not in contents
        ):
            yield chapter


def _encrypted(archive: Archive) -> set[str]:
    """The names of the members that are encrypted; fonts may be in any e-book."""
    if ENCRYPTION not in archive:
        return set()
    references = descendants(archive.xml(ENCRYPTION), "CipherReference")
    return {resolve("", unquote(attribute(reference, "URI"))) for reference in references}


def _metadata(package: Any) -> dict[str, str | None]:
    elements = child(package, "metadata")
    elements = package if elements is None else elements
    refined = {
        (attribute(meta, "refines").lstrip("#"), attribute(meta, "property")): _text(meta)
        for meta in descendants(elements, "meta")
    }

    def values(name: str, qualifier: str, accepted: tuple[str, ...]) -> list[str]:
        return [
            text
            for one in descendants(elements, name)
            if (text := _text(one))
            and (attribute(one, qualifier) or refined.get((attribute(one, "id"), qualifier), ""))
            in accepted
        ]

    titles = values("title", "title-type", ("", "main"))
    authors = [stated_author(one) for one in values("creator", "role", AUTHOR_ROLES)]
    publishers = values("publisher", "", ("",))
    dates = values("date", "event", PUBLICATION_EVENTS)
    return {
        "title": stated_title(titles[0]) if titles else None,
        "author": ", ".join(author for author in authors if author) or None,
        "publisher": stated_author(publishers[0]) if publishers else None,
        "published": dates[0] if dates else None,
    }


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
