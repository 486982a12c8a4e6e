"""Articles that tell the same story, in the rows of a SQLite library."""

import sqlite3
from collections.abc import Collection

from index.article import SHARED, Article
from index.scope import Scope
from index.store.sqlite.database import Database
from index.store.sqlite.rows import ARTICLE_FIELDS, FROM_ARTICLES, article_from_row, within
from index.text.near_duplicates import ALIKE_FROM, jaccard, shingles_of

COMPARED = 50
"""Articles with which a new one is compared: those with most bands in common."""

SHOWN = 30
"""Other accounts that are told of: each is looked through for what an answer quotes."""


def note(tx: sqlite3.Connection, key: int, text: str, bands: Collection[int]) -> None:
    """Write down which articles tell the story of a new or changed one, by its key."""
    tx.execute("DELETE FROM bands WHERE article = ?", (key,))
    tx.execute("DELETE FROM alike WHERE ?1 IN (article, other)", (key,))
    tx.executemany("INSERT INTO bands VALUES (?, ?)", [(band, key) for band in set(bands)])
    near = tx.execute(
        "SELECT a.key, a.text FROM bands AS mine JOIN bands AS b ON b.band = mine.band"
        " JOIN articles AS a ON a.key = b.article JOIN articles AS me ON me.key = mine.article"
        " WHERE mine.article = ?1 AND a.key != ?1 AND (a.collection = me.collection"
        " OR (SELECT key FROM collections WHERE name = ?2) IN (a.collection, me.collection))"
        " GROUP BY a.key ORDER BY count(*) DESC, a.key DESC LIMIT ?3",
        (key, SHARED, COMPARED),
    ).fetchall()
    mine = shingles_of(text)
    alike = [other for other, told in near if jaccard(mine, shingles_of(told)) >= ALIKE_FROM]
    tx.executemany(
        "INSERT INTO alike VALUES (?, ?)",
        [pair for other in alike for pair in ((key, other), (other, key))],
    )


def same_story(rows: Database, article_id: str, scope: Scope) -> list[Article]:
    where, names = within(scope)
    found = rows.read(
        "WITH RECURSIVE story (key) AS (SELECT key FROM articles WHERE id = ?"
        " UNION SELECT l.other FROM story AS s JOIN alike AS l ON l.article = s.key"
        " JOIN articles AS a ON a.key = l.other JOIN collections AS c ON c.key = a.collection"
        f" WHERE {where})"
        f" SELECT {ARTICLE_FIELDS} {FROM_ARTICLES} WHERE a.key IN story AND a.id != ?"
        f" ORDER BY a.published IS NULL, a.published DESC, a.key LIMIT {SHOWN}",
        (article_id, *names, article_id),
    )
    return [article_from_row(fields) for fields in found]
