"""The facade: a library that articles are added to and questions are asked of."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Self

from index.answering.context import find_context, paragraphs_of
from index.answering.pipeline import Answering, mismatch
from index.article import SHARED, Article, Context, FormerArticle, Sentence
from index.embedding.encoder import DEFAULT_MODEL, Encoder, ModelInfo
from index.errors import NotFoundError, SettingsError
from index.ingest.adding import ADD_TOGETHER, Addition, add_together
from index.ingest.folder_sync import Mirror
from index.reader import DEFAULT_READER, Reader, choose_reader
from index.scope import EVERYTHING, Scope
from index.sentences import split_sentences
from index.store import SqliteStore, Totals

EMBED_TOGETHER = 512
"""Sentences that a rebuild embeds and commits at a time: what an interruption costs at most."""

PAGE = 500
"""Articles that are read at a time where all are gone through."""

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


class Library(Answering):
    """All collections on one store. It may be used from several threads.

    Use ``Library.open``, and close the library (or use it as a context manager), so that the
    next opening is quick.
    """

    @classmethod
    def open(
        cls,
        location: str | Path = "library",
        *,
        model: str | None = None,
        reader: str | Reader = DEFAULT_READER,
        min_confidence: float | None = None,
        create: bool = True,
        any_model: bool = False,
    ) -> Self:
        """Open the library in a folder, or make one.

        Args:
            model: name or folder of a sentence-transformers model; None: the one that the
                library was made with, or the default.
            reader: one, or the name or folder of a cross-encoder or an extractive
                question-answering model.
            min_confidence: from 0 to 1, the confidence from which an answer counts as found.
            create: make the library if there is none.
            any_model: open it even though its vectors come from another model, for a rebuild
                or for what needs no model.

        Raises:
            MissingLibraryError: there is none and ``create`` is False.
            ModelMismatchError: the library's vectors come from another model.
            StoreError: the folder cannot be used.
            SettingsError: the location is of a kind that is not supported.
        """
        if "://" in str(location):
            raise SettingsError(f"{location} is not a folder; libraries live in folders so far.")
        store = SqliteStore(Path(location), create=create)
        stored = store.model
        library = cls(
            store,
            Encoder(model or (stored.name if stored else DEFAULT_MODEL)),
            choose_reader(reader) if isinstance(reader, str) else reader,
            min_confidence,
        )
        if stored and stored.name != library._encoder.name and not any_model:
            store.close()
            raise mismatch(stored, library._encoder.name)
        return library

    def add(self, article: Article) -> Addition:
        """Add an article, or replace the one with its URL in its collection.

        When this returns, the article is on disk and answerable. Only sentences that the
        article did not have before are embedded; none where nothing has changed.

        Raises:
            EncoderError: the model cannot be loaded.
            ModelMismatchError: the weights are not those that the library was made with.
            StoreError: the library cannot be written.
        """
        return next(self.add_all([article]))

    def add_all(self, articles: Iterable[Article]) -> Iterator[Addition]:
        """Add many articles, a transaction each, embedding several at a time. See ``add``."""
        remaining = iter(articles)
        while some := list(islice(remaining, ADD_TOGETHER)):
            yield from add_together(self._store, self._encoder, self._verified_model, some)

    def mirror(self, folder: str | Path, collection: str = SHARED) -> Mirror:
        """What keeps a collection as the files of a folder are."""
        return Mirror(self._store, self.add_all, Path(folder), collection)

    def flush(self) -> None:
        """After adding many articles: make the next opening quick. Nothing is lost without it."""
        self._store.flush()

    def get(self, article_id: str) -> Article:
        """The article with this id, or whose id alone begins with it. Raises: NotFoundError."""
        wanted = article_id.strip().lower().encode(errors="replace").decode()  # half characters
        article = self._store.get(wanted)
        if article is None:
            raise NotFoundError(
                f"No article has the id “{article_id}”, or more than one begins with it."
            )
        return article

    def articles(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        """The articles of a scope, newest first; see ``Store.articles``."""
        return self._store.articles(scope, title=title, limit=limit, offset=offset)

    def count(self, scope: Scope = EVERYTHING) -> int:
        """How many articles there are in a scope."""
        return self._store.count(scope).articles

    def publishers(self, scope: Scope, name: str = "", limit: int = 25) -> list[str]:
        """Who published the articles of a scope; see ``Store.publishers``."""
        return self._store.publishers(scope, name, limit)

    def sentences(self, article_id: str) -> list[Sentence]:
        """An article's sentences in order."""
        return self._store.sentences(article_id)

    def paragraphs(self, article_id: str) -> list[tuple[int, int]]:
        """Where each paragraph of an article starts and ends, by its sentences."""
        return paragraphs_of(self.sentences(article_id))

    def context(self, article_id: str, start: int, end: int, version: str = "") -> Context:
        """The passage that an earlier answer showed, and the text around it.

        Args:
            version: the ``content_hash`` of the article at that time, or how it begins.

        Raises:
            NotFoundError: the article is gone.
            CorrectedError: it has other sentences by now, and what it said is not kept.
        """
        return find_context(self._store, article_id, start, end, version)

    def history(self, article_id: str) -> list[FormerArticle]:
        """What an article said before it was corrected, the last first, as far as that is kept.
        Raises: NotFoundError."""
        return self._store.former(self.get(article_id).id)

    def remove(self, article_id: str) -> Article:
        """Forget an article; returns it. Raises: NotFoundError."""
        article = self.get(article_id)
        self._store.remove(article.id)
        return article

    def clear(self, collection: str) -> int:
        """Forget all articles of a collection; returns how many they were."""
        return self._store.clear(collection)

    def last_change(self, scope: Scope = EVERYTHING) -> datetime | None:
        """When (UTC) an article of a scope was last added or changed; None without one."""
        return self._store.last_change(scope)

    def every_article(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        """All articles of a scope, newest first, a page in memory at a time."""
        offset = 0
        while page := self._store.articles(scope, limit=PAGE, offset=offset):
            yield from page
            offset += len(page)

    def rebuild(self, progress: Progress = lambda done, total: None) -> int:
        """Split and embed every article anew with this library's encoder; returns how many.

        Questions are answered from the old vectors meanwhile. An interrupted rebuild goes on
        where it stopped when it is called again.
        """
        model = self._encoder.info
        self._store.start_rebuild(model)
        for article in self.every_article():
            sentences = split_sentences(article.text)
            if sentences != self._store.sentences(article.id):
                self._store.resplit(article.id, sentences)
            self._store.compare(article.id)
        total, done = self._store.count().sentences, 0
        while not self._store.finish_rebuild():
            some = self._store.unembedded(EMBED_TOGETHER)
            vectors = self._encoder.encode([stored.text for stored in some])
            self._store.add_vectors([stored.key for stored in some], vectors)
            done += len(some)
            progress(done, max(total, done))
        self._store.flush()
        return total

    def problems(self) -> Iterator[str]:
        """Check everything stored against everything else: a sentence for each fault."""
        return self._store.problems()

    def totals(self) -> Totals:
        """What the library holds."""
        return self._store.totals()

    @property
    def model(self) -> ModelInfo | None:
        """The model whose vectors answer; None until the first article."""
        return self._store.model

    @property
    def generation(self) -> int:
        """How many changes the library has seen."""
        return self._store.generation

    def close(self) -> None:
        """Bring everything to disk and let go; closing twice is harmless."""
        self._beside.shutdown()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
