"""What reads documents that others have made, in a process of its own (see ``workshop``).

It is run as a script and knows nothing of the rest of Dateline: it is asked by a line of JSON and
some bytes on standard input, and answers with a line of JSON on standard output.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

MEMORY = 1 << 30
"""Bytes of address space that it may take in addition to what it has in the beginning."""

MOMENT = re.compile(
    r"""(?:published_time|datePublished|pubdate|dateCreated)["']?\s*(?::|\s+content=|\s+datetime=)\s*
    ["'](\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))["']""",
    re.VERBOSE | re.IGNORECASE,
)
"""When a page says that it was published, to the minute and with its zone."""

Fields = dict[str, str | None]


def html(content: bytes, charset: str | None = None) -> Fields:
    """The article on a web page, as trafilatura finds it; no text where there is none."""
    import trafilatura
    from trafilatura.settings import Document

    # What it logs of a page without an article is told by whoever asked.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = trafilatura.bare_extraction(
        _decoded(content, charset), with_metadata=True, include_comments=False, include_tables=False
    )
    found = page.as_dict() if isinstance(page, Document) else {}
    title = found.get("title")
    lines = [line.strip() for line in (found.get("text") or "").splitlines() if line.strip()]
    if lines and lines[0] == title:
        del lines[0]
    return {
        "text": "\n\n".join(lines),
        "title": title,
        "author": found.get("author"),
        "publisher": found.get("sitename"),
        "published": _published(content, found.get("date")),
        "url": found.get("url"),
    }


def pdf(content: bytes, charset: str | None = None) -> Fields:
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


READERS: dict[str, Callable[..., Fields]] = {"html": html, "pdf": pdf}


def _decoded(content: bytes, charset: str | None) -> bytes | str:
    """A page's text, where the server tells its encoding and that is right."""
    if charset:
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(charset)
    return content  # trafilatura finds out


def _published(content: bytes, day: str | None) -> str | None:
    """The day that trafilatura finds or, where the page tells the moment of that day, this."""
    for moment in MOMENT.findall(content.decode(errors="replace")):
        if day and moment.startswith(day):
            return str(moment)
    return day


def _unbroken(block: str) -> str:
    """A paragraph without the breaks of its lines; a word that is broken at one is joined."""
    return " ".join(re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])", "", block).split())


def _known(info: dict[str, Any]) -> Fields:
    def said(name: str) -> str:
        value = info.get(name)
        if not isinstance(value, bytes):
            return ""
        encoding = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
        return value.decode(encoding, errors="replace").replace("\0", "").strip()

    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", said("CreationDate"))
    return {
        "title": said("Title") or None,
        "author": said("Author") or None,
        "published": "-".join(made.groups()) if made else None,
    }


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows; or it is limited already
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:
            now = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))


def _requests() -> Iterator[tuple[str, bytes, str | None]]:
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        yield asked["kind"], sys.stdin.buffer.read(asked["size"]), asked["charset"]


def main() -> None:
    """Answer what is asked, until there is nothing more."""
    _limit_memory()
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever is printed is no answer
    for kind, content, charset in _requests():
        try:
            answer: dict[str, Any] = {"found": READERS[kind](content, charset)}
        except (Exception, RecursionError, MemoryError) as error:
            answer = {"failed": type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
