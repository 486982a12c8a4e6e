"""The words of each collection in SQLite."""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from index.scope import Scope
from index.store.base import Vocabulary
from index.store.sqlite.database import Database
from index.store.sqlite.rows import fts5_string, where_in_scope
from index.text.words import WORD, fold

MAX_COUNTED = 1_000
"""Sentences up to which the occurrences of a word are counted."""

MAX_SPELLING_SENTENCES = 20
"""Sentences whose spelling of a word is compared."""

LAST_CHARACTER = "\U0010ffff"

IN_SENTENCES = (
    "FROM exact_fts AS f CROSS JOIN sentences AS s ON s.key = f.rowid"
    " CROSS JOIN collections AS c ON c.key = s.collection WHERE exact_fts MATCH ? AND"
)
IN_ARTICLES = (
    "FROM articles_fts AS f CROSS JOIN articles AS a ON a.key = f.rowid"
    " CROSS JOIN collections AS c ON c.key = a.collection WHERE articles_fts MATCH ? AND"
)
IN_WORDS = "FROM words AS w JOIN collections AS c ON c.key = w.collection WHERE"

TOKENIZER = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.tokenized USING fts5"
    " (text, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.tokens USING fts5vocab (temp, tokenized, row)",
    "INSERT INTO temp.tokenized (tokenized) VALUES ('delete-all')",
)
"""Prepares the empty table ``temp.tokenized``, which splits texts as ``exact_fts`` does, and
``temp.tokens``, its words."""


class SqliteVocabulary(Vocabulary):
    """The table ``words``: a word of a collection is found without those of any other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, words: Sequence[str], collections: tuple[str, ...] | None) -> set[str]:
        where, values = where_in_scope(Scope(collections))
        folded = {word: fold(word) for word in words}
        marks = ",".join("?" * len(folded))
        found = self._database.read(
            f"SELECT w.word {IN_WORDS} {where} AND w.word IN ({marks})",
            (*values, *folded.values()),
        )
        present = {word for (word,) in found}
        known = {word for word in words if folded[word] in present}
        for word in folded.keys() - known:
            query = (fts5_string(word), *values)
            if self._database.read(f"SELECT 1 {IN_ARTICLES} {where} LIMIT 1", query):
                known.add(word)
        return known

    def starting_with(
        self,
        prefixes: Sequence[str],
        min_length: int,
        max_length: int,
        collections: tuple[str, ...] | None,
    ) -> set[str]:
        where, values = where_in_scope(Scope(collections))
        found = [  # a query for each prefix reads a range of words; one for all would read all
            row
            for prefix in prefixes
            for row in self._database.read(
                f"SELECT w.word {IN_WORDS} {where} AND w.word >= ? AND w.word < ?"
                " AND length(w.word) BETWEEN ? AND ?",
                (*values, prefix, prefix + LAST_CHARACTER, min_length, max_length),
            )
        ]
        return {word for (word,) in found}

    def count(self, word: str, collections: tuple[str, ...] | None) -> int:
        where, values = where_in_scope(Scope(collections))
        ((count,),) = self._database.read(
            f"SELECT count(*) FROM (SELECT 1 {IN_SENTENCES} {where} LIMIT {MAX_COUNTED})",
            (fts5_string(word), *values),
        )
        return int(count)

    def spelling(self, word: str, collections: tuple[str, ...] | None) -> str:
        where, values = where_in_scope(Scope(collections))
        found = self._database.read(
            "SELECT t.text FROM sentence_texts AS t WHERE t.key IN"
            f" (SELECT s.key {IN_SENTENCES} {where} LIMIT {MAX_SPELLING_SENTENCES})",
            (fts5_string(word), *values),
        )
        inside: Counter[str] = Counter()
        at_start: Counter[str] = Counter()  # where any word has a capital
        for (text,) in found:
            for number, written in enumerate(WORD.findall(text)):
                if fold(written) != fold(word):
                    continue
                if number:
                    inside[written] += 1
                else:
                    at_start[written.lower() if written.istitle() else written] += 1
        spellings = inside or at_start
        return max(spellings, key=lambda one: (spellings[one], one), default=word)


def add_words(tx: sqlite3.Connection, article: int, collection: int) -> None:
    """Add the words of an article's sentences to its collection's. Both are given by key."""
    _tokenize(tx, article)
    tx.execute("INSERT OR IGNORE INTO words SELECT ?, term FROM temp.tokens", (collection,))


def words_of(tx: sqlite3.Connection, article: int) -> list[str]:
    """The words of the sentences of an article, given by its key."""
    _tokenize(tx, article)
    return [word for (word,) in tx.execute("SELECT term FROM temp.tokens")]


def forget_words(tx: sqlite3.Connection, collection: int, words: Sequence[str]) -> None:
    """Delete those of the words that no sentence of a collection, given by its key, contains."""
    tx.executemany(
        "DELETE FROM words WHERE collection = ? AND word = ? AND NOT EXISTS"
        " (SELECT 1 FROM exact_fts AS f CROSS JOIN sentences AS s ON s.key = f.rowid"
        " WHERE exact_fts MATCH ? AND s.collection = ?)",
        [(collection, word, fts5_string(word), collection) for word in words],
    )


def recollect_words(tx: sqlite3.Connection) -> None:
    """Collect the words of all collections again from the full-text index."""
    tx.execute("DELETE FROM words")
    tx.execute(
        "INSERT INTO words SELECT DISTINCT s.collection, w.term FROM exact_words AS w"
        " JOIN sentences AS s ON s.key = w.doc"
    )


def _tokenize(tx: sqlite3.Connection, article: int) -> None:
    """Fill ``temp.tokens`` with the words of an article, split by SQLite's own tokenizer."""
    for statement in TOKENIZER:
        tx.execute(statement)
    tx.execute(
        "INSERT INTO temp.tokenized (rowid, text) SELECT t.key, t.text FROM sentences AS s"
        " JOIN sentence_texts AS t ON t.key = s.key WHERE s.article = ?",
        (article,),
    )
