"""The contract that every store keeps; ``tests/index/store`` holds each one to it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from index.article import Article, FormerArticle, Sentence
from index.embedding.encoder import ModelInfo, Vectors
from index.scope import EVERYTHING, Scope

Change = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a search found, by its key, and how well it matches (more is better)."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence with the article that it is a slice of."""

    key: int
    article: Article
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence that holds what was looked up, and where: ``(start, end)`` in its text."""

    stored: StoredSentence
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a collection is kept like, and what was read of it.

    ``fingerprint`` tells the versions of the file apart; it is None while one is being taken in.
    ``articles`` are the ids of those that it held.
    """

    path: Path
    fingerprint: str | None
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles, and how many sentences in them."""

    articles: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a store holds, by collection, and the bytes that it takes on disk."""

    collections: dict[str, Count]
    bytes: int
    index_kind: str
    rebuilding: ModelInfo | None


class Store(ABC):
    """Articles with their sentences, full-text index and vectors.

    A store may be used from several threads and opened by several processes. Each method that
    changes it is one transaction: after it returns, a crash loses nothing of it; before, it
    leaves no trace. All raise ``StoreError`` where the store cannot be read or written.
    """

    @property
    @abstractmethod
    def generation(self) -> int:
        """How many changes the store has seen: the same number, the same contents."""

    @property
    @abstractmethod
    def model(self) -> ModelInfo | None:
        """The encoder whose vectors answer; None until the first article."""

    # Articles

    @abstractmethod
    def put(
        self, article: Article, sentences: Sequence[Sentence], vectors: Vectors, model: ModelInfo
    ) -> Change:
        """Keep an article, in place of the one with its id where there is one.

        Args:
            sentences: in order and apart.
            vectors: ``model``'s, one for each sentence.

        Raises:
            ModelMismatchError: the store's vectors come from another model.
        """

    @abstractmethod
    def remove(self, article_id: str) -> bool:
        """Forget an article; False if there was none."""

    @abstractmethod
    def clear(self, collection: str) -> int:
        """Forget all articles of a collection; how many they were."""

    @abstractmethod
    def last_change(self, scope: Scope) -> datetime | None:
        """When (UTC) an article of a scope was last added or changed; None without one."""

    @abstractmethod
    def get(self, article_id: str) -> Article | None:
        """The article with this id, or whose id alone begins with it."""

    @abstractmethod
    def content_hash(self, article_id: str) -> str | None:
        """The ``content_hash`` of the article with exactly this id; None if there is none."""

    @abstractmethod
    def same_story(self, article_id: str, scope: Scope) -> list[Article]:
        """Other articles of a scope that tell an article's story in the same words, newest first.

        They do so directly, or in the words of a third one of the scope.
        """

    @abstractmethod
    def compare(self, article_id: str) -> None:
        """Find anew which articles tell an article's story. (``put`` has done so.)"""

    @abstractmethod
    def former(self, article_id: str) -> list[FormerArticle]:
        """What an article said before it was corrected, the last first, as far as that is kept."""

    @abstractmethod
    def articles(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        """The articles of a scope, a page at a time, the newest first.

        Those without a published date come last, in the order in which they were added.
        ``title`` keeps those whose title holds each word of it, whatever the case, and puts first
        those in which the first word stands earliest.
        """

    @abstractmethod
    def count(self, scope: Scope = EVERYTHING) -> Count:
        """How much there is in a scope."""

    @abstractmethod
    def publishers(self, scope: Scope, name: str, limit: int) -> list[str]:
        """Who published the articles of a scope, whoever published most first.

        ``name`` keeps those that hold it, whatever the case.
        """

    @abstractmethod
    def sentences(self, article_id: str) -> list[Sentence]:
        """An article's sentences in order; none if there is no such article."""

    @abstractmethod
    def vectors_by_text(self, article_id: str, model: ModelInfo) -> dict[str, Vectors]:
        """The vectors, shape (width,), that ``model`` gave to an article's sentences."""

    # Files that a collection is kept like; see ``index.ingest.folder_sync``.

    @abstractmethod
    def files(self, collection: str) -> list[KeptFile]:
        """What is known of the files that a collection is kept like."""

    @abstractmethod
    def keep_files(self, collection: str, kept: Sequence[KeptFile]) -> None:
        """Know this of some files, in place of what was known of them."""

    @abstractmethod
    def forget_files(self, collection: str, paths: Sequence[Path]) -> None:
        """Know nothing any more of some files. Their articles stay."""

    # Finding

    @abstractmethod
    def dense(self, vector: Vectors, scope: Scope, limit: int) -> list[Hit]:
        """The nearest sentences of a scope by cosine, -1 to 1, best first."""

    @abstractmethod
    def lexical(self, words: Sequence[str], scope: Scope, limit: int) -> list[Hit]:
        """The best sentences of a scope by BM25, best first.

        The score is BM25 divided by the sum of the words' inverse document frequencies: about
        1 where a sentence of average length holds every word once, less where it lacks some.
        """

    @abstractmethod
    def about(self, words: Sequence[str], scope: Scope, limit: int) -> dict[str, float]:
        """The best whole articles, title and text, of a scope by BM25, by their ids.

        The score is as that of ``lexical``.
        """

    @abstractmethod
    def occurrences(
        self, phrases: Sequence[str], scope: Scope, limit: int, offset: int = 0
    ) -> list[Occurrence]:
        """The sentences of a scope that hold each of some phrases, newest article first.

        They hold them word for word, whatever the case and the diacritics. Each phrase has a
        letter or a digit in it.
        """

    @abstractmethod
    def count_occurrences(self, phrases: Sequence[str], scope: Scope) -> int:
        """How many sentences ``occurrences`` finds in all."""

    @abstractmethod
    def fetch(self, keys: Sequence[int]) -> dict[int, StoredSentence]:
        """The sentences with these keys; those that are gone meanwhile are left out."""

    @abstractmethod
    def in_order(self, article_ids: Sequence[str]) -> dict[str, list[tuple[int, Sentence]]]:
        """All sentences of some articles, each with its key, in the order of the text."""

    @abstractmethod
    def cosines(self, vector: Vectors, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of ``vector`` to each of these sentences."""

    # Rebuilding: vectors of another model are laid beside those that answer, then swapped in.

    @abstractmethod
    def start_rebuild(self, model: ModelInfo) -> None:
        """Begin to collect ``model``'s vectors, or go on where an interrupted rebuild stopped."""

    @abstractmethod
    def resplit(self, article_id: str, sentences: Sequence[Sentence]) -> None:
        """Give an article other sentences; those whose text is the same keep their vectors."""

    @abstractmethod
    def unembedded(self, limit: int) -> list[StoredSentence]:
        """Sentences that still lack a vector of the model that is being rebuilt for."""

    @abstractmethod
    def add_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Store vectors of the model that is being rebuilt for."""

    @abstractmethod
    def finish_rebuild(self) -> bool:
        """Swap the new vectors in; False, and nothing done, while some sentence lacks one."""

    # Upkeep

    @abstractmethod
    def flush(self) -> None:
        """Bring what is derived from the rows to disk, so that the next opening is quick."""

    @abstractmethod
    def problems(self) -> Iterator[str]:
        """Check rows, full text, vectors and index against each other: a sentence a fault."""

    @abstractmethod
    def totals(self) -> Totals:
        """What the store holds."""

    @abstractmethod
    def close(self) -> None:
        """Let go; what is in memory and changed is brought to disk. Closing twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
