"""The parser of Word documents (.docx, ECMA-376), of any program that writes them.

Text that is shown in the body is read, whatever element it is in; names are local ones, since
documents in strict and transitional form differ in their namespaces.
"""

from collections.abc import Iterator
from typing import Any

from .documents.archive import (
    Archive,
    RefusedError,
    attribute,
    child,
    descendants,
    local_name,
    resolve,
)
from .documents.paragraphs import LIST_ITEM, Break, Piece, paragraphs, raised, row
from .documents.properties import stated_author, stated_title

OLE = b"\xd0\xcf\x11\xe0"
"""The start of files of the older format, and of encrypted ones."""

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

LEFT_OUT = frozenset(
    "Fallback del moveFrom instrText delText delInstrText fldData pPr rPr tblPr tblGrid trPr tcPr"
    " sdtPr sectPr rt".split()
)
"""Elements not shown as text: properties, deletions of tracked changes, codes of fields, and what
replaces a drawing in older programs."""

DRAWINGS = ("drawing", "pict", "object")
"""Elements that can hold text boxes, and stand anywhere in a paragraph."""

SHOWN_AS = {"br": " ", "cr": " ", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}

NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
"""The kind of note that an element refers to."""

OFF = ("0", "false", "off")

BODY_TEXT = "9"
"""The outline level of ordinary paragraphs."""

MAX_STYLES = 20
"""The styles, each based on the next, in which a property is looked for."""


def parse(content: bytes) -> dict[str, Any]:
    """The ``blocks`` of a document's body and then of its notes, with its title and author;
    ``refusal`` is the reason if it cannot be read, else None.

    Its dates are of the file, which say nothing of when it was published.
    """
    try:
        if content.startswith(OLE):
            raise RefusedError("password" if ENCRYPTED in content else "doc")
        with Archive(content) as archive:
            return {"refusal": None, **_document(archive)}
    except RefusedError as error:
        return {"refusal": error.reason}


def _document(archive: Archive) -> dict[str, Any]:
    package = _related(archive, "")
    name = package.get("officeDocument", "word/document.xml")
    root = archive.xml(name) if name in archive else None
    if root is None or local_name(root) != "document":
        raise RefusedError("kind")
    parts = _related(archive, name)
    body = _Body(_Styles(_elements(archive, parts.get("styles"), "style")))
    pieces = list(body.pieces(root))
    notes = {
        (kind, attribute(note, "id")): note
        for kind in NOTES.values()
        for note in _elements(archive, parts.get(f"{kind}s"), kind)
    }
    for reference in dict.fromkeys(body.references):
        if (note := notes.get(reference)) is not None:
            pieces += body.pieces(note)
    properties = package.get("core-properties")
    titles, authors = (_elements(archive, properties, one) for one in ("title", "creator"))
    return {
        "blocks": list(paragraphs(pieces)),
        "title": stated_title(titles[0].text) if titles else None,
        "author": stated_author(authors[0].text) if authors else None,
    }


def _related(archive: Archive, name: str) -> dict[str, str]:
    """The parts that a part, or "" for the package, is related to, by the kind of the relation."""
    folder, _, file = name.rpartition("/")
    return {
        attribute(one, "Type").rpartition("/")[2]: resolve(name, attribute(one, "Target"))
        for one in _elements(archive, f"{folder}/_rels/{file}.rels".lstrip("/"), "Relationship")
        if attribute(one, "TargetMode") != "External"
    }


def _elements(archive: Archive, part: str | None, name: str) -> list[Any]:
    """The elements of a part with a name; none without the part."""
    return descendants(archive.xml(part), name) if part and part in archive else []


