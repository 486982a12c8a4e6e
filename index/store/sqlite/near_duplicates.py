"""Near-duplicate articles in SQLite; see ``index.text.near_duplicates`` for the signatures."""

import sqlite3
from collections.abc import Collection

from index.article import SHARED, Article
from index.scope import Scope
from index.store.base import NearDuplicates
from index.store.sqlite.database import Database
from index.store.sqlite.rows import (
    FROM_ARTICLES,
    NEWEST_FIRST,
    where_in_scope,
)
from index.store.sqlite.soundness import ARTICLE_COLUMNS, ArticleReader
from index.text.near_duplicates import SIMILARITY_THRESHOLD, bands_of, jaccard, shingles_of

MAX_COMPARED = 50
"""Articles that a new one is compared with: the ones that share most bands."""

MAX_RETURNED = 30
"""Near-duplicates that are returned: each of them is searched for what an answer quotes."""


class SqliteNearDuplicates(NearDuplicates):
    """The tables ``bands`` and ``alike``."""

    def __init__(self, database: Database, reader: ArticleReader) -> None:
        self._database = database
        self._reader = reader

    def of(self, article_id: str, scope: Scope) -> list[Article]:
        where, values = where_in_scope(scope)
        sql = (
            "WITH RECURSIVE duplicates (key) AS (SELECT key FROM articles WHERE id = ?"
            " UNION SELECT l.other FROM duplicates AS d JOIN alike AS l ON l.article = d.key"
            " JOIN articles AS a ON a.key = l.other JOIN collections AS c ON c.key = a.collection"
            f" WHERE {where})"
            f" SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES} WHERE a.key IN duplicates AND a.id != ?"
            f" ORDER BY {NEWEST_FIRST} LIMIT {MAX_RETURNED}"
        )
        with self._database.snapshot():
            found = self._database.read(sql, (article_id, *values, article_id))
            return list(self._reader.quotable(found).values())

    def candidates(self, article: Article) -> list[Article]:
        bands = list(bands_of(article.text))
        marks = ",".join("?" * len(bands))
        sql = (
            f"SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES} JOIN bands AS b ON b.article = a.key"
            f" WHERE b.band IN ({marks}) AND c.name = ? AND a.id != ?"
            f" GROUP BY a.key ORDER BY count(*) DESC, a.key DESC LIMIT {MAX_COMPARED}"
        )
        with self._database.snapshot():
            found = self._database.read(sql, (*bands, article.collection, article.id))
            return self._reader.sound(found)

    def update(self, article_id: str) -> None:
        with self._database.transaction() as tx:
            found = tx.execute("SELECT key, text FROM articles WHERE id = ?", (article_id,))
            for key, text in found.fetchall():
                update_near_duplicates(tx, key, text, list(bands_of(text)))


def update_near_duplicates(
    tx: sqlite3.Connection, key: int, text: str, bands: Collection[int]
) -> None:
    """Store the bands of an article's text, and which articles are its near-duplicates.

    Args:
        key: of the article.
        bands: of ``text``; see ``bands_of``.
    """
    tx.execute("DELETE FROM bands WHERE article = ?", (key,))
    tx.execute("DELETE FROM alike WHERE ?1 IN (article, other)", (key,))
    tx.executemany("INSERT INTO bands VALUES (?, ?)", [(band, key) for band in set(bands)])
    candidates = tx.execute(
        "SELECT a.key, a.text FROM bands AS mine JOIN bands AS b ON b.band = mine.band"
        " JOIN articles AS a ON a.key = b.article JOIN articles AS me ON me.key = mine.article"
        " WHERE mine.article = ?1 AND a.key != ?1 AND (a.collection = me.collection"
        " OR (SELECT key FROM collections WHERE name = ?2) IN (a.collection, me.collection))"
        " GROUP BY a.key ORDER BY count(*) DESC, a.key DESC LIMIT ?3",
        (key, SHARED, MAX_COMPARED),
    ).fetchall()
    shingles = shingles_of(text)
    duplicates = [
        other
        for other, other_text in candidates
        if isinstance(other_text, str)  # else it is damaged
        and jaccard(shingles, shingles_of(other_text)) >= SIMILARITY_THRESHOLD
    ]
    tx.executemany(
        "INSERT INTO alike VALUES (?, ?)",
        [pair for other in duplicates for pair in ((key, other), (other, key))],
    )
