"""Phrase search in SQLite's full-text index."""

from collections.abc import Iterator, Sequence

from index.article import Sentence
from index.scope import Scope
from index.store.base import PhraseSearch
from index.store.sqlite.database import Database
from index.store.sqlite.rows import (
    FROM_ARTICLES,
    fts5_string,
    where_in_scope,
)
from index.store.sqlite.soundness import ARTICLE_COLUMNS, ArticleReader
from index.store.values import PhraseMatch, StoredSentence

OPENING, CLOSING = "\ufdd0", "\ufdd1"
"""Mark a match in a sentence. These are noncharacters, which Unicode reserves for internal use."""

FROM_MATCHES = (
    f"{FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key"
    " JOIN exact_fts AS f ON f.rowid = s.key WHERE exact_fts MATCH ? AND"
)


class SqlitePhraseSearch(PhraseSearch):
    """The full-text index ``exact_fts``, whose words are not stemmed."""

    def __init__(self, database: Database, reader: ArticleReader) -> None:
        self._database = database
        self._reader = reader

    def matches(
        self, phrases: Sequence[str], scope: Scope, limit: int, offset: int = 0
    ) -> list[PhraseMatch]:
        where, values = where_in_scope(scope)
        with self._database.snapshot():
            found = self._database.read(
                'SELECT highlight(exact_fts, 0, ?, ?), s.key, s.start, s."end", s.paragraph,'
                f" s.number, {ARTICLE_COLUMNS} {FROM_MATCHES} {where}"
                " ORDER BY a.published IS NULL, a.published DESC, a.key, s.start LIMIT ? OFFSET ?",
                (OPENING, CLOSING, _match_query(phrases), *values, limit, offset),
            )
            articles = self._reader.quotable([row[6:] for row in found])
        matches = []
        for marked, key, start, end, paragraph, number, article, *_ in found:
            if article in articles:
                sentence = Sentence(start, end, paragraph, number)
                stored = StoredSentence(key, articles[article], sentence)
                matches.append(PhraseMatch(stored, tuple(_marked_spans(marked, stored.text))))
        return matches

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
