"""The facade of the package: a library that articles are added to and questions are asked of."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Self

from index.answer import Answer
from index.answering.context import find_context, paragraph_spans
from index.answering.overview import Overview, make_overview
from index.answering.phrase_search import Lookup, find_phrases
from index.answering.pipeline import AnsweringPipeline
from index.answering.question_search import PLAIN, AskOptions
from index.answering.timeline import MAX_ENTRIES, Timeline
from index.article import SHARED, Article, Context
from index.conversation import NO_TURN, Turn
from index.embedding.base import ModelInfo
from index.embedding.encoder import Encoder
from index.embedding.model_files import DEFAULT_MODEL
from index.errors import ModelMismatchError, SettingsError
from index.ingest.adding import ADD_BATCH_SIZE, Addition, add_batch
from index.ingest.folder_sync import FolderSync
from index.ingest.moved_articles import moved_from
from index.ingest.rebuilding import Progress, rebuild
from index.reader import DEFAULT_READER, Reader, choose_reader
from index.scope import SHARED_ONLY, Scope
from index.store import SqliteStore, Store
from index.store.contents import Contents
from index.stories.digest import Digest, make_digest


class Library(Contents):
    """All collections in one store. May be used from several threads. Open one with
    ``Library.open``, and close it, which ends its threads.

    Args:
        min_confidence: the confidence, from 0 to 1, from which an answer counts as found; None: the
            reader's calibrated threshold.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader | None = None,
        min_confidence: float | None = None,
    ) -> None:
        super().__init__(store)
        self._encoder = encoder
        self.changes = store.changes
        self.pipeline = AnsweringPipeline(
            store, encoder, reader or choose_reader(), min_confidence, self._verified_model
        )

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
        """Open the library in a folder, or create one.

        Args:
            model: name or folder of a sentence-transformers model; None: the library's, or the
                default for a new one.
            reader: a reader, or the name or folder of a cross-encoder or question-answering model.
            min_confidence: see ``Library``.
            create: create the library if there is none.
            any_model: open it even if its vectors come from another model, as for a rebuild.

        Raises:
            MissingLibraryError: there is none and ``create`` is False.
            ModelMismatchError: the library's vectors come from another model.
            StoreError: the folder cannot be used.
            SettingsError: the location is of a kind that is not supported.
        """
        if "://" in str(location):
            raise SettingsError(f"{location} is not a folder; only folders are supported.")
        store = SqliteStore(Path(location), create=create)
        stored = store.model
        name = model or (stored.name if stored else DEFAULT_MODEL)
        if stored and stored.name != name and not any_model:
            store.close()
            raise ModelMismatchError.between(stored.name, name)
        chosen = choose_reader(reader) if isinstance(reader, str) else reader
        return cls(store, Encoder(name), chosen, min_confidence)

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (SHARED,),
        limit: int = 3,
        *,
        articles: Sequence[str] | None = None,
        publisher: str | None = None,
        since: date | None = None,
        until: date | None = None,
        previous: Turn = NO_TURN,
        near: Sequence[str] = (),
        earlier: str = "",
        as_typed: bool = False,
        any_time: bool = False,
        now: datetime | None = None,
    ) -> Answer:
        """Answer a question from some collections, with at most ``limit`` passages. If ``found`` is
        False, they are the nearest ones. A question without words has none.

        Args:
            articles, publisher, since, until: filters, as in ``Scope``.
            previous: the ``turn`` of the answer to the previous question, for follow-up questions.
            near, earlier: instead of ``previous``, the ids of the articles that answered the
                previous question, and that question.
            as_typed, any_time, now: as in ``AskOptions``.

        However many questions are asked at the same time, each waits for its turn. Raises
        StoreError, also after ``close``, and as ``warm_up``.
        """
        ids = None if articles is None else tuple(articles)
        scope = Scope(tuple(collections), ids, publisher, since, until)
        turn = Turn(earlier, tuple(near)) if near or earlier else previous
        options = AskOptions(turn, as_typed, any_time, now)
        return self.pipeline.submit(question, scope, limit, options, limited=False).result()

    def submit(
        self, question: str, scope: Scope = SHARED_ONLY, limit: int = 3, options: AskOptions = PLAIN
    ) -> "Future[Answer]":
        """``ask`` without waiting: the question is queued, or refused if the queue is full.

        Raises BusyError, if ``MAX_WAITING_QUESTIONS`` wait already, and StoreError after ``close``.
        """
        return self.pipeline.submit(question, scope, limit, options)

    def timeline(
        self, about: str, scope: Scope = SHARED_ONLY, limit: int = MAX_ENTRIES
    ) -> Timeline:
        """What each article says about a question or topic, oldest first. Raises as ``ask``."""
        return self.pipeline.submit_timeline(about, scope, limit, limited=False).result()

    def submit_timeline(
        self, about: str, scope: Scope = SHARED_ONLY, limit: int = MAX_ENTRIES
    ) -> "Future[Timeline]":
        """``timeline`` without waiting. Raises as ``submit``."""
        return self.pipeline.submit_timeline(about, scope, limit)

    def find(
        self, words: str, scope: Scope = SHARED_ONLY, limit: int = 10, offset: int = 0
    ) -> Lookup:
        """The sentences that contain words and "exact phrases" as written, ignoring case and
        diacritics, newest article first. Raises StoreError."""
        return find_phrases(self._store, words, scope, limit, offset)

    def warm_up(self) -> None:
        """Load the models before the first question. Raises EncoderError and ReaderError if one
        cannot be loaded, ModelMismatchError if the library's vectors come from another model."""
        self.pipeline.warm_up()

    def add(self, article: Article) -> Addition:
        """Add an article, or replace the one with its URL in its collection, or the one that has
        moved there (see ``ingest.moved_articles``). It is then on disk and can be asked about. Only
        sentences that are new in it are embedded.

        Raises StoreError, and as ``warm_up`` for the encoder.
        """
        return next(self.add_all([article]))

    def add_all(self, articles: Iterable[Article]) -> Iterator[Addition]:
        """Add articles, embedded in batches, each in its own transaction. Raises as ``add``."""
        remaining = iter(articles)
        while batch := list(islice(remaining, ADD_BATCH_SIZE)):
            yield from add_batch(self._store, self._encoder, self._verified_model, batch)

    def mirror(self, folder: str | Path, collection: str = SHARED) -> FolderSync:
        """A sync that keeps the articles of a collection identical to the files of a folder."""
        return FolderSync(self._store, self.add_all, Path(folder), collection)

    def flush(self) -> None:
        """Write derived indexes to disk, so that the library opens quickly the next time."""
        self._store.flush()

    def paragraphs(self, article_id: str) -> list[tuple[int, int]]:
        """The ``(start, end)`` of each paragraph of an article."""
        return paragraph_spans(self.sentences(article_id))

    def context(self, article_id: str, start: int, end: int, version: str = "") -> Context:
        """The passage that an earlier answer showed, and the text around it. ``version`` is the
        ``content_hash`` of the article at that time, or its first digits.

        Raises NotFoundError, CorrectedError: the article, or that version of it, is gone."""
        return find_context(self._store, article_id, start, end, version)

    def moved_from(self, article: Article) -> Article | None:
        """See ``ingest.moved_articles.moved_from``. Raises StoreError."""
        return moved_from(self._store, article)

    def remove(self, article_id: str) -> Article:
        """Delete an article, damaged or not, and return it. Raises NotFoundError."""
        article = self.get(article_id, even_damaged=True)
        self._store.articles.remove(article.id)
        return article

    def clear(self, collection: str) -> int:
        """Delete all articles of a collection; returns how many."""
        return self._store.articles.clear(collection)

    def overview(self, article_id: str) -> Overview:
        """The overview of an article; raises as ``get``."""
        return make_overview(self._store, self.get(article_id).id)

    def digest(self, scope: Scope, since: datetime, until: datetime) -> Digest:
        """The digest of a period; see ``index.stories.digest.make_digest``. Raises StoreError,
        EncoderError."""
        return make_digest(self._store, self._encoder, scope, since, until)

    def rebuild(
        self, progress: Progress = lambda done, total: None, *, keep_vectors: bool = False
    ) -> int:
        """See ``ingest.rebuilding``; returns the number of sentences."""
        articles = self.every_article()
        return rebuild(self._store, self._encoder, articles, progress, keep_vectors=keep_vectors)

    def close(self) -> None:
        """Answer pending questions, end all threads and close the store; twice is harmless."""
        self.pipeline.close()
        self._store.close()

    def _verified_model(self) -> ModelInfo:
        """The encoder's identity. Raises ModelMismatchError if the vectors are another model's."""
        info, stored = self._encoder.info, self._store.model
        if stored and stored.fingerprint != info.fingerprint:
            raise ModelMismatchError.between(stored.name, info.name)
        return info

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
