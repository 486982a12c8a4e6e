"""Embedding everything anew beside the vectors that answer meanwhile; see ``Store``."""

from collections.abc import Sequence

import numpy as np

from index.article import Sentence
from index.embedding.encoder import ModelInfo, Vectors
from index.store.sqlite.database import FULL_TEXT, Database
from index.store.sqlite.rows import (
    count_change,
    insert_model,
    insert_sentences,
    insert_vectors,
    model_of,
)


def start(rows: Database, model: ModelInfo) -> None:
    with rows.transaction() as tx:
        if model_of(rows, "building") != model:
            tx.execute(
                "DELETE FROM models WHERE key = (SELECT value FROM meta WHERE key = 'building')"
            )
            tx.execute(
                "INSERT OR REPLACE INTO meta VALUES ('building', ?)",
                (insert_model(tx, model),),
            )


def resplit(rows: Database, article_id: str, sentences: Sequence[Sentence]) -> None:
    """Give an article other sentences; those that it had before keep their vectors."""
    with rows.transaction() as tx:
        key, collection, text = tx.execute(
            "SELECT key, collection, text FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        kept = tx.execute(
            "SELECT t.text, v.model, v.vector FROM sentence_texts AS t JOIN vectors AS v"
            " ON v.sentence = t.key"
            " WHERE t.key IN (SELECT key FROM sentences WHERE article = ?)",
            (key,),
        ).fetchall()
        tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
        keys = insert_sentences(tx, key, collection, sentences)
        by_text: dict[str, dict[int, bytes]] = {}
        for sentence_text, model, vector in kept:
            by_text.setdefault(sentence_text, {})[model] = vector
        for new, sentence in zip(keys, sentences, strict=True):
            vectors = by_text.get(text[sentence.start : sentence.end], {})
            tx.executemany(
                "INSERT INTO vectors VALUES (?, ?, ?)",
                [(new, model, vector) for model, vector in vectors.items()],
            )
        count_change(tx, collection)


def unembedded(rows: Database, limit: int) -> list[int]:
    """The keys of sentences that the model being built has no vector of yet."""
    found = rows.read(
        "SELECT key FROM sentences WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE sentence ="
        " sentences.key AND model = (SELECT value FROM meta WHERE key = 'building'))"
        " ORDER BY key LIMIT ?",
        (limit,),
    )
    return [key for (key,) in found]


def add_vectors(rows: Database, keys: Sequence[int], vectors: Vectors) -> None:
    with rows.transaction() as tx:
        found = tx.execute("SELECT value FROM meta WHERE key = 'building'").fetchone()
        if found is None:  # another process has finished this rebuild
            return
        still_there = [
            tx.execute("SELECT 1 FROM sentences WHERE key = ?", (key,)).fetchone() for key in keys
        ]
        present = np.array([bool(row) for row in still_there], dtype=bool)
        insert_vectors(tx, np.array(keys)[present].tolist(), vectors[present], found[0])


def finish(rows: Database) -> bool:
    """Let the new vectors answer; False where sentences without one are left."""
    with rows.transaction() as tx:
        if model_of(rows, "building") and unembedded(rows, 1):
            return False
        tx.execute(
            "DELETE FROM models WHERE key != (SELECT value FROM meta WHERE key = 'building')"
        )
        tx.execute("UPDATE OR REPLACE meta SET key = 'model' WHERE key = 'building'")
        for index in FULL_TEXT:
            tx.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        tx.execute(
            "UPDATE collections SET"
            " articles = (SELECT count(*) FROM articles WHERE collection = collections.key),"
            " sentences = (SELECT count(*) FROM sentences WHERE collection = collections.key)"
        )
        for (collection,) in tx.execute("SELECT key FROM collections").fetchall():
            count_change(tx, collection)
    return True
