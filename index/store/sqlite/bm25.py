"""Full-text search by BM25, normalized so that the scores of different questions compare."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import log
from typing import Any

from index.scope import Scope
from index.store.base import BM25Search
from index.store.sqlite.database import FULL_TEXT_TABLES, Database
from index.store.sqlite.rows import fts5_string, where_in_scope
from index.store.values import Hit

MAX_RARE_ROWS = 2_000
"""Rows of the searched collections that are scored because they contain one of the rarest words."""

MAX_PAIRED_WORDS = 6
"""The next rarest words: a row that contains two of them is scored as well."""

MAX_SEGMENTS = 8
"""Segments of a full-text index from which they are merged: a search reads each of them."""

MERGE_PAGES = 1_000
"""Pages that are merged in one transaction."""


@dataclass(frozen=True, slots=True)
class FullTextIndex:
    """A full-text index and the table that it indexes, as parts of SQL.

    Args:
        table: the FTS5 table; its alias is ``f``.
        indexed: the indexed table, joined with its collection (alias ``c``).
        key: the indexed table's key.
        result: what a hit is reported as, given its key ``best.row``.
        result_join: the join that ``result`` needs.
        counter: the column of ``collections`` with the number of rows.
        article: the column with the key of a row's article.
        excluded: the query for the rows that are never found; None: all can be.
    """

    table: str
    indexed: str
    key: str
    result: str
    result_join: str
    counter: str
    article: str
    excluded: str | None = None


SENTENCES = FullTextIndex(
    table="sentences_fts",
    indexed="sentences AS s JOIN collections AS c ON c.key = s.collection",
    key="s.key",
    result="best.row",
    result_join="",
    counter="sentences",
    article="s.article",
    excluded="SELECT sentence FROM boilerplate",
)
ARTICLES = FullTextIndex(
    table="articles_fts",
    indexed="articles AS a JOIN collections AS c ON c.key = a.collection",
    key="a.key",
    result="a.id",
    result_join="JOIN articles AS a ON a.key = best.row",
    counter="articles",
    article="a.key",
)


class SqliteBM25Search(BM25Search):
    """The full-text indexes ``sentences_fts`` and ``articles_fts``, whose words are stemmed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sentences(self, words: Sequence[str], scope: Scope, limit: int) -> list[Hit]:
        return [Hit(key, score) for key, score in self._best(SENTENCES, words, scope, limit)]

    def articles(self, words: Sequence[str], scope: Scope, limit: int) -> dict[str, float]:
        return dict(self._best(ARTICLES, words, scope, limit))

    def _best(
        self, index: FullTextIndex, words: Sequence[str], scope: Scope, limit: int
    ) -> list[tuple[Any, float]]:
        terms = [fts5_string(word) for word in words]
        if not terms:
            return []
        table = index.table
        with self._database.snapshot() as snapshot:
            total, searched = _row_counts(snapshot, index, scope)
            if not searched:
                return []
            frequencies = {term: _document_frequency(snapshot, table, term) for term in terms}
            # In a small collection, a row with a single common word may well be the best.
            max_rare_rows = MAX_RARE_ROWS * total / searched
            pruned = None if scope.is_filtered else _pruned_query(frequencies, max_rare_rows)
            conditions, values = [f"{table} MATCH ?"], [" OR ".join(terms)]
            if index.excluded:
                conditions.append(f"+f.rowid NOT IN ({index.excluded})")
            if pruned:
                # The plus keeps SQLite from looking up each of these rows: it scans the rows that
                # match any word, which is fast, and scores only these, which is slow.
                conditions.append(f"+f.rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
                values.append(pruned)
            source = f"{table} AS f"
            if scope.is_filtered or searched < total:
                where, scope_values = where_in_scope(scope, index.article)
                source += f" JOIN {index.indexed}"
                conditions.append(f"f.rowid = {index.key} AND {where}")
                values += scope_values
            found = snapshot.execute(
                f"SELECT {index.result}, best.score FROM"
                f" (SELECT f.rowid AS row, -bm25({table}) AS score FROM {source}"
                f" WHERE {' AND '.join(conditions)} ORDER BY score DESC, row LIMIT ?) AS best"
                f" {index.result_join} ORDER BY best.score DESC, best.row",
                (*values, limit),
            ).fetchall()
        ideal = sum(_inverse_document_frequency(total, n) for n in frequencies.values())
        return [(result, score / ideal) for result, score in found]


def merge_full_text_segments(database: Database) -> None:
    """Merge the segments of fragmented full-text indexes, in steps between which others may write
    (https://sqlite.org/fts5.html#the_merge_command)."""
    for table in FULL_TEXT_TABLES:
        ((segments,),) = database.read(f"SELECT count(DISTINCT segid) FROM {table}_idx")
        if segments <= MAX_SEGMENTS:
            continue
        pages, changed = -MERGE_PAGES, MERGE_PAGES  # a negative number starts a full merge
        while changed > 1:  # the command itself counts as a change
            with database.transaction() as tx:
                before = tx.total_changes
                tx.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
                pages, changed = MERGE_PAGES, tx.total_changes - before


def _pruned_query(frequencies: dict[str, int], max_rare_rows: float) -> str | None:
    """The FTS5 query for the rows that can be among the best; None if no row can be ruled out.

    In a large collection, a row that contains a single common word is never among the best. So only
    rows with one of the rarest terms or with two of the others are scored: a static form of WAND
    (Broder et al., "Efficient Query Evaluation using a Two-Level Retrieval Process", CIKM 2003).

    Args:
        frequencies: the number of rows that contain each term.
        max_rare_rows: how many rows may be scored for containing one of the rarest terms.
    """
    order = sorted((term for term in frequencies if frequencies[term]), key=frequencies.__getitem__)
    cumulative = accumulate(frequencies[term] for term in order)
    rarest = max(1, sum(rows <= max_rare_rows for rows in cumulative))
    rare, common = order[:rarest], order[rarest:]
    if not common:
        return None
    pairs = [f"({one} AND {other})" for one, other in combinations(common[:MAX_PAIRED_WORDS], 2)]
    return " OR ".join([*rare, *pairs])


def _row_counts(
    snapshot: sqlite3.Connection, index: FullTextIndex, scope: Scope
) -> tuple[int, int]:
    """The number of rows in all collections, and in those of the scope."""
    where, values = where_in_scope(Scope(scope.collections))
    total, searched = snapshot.execute(
        f"SELECT sum({index.counter}), sum({index.counter}) FILTER (WHERE {where})"
        " FROM collections AS c",
        values,
    ).fetchone()
    return total or 0, searched or 0


def _document_frequency(snapshot: sqlite3.Connection, table: str, term: str) -> int:
    (rows,) = snapshot.execute(
        f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (term,)
    ).fetchone()
    return int(rows)


def _inverse_document_frequency(total: int, rows: int) -> float:
    """As in FTS5's ``bm25()`` (https://sqlite.org/fts5.html#the_bm25_function)."""
    # The total is a stored count, which may be damaged.
    return max(1e-6, log((max(total, rows) - rows + 0.5) / (rows + 0.5)))
