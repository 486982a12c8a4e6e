"""Documents that are crafted to break parsers."""

import zlib
from collections.abc import Callable

from tests.index.sources.zipped_documents import (
    STYLES,
    WORD,
    archive,
    chapter,
    docx,
    epub,
    paragraph,
)

MIB = 1 << 20
SAYS = "The night ferry reached Port Ellery three hours late, and nobody complained at all. "
ARTICLE = f"<html><body><article><h1>Ferry</h1><p>{SAYS * 4}</p><p>{SAYS * 3}</p>"


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF file of some objects, numbered from 1."""
    content = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        body = one.encode() if isinstance(one, str) else one
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        root,
        start,
    )
    return content


def stream(content: bytes, filters: str = "", layers: int = 0) -> bytes:
    """A PDF stream, compressed as many times as it says."""
    for _ in range(layers):
        content = zlib.compress(content, 9)
    return (
        b"<< /Length %d %s >>\nstream\n" % (len(content), filters.encode())
        + content
        + (b"\nendstream")
    )


def page_of(content: bytes) -> bytes:
    """A PDF file of one page that draws something."""
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        content,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def text_of(lines: int) -> bytes:
    """What draws some lines of text."""
    drawn = b"".join(b"(Line %d of the ferry.) Tj 0 -14 Td\n" % n for n in range(lines))
    return b"BT /F 12 Tf 50 750 Td\n" + drawn + b"ET"


PAGES: dict[str, Callable[[], str | bytes]] = {
    "nothing": lambda: "",
    "white space": lambda: " \n" * MIB,
    "zeros": lambda: b"\0" * MIB,
    "no text at all": lambda: bytes(range(256)) * 4096,
    "half characters": lambda: "\ud800<p>".encode("utf-8", "surrogatepass") * 10_000,
    "utf-16 without a mark": lambda: ARTICLE.encode("utf-16-le"),
    "another encoding than it says": lambda: f'<meta charset="utf-7">{ARTICLE}'.encode("utf-16"),
    "an encoding that does not exist": lambda: f'<meta charset="klingon">{ARTICLE}',
    "ten million of one line": lambda: "a" * (5 * MIB),
    "one line of words": lambda: f"<p>{'ferry ' * (5 * MIB // 6)}</p>",
    "a line of full stops": lambda: f"<article><p>{'. ' * (2 * MIB)}</p>",
    "a hundred thousand links": lambda: "<a href='/x'>ferry</a> " * 100_000,
    "a hundred thousand paragraphs": lambda: f"<article>{'<p>The ferry is late.</p>' * 100_000}",
    "tables ten thousand deep": lambda: "<table><tr><td>" * 10_000 + SAYS,
    "divisions a hundred thousand deep": lambda: "<div>" * 100_000 + SAYS * 9,
    "lists ten thousand deep": lambda: "<ul><li>ferry" * 10_000,
    "quotations ten thousand deep": lambda: "<blockquote>" * 10_000 + SAYS * 9,
    "bold a hundred thousand times": lambda: f"<article><p>{'<b>' * 100_000}{SAYS * 9}",
    "never closed": lambda: "<p" * MIB,
    "a million attributes": lambda: f"<p {'a=1 ' * MIB}>{SAYS}</p>",
    "one name of a megabyte": lambda: f"<{'x' * MIB}>{SAYS}</{'x' * MIB}>",
    "a comment without an end": lambda: "<!-- " + SAYS * 50_000,
    "comments in comments": lambda: "<!--" * MIB,
    "a script without an end": lambda: f"<script>{SAYS * 50_000}",
    "entities that grow": lambda: (
        "<!DOCTYPE x [<!ENTITY a0 'ferry'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + f"]><html><body><article><p>&a11;</p><p>{SAYS * 5}"
    ),
    "an entity from a file": lambda: (
        "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        f"<html><body><article><p>&f;</p><p>{SAYS * 5}"
    ),
    "an xml bomb": lambda: (
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '"
        + "ferry" * 20_000
        + "'>]><x>"
        + "&a;" * 20_000
    ),
    "a million entities": lambda: f"<article><p>{'&amp;' * MIB}",
    "json that goes deep": lambda: (
        f'<script type="application/ld+json">{"[" * 500_000}</script>{ARTICLE}'
    ),
    "json that is long": lambda: (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        + "x" * (4 * MIB)
        + f'"}}</script>{ARTICLE}'
    ),
    "dates without an end": lambda: (
        "<html><head>" + "<meta property=published_time content=2025-10-09T" * 50_000 + ARTICLE
    ),
    "a title of a megabyte": lambda: f"<title>{'ferry ' * (MIB // 6)}</title>{ARTICLE}",
    "directions turned": lambda: ARTICLE.replace("Ferry", "\u202eyrreF\u202c" * 10_000),
    "a thousand marks on a letter": lambda: f"<article><p>{('e' + chr(0x301) * 1000) * 500}",
    "a document in a document": lambda: "<html><body>" * 50_000 + ARTICLE,
    "forms and fields": lambda: "<form><input><select><option>" * 50_000,
}

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "no pdf": lambda: b"This is no PDF.",
    "an empty pdf": lambda: b"%PDF-1.7\n%%EOF",
    "a pdf cut short": lambda: page_of(stream(text_of(100)))[:400],
    "a pdf whose pages are their own children": lambda: pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "a pdf that refers to itself": lambda: pdf("1 0 R", "2 0 R"),
    "a pdf that is compressed many times": lambda: page_of(
        stream(b" " * (200 * MIB), "/Filter [/FlateDecode /FlateDecode]", 2)
    ),
    "a pdf that draws forever": lambda: page_of(
        stream(b"q " * (50 * MIB), "/Filter /FlateDecode", 1)
    ),
    "a pdf of a hundred thousand lines": lambda: page_of(
        stream(text_of(100_000), "/Filter /FlateDecode", 1)
    ),
    "a pdf of a million pages": lambda: pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{'3 0 R ' * 500_000}] /Count 500000 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
    ),
    "a pdf of brackets": lambda: page_of(stream(b"[" * (4 * MIB))),
}


ENTITIES = (
    "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'><!ENTITY a0 'ferry'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)
"""Entities that grow, and one from a file."""


def word_part(body: str) -> dict[str, str | bytes]:
    """The main part of a Word document."""
    return {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}


def with_size(content: bytes, name: bytes, size: int) -> bytes:
    """An archive whose directory says that a member has another size."""
    entry = content.rfind(b"PK\1\2", 0, content.rfind(name)) + 24
    return content[:entry] + size.to_bytes(4, "little") + content[entry + 4 :]


NOTE = '<w:r><w:footnoteReference w:id="7"/></w:r>'
NOTES_IN_NOTES = (
    f'<w:footnotes {WORD}><w:footnote w:id="7">{paragraph(SAYS, NOTE)}</w:footnote></w:footnotes>'
)

ARCHIVES: dict[str, Callable[[], bytes]] = {
    "no docx": lambda: b"This is no Word document.",
    "a docx that is only an archive": lambda: archive({"a.txt": SAYS}),
    "a docx cut short": lambda: docx(SAYS)[:-60],
    "a docx that unpacks to a hundred mebibytes": lambda: docx(
        parts=word_part(" " * (100 * MIB) + paragraph(SAYS))
    ),
    "a docx that says it unpacks to little": lambda: with_size(
        docx(parts=word_part(" " * (100 * MIB))), b"word/document.xml", 400
    ),
    "a docx that says it unpacks to much": lambda: with_size(
        docx(SAYS), b"word/document.xml", 1 << 31
    ),
    "a docx of two million letters": lambda: docx(SAYS * (2 * MIB // len(SAYS))),
    "a docx of a million paragraphs": lambda: docx(parts=word_part("<w:p/>" * MIB)),
    "a docx in a docx": lambda: docx(parts={"word/document.xml": docx(SAYS)}),
    "a docx with entities": lambda: docx(
        parts={
            "word/document.xml": ENTITIES
            + f"<w:document {WORD}><w:body>{paragraph('&a11;&f;')}{paragraph(SAYS)}</w:body>"
            "</w:document>"
        }
    ),
    "a docx whose styles are based on each other": lambda: docx(
        paragraph(SAYS, style="a"),
        parts={
            "word/styles.xml": f"<w:styles {WORD}>{STYLES}"
            + "".join(
                f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
                for one, other in ("ab", "ba")
            )
            + "</w:styles>"
        },
    ),
    "a docx of tables in tables": lambda: docx(
        "<w:tbl><w:tr><w:tc>" * 60 + paragraph(SAYS) + "</w:tc></w:tr></w:tbl>" * 60
    ),
    "a docx of tables a thousand deep": lambda: docx(
        "<w:tbl><w:tr><w:tc>" * 1000 + paragraph(SAYS) + "</w:tc></w:tr></w:tbl>" * 1000
    ),
    "a docx whose parts are elsewhere": lambda: docx(
        SAYS,
        parts={
            "../../../../etc/passwd": SAYS,
            "/etc/passwd": SAYS,
            "_rels/.rels": '<Relationships><Relationship Type="x/officeDocument"'
            ' Target="../../../../../../etc/passwd"/></Relationships>',
        },
    ),
    "a docx with forty thousand members": lambda: docx(
        SAYS, parts={f"{number}": "" for number in range(40_000)}
    ),
    "a docx whose note refers to itself": lambda: docx(
        paragraph(SAYS, NOTE), footnotes={7: SAYS}, parts={"word/footnotes.xml": NOTES_IN_NOTES}
    ),
    "no epub": lambda: b"This is no e-book.",
    "an epub without chapters": lambda: epub(),
    "an epub whose only chapter is the package": lambda: epub(
        parts={
            "OEBPS/book.opf": "<package><manifest><item id='a' href='book.opf'"
            " media-type='text/html'/></manifest><spine><itemref idref='a'/></spine></package>"
        }
    ),
    "an epub of one chapter a hundred thousand times": lambda: epub(
        f"<p>{SAYS}</p>", spine=['idref="c0"'] * 100_000
    ),
    "an epub that unpacks to a hundred mebibytes": lambda: epub(
        *[f"<p>{SAYS}</p>{' ' * (10 * MIB)}"] * 10
    ),
    "an epub of a hundred thousand elements": lambda: epub("<p><b>ferry</b></p>" * 200_000),
    "an epub with entities": lambda: epub(
        "", parts={"OEBPS/text/0 .xhtml": ENTITIES + f"<body><p>&a11;&f;</p><p>{SAYS}</p></body>"}
    ),
    "an epub that is not well-formed": lambda: epub(
        "", parts={"OEBPS/text/0 .xhtml": "<p" * MIB + f"<p>{SAYS}"}
    ),
    "an epub of markup a thousand deep": lambda: epub("<div>" * 1000 + SAYS + "</div>" * 1000),
    "an epub of superscripts in superscripts": lambda: epub("<sup><a href='#a'>" * 120 + SAYS),
    "an epub whose chapter is elsewhere": lambda: epub(
        parts={
            "OEBPS/book.opf": "<package><manifest><item id='a' href='../../../../etc/passwd'"
            " media-type='text/html'/></manifest><spine><itemref idref='a'/></spine></package>",
            "../../../../etc/passwd": chapter(SAYS),
        }
    ),
}
