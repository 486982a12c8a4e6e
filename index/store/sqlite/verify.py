"""Consistency checks of a SQLite library: rows, full text, vectors and FAISS indexes."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index.errors import DamagedLibraryError, StoreError
from index.store.sqlite.database import FULL_TEXT_TABLES, Database
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.rows import FROM_ALL_ARTICLES, FROM_ARTICLES
from index.store.sqlite.soundness import (
    ARTICLE_COLUMNS,
    FORMER_COLUMNS,
    Row,
    damaged_text,
    damaged_version,
    is_place,
    is_sound,
    sentence_faults,
    stored_places,
)
from index.store.sqlite.vectors import is_vector

BATCH_SIZE = 500
"""Articles that are read at a time."""

CONTENT_TABLES = ("sentence_texts", "articles")
"""The tables that the full-text indexes take their texts from."""


def find_problems(database: Database, indexes: FaissIndexes) -> Iterator[str]:
    """A sentence for each problem; none if the library is consistent."""
    try:
        with database.snapshot() as snapshot:
            yield from _file(snapshot, database)
            yield from _counts(snapshot)
            yield from _articles(database)
            yield from _vectors(snapshot)
            yield from _words(snapshot)
            yield from list(_full_text(snapshot))
        yield from _indexes(database, indexes)
    except DamagedLibraryError as error:  # too damaged to check the rest
        yield str(error)


def _file(snapshot: sqlite3.Connection, database: Database) -> Iterator[str]:
    for (finding,) in snapshot.execute("PRAGMA integrity_check(5)"):
        if finding != "ok":
            finding = " ".join(finding.split())
            yield f"SQLite finds {database.path} damaged: {finding}. {database.remedy}"
    for table, *_ in snapshot.execute("PRAGMA foreign_key_check"):
        if table != "articles":  # which are checked one by one
            yield f"A row of the table {table} belongs to nothing."


def _counts(snapshot: sqlite3.Connection) -> Iterator[str]:
    for name, *_ in snapshot.execute(
        "SELECT name FROM collections AS c"
        " WHERE articles != (SELECT count(*) FROM articles WHERE collection = c.key)"
        " OR sentences != (SELECT count(*) FROM sentences WHERE collection = c.key)"
    ):
        yield f"The collection {name} does not hold as many articles and sentences as it says."
    ((misfiled,),) = snapshot.execute(
        "SELECT count(*) FROM boilerplate AS b JOIN sentences AS s ON s.key = b.sentence"
        " WHERE b.collection != s.collection"
    )
    if misfiled:
        yield f"{misfiled} sentences that answer no question are filed under another collection."


def _articles(database: Database) -> Iterator[str]:
    """Each article and former version is what was added, and its sentences match its text."""
    keys = [key for (key,) in database.read("SELECT key FROM articles ORDER BY key")]
    for first in range(0, len(keys), BATCH_SIZE):
        batch = keys[first : first + BATCH_SIZE]
        places = stored_places(database, batch)
        for row in database.read(
            f"SELECT {ARTICLE_COLUMNS} {FROM_ALL_ARTICLES} WHERE a.key BETWEEN ? AND ?",
            (batch[0], batch[-1]),
        ):
            if not is_sound(row):
                yield damaged_text(row)
                continue
            yield from sentence_faults(row[1], row[4], places.get(row[0], ()))
            if _has_other_texts(database, row):
                yield f"The stored text of a sentence of article {row[1]} is not the article's."
    former = f"{FROM_ARTICLES} JOIN former_articles AS f ON f.article = a.key"
    for (key,) in database.read(f"SELECT f.key {former}"):
        (row,) = database.read(f"SELECT {FORMER_COLUMNS} {former} WHERE f.key = ?", (key,))
        if not is_sound(row):
            yield damaged_version(row)


def _has_other_texts(database: Database, row: Row) -> bool:
    """Whether the stored text of a sentence of a sound article is not its slice of the article."""
    text = row[4]
    return any(
        is_place((start, end)) and stored != text[start:end]
        for start, end, stored in database.read(
            'SELECT s.start, s."end", t.text FROM sentences AS s'
            " LEFT JOIN sentence_texts AS t ON t.key = s.key WHERE s.article = ?",
            (row[0],),
        )
    )


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
        if not is_vector(vector, width):
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
