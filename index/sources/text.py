"""Plain text files, with optional front matter."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from index.article import Article
from index.errors import ArticleError, SourceError
from index.text.datelines import find_dateline

FIELDS = ("title", "url", "publisher", "published")
EMPTY = (None, "", "null", "~")
"""What a field of the front matter may be that is not known."""

UNCLOSED = re.compile(r"---[ \t]*\n[ \t]*(?:title|url|publisher|author|published)[ \t]*:")
"""What begins like front matter, where a line of dashes could also be a mere ornament."""

TITLE_LENGTH = 150
"""Characters beyond which a first line is a paragraph rather than a title."""


def read_text(content: bytes, name: str, collection: str) -> Article:
    """The article in a text file.

    Front matter may give ``title``, ``url``, ``publisher``, ``author`` and ``published``. Without
    a title there, the first line is the title if it looks like one, else the file's name.

    Raises:
        SourceError: it is not UTF-8, its front matter is broken, or it is no article.
    """
    known, text = split_front_matter(decode(content, name), name)
    text = text.strip()
    title = known.pop("title", None)
    if title is None:
        title, text = _take_title(text)
    return make_article(name, collection, title=title or title_from(name), text=text, **known)


def decode(content: bytes, name: str) -> str:
    """The text of a UTF-8 file, without a byte order mark, each line ended by one ``\\n``.

    Raises:
        SourceError: the bytes are not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: it is not UTF-8 text (see byte {error.start + 1});"
            " save it as UTF-8 and add it again."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """What the front matter says of the article, and the text that follows it.

    Raises:
        SourceError: the front matter is no YAML mapping, or a field of it is not one line.
    """
    text, handler = text.strip(), YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        front, body = handler.split(text)
    except ValueError:  # a line of dashes, and no second one
        if UNCLOSED.match(text):
            raise SourceError(
                f"{name}: its front matter is not closed by a line of its own with ---."
            ) from None
        return {}, text
    try:
        # BaseLoader: every value is the text that was written, be it 2025-10-09 or Yes.
        known = handler.load(front, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, RecursionError) as error:
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise SourceError(
            f"{name}: its front matter cannot be read ({problem}); a value with a colon in it needs"
            " quotation marks."
        ) from error
    if not isinstance(known, dict):
        raise SourceError(f"{name}: its front matter is not of the form “name: value”.")
    fields = {field: known[field] for field in FIELDS if known.get(field) not in EMPTY}
    for field, value in fields.items():
        if not isinstance(value, str):
            raise SourceError(f"{name}: the “{field}” in its front matter is not one value.")
    author = author_from(known.get("author"))
    return fields | ({"author": author} if author else {}), body


def make_article(name: str, collection: str, **fields: Any) -> Article:
    """An article whose fields come from the source ``name``; ``published`` may be text.

    Raises:
        SourceError: the fields do not make an article.
    """
    try:
        published = fields.pop("published", None)
        return Article(collection=collection, published=parse_date(published), **fields)
    except ArticleError as error:
        raise SourceError(f"{name}: {str(error)[0].lower()}{str(error)[1:]}") from error


def parse_date(value: str | None) -> date | datetime | None:
    """A day or a moment, from ISO 8601 or as e-mail and feeds write it (RFC 5322).

    Raises:
        ArticleError: it is neither.
    """
    if value is None or not value.strip():
        return None
    value = value.strip()
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value)
        except (ValueError, TypeError):
            continue
    raise ArticleError(f"“{value}” is no date; write it as 2025-10-09.")


def author_from(value: object) -> str | None:
    """Who wrote an article: a name, or several; None where it is something else."""
    names = value if isinstance(value, list) else [value]
    written = [name for name in names if isinstance(name, str) and name not in EMPTY]
    return ", ".join(written) or None


def title_from(name: str) -> str:
    """A title made of a file's name: ``gaza-ceasefire.txt`` is "Gaza ceasefire"."""
    words = re.sub(r"[-_\s]+", " ", PurePath(name).stem).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def _take_title(text: str) -> tuple[str | None, str]:
    """The first line and what follows it, if that line looks like a title."""
    first, _, rest = text.partition("\n")
    looks_like_one = (
        0 < len(first.strip()) <= TITLE_LENGTH
        and first.strip()[-1] not in ".:;,…"
        and rest.startswith("\n")
        and rest.strip()
        and find_dateline(text) is None
    )
    return (first.strip(), rest.strip()) if looks_like_one else (None, text)
