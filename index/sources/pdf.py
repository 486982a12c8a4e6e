"""PDF documents."""

from urllib.parse import urlsplit

from index.article import Article
from index.errors import SourceError
from index.sources.html import LONGEST
from index.sources.sandbox import read_apart
from index.sources.text import TITLE_LENGTH, make_article, title_from


def read_pdf(content: bytes, name: str, collection: str, *, address: str | None = None) -> Article:
    """The text of a PDF document, its title, author and date, as far as it tells them.

    Args:
        address: where it was fetched from.

    Raises:
        SourceError: there is no text in it, or it cannot be read in bounded time.
    """
    found = read_apart("pdf", content, name, called="PDF")
    title, text = found["title"], found["text"] or ""
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name}: there is no text in this PDF, only pictures perhaps.")
    if len(text) > LONGEST:
        raise SourceError(f"{name}: its text is longer than {LONGEST:,} characters.")
    if not title:
        first, _, rest = text.partition("\n\n")
        if rest and len(first) <= TITLE_LENGTH:
            title, text = first, rest
    return make_article(
        name,
        collection,
        title=title or title_from(urlsplit(address).path if address else name),
        text=text,
        author=found["author"],
        published=found["published"],
        url=address,
    )
