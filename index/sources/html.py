"""Saved web pages."""

import logging

from index.article import Article
from index.errors import SourceError
from index.sources.text import make_article, title_from


def read_html(content: bytes, name: str, collection: str) -> Article:
    """The article on a web page, as trafilatura finds it: text, title, publisher, date, URL.

    Raises:
        SourceError: there is no article on the page.
    """
    # Imported here: this takes most of a second, which other sources need not wait for.
    import trafilatura
    from trafilatura.settings import Document

    # What it logs of a page without an article is told in the error below.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = trafilatura.bare_extraction(
        content, with_metadata=True, include_comments=False, include_tables=False
    )
    found = page.as_dict() if isinstance(page, Document) else {}
    text = (found.get("text") or "").strip()
    if not text:
        raise SourceError(f"{name}: no article was found on this page.")
    return make_article(
        name,
        collection,
        title=found["title"] or title_from(name),
        text="\n\n".join(line.strip() for line in text.splitlines() if line.strip()),
        publisher=found["sitename"],
        published=found["date"],
        url=found["url"],
    )
