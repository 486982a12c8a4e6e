"""Word documents and e-books around the bytes that a fuzzer changes."""

import io
import zipfile
from collections.abc import Mapping

ZIP = b"PK"

WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = (
    b'<w:styles xmlns:w="%s"><w:style w:styleId="a"><w:name w:val="heading 1"/>'
    b'<w:basedOn w:val="b"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>' % WORD
)
NOTES = (
    b'<w:footnotes xmlns:w="%s"><w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p>'
    b"</w:footnote></w:footnotes>" % WORD
)
RELATIONS = (
    b'<Relationships><Relationship Type="/styles" Target="styles.xml"/>'
    b'<Relationship Type="/footnotes" Target="footnotes.xml"/></Relationships>'
)
CONTAINER = b'<container><rootfile full-path="book.opf"/></container>'


def docx_of(body: bytes) -> bytes:
    """A Word document with these elements."""
    return _archive(
        {
            "word/document.xml": b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>'
            % (WORD, body),
            "word/_rels/document.xml.rels": RELATIONS,
            "word/styles.xml": STYLES,
            "word/footnotes.xml": NOTES,
        }
    )


def epub_of(document: bytes) -> bytes:
    """An e-book with a chapter and, up to a line of dashes, metadata."""
    metadata, dashes, chapter = document.partition(b"\n---\n")
    package = (
        b"<package><metadata>%s</metadata><manifest><item id='a' href='a' media-type='text/html'/>"
        b"</manifest><spine><itemref idref='a'/></spine></package>" % (metadata if dashes else b"")
    )
    return _archive(
        {"META-INF/container.xml": CONTAINER, "book.opf": package, "a": chapter or document}
    )


def _archive(members: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, member in members.items():
            file.writestr(name, member)
    return content.getvalue()
