"""Word documents (.docx) and e-books (.epub), which are zip archives of marked-up text."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from index.article import Article
from index.errors import SourceError
from index.sources.parsers.documents.archive import MAX_MEBIBYTES
from index.sources.sandbox import parse_in_sandbox
from index.sources.text import find_date, make_article, take_title, title_from

WORD, EPUB = "Word document", "e-book"

REFUSALS = {
    "damaged": "this {label} is damaged or incomplete; copy or download it again.",
    "doc": "this is a Word document in the older format .doc; save it as .docx and add that.",
    "kind": "this is no {label} ({suffix}), whatever its name says; save it in that format, or give"
    " it the suffix of the one that it is in.",
    "password": "this {label} is protected by a password; save it without one and add that.",
    "protected": "this {label} is protected against copying (DRM), and cannot be read.",
    "size": "this {label} has more than {limit} MiB of text and markup; split it up.",
}


def read_docx(content: bytes, name: str, collection: str, *, url: str | None = None) -> Article:
    """The article in a Word document: its paragraphs, list items and rows of tables, and then its
    notes; without headers, footers, comments and deletions of tracked changes.

    The title and the author come from its properties if a person gave them, or else the title from
    its first heading or, without headings, from a first line that looks like one.

    Args:
        url: where it was fetched from.

    Raises:
        SourceError: it is something else, damaged, protected or without text, or cannot be parsed
            within the limits.
    """
    return _read("docx", WORD, content, name, collection, url)


def read_epub(content: bytes, name: str, collection: str, *, url: str | None = None) -> Article:
    """The article in an e-book: its chapters in the order in which they are read, and its title,
    author, publisher and date; see ``read_docx``."""
    return _read("epub", EPUB, content, name, collection, url)


def _read(
    kind: str, label: str, content: bytes, name: str, collection: str, url: str | None
) -> Article:
    found = parse_in_sandbox(kind, content, name, label=label)
    if refusal := found["refusal"]:
        reason = REFUSALS[refusal].format(label=label, suffix=f".{kind}", limit=MAX_MEBIBYTES)
        raise SourceError(f"{name}: {reason}")
    title, text = _title_and_text(found["title"], found["blocks"])
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name}: this {label} contains no text; its pages may be pictures.")
    return make_article(
        name,
        collection,
        title=title or title_from(urlsplit(url).path if url else name),
        text=text,
        author=found["author"],
        publisher=found.get("publisher"),
        published=find_date(found.get("published")),
        url=url,
    )


def _title_and_text(
    stated: str | None, blocks: Sequence[tuple[bool, str]]
) -> tuple[str | None, str]:
    """The title, and the paragraphs without it at their start."""
    title = stated or next((words for is_heading, words in blocks if is_heading), None)
    first = blocks[0][1] if blocks else ""
    is_repeated = title is not None and title.casefold() == first.casefold() and len(blocks) > 1
    text = "\n\n".join(words for _, words in (blocks[1:] if is_repeated else blocks))
    is_row = " | " in first  # of a table
    return (title, text) if title or is_row else take_title(text)
