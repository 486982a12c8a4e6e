"""Full-text search by BM25, with scores that compare from one question to another."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import log
from typing import Any

from index.scope import Scope
from index.store.sqlite.database import FULL_TEXT, Database
from index.store.sqlite.phrase_search import quoted
from index.store.sqlite.rows import within

MOST_WEIGHED = 2_000
"""Rows of what is searched that are weighed because they hold one of a question's rarest words."""

PAIRED = 6
"""Of the other words, the rarest of which two in one row make it weighed."""

MOST_PARTS = 8
"""Parts of a full-text index, as it was written piece by piece, from which they are merged: each is
gone through for each word."""

MERGED = 1_000
"""Pages that are merged in one transaction."""


@dataclass(frozen=True, slots=True)
class FullText:
    """A full-text index, and what it is an index of.

    Args:
        table: the FTS5 table, ``f``.
        joined: the rows that it is of, and their collection, ``c``.
        key: their key.
        named: what a row is called in the results, whose key is ``best.row``.
        naming: what is joined to know that.
        counted: the column of ``collections`` that counts the rows.
        article: the column with the key of a row's article.
    """

    table: str
    joined: str
    key: str
    named: str
    naming: str
    counted: str
    article: str


SENTENCES = FullText(
    "sentences_fts",
    "sentences AS s JOIN collections AS c ON c.key = s.collection",
    "s.key",
    "best.row",
    "",
    "sentences",
    "s.article",
)
WHOLE_ARTICLES = FullText(
    "articles_fts",
    "articles AS a JOIN collections AS c ON c.key = a.collection",
    "a.key",
    "a.id",
    "JOIN articles AS a ON a.key = best.row",
    "articles",
    "a.key",
)


def best_by_words(
    rows: Database, index: FullText, words: Sequence[str], scope: Scope, limit: int
) -> list[tuple[Any, float]]:
    """The best by BM25, each with its score as a share of what all the words would get."""
    terms = [quoted(word) for word in words]
    if not terms:
        return []
    table = index.table
    with rows.snapshot() as seen:
        total, searched = _sizes(seen, index, scope)
        if not searched:
            return []
        held = {term: _count(seen, table, term) for term in terms}
        # Of a few articles, what holds one common word may well be the best.
        most = MOST_WEIGHED * total / searched
        worth = None if scope.is_narrowed else _worth_weighing(held, most)
        chosen, values = [f"{table} MATCH ?"], [" OR ".join(terms)]
        if worth:
            # The plus keeps SQLite from looking each of these up: it goes through what holds any
            # of the words, which is quick, and weighs what is among them, which is not.
            chosen.append(f"+f.rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
            values.append(worth)
        source = f"{table} AS f"
        if scope.is_narrowed or searched < total:
            where, names = within(scope, index.article)
            source += f" JOIN {index.joined}"
            chosen.append(f"f.rowid = {index.key} AND {where}")
            values += names
        found = seen.execute(
            f"SELECT {index.named}, best.score FROM"
            f" (SELECT f.rowid AS row, -bm25({table}) AS score FROM {source}"
            f" WHERE {' AND '.join(chosen)} ORDER BY score DESC, row LIMIT ?) AS best"
            f" {index.naming} ORDER BY best.score DESC, best.row",
            (*values, limit),
        ).fetchall()
    ideal = sum(_inverse_document_frequency(total, holding) for holding in held.values())
    return [(name, score / ideal) for name, score in found]


def merge_parts(rows: Database) -> None:
    """Make the full-text indexes that stand in many parts whole, a step at a time: others may
    write between two of them (https://sqlite.org/fts5.html#the_merge_command)."""
    for table in FULL_TEXT:
        ((parts,),) = rows.read(f"SELECT count(DISTINCT segid) FROM {table}_idx")
        if parts <= MOST_PARTS:
            continue
        pages, changed = -MERGED, MERGED  # less than nothing begins, and merges all there is
        while changed > 1:  # the command itself counts as a change
            with rows.transaction() as tx:
                before = tx.total_changes
                tx.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
                pages, changed = MERGED, tx.total_changes - before


def _worth_weighing(held: dict[str, int], most: float) -> str | None:
    """The FTS5 query for the rows that may be among the best for some terms; None: all that hold
    any of them.

    What holds one common word and no other is never among the best where there is much of it: so
    rows are weighed that hold one of the rarest terms or two of the others. Which is what WAND
    does (Broder et al., "Efficient Query Evaluation using a Two-Level Retrieval Process", CIKM
    2003), as far as a query can say it.

    Args:
        held: how many rows hold each term.
        most: how many rows may be weighed because they hold one of the rarest.
    """
    order = sorted((term for term in held if held[term]), key=lambda term: held[term])
    together = list(accumulate(held[term] for term in order))
    rarest = max(1, sum(rows <= most for rows in together))
    rare, common = order[:rarest], order[rarest:]
    if not common:
        return None
    pairs = [f"({one} AND {other})" for one, other in combinations(common[:PAIRED], 2)]
    return " OR ".join([*rare, *pairs])


def _sizes(seen: sqlite3.Connection, index: FullText, scope: Scope) -> tuple[int, int]:
    """How many rows there are in all, and in the collections of a scope."""
    where, names = within(Scope(scope.collections))
    total, searched = seen.execute(
        f"SELECT sum({index.counted}), sum({index.counted}) FILTER (WHERE {where})"
        " FROM collections AS c",
        names,
    ).fetchone()
    return total or 0, searched or 0


def _count(seen: sqlite3.Connection, table: str, term: str) -> int:
    (holding,) = seen.execute(
        f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (term,)
    ).fetchone()
    return int(holding)


def _inverse_document_frequency(total: int, holding: int) -> float:
    """As FTS5's own ``bm25()`` has it (https://sqlite.org/fts5.html#the_bm25_function)."""
    return max(1e-6, log((total - holding + 0.5) / (holding + 0.5)))
