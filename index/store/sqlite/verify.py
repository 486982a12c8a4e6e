"""Checking a SQLite library: rows, full text, vectors and FAISS against each other."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index.errors import ArticleError, DamagedLibraryError, StoreError
from index.store.sqlite.database import FULL_TEXT, Database
from index.store.sqlite.faiss_indexes import VectorCache
from index.store.sqlite.rows import ARTICLE_FIELDS, FROM_ARTICLES, article_from_row
from index.text.datelines import find_dateline


def find_problems(database: Database, cache: VectorCache) -> Iterator[str]:
    """A sentence for each fault; nothing where all is well."""
    try:
        with database.snapshot() as rows:
            yield from _file(rows)
            yield from _counts(rows)
            yield from _articles(rows)
            yield from _sentences(rows)
            yield from _vectors(rows)
        yield from _full_text(database)
        yield from _indexes(database, cache)
    except DamagedLibraryError as error:  # so broken that the rest cannot be looked at
        yield str(error)


def _file(rows: sqlite3.Connection) -> Iterator[str]:
    for (finding,) in rows.execute("PRAGMA integrity_check(5)"):
        if finding != "ok":
            yield f"SQLite finds the file damaged: {finding}."
    for table, *_ in rows.execute("PRAGMA foreign_key_check"):
        yield f"A row of the table {table} belongs to nothing."


def _counts(rows: sqlite3.Connection) -> Iterator[str]:
    for name, *_ in rows.execute(
        "SELECT name FROM collections AS c"
        " WHERE articles != (SELECT count(*) FROM articles WHERE collection = c.key)"
        " OR sentences != (SELECT count(*) FROM sentences WHERE collection = c.key)"
    ):
        yield f"The collection {name} does not hold as many articles and sentences as it says."


def _articles(rows: sqlite3.Connection) -> Iterator[str]:
    for article_id, content_hash, *fields in rows.execute(
        f"SELECT a.id, a.content_hash, {ARTICLE_FIELDS} {FROM_ARTICLES}"
    ):
        try:
            article = article_from_row(fields)
            sound = (article.id, article.content_hash) == (article_id, content_hash)
        except (ArticleError, ValueError):
            sound = False
        if not sound:
            yield f"The text of article {article_id} is not what was added."


def _sentences(rows: sqlite3.Connection) -> Iterator[str]:
    """Each sentence lies in its article's text, after the one before it; no word is left out."""
    for key, article_id, text in rows.execute("SELECT key, id, text FROM articles"):
        dateline = find_dateline(text)
        story = dateline.end if dateline else 0
        previous_end = 0
        complete = True
        for start, end in rows.execute(
            'SELECT start, "end" FROM sentences WHERE article = ? ORDER BY start', (key,)
        ):
            if not previous_end <= start < end <= len(text):
                yield f"A sentence of article {article_id} overlaps another or leaves the text."
            elif not _says_something(text[start:end]):
                yield f"A sentence of article {article_id} is empty."
            complete = complete and not _says_something(text[max(previous_end, story) : start])
            previous_end = end
        if not complete or _says_something(text[max(previous_end, story) :]):
            yield f"Article {article_id} misses a sentence."


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _vectors(rows: sqlite3.Connection) -> Iterator[str]:
    (missing,) = rows.execute(
        "SELECT count(*) FROM sentences AS s WHERE NOT EXISTS (SELECT 1 FROM vectors"
        " WHERE sentence = s.key AND model = (SELECT value FROM meta WHERE key = 'model'))"
    ).fetchone()
    if missing:
        yield f"{missing} sentences have no vector."
    wrong = 0
    for vector, width in rows.execute(
        "SELECT v.vector, m.width FROM vectors AS v JOIN models AS m ON m.key = v.model"
    ):
        if len(vector) != 4 * width:
            wrong += 1
            continue
        length = float(np.linalg.norm(np.frombuffer(vector, dtype="<f4")))
        wrong += not abs(length - 1) < 1e-3  # also where it is not a number
    if wrong:
        yield f"{wrong} vectors are damaged."


def _full_text(database: Database) -> Iterator[str]:
    try:
        with database.transaction() as tx:
            for index, what in FULL_TEXT.items():
                try:
                    # Rank 1: against the rows as well (https://sqlite.org/fts5.html).
                    tx.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.DatabaseError:
                    yield f"The full-text index {index} does not agree with the {what}."
    except StoreError as error:
        yield str(error)


def _indexes(database: Database, cache: VectorCache) -> Iterator[str]:
    collections = database.read("SELECT key, name FROM collections WHERE sentences > 0")
    for collection, name in collections:
        try:
            if problem := cache.problem(collection):
                yield f"The FAISS index of {name} {problem}."
        except StoreError as error:
            yield f"The FAISS index of {name} cannot be built: {error}"
    for path in cache.discarded:
        yield f"{path} was not what the rows say; it has been thrown away and built again."
