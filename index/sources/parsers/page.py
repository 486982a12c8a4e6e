"""The parser of web pages."""

import logging
import re
from functools import cache
from typing import Any

from .charsets import decode
from .pages.cleaning import clean
from .pages.dates import published
from .pages.kinds import refusal_of, signs_of
from .pages.linked_data import linked_data
from .pages.surroundings import isolate
from .pages.titles import page_title
from .table_rows import joined_row

SPACES = re.compile(r"[ \t]+")

MAX_TITLE_LENGTH = 300

MIN_EXTRACTED_SIZE = 40
"""Characters of text from which trafilatura does not look for more in other ways. With its default,
250, it takes text around short articles for a part of them."""


def parse(
    content: bytes, charset: str | None = None, url: str | None = None
) -> dict[str, str | None]:
    """The article on a web page, as trafilatura extracts it.

    ``refusal`` is None, or the reason why the page does not have a complete article: "login",
    "beginning", "list", "video", "notice" or "nothing".

    Args:
        charset: the encoding that the server declares.
        url: where it was fetched from.
    """
    import trafilatura
    from trafilatura.settings import Document

    config = _trafilatura_config()
    tree = trafilatura.load_html(decode(content, charset))
    if tree is None:
        return {"refusal": "nothing"}
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    date = published(tree, (url, canonical))  # before anything changes the tree
    clean(tree)
    data = list(linked_data(tree))
    stated_title = page_title(tree, url or canonical, data)
    signs = signs_of(tree, data)
    isolate(signs.article, signs.others)
    page = trafilatura.bare_extraction(
        tree, config=config, with_metadata=True, include_comments=False
    )
    found = page.as_dict() if isinstance(page, Document) else {}
    title = stated_title or found.get("title")
    lines = [line for line in map(_clean_line, (found.get("text") or "").splitlines()) if line]
    if lines and lines[0] in (title, found.get("title"), *signs.headings):
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


@cache
def _trafilatura_config() -> Any:
    """trafilatura's configuration, read from its file once, after it is set up for this process."""
    import trafilatura
    from trafilatura.settings import use_config

    # Its date is not used, and looking for one fails on zones that do not exist.
    trafilatura.metadata.find_date = lambda *_, **__: None
    # Pages without an article are reported by the caller.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_EXTRACTED_SIZE))
    return config


def _clean_line(line: str) -> str:
    """A line without trafilatura's table markup; "" for the rule under a table's header."""
    line = SPACES.sub(" ", line.strip())
    if not line.startswith("|"):
        return line
    return joined_row(line.removeprefix("|").removesuffix("|").split("|"))
