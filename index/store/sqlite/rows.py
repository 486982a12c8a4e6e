"""How articles, sentences and vectors stand in the rows of a SQLite library.

The functions that take a connection write; they belong into a transaction.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from index.article import Article, Sentence
from index.embedding.encoder import ModelInfo, Vectors
from index.errors import ModelMismatchError
from index.scope import Scope
from index.store.sqlite.database import Database

ARTICLE_FIELDS = "a.title, a.text, a.publisher, a.published, a.url, c.name, a.author"
FROM_ARTICLES = "FROM articles AS a JOIN collections AS c ON c.key = a.collection"


def article_from_row(fields: Sequence[Any], article_id: str | None = None) -> Article:
    """The article whose ``ARTICLE_FIELDS`` were read.

    Args:
        article_id: its id, where that was read as well; without it, the article is checked anew.

    Raises:
        ArticleError: it is checked, and is none.
    """
    title, text, publisher, published, url, collection, author = fields
    known = {
        "title": title,
        "text": text,
        "publisher": publisher,
        "published": _date(published),
        "url": url,
        "collection": collection,
        "author": author,
    }
    return Article(**known) if article_id is None else Article.kept(known | {"id": article_id})


def _date(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def within(scope: Scope, article: str = "a.key") -> tuple[str, tuple[str, ...]]:
    """The condition that keeps to a scope, and its parameters.

    Args:
        article: the column with the key of the article. The collection's alias is ``c``.
    """
    parts: list[str] = []
    values: list[str] = []
    if scope.collections is not None:
        parts.append(f"c.name IN ({','.join('?' * len(scope.collections))})")
        values += scope.collections
    narrowing: list[str] = []
    if scope.articles is not None:
        narrowing.append(f"n.id IN ({','.join('?' * len(scope.articles))})")
        values += scope.articles
    if scope.publisher is not None:
        narrowing.append("casefold(n.publisher) = casefold(?)")
        values.append(scope.publisher)
    if scope.since is not None:
        narrowing.append("substr(n.published, 1, 10) >= ?")
        values.append(scope.since.isoformat())
    if narrowing:
        chosen = f"SELECT n.key FROM articles AS n WHERE {' AND '.join(narrowing)}"
        parts.append(f"{article} IN ({chosen})")
    # Half characters, from a command line that is not UTF-8, name nothing; SQLite balks at them.
    encodable = (value.encode(errors="replace").decode() for value in values)
    return " AND ".join(parts) or "1", tuple(encodable)


def model_of(rows: Database, role: str) -> ModelInfo | None:
    """The model that answers ("model"), or that a rebuild embeds with ("building")."""
    found = rows.read(
        "SELECT name, width, fingerprint FROM models"
        " WHERE key = (SELECT value FROM meta WHERE key = ?)",
        (role,),
    )
    return ModelInfo(*found[0]) if found else None


def collection_key(tx: sqlite3.Connection, name: str) -> int:
    """The key of a collection, which is made if there is none of that name."""
    tx.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
    (key,) = tx.execute("SELECT key FROM collections WHERE name = ?", (name,)).fetchone()
    return int(key)


def insert_model(tx: sqlite3.Connection, model: ModelInfo) -> int:
    """Write a model's row; returns its key."""
    inserted = tx.execute(
        "INSERT INTO models (name, width, fingerprint) VALUES (?, ?, ?)",
        (model.name, model.width, model.fingerprint),
    )
    assert inserted.lastrowid is not None
    return inserted.lastrowid


def model_to_write(tx: sqlite3.Connection, model: ModelInfo) -> int:
    """The key of the model that answers; the first article's model becomes it.

    Raises:
        ModelMismatchError: it is another one.
    """
    found = tx.execute(
        "SELECT key, name, fingerprint FROM models"
        " WHERE key = (SELECT value FROM meta WHERE key = 'model')"
    ).fetchone()
    if found is None:
        key = insert_model(tx, model)
        tx.execute("INSERT INTO meta VALUES ('model', ?)", (key,))
        return key
    key, name, fingerprint = found
    if fingerprint != model.fingerprint:
        raise ModelMismatchError(
            f"The library's vectors come from {name}, not from {model.name}."
            " Run `python -m index rebuild` to change the model."
        )
    return int(key)


def insert_sentences(
    tx: sqlite3.Connection, article: int, collection: int, sentences: Sequence[Sentence]
) -> list[int]:
    """Write the sentences of an article (all by their keys); returns their own."""
    return [
        tx.execute(
            'INSERT INTO sentences (article, collection, start, "end", paragraph, number)'
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING key",
            (article, collection, s.start, s.end, s.paragraph, s.number),
        ).fetchone()[0]
        for s in sentences
    ]


def insert_vectors(
    tx: sqlite3.Connection, keys: Sequence[int], vectors: Vectors, model: int
) -> None:
    """Write a model's vectors, one for each sentence."""
    tx.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",  # two rebuilds may embed the same
        [
            (key, model, vector.astype("<f4").tobytes())
            for key, vector in zip(keys, vectors, strict=True)
        ],
    )


def count_change(tx: sqlite3.Connection, collection: int) -> None:
    """Count a change of a collection."""
    tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    tx.execute(
        "UPDATE collections SET generation = (SELECT value FROM meta WHERE key = 'generation')"
        " WHERE key = ?",
        (collection,),
    )
