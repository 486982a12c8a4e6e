"""Rows of a SQLite library to values and back, shared by the store's files.

Functions that take a connection (``tx``) write and must be called within a transaction.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from index.article import Sentence
from index.embedding.base import ModelInfo
from index.errors import ModelMismatchError
from index.scope import Scope
from index.store.sqlite.database import SENTENCE_INDEXES, Database
from index.text.dates import FIRST_YEAR, LAST_YEAR
from index.text.surrogates import without_surrogates

FROM_ARTICLES = "FROM articles AS a JOIN collections AS c ON c.key = a.collection"
FROM_ALL_ARTICLES = FROM_ARTICLES.replace("JOIN", "LEFT JOIN")
"""Even those that are, by damage, in no collection."""


SENTENCE_COLUMNS = (
    's.start, s."end", s.paragraph, s.number, s.key IN (SELECT sentence FROM boilerplate)'
)
"""The columns of a sentence, which ``sentence_from_row`` reads."""


def sentence_from_row(row: Sequence[Any]) -> Sentence:
    start, end, paragraph, number, is_boilerplate = row
    return Sentence(start, end, paragraph, number, bool(is_boilerplate))


def published_of(article: str) -> str:
    """The SQL expression for the date of publication of the article with an alias, which is NULL if
    it cannot be one (see ``publication_date``): older versions stored such dates."""
    column = f"{article}.published"
    within = f"{column} >= '{FIRST_YEAR}' AND {column} < '{LAST_YEAR + 1}'"
    return f"(CASE WHEN {within} THEN {column} END)"


NEWEST_FIRST = f"julianday({published_of('a')}) DESC, a.key"
"""The order of ``ArticleStore.newest``: ``julianday`` takes time zones into account."""


def where_in_scope(scope: Scope, article: str = "a.key") -> tuple[str, tuple[str, ...]]:
    """The SQL condition that restricts rows to a scope, and its values.

    Args:
        article: the column with the key of the article. The collection's alias is ``c``.
    """
    parts: list[str] = []
    values: list[str] = []
    if scope.collections is not None:
        parts.append(f"c.name IN ({','.join('?' * len(scope.collections))})")
        values += scope.collections
    filters: list[str] = []
    if scope.articles is not None:
        filters.append(f"n.id IN ({','.join('?' * len(scope.articles))})")
        values += scope.articles
    if scope.publisher is not None:
        filters.append("casefold(n.publisher) = casefold(?)")
        values.append(scope.publisher)
    if scope.since is not None:
        filters.append(f"substr({published_of('n')}, 1, 10) >= ?")
        values.append(scope.since.isoformat())
    if scope.until is not None:
        filters.append(f"substr({published_of('n')}, 1, 10) <= ?")
        values.append(scope.until.isoformat())
    if filters:
        chosen = f"SELECT n.key FROM articles AS n WHERE {' AND '.join(filters)}"
        parts.append(f"{article} IN ({chosen})")
    return " AND ".join(parts) or "1", tuple(map(without_surrogates, values))


def fts5_string(term: str) -> str:
    """A string of FTS5's query language, in which no character has a special meaning."""
    return '"{}"'.format(term.replace('"', '""'))


def model_in_role(database: Database, role: str) -> ModelInfo | None:
    """The model in use ("model"), or the one that a rebuild collects vectors of ("building")."""
    found = database.read(
        "SELECT name, width, fingerprint FROM models"
        " WHERE key = (SELECT value FROM meta WHERE key = ?)",
        (role,),
    )
    return ModelInfo(*found[0]) if found else None


def collection_key(tx: sqlite3.Connection, name: str) -> int:
    """The key of the collection with this name, which is created if necessary."""
    tx.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
    (key,) = tx.execute("SELECT key FROM collections WHERE name = ?", (name,)).fetchone()
    return int(key)


def insert_model(tx: sqlite3.Connection, model: ModelInfo) -> int:
    """Insert a model; returns its key."""
    inserted = tx.execute(
        "INSERT INTO models (name, width, fingerprint) VALUES (?, ?, ?)",
        (model.name, model.width, model.fingerprint),
    )
    assert inserted.lastrowid is not None
    return inserted.lastrowid


def model_key_for_writing(tx: sqlite3.Connection, model: ModelInfo) -> int:
    """The key of the model in use, which ``model`` becomes if there is none yet.

    Raises:
        ModelMismatchError: another model is in use.
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
    tx: sqlite3.Connection, article: int, collection: int, text: str, sentences: Sequence[Sentence]
) -> list[int]:
    """Insert the sentences of an article, given by its key and text, which has none yet; returns
    their keys."""
    keys = [
        tx.execute(
            'INSERT INTO sentences (article, collection, start, "end", paragraph, number)'
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING key",
            (article, collection, s.start, s.end, s.paragraph, s.number),
        ).fetchone()[0]
        for s in sentences
    ]
    tx.executemany(
        "INSERT INTO boilerplate VALUES (?, ?)",
        [(key, collection) for key, s in zip(keys, sentences, strict=True) if s.is_boilerplate],
    )
    texts = (text[s.start : s.end] for s in sentences)
    tx.executemany("INSERT INTO sentence_texts VALUES (?, ?)", zip(keys, texts, strict=True))
    for table in SENTENCE_INDEXES:
        tx.execute(
            f"INSERT INTO {table} (rowid, text) SELECT t.key, t.text FROM sentences AS s"
            " JOIN sentence_texts AS t ON t.key = s.key WHERE s.article = ? ORDER BY t.key",
            (article,),
        )
    return keys


def renew_sentence_texts(tx: sqlite3.Connection) -> None:
    """Take the texts of all sentences from their articles again, without indexing them."""
    for (article,) in tx.execute("SELECT key FROM articles").fetchall():
        (text,) = tx.execute("SELECT text FROM articles WHERE key = ?", (article,)).fetchone()
        places = tx.execute('SELECT key, start, "end" FROM sentences WHERE article = ?', (article,))
        tx.executemany(
            "INSERT INTO sentence_texts VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text",
            [(key, str(text)[start:end]) for key, start, end in places],  # by damage, no text
        )


def record_change(tx: sqlite3.Connection, collection: int) -> None:
    """Increment the generation of the library, and set the collection's to it."""
    tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    tx.execute(
        "UPDATE collections SET generation = (SELECT value FROM meta WHERE key = 'generation')"
        " WHERE key = ?",
        (collection,),
    )
