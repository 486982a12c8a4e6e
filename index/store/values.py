"""The values that go into a store and come out of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.article import Article, Sentence
from index.embedding.base import ModelInfo

Change = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Hit:
    """The key of a sentence that a search found, and its score (higher is better)."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence with its key and the article that it belongs to."""

    key: int
    article: Article
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A sentence that contains the searched phrases, at the ``(start, end)`` spans of its text."""

    stored: StoredSentence
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TrackedFile:
    """A file of a synced folder, as it was last read.

    Args:
        fingerprint: identifies the version of the file; None while it is being read.
        articles: the ids of the articles in it.
    """

    path: Path
    fingerprint: str | None
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of articles, and the number of their sentences."""

    articles: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The contents of a store by collection, and its size on disk in bytes.

    Args:
        has_outdated_sentences: whether an earlier version of Dateline split articles into
            sentences, by other rules; a rebuild does it again.
    """

    collections: dict[str, Count]
    bytes: int
    index_kind: str
    rebuilding: ModelInfo | None
    has_outdated_sentences: bool
