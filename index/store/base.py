"""The contract of a store; ``tests/index/store`` runs the same tests over every implementation.

A ``Store`` groups its operations by what they work on. An implementation has one class for each
group, in a file named after it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from index.article import Article, FormerArticle, Sentence
from index.embedding.base import ModelInfo, Vectors
from index.scope import EVERYTHING, Scope
from index.store.changes import ChangeLog
from index.store.recent_changes import RecentChanges
from index.store.values import Change, Count, Hit, PhraseMatch, StoredSentence, Totals, TrackedFile


class ArticleStore(ABC):
    """Articles with their sentences and vectors. An article that is not what was added, because the
    disk has damaged it, is left out of all that is returned, and named in the log."""

    @abstractmethod
    def put(
        self, article: Article, sentences: Sequence[Sentence], vectors: Vectors, model: ModelInfo
    ) -> Change:
        """Store an article, replacing the one with the same id, even if that is damaged.

        Args:
            sentences: in order, not overlapping.
            vectors: ``model``'s vectors of the sentences, shape (sentences, width).

        Raises:
            ModelMismatchError: the store's vectors come from another model.
        """

    @abstractmethod
    def remove(self, article_id: str) -> bool:
        """Delete an article; False if there is none with this id."""

    @abstractmethod
    def clear(self, collection: str) -> int:
        """Delete all articles of a collection; returns how many."""

    @abstractmethod
    def get(self, article_id: str, *, even_damaged: bool = False) -> Article | None:
        """The article with this id, or with the only id that starts with it. If it is not what was
        added, raises DamagedArticleError, unless ``even_damaged``: so that it can be removed."""

    @abstractmethod
    def newest(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        """The articles of a scope, newest first; undated ones last, in the order of adding.

        What is compared are moments, whatever their time zones; a day without a time counts as
        its start in UTC, and a time without a time zone as UTC.

        Args:
            title: words that a title must contain, ignoring case and diacritics. Titles in which
                the first word occurs earliest come first.
        """

    @abstractmethod
    def every_article(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        """The articles that a scope has now, in the order of ``newest``, loaded in pages.

        Those that are removed before they are loaded are left out. All others come exactly once,
        whatever else is added, changed or removed meanwhile.
        """

    @abstractmethod
    def count(self, scope: Scope = EVERYTHING) -> Count:
        """The number of articles and sentences in a scope."""

    @abstractmethod
    def publishers(self, scope: Scope, name: str, limit: int) -> list[str]:
        """The publishers in a scope whose names contain ``name``, ignoring case and diacritics;
        the one with most articles first."""

    @abstractmethod
    def last_change(self, scope: Scope) -> datetime | None:
        """When (UTC) an article of a scope was last added or changed; None if it is empty."""

    @abstractmethod
    def content_hash(self, article_id: str) -> str | None:
        """The ``content_hash`` of the article with exactly this id; None if none or damaged."""

    @abstractmethod
    def former(self, article_id: str) -> list[FormerArticle]:
        """Earlier versions of a corrected article, latest first; the oldest may be pruned."""

    @abstractmethod
    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article in order; empty if there is no such article."""

    @abstractmethod
    def keyed_sentences(self, article_ids: Sequence[str]) -> dict[str, list[tuple[int, Sentence]]]:
        """The sentences of some articles with their keys, in order, by article id."""

    @abstractmethod
    def fetch(self, keys: Sequence[int]) -> dict[int, StoredSentence]:
        """The sentences with these keys, without those that no longer exist or do not match the
        text of their article."""

    @abstractmethod
    def vectors_by_text(self, article_id: str, model: ModelInfo) -> dict[str, Vectors]:
        """``model``'s vectors of an article's sentences, shape (width,), by sentence text."""


class NearDuplicates(ABC):
    """Which articles are near-duplicates of each other."""

    @abstractmethod
    def of(self, article_id: str, scope: Scope) -> list[Article]:
        """The near-duplicates of an article in a scope, newest first: direct ones and those
        reached through other articles of the scope."""

    @abstractmethod
    def candidates(self, article: Article) -> list[Article]:
        """The other articles of its collection that may be near-duplicates of an article, which
        need not be stored, most similar first."""

    @abstractmethod
    def update(self, article_id: str) -> None:
        """Recompute the near-duplicates of an article. ``ArticleStore.put`` does so itself."""


