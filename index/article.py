"""The values that flow through Dateline: articles, their sentences, and answers."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from urllib.parse import urldefrag, urlsplit

from index.errors import ArticleError
from index.text.datelines import find_dateline
from index.text.text_fragments import link_to_text

SHARED = "shared"
"""The collection that every server reads and only the operator writes."""


@dataclass(frozen=True)
class Article:
    """One news text with what is known of it.

    ``text`` is kept to the letter: every offset in Dateline counts its characters (Unicode
    code points, from 0). Where no ``publisher`` is given, a wire dateline at the head of the
    text names it.

    Raises:
        ArticleError: there is no title or no text, the text holds characters that cannot be
            stored (NUL, lone surrogates), or ``url`` is no http(s) address.
    """

    title: str
    text: str
    publisher: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    collection: str = SHARED
    author: str | None = None

    def __post_init__(self) -> None:
        dateline = find_dateline(self.text)
        self._tidy("title", self.title)
        self._tidy("publisher", self.publisher or (dateline.publisher if dateline else None))
        self._tidy("url", self.url)
        self._tidy("author", self.author)
        if not self.title:
            raise ArticleError("The article has no title.")
        if not any(character.isalnum() for character in self.text):
            raise ArticleError("The article has no text.")
        if not self.collection.strip():
            raise ArticleError("The collection has no name.")
        said = (self.title, self.text, self.publisher, self.author, self.url, self.collection)
        for value in said:
            _require_storable(value or "")
        if self.url is not None:
            _require_web_address(self.url)

    @classmethod
    def kept(cls, fields: dict[str, Any]) -> Self:
        """One that was kept, by its fields and its id: it was checked and tidied when it was made,
        and is not again. (A question sees a hundred of them.)"""
        article = object.__new__(cls)
        vars(article).update(fields)
        return article

    def _tidy(self, name: str, value: str | None) -> None:
        """Set a one-line field with its white space folded; an empty optional one is None."""
        folded = " ".join((value or "").split())
        object.__setattr__(self, name, folded or (None if name != "title" else ""))

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits: the URL within the collection or, without one, the content."""
        identity = urldefrag(self.url).url if self.url else self.content_hash
        return _digest(self.collection, identity)[:16]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of all that the article says, whatever the collection."""
        published = self.published.isoformat() if self.published else ""
        author = [self.author] if self.author else []  # so that others keep the hash they had
        known = (self.publisher or "", published, self.url or "", *author)
        return _digest(self.title, self.text, *known)

    @property
    def place(self) -> str | None:
        """Where the story was filed, as its dateline gives it ("WASHINGTON")."""
        dateline = find_dateline(self.text)
        return dateline.place if dateline else None

    def as_record(self) -> dict[str, Any]:
        """The article as a line of a ``.jsonl`` file: what is known of it, and its text."""
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
        """The fields of the JSON contract that tell which article this is, without its text."""
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
    """What an article said until (UTC) it was corrected."""

    article: Article
    until: datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of an article's text: ``text[start:end]``.

    ``paragraph`` is its paragraph's number and ``number`` its own within it, both from 1.
    """

    start: int
    end: int
    paragraph: int
    number: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a passage stands: paragraph and sentence (from 1) of an article.

    ``link`` opens the article's page at the passage; None where the article has no URL.
    """

    article: Article
    paragraph: int
    sentence: int
    link: str | None

    def as_dict(self) -> dict[str, Any]:
        """The citation in the JSON contract."""
        return {
            "paragraph": self.paragraph,
            "sentence": self.sentence,
            "link": self.link,
            "article": self.article.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more adjacent sentences of an article, shown as one quote.

    ``quote`` is ``article.text[start:end]``. ``highlights`` are ``(start, end)`` pairs that
    count from the start of the quote, in order and apart. ``score`` tells how well the
    passage matches the question, from 0 to 1; scores of one answer compare with each other.
    ``also`` cites other articles that say the same.
    """

    start: int
    end: int
    score: float
    citation: Citation
    highlights: tuple[tuple[int, int], ...] = ()
    also: tuple[Citation, ...] = ()

    @property
    def quote(self) -> str:
        return self.citation.article.text[self.start : self.end]

    def as_dict(self, number: int) -> dict[str, Any]:
        """The passage in the JSON contract, as the ``number``-th of its answer (from 1)."""
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

    ``paragraphs`` are ``(start, end)`` of all paragraphs of the passage's article, in order.
    ``corrected`` is when (UTC) that text was corrected; None where it still stands.
    """

    passage: Passage
    paragraphs: Sequence[tuple[int, int]]
    corrected: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets.

    ``confidence`` is the probability, from 0 to 1, that the first passage answers the
    question. Where ``found`` is False the passages are merely the nearest ones. ``searched``
    counts the articles that were looked through.
    """

    question: str
    found: bool
    confidence: float
    passages: tuple[Passage, ...] = ()
    searched: int = 0
    elapsed_ms: float = field(default=0.0, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The answer in the JSON contract of the command line."""
        return {
            "question": self.question,
            "found": self.found,
            "confidence": round(self.confidence, 4),
            "elapsed_ms": round(self.elapsed_ms, 1),
            "searched": self.searched,
            "passages": [p.as_dict(n) for n, p in enumerate(self.passages, 1)],
        }


def cite(article: Article, start: int, end: int, first: Sentence) -> Citation:
    """Cite ``article.text[start:end]``, which begins with the sentence ``first``."""
    link = link_to_text(article.url, article.text[start:end]) if article.url else None
    return Citation(article, first.paragraph, first.number, link)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _require_storable(value: str) -> None:
    if "\0" in value:
        raise ArticleError("The article holds a NUL character; is it a text file?")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ArticleError("The article holds half a character (a lone surrogate).") from None


def _require_web_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        acceptable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        acceptable = False
    if not acceptable:
        raise ArticleError(f"“{url}” is no web address (http:// or https://).")
