"""PDF documents."""

from urllib.parse import urlsplit

from index.article import Article
from index.errors import SourceError
from index.sources.sandbox import parse_in_sandbox
from index.sources.text import MAX_TITLE_LENGTH, make_article, title_from


def read_pdf(content: bytes, name: str, collection: str, *, url: str | None = None) -> Article:
    """The article in a PDF document: its text and, from its metadata, its title and author.

    Without a title in the metadata, a short first paragraph is the title, and stays in the text.

    Args:
        url: where it was fetched from.

    Raises:
        SourceError: it is protected by a password, has no text, or cannot be parsed within the
            limits.
    """
    found = parse_in_sandbox("pdf", content, name, label="PDF")
    if found.get("is_other"):
        raise SourceError(
            f"{name}: this is no PDF, whatever its name says; give it the suffix of the format that"
            " it is in."
        )
    if found.get("is_locked"):
        raise SourceError(
            f"{name}: this PDF is protected by a password; save it without one and add that."
        )
    title, text = found["title"], found["text"] or ""
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name}: this PDF contains no text; it may be a scan.")
    if not title:
        first, _, rest = text.partition("\n\n")
        title = first if rest and len(first) <= MAX_TITLE_LENGTH else None
    return make_article(
        name,
        collection,
        title=title or title_from(urlsplit(url).path if url else name),
        text=text,
        author=found["author"],
        url=url,
    )
