"""Re-embedding a SQLite library with another model while the old vectors stay in use."""

from collections.abc import Sequence

import numpy as np

from index.article import Sentence
from index.embedding.base import ModelInfo, Vectors
from index.store.base import ArticleStore, Rebuild
from index.store.sqlite.database import FULL_TEXT_TABLES, Database
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.rows import (
    insert_model,
    insert_sentences,
    insert_vectors,
    model_in_role,
    record_change,
    renew_sentence_texts,
)
from index.store.sqlite.vocabulary import add_words, forget_words, recollect_words, words_of
from index.store.values import StoredSentence


class SqliteRebuild(Rebuild):
    """The vectors of the model that ``meta`` names as ``building``."""

    def __init__(self, database: Database, articles: ArticleStore, indexes: FaissIndexes) -> None:
        self._database = database
        self._articles = articles
        self._indexes = indexes

    def start(self, model: ModelInfo) -> None:
        with self._database.transaction() as tx:
            if model_in_role(self._database, "building") != model:
                tx.execute(
                    "DELETE FROM models WHERE key = (SELECT value FROM meta WHERE key = 'building')"
                )
                tx.execute(
                    "INSERT OR REPLACE INTO meta VALUES ('building', ?)",
                    (insert_model(tx, model),),
                )

    def resplit(self, article_id: str, sentences: Sequence[Sentence]) -> None:
        with self._database.transaction() as tx:
            key, collection, text = tx.execute(
                "SELECT key, collection, text FROM articles WHERE id = ?", (article_id,)
            ).fetchone()
            old = tx.execute(
                "SELECT t.text, v.model, v.vector FROM sentence_texts AS t JOIN vectors AS v"
                " ON v.sentence = t.key"
                " WHERE t.key IN (SELECT key FROM sentences WHERE article = ?)",
                (key,),
            ).fetchall()
            old_words = words_of(tx, key)
            tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
            keys = insert_sentences(tx, key, collection, text, sentences)
            add_words(tx, key, collection)
            forget_words(tx, collection, old_words)
            by_text: dict[str, dict[int, bytes]] = {}
            for sentence_text, model, vector in old:
                by_text.setdefault(sentence_text, {})[model] = vector
            for new, sentence in zip(keys, sentences, strict=True):
                vectors = by_text.get(text[sentence.start : sentence.end], {})
                tx.executemany(
                    "INSERT INTO vectors VALUES (?, ?, ?)",
                    [(new, model, vector) for model, vector in vectors.items()],
                )
            record_change(tx, collection)

    def pending(self, limit: int, after: int = 0) -> list[StoredSentence]:
        keys = self._pending_keys(limit, after)
        found = self._articles.fetch(keys)
        return [found[key] for key in keys if key in found]

    def add_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        with self._database.transaction() as tx:
            found = tx.execute("SELECT value FROM meta WHERE key = 'building'").fetchone()
            if found is None:  # another process has finished this rebuild
                return
            existing = [
                tx.execute("SELECT 1 FROM sentences WHERE key = ?", (key,)).fetchone()
                for key in keys
            ]
            present = np.array([bool(row) for row in existing], dtype=bool)
            insert_vectors(tx, np.array(keys)[present].tolist(), vectors[present], found[0])

    def finish(self) -> bool:
        with self._database.transaction() as tx:
            if model_in_role(self._database, "building") and self._pending_keys(1, 0):
                return False
            tx.execute(
                "DELETE FROM models WHERE key != (SELECT value FROM meta WHERE key = 'building')"
            )
            tx.execute("UPDATE OR REPLACE meta SET key = 'model' WHERE key = 'building'")
            renew_sentence_texts(tx)
            for table in FULL_TEXT_TABLES:
                tx.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
            recollect_words(tx)
            tx.execute(
                "UPDATE collections SET"
                " articles = (SELECT count(*) FROM articles WHERE collection = collections.key),"
                " sentences = (SELECT count(*) FROM sentences WHERE collection = collections.key)"
            )
            for (collection,) in tx.execute("SELECT key FROM collections").fetchall():
                record_change(tx, collection)
        self._indexes.clear()
        return True

    def _pending_keys(self, limit: int, after: int) -> list[int]:
        found = self._database.read(
            "SELECT key FROM sentences WHERE key > ? AND NOT EXISTS (SELECT 1 FROM vectors"
            " WHERE sentence = sentences.key"
            " AND model = (SELECT value FROM meta WHERE key = 'building')) ORDER BY key LIMIT ?",
            (after, limit),
        )
        return [key for (key,) in found]
