"""Articles behind links: web pages, documents and texts."""

import asyncio
import re
from dataclasses import replace

from index.article import SHARED, Article
from index.errors import SourceError
from index.fetching.fetcher import Fetched, Fetcher
from index.fetching.guard import Guard
from index.sources.html import read_html
from index.sources.markdown import read_markdown
from index.sources.parsers.charsets import decode
from index.sources.pdf import read_pdf
from index.sources.sandbox import run_parsing
from index.sources.text import read_text
from index.sources.zipped import read_docx, read_epub

PAGE_TYPES = ("text/html", "application/xhtml+xml")
DOCUMENT_READERS = {
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "application/epub+zip": read_epub,
}
"""The readers of documents that are no text, by media type."""

ARTICLE_TYPES = (*PAGE_TYPES, *DOCUMENT_READERS, "text/plain", "text/markdown")
"""The media types of articles."""

BLANK_LINES = re.compile(r"\n[ \t]*+\n\s*")


async def fetch_article(fetcher: Fetcher, url: str, collection: str = SHARED) -> Article:
    """The article behind a link.

    Raises:
        ForbiddenError, UnreachableError, SourceError: see ``Fetcher.fetch``; or the document is
            not an article.
    """
    fetched = await fetcher.fetch(url, ARTICLE_TYPES)
    if fetched is None:
        raise SourceError(f"{url}: the site sent no content (304).")
    return await run_parsing(article_of, fetched, collection)


def article_of(fetched: Fetched, collection: str) -> Article:
    """The article in a fetched document. Raises SourceError."""
    name, content = fetched.url, fetched.content
    if fetched.media_type in PAGE_TYPES:
        return read_html(content, name, collection, charset=fetched.charset, fetched_from=name)
    if read_document := DOCUMENT_READERS.get(fetched.media_type):
        return read_document(content, name, collection, url=name)
    text = decode(content, fetched.charset)
    if fetched.media_type == "text/markdown":
        article = read_markdown(text.encode(), name, collection)
    else:
        article = read_text(_unwrap(text).encode(), name, collection)
    return replace(article, url=name)  # and not what the front matter claims


def read_link(url: str, guard: Guard, collection: str = SHARED) -> Article | SourceError:
    """``fetch_article`` without an event loop; an error is returned as a value."""
    try:
        return asyncio.run(fetch_article(Fetcher(guard), url, collection))
    except SourceError as error:
        return error


def _unwrap(text: str) -> str:
    """The text with each paragraph on one line, if it has blank lines between paragraphs."""
    blocks = BLANK_LINES.split(text.strip())
    if len(blocks) == 1:
        return text
    return "\n\n".join(" ".join(block.split()) for block in blocks)
