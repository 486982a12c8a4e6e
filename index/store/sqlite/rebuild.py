"""Re-embedding a SQLite library with another model while the old vectors stay in use."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.article import Article, Sentence
from index.embedding.base import ModelInfo, Vectors
from index.errors import ModelMismatchError
from index.store.base import Rebuild
from index.store.sqlite.articles import SqliteArticles
from index.store.sqlite.database import Database
from index.store.sqlite.derived import rederive
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.rows import (
    SENTENCE_COLUMNS,
    insert_model,
    insert_sentences,
    model_in_role,
    model_key_for_writing,
    record_change,
    renew_sentence_texts,
)
from index.store.sqlite.soundness import FORMER_COLUMNS, is_sound
from index.store.sqlite.vectors import insert_vectors
from index.store.sqlite.vocabulary import add_words, forget_words, words_of
from index.store.values import StoredSentence


class SqliteRebuild(Rebuild):
    """The vectors of the model that ``meta`` names as ``building``."""

    def __init__(self, database: Database, articles: SqliteArticles, indexes: FaissIndexes) -> None:
        self._database = database
        self._articles = articles
        self._indexes = indexes

    def start(self, model: ModelInfo, *, keep_vectors: bool = False) -> None:
        with self._database.transaction() as tx:
            tx.execute("REINDEX")
            _delete_orphans(tx)
            if keep_vectors:
                _forget_collected(tx)
                tx.execute(
                    "INSERT OR REPLACE INTO meta VALUES ('building', ?)",
                    (model_key_for_writing(tx, model),),
                )
            elif model_in_role(self._database, "building") != model or _keeps_vectors(tx):
                _forget_collected(tx)
                tx.execute(
                    "INSERT OR REPLACE INTO meta VALUES ('building', ?)",
                    (insert_model(tx, model),),
                )

    def resplit(self, article: Article, sentences: Sequence[Sentence]) -> None:
        text = article.text
        with self._database.transaction() as tx:
            found = tx.execute(
                "SELECT key, collection FROM articles WHERE id = ? AND text = ?", (article.id, text)
            ).fetchone()
            if found is None:  # removed; or corrected, and split when it was
                return
            key, collection = found
            if _stored_sentences(tx, key, collection) == [
                (s.start, s.end, s.paragraph, s.number, s.is_boilerplate, text[s.start : s.end])
                for s in sentences
            ]:
                return
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
        # Damaged articles too, which are not quoted: a rebuild must come to its end with them.
        return self._articles.fetch_unchecked(self._pending_keys(limit, after))

    def add_vectors(self, keys: Sequence[int], vectors: Vectors, model: ModelInfo) -> None:
        with self._database.transaction() as tx:
            building = model_in_role(self._database, "building")
            if building is None:  # another process has finished this rebuild
                return
            if building != model:
                raise ModelMismatchError(
                    f"Another rebuild, with {building.name} instead of {model.name}, was started"
                    " meanwhile; this one was given up. Run it again after the other."
                )
            (key,) = tx.execute("SELECT value FROM meta WHERE key = 'building'").fetchone()
            existing = [
                tx.execute("SELECT 1 FROM sentences WHERE key = ?", (sentence,)).fetchone()
                for sentence in keys
            ]
            present = np.array([bool(row) for row in existing], dtype=bool)
            insert_vectors(tx, np.array(keys)[present].tolist(), vectors[present], key)

    def finish(self) -> bool:
        with self._database.transaction() as tx:
            if model_in_role(self._database, "building") and self._pending_keys(1, 0):
                return False
            tx.execute(
                "DELETE FROM models WHERE key != (SELECT value FROM meta WHERE key = 'building')"
            )
            tx.execute("UPDATE OR REPLACE meta SET key = 'model' WHERE key = 'building'")
            tx.execute("DELETE FROM meta WHERE key = 'outdated_sentences'")
            _forget_damaged_versions(tx)
            renew_sentence_texts(tx)
            rederive(tx)
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


def _keeps_vectors(tx: sqlite3.Connection) -> bool:
    """Whether the rebuild that has been started adds to the vectors in use."""
    found = tx.execute("SELECT count(DISTINCT value) FROM meta WHERE key IN ('model', 'building')")
    return bool(found.fetchone()[0] == 1)


def _forget_collected(tx: sqlite3.Connection) -> None:
    """Delete the vectors that an earlier rebuild has collected beside those in use."""
    tx.execute(
        "DELETE FROM models WHERE key = (SELECT value FROM meta WHERE key = 'building')"
        " AND key != (SELECT value FROM meta WHERE key = 'model')"
    )


def _stored_sentences(
    tx: sqlite3.Connection, article: int, collection: int
) -> list[tuple[Any, ...]]:
    """The columns and texts of an article's sentences in order; None for the text of one that is
    filed under another collection than ``collection``."""
    return tx.execute(
        f"SELECT {SENTENCE_COLUMNS}, CASE s.collection WHEN ? THEN t.text END"
        " FROM sentences AS s LEFT JOIN sentence_texts AS t ON t.key = s.key"
        " WHERE s.article = ? ORDER BY s.start",
        (collection, article),
    ).fetchall()


def _forget_damaged_versions(tx: sqlite3.Connection) -> None:
    """Delete the earlier versions of articles that are not what they were."""
    rows = tx.execute(
        f"SELECT {FORMER_COLUMNS} FROM former_articles AS f JOIN articles AS a"
        " ON a.key = f.article JOIN collections AS c ON c.key = a.collection"
    )
    damaged = [(row[0],) for row in rows if not is_sound(row)]
    tx.executemany("DELETE FROM former_articles WHERE key = ?", damaged)


def _delete_orphans(tx: sqlite3.Connection) -> None:
    """Delete the rows that belong to nothing, except articles. What is still needed of them is
    computed again."""
    while orphans := {
        (table, parent, number)
        for table, _, parent, number in tx.execute("PRAGMA foreign_key_check")
        if table != "articles"
    }:
        for table, parent, number in orphans:
            (column,) = (
                row[3]
                for row in tx.execute(f"PRAGMA foreign_key_list({table})")
                if row[0] == number
            )
            tx.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT key FROM {parent})")
