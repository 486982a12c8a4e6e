"""Links: what they lead to, as an article."""

import asyncio
import re
from contextlib import suppress
from dataclasses import replace

from index.article import SHARED, Article
from index.errors import SourceError
from index.fetching.fetcher import Fetched, Fetcher
from index.fetching.guard import Guard
from index.sources.html import read_html
from index.sources.markdown import read_markdown
from index.sources.pdf import read_pdf
from index.sources.text import read_text

PAGES = ("text/html", "application/xhtml+xml")
KINDS = (*PAGES, "application/pdf", "text/plain", "text/markdown")
"""The media types of what can be an article."""


async def fetch_article(fetcher: Fetcher, url: str, collection: str = SHARED) -> Article:
    """The article that a link leads to.

    Raises:
        ForbiddenError, UnreachableError, SourceError: see ``Fetcher.fetch``; or there is no
            article there.
    """
    fetched = await fetcher.fetch(url, KINDS)
    if fetched is None:
        raise SourceError(f"{url}: the site sends nothing, as if we knew it (304).")
    return await asyncio.to_thread(article_of, fetched, collection)


def article_of(fetched: Fetched, collection: str) -> Article:
    """The article in a document that was fetched. Raises: SourceError."""
    name, content = fetched.url, fetched.content
    if fetched.kind in PAGES:
        return read_html(content, name, collection, charset=fetched.charset, address=name)
    if fetched.kind == "application/pdf":
        return read_pdf(content, name, collection, address=name)
    text = _decoded(fetched)
    if fetched.kind == "text/markdown":
        article = read_markdown(text.encode(), name, collection)
    else:
        article = read_text(_unbroken(text).encode(), name, collection)
    return replace(article, url=name)  # whatever its front matter says


def read_link(url: str, guard: Guard, collection: str = SHARED) -> Article | SourceError:
    """``fetch_article``, for who has no event loop; why there is none comes as a value."""
    try:
        return asyncio.run(fetch_article(Fetcher(guard), url, collection))
    except SourceError as error:
        return error


def _decoded(fetched: Fetched) -> str:
    """A text in UTF-8 or, where it is not that, in the encoding that the server says or, without
    one, that of the West."""
    for encoding in ("utf-8-sig", fetched.charset, "windows-1252"):
        if encoding:
            with suppress(LookupError, UnicodeDecodeError):
                return fetched.content.decode(encoding)
    return fetched.content.decode("windows-1252", errors="replace")


def _unbroken(text: str) -> str:
    """A text whose paragraphs are lines, where blank lines tell them apart."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.strip())
    if len(blocks) == 1:
        return text
    return "\n\n".join(" ".join(block.split()) for block in blocks)
