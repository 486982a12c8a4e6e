"""PDF documents: their text in paragraphs, and what they say of themselves."""

import logging
import re
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any


def read(content: bytes, charset: str | None = None) -> dict[str, str | None]:
    """The text of a PDF document, a paragraph for each block, and what it says of itself."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    (known, *_) = [*PDFDocument(PDFParser(BytesIO(content))).info, {}]
    blocks = [
        _unbroken(block.get_text())
        for page in extract_pages(BytesIO(content), laparams=LAParams())
        for block in page
        if isinstance(block, LTTextContainer)
    ]
    return {"text": "\n\n".join(block for block in blocks if block), **_known(known)}


def _unbroken(block: str) -> str:
    """A paragraph without the breaks of its lines; a word that is broken at one is joined."""
    return " ".join(re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])", "", block).split())


def _known(info: dict[str, Any]) -> dict[str, str | None]:
    def said(name: str) -> str:
        value = info.get(name)
        if not isinstance(value, bytes):
            return ""
        encoding = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
        return value.decode(encoding, errors="replace").replace("\0", "").strip()

    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", said("CreationDate"))
    day = None
    if made:
        with suppress(ValueError):
            day = date(*map(int, made.groups())).isoformat()
    return {
        "title": said("Title") or None,
        "author": said("Author") or None,
        "published": day,
    }
