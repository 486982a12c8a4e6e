"""Phrase search in SQLite's full-text index."""

from collections.abc import Iterator, Sequence

from index.scope import Scope
from index.store.base import ArticleStore, PhraseSearch
from index.store.sqlite.database import Database
from index.store.sqlite.rows import (
    FROM_ARTICLES,
    NEWEST_FIRST,
    fts5_string,
    where_in_scope,
)
from index.store.values import PhraseMatch

OPENING, CLOSING = "\ufdd0", "\ufdd1"
"""Mark a match in a sentence. These are noncharacters, which Unicode reserves for internal use."""

FROM_MATCHES = (
    f"{FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key"
    " JOIN exact_fts AS f ON f.rowid = s.key WHERE exact_fts MATCH ? AND"
)


class SqlitePhraseSearch(PhraseSearch):
    """The full-text index ``exact_fts``, whose words are not stemmed."""

    def __init__(self, database: Database, articles: ArticleStore) -> None:
        self._database = database
        self._articles = articles

    def matches(
        self, phrases: Sequence[str], scope: Scope, limit: int, offset: int = 0
    ) -> list[PhraseMatch]:
        where, values = where_in_scope(scope)
        with self._database.snapshot():
            marked = dict(
                self._database.read(
                    f"SELECT s.key, highlight(exact_fts, 0, ?, ?) {FROM_MATCHES} {where}"
                    f" ORDER BY {NEWEST_FIRST}, s.start LIMIT ? OFFSET ?",
                    (OPENING, CLOSING, _match_query(phrases), *values, limit, offset),
                )
            )
            found = self._articles.fetch(list(marked))
        return [
            PhraseMatch(found[key], tuple(_marked_spans(text, found[key].text)))
            for key, text in marked.items()
            if key in found
        ]

    def count(self, phrases: Sequence[str], scope: Scope) -> int:
        where, values = where_in_scope(scope)
        ((count,),) = self._database.read(
            f"SELECT count(*) {FROM_MATCHES} {where}", (_match_query(phrases), *values)
        )
        return int(count)


def _match_query(phrases: Sequence[str]) -> str:
    return " AND ".join(map(fts5_string, phrases))


def _marked_spans(marked: str, text: str) -> Iterator[tuple[int, int]]:
    """The spans of ``text`` that are enclosed in ``OPENING`` and ``CLOSING`` in ``marked``."""
    at = start = 0
    for character in marked:
        if at < len(text) and character == text[at]:
            at += 1
        elif character == OPENING:
            start = at
        else:
            yield start, at