class _Styles:
    """The role of a paragraph, by its own properties or else by its style's."""

    def __init__(self, styles: list[Any]) -> None:
        self._styles = {attribute(style, "styleId"): style for style in styles}

    def is_heading(self, paragraph: Any) -> bool:
        level = self._value(paragraph, "outlineLvl") or BODY_TEXT
        return level < BODY_TEXT or "title" in self._names(paragraph)

    def is_list_item(self, paragraph: Any) -> bool:
        return self._value(paragraph, "numPr", "numId") not in ("", "0")

    def is_in_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        return any(name.partition(" ")[0] == "toc" for name in self._names(paragraph))

    def _names(self, paragraph: Any) -> list[str]:
        # Those of Word's own styles are English in every language.
        return [_value(one, "name").lower() for one in self._chain(paragraph)]

    def _value(self, paragraph: Any, *path: str) -> str:
        values = (_value(one, "pPr", *path) for one in (paragraph, *self._chain(paragraph)))
        return next(filter(None, values), "")

    def _chain(self, paragraph: Any) -> list[Any]:
        """The style of a paragraph, the one that it is based on, …"""
        found: list[Any] = []
        style = self._styles.get(_value(paragraph, "pPr", "pStyle"))
        while style is not None and len(found) < MAX_STYLES:
            found.append(style)
            style = self._styles.get(_value(style, "basedOn"))
        return found


class _Body:
    """The text of a document.

    Attributes:
        references: the kind and the id of each note that was referred to so far.
    """

    def __init__(self, styles: _Styles) -> None:
        self.references: list[tuple[str, str]] = []
        self._styles = styles
        self._drawings: list[Any] = []  # of the paragraph
        self._is_open = False  # whether the end of the last paragraph was deleted

    def pieces(self, element: Any) -> Iterator[Piece]:
        for one in element:
            name = local_name(one)
            if name in LEFT_OUT or (name == "sdt" and _is_no_text(one)):
                continue
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tr":
                if child(one, "trPr", "del") is None:
                    yield from row(self.pieces([cell]) for cell in one)
            elif name == "r":
                yield from self._run(one)
            elif name == "t":
                yield one.text or ""
            elif name == "sup":  # of a formula
                yield from raised(self.pieces(one))
            elif name in DRAWINGS:
                self._drawings.append(one)
            else:
                yield SHOWN_AS.get(name, "")
                yield from self.pieces(one)

    def _paragraph(self, paragraph: Any) -> Iterator[Piece]:
        outer, self._drawings = self._drawings, []
        words = list(self.pieces(paragraph))
        drawings, self._drawings = self._drawings, outer
        if not self._styles.is_in_contents(paragraph):
            if not self._is_open:
                is_heading = self._styles.is_heading(paragraph)
                is_item = not is_heading and self._styles.is_list_item(paragraph)
                yield Break(is_heading, LIST_ITEM if is_item else "")
            yield from words
            marks = (child(paragraph, "pPr", "rPr", mark) for mark in ("del", "moveFrom"))
            is_deleted = any(mark is not None for mark in marks)
            self._is_open = is_deleted and (self._is_open or any(words))
            if not self._is_open:
                yield Break()
        for drawing in drawings:
            yield from self.pieces(drawing)

    def _run(self, run: Any) -> Iterator[Piece]:
        if child(run, "rPr", "vanish") is not None and _value(run, "rPr", "vanish") not in OFF:
            return
        references = [
            (NOTES[local_name(one)], attribute(one, "id"))
            for one in run
            if local_name(one) in NOTES
        ]
        self.references += references
        if not references:  # a reference may bring its own mark
            is_raised = _value(run, "rPr", "vertAlign") == "superscript"
            yield from raised(self.pieces(run)) if is_raised else self.pieces(run)


def _is_no_text(control: Any) -> bool:
    """Whether a content control only says what to type into it, or is a table of contents."""
    return (
        child(control, "sdtPr", "showingPlcHdr") is not None
        or _value(control, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
    )


def _value(element: Any, *path: str) -> str:
    """The value of a property; "" if there is none."""
    found = child(element, *path)
    return "" if found is None else attribute(found, "val")
