"""Plain text files with optional front matter, and what all sources share."""

import re
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, datetime
from email.utils import parsedate_to_datetime, parsedate_tz
from pathlib import PurePath
from typing import Any

import yaml

from index.article import Article
from index.errors import ArticleError, SourceError
from index.text.boilerplate import find_boilerplate
from index.text.datelines import find_dateline
from index.text.dates import publication_date

FIELDS = ("title", "url", "publisher", "published")
EMPTY = (None, "", "null", "~")
"""Values of a field in the front matter that mean that it is unknown."""

DELIMITER = re.compile(r"^-{3,}+[^\S\n]*+$", re.MULTILINE)
"""A line that opens or closes the front matter."""

UNCLOSED = re.compile(r"---[ \t]*\n[ \t]*(?:title|url|publisher|author|published)[ \t]*:")
"""The start of front matter, as opposed to a line of dashes that is an ornament."""

OUTSIDE_CALENDAR = re.compile(r"\A(?:0000-|[+-]?\d{5,}+-\d|-\d{4}-)")
"""The start of an ISO 8601 date before the year 1 or after 9999."""

ISO_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:")
"""The start of a time in ISO 8601, with its date."""

MAX_FRONT_MATTER_LENGTH = 5000
"""Characters of front matter: reading YAML can take time that grows with their square."""

MAX_TITLE_LENGTH = 150
"""Characters of a first line that can be a title; a longer one is a paragraph."""

WORD_SEPARATORS = re.compile(r"[-_\s]+")


def read_text(content: bytes, name: str, collection: str) -> Article:
    """The article in a text file.

    Front matter may have ``title``, ``url``, ``publisher``, ``author`` and ``published``. Without a
    title there, the first line is the title if it looks like one, or else the file's name.

    Raises:
        SourceError: it is not UTF-8, its front matter is invalid, or it is not an article.
    """
    metadata, text = split_front_matter(decode(content, name), name)
    text = text.strip()
    title = metadata.pop("title", None)
    if title is None:
        title, text = take_title(text)
    return make_article(name, collection, title=title or title_from(name), text=text, **metadata)


def decode(content: bytes, name: str) -> str:
    """The text of a UTF-8 file, without a byte order mark and with ``\\n`` as line ending.

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
    """The fields of the front matter, and the text after it.

    Raises:
        SourceError: the front matter is too long or not a YAML mapping, or a field is not a single
            value.
    """
    text = text.strip()
    if not DELIMITER.match(text):
        return {}, text
    _, front, *body = DELIMITER.split(text, 2)
    if not body:
        if UNCLOSED.match(text):
            raise SourceError(f"{name}: its front matter is not closed by a line with only ---.")
        return {}, text
    if len(front) > MAX_FRONT_MATTER_LENGTH:
        raise SourceError(
            f"{name}: its front matter has more than {MAX_FRONT_MATTER_LENGTH:,} characters."
        )
    try:
        # BaseLoader keeps every value as it is written, be it 2025-10-09 or Yes.
        known = yaml.load(front, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
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
    return fields | ({"author": author} if author else {}), body[0]


def make_article(name: str, collection: str, **fields: Any) -> Article:
    """An article from the fields of a source called ``name``; ``published`` is text or a date.

    Raises:
        SourceError: the fields do not make a valid article.
    """
    try:
        published = fields.pop("published", None)
        if not isinstance(published, date):
            published = parse_date(published)
        return Article(collection=collection, published=published, **fields)
    except ArticleError as error:
        raise SourceError(f"{name}: {str(error)[0].lower()}{str(error)[1:]}") from error


def parse_date(value: str | None) -> date | datetime | None:
    """A date or a time in ISO 8601 or in the format of e-mail and feeds (RFC 5322).

    None if there is none, or if its year is one that nothing can have been published in. A time
    of day or a zone that does not exist is dropped.

    Raises:
        ArticleError: it is in neither format.
    """
    value = (value or "").strip()
    if not value or _has_impossible_year(value):
        return None
    for parse in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            return publication_date(parse(value))
        except (ValueError, TypeError, OverflowError):
            continue
    with suppress(ValueError):
        if day := ISO_TIME.match(value):
            return publication_date(date.fromisoformat(day[1]))
        if parsed := parsedate_tz(value):
            return publication_date(date(*parsed[:3]))
    raise ArticleError(f"“{value}” is not a date; write it as 2025-10-09.")


def find_date(value: str | None) -> date | datetime | None:
    """``parse_date`` of a date that a program wrote, which is no reason to refuse an article."""
    with suppress(ArticleError):
        return parse_date(value)
    return None


def _has_impossible_year(value: str) -> bool:
    """Whether a date has a year that Python's calendar lacks."""
    if OUTSIDE_CALENDAR.match(value):
        return True
    parsed = parsedate_tz(value)
    return parsed is not None and not MINYEAR <= parsed[0] <= MAXYEAR


def author_from(value: object) -> str | None:
    """The author or authors, if the value is a name or a list of names."""
    names = value if isinstance(value, list) else [value]
    authors = [name for name in names if isinstance(name, str) and name not in EMPTY]
    return ", ".join(authors) or None


def title_from(name: str) -> str:
    """A title made from a file name: ``gaza-ceasefire.txt`` becomes "Gaza ceasefire"."""
    words = WORD_SEPARATORS.sub(" ", PurePath(name).stem).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def take_title(text: str) -> tuple[str | None, str]:
    """The first line and the rest, if the first line looks like a title."""
    first, _, rest = text.partition("\n")
    is_title = (
        0 < len(first.strip()) <= MAX_TITLE_LENGTH
        and first.strip()[-1] not in ".:;,…"
        and rest.startswith("\n")
        and rest.strip()
        and not find_boilerplate([[first.strip()], [rest.strip()]])[0][0]
        and ((dateline := find_dateline(text)) is None or dateline.start > len(first))
    )
    return (first.strip(), rest.strip()) if is_title else (None, text)
