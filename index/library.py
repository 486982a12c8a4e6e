"""The facade: a library that articles are added to and questions are asked of."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Self

from index.adding import ADD_TOGETHER, Addition, add_together
from index.article import SHARED, Answer, Article, Context, FormerArticle, Passage, Sentence
from index.contexts import find_context, paragraphs_of
from index.encoder import DEFAULT_MODEL, Encoder, ModelInfo
from index.errors import ModelMismatchError, NotFoundError, SettingsError
from index.followup import goes_on, without_lead
from index.lookup import Lookup, parse_phrases, passage_of
from index.mirror import Mirror
from index.passages import make_passages
from index.reader import DEFAULT_READER, Ranking, Reader, choose_reader
from index.reader.calibration import load_calibration
from index.reader.ranking import Considered, mark, rank
from index.recency import asks_for_latest
from index.scope import EVERYTHING, SHARED_ONLY, Scope
from index.search import content_words, find_candidates, plain_rankings
from index.sentences import split_sentences
from index.store import SqliteStore, Store, StoredSentence, Totals
from index.windows import gather_windows, set_aside_copies

EMBED_TOGETHER = 512
"""Sentences that a rebuild embeds and commits at a time: what an interruption costs at most."""

PAGE = 500
"""Articles that are read at a time where all are gone through."""

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


class Library:
    """All collections on one store. It may be used from several threads.

    Use ``Library.open``, and close the library (or use it as a context manager), so that the
    next opening is quick.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader | None = None,
        min_confidence: float | None = None,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reader = reader or choose_reader()
        self._calibration = load_calibration()
        sureness = self._calibration.read if self._reader.calibrated else self._calibration.plain
        self._min_confidence = sureness.threshold if min_confidence is None else min_confidence

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
            raise _mismatch(stored, library._encoder.name)
        return library

    # Articles

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

    # Asking

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (SHARED,),
        limit: int = 3,
        *,
        articles: Sequence[str] | None = None,
        publisher: str | None = None,
        since: date | None = None,
        near: Sequence[str] = (),
    ) -> Answer:
        """Answer a question from some collections, with at most ``limit`` passages.

        Where ``found`` is False, the passages are the nearest ones. A question without a word
        in it finds nothing.

        Args:
            articles, publisher, since: leave articles out, as in ``Scope``.
            near: the ids of the articles that answered the question before, if this one may go
                on from it: "and when do they arrive?".

        Raises:
            EncoderError: the model cannot be loaded.
            ModelMismatchError: the weights are not those that the library was made with.
            StoreError: the library cannot be read.
        """
        began = time.perf_counter()
        only = None if articles is None else tuple(articles)
        scope = Scope(tuple(collections), only, publisher, since)
        asked, ranking = self._search_near(question, scope, near)
        return Answer(
            question=question,
            found=self.is_found(ranking),
            confidence=ranking.confidence,
            passages=self.passages(asked, ranking, limit, scope),
            searched=self.count(scope),
            elapsed_ms=(time.perf_counter() - began) * 1000,
        )

    def _search_near(self, question: str, scope: Scope, near: Sequence[str]) -> tuple[str, Ranking]:
        """What is searched for, and what is found: ``near`` by, or else everywhere."""
        if not near:
            return question, self.search(question, scope)
        asked = without_lead(question)
        elsewhere = self.search(asked, scope)
        only = tuple(n for n in near if scope.articles is None or n in scope.articles)
        here = self.search(asked, replace(scope, articles=only))
        stays = bool(here.readings) and goes_on(
            question, here.confidence, elsewhere.confidence, found_here=self.is_found(here)
        )
        return asked, here if stays else elsewhere

    def search(self, question: str, scope: Scope = SHARED_ONLY) -> Ranking:
        """The sentences that may answer a question, the likeliest first. Raises: as ``ask``."""
        considered = self.consider(question, scope)
        return rank(
            considered,
            self._calibration,
            calibrated=self._reader.calibrated,
            latest=asks_for_latest(question),
        )

    def consider(self, question: str, scope: Scope = SHARED_ONLY) -> Considered:
        """What search finds for a question and what the reader makes of it, in no order yet.
        Raises: as ``ask``."""
        question = _encodable(question)
        searched = self._store.count(scope).sentences
        if not content_words(question) or not searched:
            return Considered()
        self._verified_model()
        vector = self._encoder.encode_question(question)
        candidates = find_candidates(self._store, question, vector, scope)
        originals, copies = set_aside_copies(candidates)
        windows = gather_windows(self._store, question, vector, originals)
        findings = self._reader.read(question, [[c.stored.text for c in w] for w in windows])
        read = [
            pair
            for window, found in zip(windows, findings, strict=True)
            for pair in zip(window, found, strict=True)
        ]
        by_text = {candidate.stored.text: finding for candidate, finding in read}
        keys = {candidate.stored.key for candidate, _ in read}
        copied = [c for c in copies if c.stored.text in by_text and c.stored.key not in keys]
        read += [(c, by_text[c.stored.text]) for c in copied]
        keys |= {candidate.stored.key for candidate in copied}
        unread = [candidate for candidate in candidates if candidate.stored.key not in keys]
        return Considered(read, unread, searched)

    def passages(
        self, question: str, ranking: Ranking, limit: int, scope: Scope = SHARED_ONLY
    ) -> tuple[Passage, ...]:
        """At most ``limit`` passages of what ``search`` found in a scope. Raises: as ``ask``."""
        readings = mark(self._reader, _encodable(question), ranking.readings)
        story = cache(lambda article_id: self._store.same_story(article_id, scope))
        return make_passages(question, readings, limit, self.sentences, story)

    def find(
        self, words: str, scope: Scope = SHARED_ONLY, limit: int = 10, offset: int = 0
    ) -> Lookup:
        """The sentences that hold some words or "exact phrases", newest article first.

        They are taken as they are written, whatever the case and the diacritics, and not
        interpreted. Words of which none has a letter or a digit are found nowhere.

        Raises:
            StoreError: the library cannot be read.
        """
        phrases = parse_phrases(_encodable(words))
        if not phrases:
            return Lookup(0, ())
        found = self._store.occurrences(phrases, scope, limit, offset)
        return Lookup(
            self._store.count_occurrences(phrases, scope),
            tuple(map(passage_of, found)),
        )

    def plain_searches(
        self, question: str, scope: Scope, limit: int
    ) -> dict[str, list[StoredSentence]]:
        """What plain methods find, to compare with: the nearest vectors, the best by BM25, and
        both fused by reciprocal rank. Raises: as ``ask``."""
        self._verified_model()
        question = _encodable(question)
        vector = self._encoder.encode_question(question)
        found = plain_rankings(self._store, question, vector, scope)
        sentences = self._store.fetch([key for keys in found.values() for key in keys[:limit]])
        return {
            name: [sentences[key] for key in keys[:limit] if key in sentences]
            for name, keys in found.items()
        }

    def is_found(self, ranking: Ranking) -> bool:
        """Whether the first of ``search``'s sentences counts as an answer."""
        return bool(ranking.readings) and ranking.confidence >= self._min_confidence

    def warm_up(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self._encoder.load()
        self._reader.load()
        self._verified_model()

    def _verified_model(self) -> ModelInfo:
        """The encoder's identity, once it is sure that the library's vectors are its own."""
        info, stored = self._encoder.info, self._store.model
        if stored and stored.fingerprint != info.fingerprint:
            raise _mismatch(stored, info.name)
        return info

    # Upkeep

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
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _encodable(question: str) -> str:
    """The question without half characters, which no tokenizer takes."""
    return question.encode(errors="replace").decode()


def _mismatch(stored: ModelInfo, wanted: str) -> ModelMismatchError:
    return ModelMismatchError(
        f"The library was made with the model {stored.name}, not with {wanted} as it is now."
        " Set EMBEDDING_MODEL back, or run `python -m index rebuild` to change the model."
    )
