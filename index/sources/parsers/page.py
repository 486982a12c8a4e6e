"""The parser of web pages."""

import logging
from contextlib import suppress

from .page_dates import published
from .page_kinds import refusal_of, signs_of
from .page_surroundings import isolate

MAX_TITLE_LENGTH = 300

MIN_EXTRACTED_SIZE = 40
"""Characters of text from which trafilatura does not look for more in other ways. With its default,
250, it takes text around short articles for a part of them."""


def parse(content: bytes, charset: str | None = None) -> dict[str, str | None]:
    """The article on a web page, as trafilatura extracts it.

    ``refusal`` is None, or the reason why the page does not have a complete article: "login",
    "beginning", "list", "video", "notice" or "nothing".
    """
    import trafilatura
    from trafilatura.settings import Document, use_config

    # Pages without an article are reported by the caller.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(_decode(content, charset))
    if tree is None:
        return {"refusal": "nothing"}
    signs = signs_of(tree)
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    date = published(tree, canonical)  # before extraction changes the tree
    isolate(signs.article, signs.others)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_EXTRACTED_SIZE))
    page = trafilatura.bare_extraction(
        tree,
        config=config,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False},  # its date is not used
    )
    found = page.as_dict() if isinstance(page, Document) else {}
    title = found.get("title")
    lines = [line for line in map(_clean_line, (found.get("text") or "").splitlines()) if line]
    if lines and lines[0] in (title, *signs.headings):
        del lines[0]
    text = "\n\n".join(lines)
    return {
        "refusal": refusal_of(signs, text),
        "text": text,
        "title": title and title[:MAX_TITLE_LENGTH],
        "author": found.get("author"),
        "publisher": found.get("sitename"),
        "published": date,
        "url": found.get("url"),
    }


def _decode(content: bytes, charset: str | None) -> bytes | str:
    """The page in UTF-8 if it is valid, whatever the server declares, else in the declared
    encoding; the bytes if neither is valid."""
    for encoding in ("utf-8", charset) if charset else ():
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(encoding)
    return content  # trafilatura detects the encoding


def _clean_line(line: str) -> str:
    """A line without trafilatura's table markup; "" for the rule under a table's header."""
    line = line.strip()
    if not line.startswith("|"):
        return line
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return " | ".join(cell for cell in cells if cell.strip("-: "))
