"""The values of the public interface: articles, sentences, citations and passages."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from urllib.parse import urldefrag, urlsplit

from index.errors import ArticleError
from index.text.datelines import find_dateline
from index.text.dates import publication_date
from index.text.text_fragments import link_to_text
from index.text.truncation import truncate

SHARED = "shared"
"""The collection that every server reads and only the operator writes."""

MAX_TEXT_LENGTH = 1_000_000
"""Characters of an article's text; a long novel has as many."""

MAX_TITLE_LENGTH, MAX_NAME_LENGTH = 300, 200
"""Characters of a title, and of a publisher or author; what is longer is truncated."""

MAX_URL_LENGTH = 2000
"""Characters of a URL, which cannot be truncated; servers and browsers refuse longer ones, too."""


@dataclass(frozen=True)
class Article:
    """A news article.

    ``text`` is never changed: every offset in Dateline counts its characters (Unicode code points,
    from 0). Without a ``publisher``, the one in a wire dateline at the start of the text is used. A
    ``published`` that cannot be a date of publication becomes None (see ``publication_date``). A
    ``title`` of more than 300 characters, and a ``publisher`` or ``author`` of more than 200, is
    truncated at a word. ``identity`` is what ``id`` is derived from in an article that was edited.

    Raises:
        ArticleError: the title or the text is empty, a field has characters that cannot be stored
            (NUL, lone surrogates), ``url`` is not an http(s) address or has more than 2,000
            characters, or the text has more than 1,000,000.
    """

    title: str
    text: str
    publisher: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    collection: str = SHARED
    author: str | None = None
    identity: str | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.text) > MAX_TEXT_LENGTH:
            raise ArticleError(
                f"The article's text has more than {MAX_TEXT_LENGTH:,} characters; add it in parts."
            )
        dateline = find_dateline(self.text)
        publisher = self.publisher or (dateline.publisher if dateline else None)
        self._normalize("title", self.title, MAX_TITLE_LENGTH)
        self._normalize("publisher", publisher, MAX_NAME_LENGTH)
        self._normalize("url", self.url)
        self._normalize("author", self.author, MAX_NAME_LENGTH)
        object.__setattr__(self, "published", publication_date(self.published))
        if not self.title:
            raise ArticleError("The article has no title.")
        if not any(character.isalnum() for character in self.text):
            raise ArticleError("The article has no text.")
        if not self.collection.strip():
            raise ArticleError("The collection has no name.")
        texts = (self.title, self.text, self.publisher, self.author, self.url, self.collection)
        for value in texts:
            _require_storable(value or "")
        if self.url is not None:
            _require_http_url(self.url)

    @classmethod
    def from_storage(cls, fields: dict[str, Any]) -> Self:
        """Rebuild a stored article without validating it again: a question loads a hundred, and
        limits may have been others when it was added.

        Args:
            fields: the values of all fields, and ``id``, unless it is to be computed.
        """
        article = object.__new__(cls)
        vars(article).update(fields)
        return article

    def _normalize(self, name: str, value: str | None, limit: int | None = None) -> None:
        """Set a field with its white space collapsed, and truncated to a limit; an empty optional
        field becomes None."""
        folded = " ".join((value or "").split())
        folded = truncate(folded, limit) if limit else folded
        object.__setattr__(self, name, folded or (None if name != "title" else ""))

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits that identify the URL (or else the content) in the collection. An
        edited article keeps its first id."""
        return _digest(self.collection, self._identity)[:16]

    @property
    def _identity(self) -> str:
        return self.identity or (urldefrag(self.url).url if self.url else self.content_hash)

    def edited(self, **changes: Any) -> Self:
        """The article with other values of some fields but the same id, so that adding it replaces
        this one. Raises ArticleError, as the class."""
        return replace(self, **changes, identity=self._identity)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of all fields except the collection and the identity."""
        published = self.published.isoformat() if self.published else ""
        author = [self.author] if self.author else []
        known = (self.publisher or "", published, self.url or "", *author)
        return _digest(self.title, self.text, *known)

    @property
    def place(self) -> str | None:
        """The place in the article's dateline ("WASHINGTON"), if it has one."""
        dateline = find_dateline(self.text)
        return dateline.place if dateline else None

    def as_record(self) -> dict[str, Any]:
        """The article as an object of a ``.jsonl`` file, without the fields that are empty."""
        published = self.published.isoformat() if self.published else None
        known = {
            "url": self.url,
            "publisher": self.publisher,
            "author": self.author,
            "published": published,
        }
        given = {name: value for name, value in known.items() if value}
        return {"title": self.title, "text": self.text} | given

    def as_dict(self) -> dict[str, Any]:
        """The article in the command line's JSON, without its text."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "author": self.author,
            "published": self.published.isoformat() if self.published else None,
            "url": self.url,
            "collection": self.collection,
        }


@dataclass(frozen=True, slots=True)
class FormerArticle:
    """A version of an article that was replaced by a correction at ``until`` (UTC)."""

    article: Article
    until: datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: ``text[start:end]``.

    Args:
        paragraph: the number of its paragraph in the article, from 1.
        number: its number in the paragraph, from 1.
        is_boilerplate: it is not of the story (a byline, a caption, …), and answers no question.
    """

    start: int
    end: int
    paragraph: int
    number: int
    is_boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a passage.

    Args:
        paragraph: the number of its first sentence's paragraph, from 1.
        sentence: the number of its first sentence in the paragraph, from 1.
        link: opens the article's page at the passage; None if the article has no URL.
        last: the numbers of its last sentence's paragraph and of that sentence; None if it is the
            first one.
    """

    article: Article
    paragraph: int
    sentence: int
    link: str | None
    last: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The citation in the command line's JSON."""
        last_paragraph, last_sentence = self.last or (self.paragraph, self.sentence)
        return {
            "paragraph": self.paragraph,
            "sentence": self.sentence,
            "last_paragraph": last_paragraph,
            "last_sentence": last_sentence,
            "link": self.link,
            "article": self.article.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more adjacent sentences of an article, shown as one quote.

    Args:
        start, end: the quote is ``article.text[start:end]``.
        score: how well the passage answers the question, from 0 to 1, comparable within an answer.
        highlights: ``(start, end)`` offsets into the quote, in order, not overlapping.
        also: citations of other articles that state the same.
        breaks: offsets into the quote at which a new paragraph begins, in order.
    """

    start: int
    end: int
    score: float
    citation: Citation
    highlights: tuple[tuple[int, int], ...] = ()
    also: tuple[Citation, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def quote(self) -> str:
        return self.citation.article.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int]:
        """The article's id, ``start`` and ``end``, which tell it from other passages."""
        return self.citation.article.id, self.start, self.end

    def as_dict(self, number: int) -> dict[str, Any]:
        """The passage in the command line's JSON, with its number in the answer, from 1."""
        return {
            "number": number,
            "quote": self.quote,
            "highlights": [list(span) for span in self.highlights],
            "score": round(self.score, 4),
            "start": self.start,
            "end": self.end,
            **self.citation.as_dict(),
            "also": [citation.as_dict() for citation in self.also],
        }


@dataclass(frozen=True, slots=True)
class Context:
    """A passage of an earlier answer, and the text around it.

    Args:
        paragraphs: the ``(start, end)`` of all paragraphs of the passage's article, in order.
        corrected: when (UTC) that version was corrected; None if it is the current one.
    """

    passage: Passage
    paragraphs: Sequence[tuple[int, int]]
    corrected: datetime | None = None


def cite(
    article: Article, start: int, end: int, first: Sentence, last: Sentence | None = None
) -> Citation:
    """The citation of ``article.text[start:end]``, whose sentences are ``first`` to ``last``; by
    default, ``first`` alone."""
    link = link_to_text(article.url, article.text[start:end]) if article.url else None
    several = last is not None and last.start != first.start
    end_place = (last.paragraph, last.number) if last and several else None
    return Citation(article, first.paragraph, first.number, link, end_place)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _require_storable(value: str) -> None:
    if "\0" in value:
        raise ArticleError("The article contains a NUL character; is it a text file?")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ArticleError("The article contains a lone surrogate, half a character.") from None


def _require_http_url(url: str) -> None:
    if len(url) > MAX_URL_LENGTH:
        raise ArticleError(f"The article's URL has more than {MAX_URL_LENGTH:,} characters.")
    try:
        parts = urlsplit(url)
        acceptable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        acceptable = False
    if not acceptable:
        shown = truncate(url, 200)
        raise ArticleError(f"“{shown}” is not a web address (http:// or https://).")
