"""The store on one machine: rows and full text in SQLite, vectors in FAISS beside it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from index.article import Article, FormerArticle, Sentence
from index.embedding.encoder import ModelInfo, Vectors
from index.errors import MissingLibraryError, StoreError
from index.scope import EVERYTHING, Scope
from index.store.base import Change, Count, Hit, KeptFile, Occurrence, Store, StoredSentence, Totals
from index.store.sqlite import articles as writing
from index.store.sqlite import near_duplicates as stories
from index.store.sqlite import rebuild
from index.store.sqlite import tracked_files as files
from index.store.sqlite.bm25 import SENTENCES, WHOLE_ARTICLES, best_by_words, merge_parts
from index.store.sqlite.database import Database
from index.store.sqlite.faiss_indexes import KIND, VectorCache, stored_vectors
from index.store.sqlite.phrase_search import count_occurrences, find_occurrences
from index.store.sqlite.rows import (
    ARTICLE_FIELDS,
    FROM_ARTICLES,
    article_from_row,
    model_of,
    within,
)
from index.store.sqlite.verify import find_problems
from index.store.vector_index.base import Keys
from index.text.near_duplicates import bands_of


class SqliteStore(Store):
    """A library in a folder: ``library.sqlite`` and, derived from it, ``faiss/``.

    Args:
        folder: made if it is missing, unless ``create`` is False.

    Raises:
        MissingLibraryError: there is no library in the folder and ``create`` is False.
        StoreError: the folder cannot be used, or what stands in it is no library.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        path = folder / "library.sqlite"
        try:
            if not create and not path.exists():
                raise MissingLibraryError(
                    f"There is no library at {folder} yet. Add articles to it first:"
                    " python -m index add FILE"
                )
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The library folder {folder} cannot be used: {error.strerror}."
            ) from error
        self._folder = folder
        self._rows = Database(path)
        self._cache = VectorCache(self._rows, folder / "faiss")
        self._closed = False

    @property
    def generation(self) -> int:
        ((generation,),) = self._rows.read("SELECT value FROM meta WHERE key = 'generation'")
        return int(generation)

    @property
    def model(self) -> ModelInfo | None:
        return model_of(self._rows, "model")

    # Articles

    def put(
        self, article: Article, sentences: Sequence[Sentence], vectors: Vectors, model: ModelInfo
    ) -> Change:
        return writing.put(self._rows, article, sentences, vectors, model)

    def remove(self, article_id: str) -> bool:
        return writing.remove(self._rows, article_id)

    def clear(self, collection: str) -> int:
        return writing.clear(self._rows, collection)

    def last_change(self, scope: Scope) -> datetime | None:
        where, names = within(scope)
        ((last,),) = self._rows.read(
            f"SELECT max(a.changed_at) {FROM_ARTICLES} WHERE {where}", names
        )
        return datetime.fromisoformat(last) if last else None

    def get(self, article_id: str) -> Article | None:
        found = self._rows.read(
            f"SELECT {ARTICLE_FIELDS} {FROM_ARTICLES} WHERE id >= ? AND id < ? LIMIT 2",
            (article_id, article_id + "~"),
        )
        return article_from_row(found[0]) if len(found) == 1 and article_id else None

    def content_hash(self, article_id: str) -> str | None:
        found = self._rows.read("SELECT content_hash FROM articles WHERE id = ?", (article_id,))
        return found[0][0] if found else None

    def same_story(self, article_id: str, scope: Scope) -> list[Article]:
        return stories.same_story(self._rows, article_id, scope)

    def compare(self, article_id: str) -> None:
        with self._rows.transaction() as tx:
            found = tx.execute("SELECT key, text FROM articles WHERE id = ?", (article_id,))
            for key, text in found.fetchall():
                stories.note(tx, key, text, list(bands_of(text)))

    def former(self, article_id: str) -> list[FormerArticle]:
        found = self._rows.read(
            "SELECT f.until, f.title, f.text, f.publisher, f.published, f.url, c.name, f.author"
            f" {FROM_ARTICLES} JOIN former_articles AS f ON f.article = a.key"
            " WHERE a.id = ? ORDER BY f.key DESC",
            (article_id,),
        )
        return [
            FormerArticle(article_from_row(fields), datetime.fromisoformat(until))
            for until, *fields in found
        ]

    def articles(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        where, names = within(scope)
        words = title.split() or [""]
        holds_all = " AND instr(casefold(a.title), casefold(?))" * len(words)
        found = self._rows.read(
            f"SELECT {ARTICLE_FIELDS} {FROM_ARTICLES} WHERE {where} {holds_all}"
            " ORDER BY instr(casefold(a.title), casefold(?)),"
            " a.published IS NULL, a.published DESC, a.key LIMIT ? OFFSET ?",
            (*names, *words, words[0], -1 if limit is None else limit, offset),
        )
        return [article_from_row(row) for row in found]

    def count(self, scope: Scope = EVERYTHING) -> Count:
        where, names = within(scope)
        if scope.is_narrowed:
            sql = (
                "SELECT count(DISTINCT a.key), count(s.key)"
                f" {FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key WHERE {where}"
            )
        else:
            sql = (
                "SELECT coalesce(sum(articles), 0), coalesce(sum(sentences), 0)"
                f" FROM collections AS c WHERE {where}"
            )
        ((articles, sentences),) = self._rows.read(sql, names)
        return Count(articles, sentences)

    def publishers(self, scope: Scope, name: str, limit: int) -> list[str]:
        where, names = within(scope)
        found = self._rows.read(
            f"SELECT a.publisher {FROM_ARTICLES} WHERE {where} AND a.publisher IS NOT NULL"
            " AND instr(casefold(a.publisher), casefold(?))"
            " GROUP BY casefold(a.publisher) ORDER BY count(*) DESC, a.publisher LIMIT ?",
            (*names, name, limit),
        )
        return [publisher for (publisher,) in found]

    def sentences(self, article_id: str) -> list[Sentence]:
        found = self._rows.read(
            'SELECT s.start, s."end", s.paragraph, s.number FROM sentences AS s'
            " JOIN articles AS a ON a.key = s.article WHERE a.id = ? ORDER BY s.start",
            (article_id,),
        )
        return [Sentence(*row) for row in found]

    def vectors_by_text(self, article_id: str, model: ModelInfo) -> dict[str, Vectors]:
        found = self._rows.read(
            "SELECT t.text, v.vector FROM articles AS a JOIN sentences AS s ON s.article = a.key"
            " JOIN sentence_texts AS t ON t.key = s.key JOIN vectors AS v ON v.sentence = s.key"
            " JOIN models AS m ON m.key = v.model AND m.fingerprint = ? WHERE a.id = ?",
            (model.fingerprint, article_id),
        )
        return {text: np.frombuffer(vector, dtype="<f4") for text, vector in found}

    # Files

    def files(self, collection: str) -> list[KeptFile]:
        return files.files_of(self._rows, collection)

    def keep_files(self, collection: str, kept: Sequence[KeptFile]) -> None:
        files.keep_files(self._rows, collection, kept)

    def forget_files(self, collection: str, paths: Sequence[Path]) -> None:
        files.forget_files(self._rows, collection, paths)

    # Finding

    def dense(self, vector: Vectors, scope: Scope, limit: int) -> list[Hit]:
        where, names = within(Scope(scope.collections))
        keys = self._rows.read(
            f"SELECT c.key FROM collections AS c WHERE c.sentences > 0 AND {where}", names
        )
        among = self._sentence_keys(scope) if scope.is_narrowed else None
        hits = [hit for (key,) in keys for hit in self._cache.search(vector, key, limit, among)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:limit]

    def _sentence_keys(self, scope: Scope) -> Keys:
        where, names = within(scope)
        found = self._rows.read(
            f"SELECT s.key {FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key WHERE {where}",
            names,
        )
        return np.fromiter((key for (key,) in found), dtype=np.int64, count=len(found))

    def lexical(self, words: Sequence[str], scope: Scope, limit: int) -> list[Hit]:
        found = best_by_words(self._rows, SENTENCES, words, scope, limit)
        return [Hit(key, score) for key, score in found]

    def about(self, words: Sequence[str], scope: Scope, limit: int) -> dict[str, float]:
        return dict(best_by_words(self._rows, WHOLE_ARTICLES, words, scope, limit))

    def occurrences(
        self, phrases: Sequence[str], scope: Scope, limit: int, offset: int = 0
    ) -> list[Occurrence]:
        return find_occurrences(self._rows, phrases, scope, limit, offset)

    def count_occurrences(self, phrases: Sequence[str], scope: Scope) -> int:
        return count_occurrences(self._rows, phrases, scope)

    def fetch(self, keys: Sequence[int]) -> dict[int, StoredSentence]:
        marks = ",".join("?" * len(keys))
        found = self._rows.read(
            f'SELECT s.key, s.start, s."end", s.paragraph, s.number, a.id, {ARTICLE_FIELDS}'
            f" {FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key WHERE s.key IN ({marks})",
            tuple(keys),
        )
        articles: dict[str, Article] = {}
        sentences: dict[int, StoredSentence] = {}
        for key, start, end, paragraph, number, article_id, *fields in found:
            if article_id not in articles:
                articles[article_id] = article_from_row(fields, article_id)
            sentence = Sentence(start, end, paragraph, number)
            sentences[key] = StoredSentence(key, articles[article_id], sentence)
        return sentences

    def in_order(self, article_ids: Sequence[str]) -> dict[str, list[tuple[int, Sentence]]]:
        marks = ",".join("?" * len(article_ids))
        found = self._rows.read(
            'SELECT a.id, s.key, s.start, s."end", s.paragraph, s.number FROM sentences AS s'
            f" JOIN articles AS a ON a.key = s.article WHERE a.id IN ({marks})"
            " ORDER BY s.article, s.start",
            tuple(article_ids),
        )
        sentences: dict[str, list[tuple[int, Sentence]]] = {}
        for article_id, key, *place in found:
            sentences.setdefault(article_id, []).append((key, Sentence(*place)))
        return sentences

    def cosines(self, vector: Vectors, keys: Sequence[int]) -> dict[int, float]:
        with self._rows.snapshot() as rows:
            found = rows.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
            if found is None:
                return {}
            present, vectors = stored_vectors(self._rows, keys, found[0])
        return dict(zip(present, (vectors @ vector).tolist(), strict=True))

    # Rebuilding

    def start_rebuild(self, model: ModelInfo) -> None:
        rebuild.start(self._rows, model)

    def resplit(self, article_id: str, sentences: Sequence[Sentence]) -> None:
        rebuild.resplit(self._rows, article_id, sentences)

    def unembedded(self, limit: int) -> list[StoredSentence]:
        return list(self.fetch(rebuild.unembedded(self._rows, limit)).values())

    def add_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        rebuild.add_vectors(self._rows, keys, vectors)

    def finish_rebuild(self) -> bool:
        finished = rebuild.finish(self._rows)
        if finished:
            self._cache.forget()
        return finished

    # Upkeep

    def flush(self) -> None:
        merge_parts(self._rows)
        self._cache.bring_up_to_date()
        self._cache.save()

    def problems(self) -> Iterator[str]:
        return find_problems(self._rows, self._cache)

    def totals(self) -> Totals:
        found = self._rows.read(
            "SELECT name, articles, sentences FROM collections WHERE articles > 0 ORDER BY name"
        )
        return Totals(
            collections={name: Count(articles, sentences) for name, articles, sentences in found},
            bytes=sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file()),
            index_kind=f"FAISS, one for each collection: {KIND}",
            rebuilding=model_of(self._rows, "building"),
        )

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            try:
                self._cache.save()
            finally:
                self._rows.close()
