"""Full-text search by BM25, with scores that compare from one question to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from index.scope import Scope
from index.store.database import Database
from index.store.phrases import quoted
from index.store.rows import within


@dataclass(frozen=True, slots=True)
class FullText:
    """A full-text index, and what it is an index of.

    Args:
        table: the FTS5 table, ``f``.
        joined: the rows that it is of, and their collection, ``c``.
        named: what a row is called in the results.
        counted: the column of ``collections`` that counts the rows.
        article: the column with the key of a row's article.
    """

    table: str
    joined: str
    named: str
    counted: str
    article: str


SENTENCES = FullText(
    "sentences_fts",
    "sentences AS s ON s.key = f.rowid JOIN collections AS c ON c.key = s.collection",
    "f.rowid",
    "sentences",
    "s.article",
)
WHOLE_ARTICLES = FullText(
    "articles_fts",
    "articles AS a ON a.key = f.rowid JOIN collections AS c ON c.key = a.collection",
    "a.id",
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
    where, names = within(scope, index.article)
    table = index.table
    with rows.snapshot() as seen:
        found = seen.execute(
            f"SELECT {index.named}, -bm25({table}) FROM {table} AS f JOIN {index.joined}"
            f" WHERE {table} MATCH ? AND {where} ORDER BY f.rank, f.rowid LIMIT ?",
            (" OR ".join(terms), *names, limit),
        ).fetchall()
        if not found:
            return []
        (total,) = seen.execute(f"SELECT sum({index.counted}) FROM collections").fetchone()
        ideal = 0.0
        for term in terms:
            (holding,) = seen.execute(
                f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (term,)
            ).fetchone()
            ideal += _inverse_document_frequency(total, holding)
    return [(name, score / ideal) for name, score in found]


def _inverse_document_frequency(total: int, holding: int) -> float:
    """As FTS5's own ``bm25()`` has it (https://sqlite.org/fts5.html#the_bm25_function)."""
    return max(1e-6, log((total - holding + 0.5) / (holding + 0.5)))