class DenseSearch(ABC):
    """Search by the cosine of vectors. Boilerplate (see ``Sentence``) is never found."""

    @abstractmethod
    def nearest(self, vector: Vectors, scope: Scope, limit: int) -> list[Hit]:
        """The sentences of a scope nearest to a unit vector, best first; scores are cosines."""

    @abstractmethod
    def cosines(self, vector: Vectors, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of a unit vector to each of these sentences, by key."""


class BM25Search(ABC):
    """Full-text search by BM25. Boilerplate (see ``Sentence``) is never found. Scores are BM25
    divided by the sum of the words' inverse document frequencies: about 1 for a text of average
    length that contains each word once."""

    @abstractmethod
    def sentences(self, words: Sequence[str], scope: Scope, limit: int) -> list[Hit]:
        """The best sentences of a scope, best first."""

    @abstractmethod
    def articles(self, words: Sequence[str], scope: Scope, limit: int) -> dict[str, float]:
        """The scores of the best articles of a scope (title and text), by article id."""


class PhraseSearch(ABC):
    """Search for phrases, each with a letter or a digit, as they are written, ignoring case and
    diacritics, in boilerplate, too."""

    @abstractmethod
    def matches(
        self, phrases: Sequence[str], scope: Scope, limit: int, offset: int = 0
    ) -> list[PhraseMatch]:
        """The sentences of a scope that contain every phrase, newest article first."""

    @abstractmethod
    def count(self, phrases: Sequence[str], scope: Scope) -> int:
        """The number of all ``matches``."""


class Vocabulary(ABC):
    """The words of collections, ignoring case and diacritics. ``collections`` are their names;
    None: all. Nothing is ever returned because of the articles of any other collection."""

    @abstractmethod
    def known(self, words: Sequence[str], collections: tuple[str, ...] | None) -> set[str]:
        """Those of the words that occur in an article or its title, perhaps inflected."""

    @abstractmethod
    def starting_with(
        self,
        prefixes: Sequence[str],
        min_length: int,
        max_length: int,
        collections: tuple[str, ...] | None,
    ) -> set[str]:
        """The words that start with one of the prefixes, in lower case and without diacritics."""

    @abstractmethod
    def count(self, word: str, collections: tuple[str, ...] | None) -> int:
        """The number of sentences that contain a word, up to some limit."""

    @abstractmethod
    def spelling(self, word: str, collections: tuple[str, ...] | None) -> str:
        """A word as the first sentences with it mostly write it: "erdogan" as "Erdoğan". The
        capital at the start of a sentence does not count."""


class TrackedFiles(ABC):
    """The files of synced folders; see ``index.ingest.folder_sync``."""

    @abstractmethod
    def of(self, collection: str) -> list[TrackedFile]:
        """The tracked files of a collection."""

    @abstractmethod
    def save(self, collection: str, files: Sequence[TrackedFile]) -> None:
        """Track files, replacing what is stored under the same paths."""

    @abstractmethod
    def delete(self, collection: str, paths: Sequence[Path]) -> None:
        """Stop tracking files. Their articles stay."""


class Rebuild(ABC):
    """Sentences split again, and vectors collected beside those in use and then swapped in."""

    @abstractmethod
    def start(self, model: ModelInfo, *, keep_vectors: bool = False) -> None:
        """Start or resume collecting ``model``'s vectors; ModelMismatchError: others are kept."""

    @abstractmethod
    def resplit(self, article: Article, sentences: Sequence[Sentence]) -> None:
        """Replace an article's sentences, unless the article was removed or its text corrected in
        the meantime; those with an unchanged text keep their vectors."""

    @abstractmethod
    def pending(self, limit: int, after: int = 0) -> list[StoredSentence]:
        """Sentences that have no vector of the new model yet, in the order of their keys.

        Args:
            after: the key that theirs are above, so that those before it need not be read again.
        """

    @abstractmethod
    def add_vectors(self, keys: Sequence[int], vectors: Vectors, model: ModelInfo) -> None:
        """Store ``model``'s vectors of sentences that still exist, shape (keys, width). Raises
        ModelMismatchError if a rebuild for another model was started in the meantime."""

    @abstractmethod
    def finish(self) -> bool:
        """Swap the new vectors in; False, changing nothing, while some sentence lacks one."""


class Store(ABC):
    """Articles with their sentences, full-text indexes and vectors.

    A store may be used from several threads and opened by several processes. Each method that
    changes it is one transaction: once it has returned, a crash loses nothing of it; before, it
    leaves no trace. Every method raises ``StoreError`` if the store cannot be read or written.
    """

    articles: ArticleStore
    changes: ChangeLog
    near_duplicates: NearDuplicates
    dense: DenseSearch
    bm25: BM25Search
    phrases: PhraseSearch
    vocabulary: Vocabulary
    tracked_files: TrackedFiles
    rebuild: Rebuild
    recent: RecentChanges

    @property
    @abstractmethod
    def generation(self) -> int:
        """The number of changes so far: the contents are the same if it is the same."""

    @property
    @abstractmethod
    def model(self) -> ModelInfo | None:
        """The model whose vectors are in use; None until the first article."""

    @abstractmethod
    def flush(self) -> None:
        """Write derived indexes to disk, so that the store opens quickly the next time."""

    @abstractmethod
    def problems(self) -> Iterator[str]:
        """Check everything stored for consistency; one sentence for each problem."""

    @abstractmethod
    def totals(self) -> Totals:
        """The contents and the size of the store."""

    @abstractmethod
    def close(self) -> None:
        """Write what is pending to disk and close. Closing twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
