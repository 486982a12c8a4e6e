"""Articles into the rows of a SQLite library, and out of them; see ``Store``."""

from collections.abc import Sequence
from datetime import UTC, datetime

from index.article import Article, Sentence
from index.embedding.encoder import ModelInfo, Vectors
from index.store.base import Change
from index.store.sqlite import near_duplicates as stories
from index.store.sqlite.database import Database
from index.store.sqlite.rows import (
    collection_key,
    count_change,
    insert_sentences,
    insert_vectors,
    model_to_write,
)
from index.text.near_duplicates import bands_of


def put(
    rows: Database,
    article: Article,
    sentences: Sequence[Sentence],
    vectors: Vectors,
    model: ModelInfo,
) -> Change:
    bands = list(bands_of(article.text))
    with rows.transaction() as tx:
        model_key = model_to_write(tx, model)
        collection = collection_key(tx, article.collection)
        old = tx.execute(
            "SELECT key, content_hash FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        if old and old[1] == article.content_hash:
            return "unchanged"
        fields = (
            article.title,
            article.text,
            article.publisher,
            article.published.isoformat() if article.published else None,
            article.url,
            article.author,
            article.content_hash,
            datetime.now(UTC).isoformat(timespec="seconds"),
        )
        if old:
            key = old[0]
            tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
            tx.execute(
                "UPDATE articles SET title = ?, text = ?, publisher = ?, published = ?,"
                " url = ?, author = ?, content_hash = ?, changed_at = ? WHERE key = ?",
                (*fields, key),
            )
        else:
            key = tx.execute(
                "INSERT INTO articles (id, collection, title, text, publisher, published, url,"
                " author, content_hash, changed_at, added_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (article.id, collection, *fields, fields[-1]),
            ).lastrowid
        keys = insert_sentences(tx, key, collection, sentences)
        insert_vectors(tx, keys, vectors, model_key)
        stories.note(tx, key, article.text, bands)
        count_change(tx, collection)
    return "updated" if old else "added"


def remove(rows: Database, article_id: str) -> bool:
    with rows.transaction() as tx:
        found = tx.execute(
            "SELECT key, collection FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        if not found:
            return False
        key, collection = found
        tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
        tx.execute("DELETE FROM articles WHERE key = ?", (key,))
        count_change(tx, collection)
    return True


def clear(rows: Database, collection: str) -> int:
    with rows.transaction() as tx:
        found = tx.execute(
            "SELECT key, articles FROM collections WHERE name = ?", (collection,)
        ).fetchone()
        if not found or not found[1]:
            return 0
        key, count = found
        tx.execute("DELETE FROM sentences WHERE collection = ?", (key,))
        tx.execute("DELETE FROM articles WHERE collection = ?", (key,))
        count_change(tx, key)
    return int(count)
