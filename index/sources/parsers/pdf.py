"""The parser of PDF documents."""

import logging
import re
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])")
"""A hyphen at the end of a line, inside a word."""

CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def parse(content: bytes) -> dict[str, str | None]:
    """The text of a PDF document, one paragraph for each block, and its metadata."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    (info, *_) = [*PDFDocument(PDFParser(BytesIO(content))).info, {}]
    blocks = [
        _unwrap(block.get_text())
        for page in extract_pages(BytesIO(content), laparams=LAParams())
        for block in page
        if isinstance(block, LTTextContainer)
    ]
    return {"text": "\n\n".join(block for block in blocks if block), **_metadata(info)}


def _unwrap(block: str) -> str:
    """A paragraph on one line, with hyphenated words joined."""
    return " ".join(HYPHEN.sub("", block).split())


def _metadata(info: dict[str, Any]) -> dict[str, str | None]:
    def entry(name: str) -> str:
        value = info.get(name)
        if not isinstance(value, bytes):
            return ""
        encoding = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
        return value.decode(encoding, errors="replace").replace("\0", "").strip()

    created = CREATED.match(entry("CreationDate"))
    day = None
    if created:
        with suppress(ValueError):
            day = date(*map(int, created.groups())).isoformat()
    return {
        "title": entry("Title") or None,
        "author": entry("Author") or None,
        "published": day,
    }
