"""Consistency checks of a SQLite library: rows, full text, vectors and FAISS indexes."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index.article import Article
from index.errors import DamagedLibraryError, StoreError
from index.store.sqlite.database import FULL_TEXT_TABLES, Database
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.rows import ARTICLE_COLUMNS, FROM_ARTICLES, fields_of_row
from index.text.datelines import find_dateline

CONTENT_TABLES = ("sentence_texts", "articles")
"""The tables that the full-text indexes take their texts from."""


def find_problems(database: Database, indexes: FaissIndexes) -> Iterator[str]:
    """A sentence for each problem; none if the library is consistent."""
    try:
        with database.snapshot() as snapshot:
            yield from _file(snapshot)
            yield from _counts(snapshot)
            yield from _articles(snapshot)
            yield from _sentences(snapshot)
            yield from _vectors(snapshot)
            yield from _words(snapshot)
            yield from list(_full_text(snapshot))
        yield from _indexes(database, indexes)
    except DamagedLibraryError as error:  # too damaged to check the rest
        yield str(error)


def _file(snapshot: sqlite3.Connection) -> Iterator[str]:
    for (finding,) in snapshot.execute("PRAGMA integrity_check(5)"):
        if finding != "ok":
            yield f"SQLite finds the file damaged: {finding}."
    for table, *_ in snapshot.execute("PRAGMA foreign_key_check"):
        yield f"A row of the table {table} belongs to nothing."


def _counts(snapshot: sqlite3.Connection) -> Iterator[str]:
    for name, *_ in snapshot.execute(
        "SELECT name FROM collections AS c"
        " WHERE articles != (SELECT count(*) FROM articles WHERE collection = c.key)"
        " OR sentences != (SELECT count(*) FROM sentences WHERE collection = c.key)"
    ):
        yield f"The collection {name} does not hold as many articles and sentences as it says."


def _articles(snapshot: sqlite3.Connection) -> Iterator[str]:
    for content_hash, *row in snapshot.execute(
        f"SELECT a.content_hash, {ARTICLE_COLUMNS} {FROM_ARTICLES}"
    ):
        article_id = row[0]
        try:
            fields = fields_of_row(row)
            del fields["id"]
            article = Article.from_storage(fields)
            sound = (article.id, article.content_hash) == (article_id, content_hash)
        except ValueError:
            sound = False
        if not sound:
            yield f"The text of article {article_id} is not what was added."


def _sentences(snapshot: sqlite3.Connection) -> Iterator[str]:
    """Each sentence lies in its article's text, after the previous one; together they cover every
    word."""
    for key, article_id, text in snapshot.execute("SELECT key, id, text FROM articles"):
        dateline = find_dateline(text)
        body = dateline.end if dateline else 0
        previous_end = 0
        complete = True
        for start, end, stored in snapshot.execute(
            'SELECT s.start, s."end", t.text FROM sentences AS s LEFT JOIN sentence_texts AS t'
            " ON t.key = s.key WHERE s.article = ? ORDER BY s.start",
            (key,),
        ):
            if not previous_end <= start < end <= len(text):
                yield f"A sentence of article {article_id} overlaps another or leaves the text."
            elif not _has_text(text[start:end]):
                yield f"A sentence of article {article_id} is empty."
            elif stored != text[start:end]:
                yield f"The stored text of a sentence of article {article_id} is not the article's."
            complete = complete and not _has_text(text[max(previous_end, body) : start])
            previous_end = end
        if not complete or _has_text(text[max(previous_end, body) :]):
            yield f"Article {article_id} misses a sentence."


def _has_text(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _vectors(snapshot: sqlite3.Connection) -> Iterator[str]:
    (missing,) = snapshot.execute(
        "SELECT count(*) FROM sentences AS s WHERE NOT EXISTS (SELECT 1 FROM vectors"
        " WHERE sentence = s.key AND model = (SELECT value FROM meta WHERE key = 'model'))"
    ).fetchone()
    if missing:
        yield f"{missing} sentences have no vector."
    wrong = 0
    for vector, width in snapshot.execute(
        "SELECT v.vector, m.width FROM vectors AS v JOIN models AS m ON m.key = v.model"
    ):
        if len(vector) != 4 * width:
            wrong += 1
            continue
        length = float(np.linalg.norm(np.frombuffer(vector, dtype="<f4")))
        wrong += not abs(length - 1) < 1e-3  # NaN included
    if wrong:
        yield f"{wrong} vectors are damaged."


def _words(snapshot: sqlite3.Connection) -> Iterator[str]:
    """Each collection has exactly the words of the full-text index."""
    indexed = (
        "SELECT s.collection, w.term FROM exact_words AS w JOIN sentences AS s ON s.key = w.doc"
    )
    listed = "SELECT collection, word FROM words"
    for one, other in ((indexed, listed), (listed, indexed)):
        (differing,) = snapshot.execute(
            f"SELECT count(*) FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}))"
        ).fetchone()
        if differing:
            yield f"The words of the collections are not those of the sentences ({differing})."
            return


def _full_text(snapshot: sqlite3.Connection) -> Iterator[str]:
    """FTS5's own check of each full-text index.

    SQLite takes the check for a write, for which others would have to wait. So a copy of the index
    in this connection's temporary database is checked.
    """
    for content in CONTENT_TABLES:
        snapshot.execute(f"CREATE TEMP VIEW {content} AS SELECT * FROM main.{content}")
    for table, indexed in FULL_TEXT_TABLES.items():
        (sql,) = snapshot.execute(
            "SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        snapshot.execute(sql.replace(table, f"temp.{table}", 1))
        try:
            for part in ("config", "data", "idx", "docsize"):
                snapshot.execute(f"DELETE FROM temp.{table}_{part}")
                snapshot.execute(
                    f"INSERT INTO temp.{table}_{part} SELECT * FROM main.{table}_{part}"
                )
            # Rank 1 compares with the indexed table too (https://sqlite.org/fts5.html).
            snapshot.execute(
                f"INSERT INTO temp.{table} ({table}, rank) VALUES ('integrity-check', 1)"
            )
        except sqlite3.DatabaseError:
            yield f"The full-text index {table} does not agree with the {indexed}."
        finally:
            snapshot.execute(f"DROP TABLE temp.{table}")
    for content in CONTENT_TABLES:
        snapshot.execute(f"DROP VIEW temp.{content}")


def _indexes(database: Database, indexes: FaissIndexes) -> Iterator[str]:
    collections = database.read("SELECT key, name FROM collections WHERE sentences > 0")
    for collection, name in collections:
        try:
            if problem := indexes.problem(collection):
                yield f"The FAISS index of {name} {problem}."
        except StoreError as error:
            yield f"The FAISS index of {name} cannot be built: {error}"
    for path in indexes.discarded:
        yield f"{path} did not match the database; it has been discarded and rebuilt."
