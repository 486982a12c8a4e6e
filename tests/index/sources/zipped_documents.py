"""Word documents and e-books, put together from their parts."""

import io
import zipfile
from collections.abc import Mapping, Sequence

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{more}</w:style>'
    for id_, name, more in (
        ("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Kicker", "Kicker", '<w:basedOn w:val="berschrift1"/>'),
        ("Titel", "Title", ""),
        ("Verzeichnis1", "toc 1", ""),
        ("Punkte", "Points", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'),
    )
)


def archive(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as file:
        for name, member in members.items():
            file.writestr(name, member)
    return content.getvalue()


def docx(
    *body: str,
    properties: str = "",
    footnotes: Mapping[int, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word document.

    Args:
        body: the elements of its body, or the text of paragraphs.
        properties: the elements of its core properties.
        footnotes: their texts, by id.
        parts: other members.
    """
    notes = "".join(
        f'<w:footnote w:id="{id_}">{paragraph(text)}</w:footnote>'
        for id_, text in (footnotes or {}).items()
    )
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations(
                officeDocument="word/document.xml", **{"core-properties": "docProps/core.xml"}
            ),
            "word/_rels/document.xml.rels": _relations(
                styles="styles.xml", footnotes="footnotes.xml", header="header1.xml"
            ),
            "word/document.xml": _document(
                "".join(one if one.startswith("<") else paragraph(one) for one in body)
            ),
            "word/styles.xml": f"<w:styles {WORD}>{STYLES}</w:styles>",
            "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="-1">'
            f"{paragraph('a separator')}</w:footnote>{notes}</w:footnotes>",
            "word/header1.xml": f"<w:hdr {WORD}>{paragraph('Page 1 of the header')}</w:hdr>",
            "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{properties}</cp:coreProperties>",
            **(parts or {}),
        }
    )


def _document(body: str) -> str:
    return f"<w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>"


def _relations(**targets: str) -> str:
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a Word document, of elements or of texts."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{words}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of a Word document: text of one format."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: Sequence[str]) -> str:
    """A table of a Word document, with a paragraph in each cell, or elements."""
    written = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>"
            for cell in cells
        )
        + "</w:tr>"
        for cells in rows
    )
    return f"<w:tbl><w:tblPr/>{written}</w:tbl>"


METADATA = (
    '<dc:title>The Pier of Korsvik</dc:title><dc:creator id="a">Marit Holm</dc:creator>'
    "<dc:publisher>Eastby Press</dc:publisher><dc:date>2025-10-09</dc:date>"
)


def epub(
    *chapters: str,
    metadata: str = METADATA,
    spine: Sequence[str] = (),
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An e-book.

    Args:
        chapters: the body of each, in the files ``one%20.xhtml``, ``two%20.xhtml``, …
        metadata: the elements of its metadata.
        spine: the attributes of each chapter's place in the order of reading, if it is not their
            own order.
        parts: other members.
    """
    manifest = "".join(
        f'<item id="c{n}" href="text/{n}%20.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    order = spine or [f'idref="c{n}"' for n in range(len(chapters))]
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav"'
        f' media-type="application/xhtml+xml"/>{manifest}</manifest>'
        f'<spine><itemref idref="nav"/>{"".join(f"<itemref {one}/>" for one in order)}</spine>'
        "</package>"
    )
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": chapter("<nav><h1>Contents</h1><ol><li>The pier</li></ol></nav>"),
            **{f"OEBPS/text/{n} .xhtml": chapter(body) for n, body in enumerate(chapters)},
            **(parts or {}),
        }
    )


def chapter(body: str) -> str:
    """A chapter of an e-book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Chapter</title></head>'
        f"<body>{body}</body></html>"
    )
