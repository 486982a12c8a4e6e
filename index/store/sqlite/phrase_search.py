"""Sentences that hold some phrases, word for word."""

from collections.abc import Iterator, Sequence

from index.article import Sentence
from index.scope import Scope
from index.store.base import Occurrence, StoredSentence
from index.store.sqlite.database import Database
from index.store.sqlite.rows import ARTICLE_FIELDS, FROM_ARTICLES, article_from_row, within

OPENING, CLOSING = "\ufdd0", "\ufdd1"
"""Noncharacters, which Unicode keeps out of texts, mark what was found in a sentence."""

MATCHING = (
    f"{FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key"
    " JOIN exact_fts AS f ON f.rowid = s.key WHERE exact_fts MATCH ? AND"
)


def find_occurrences(
    rows: Database, phrases: Sequence[str], scope: Scope, limit: int, offset: int
) -> list[Occurrence]:
    """The sentences of a scope that hold each of some phrases; see ``Store.occurrences``."""
    where, names = within(scope)
    found = rows.read(
        f'SELECT highlight(exact_fts, 0, ?, ?), s.key, s.start, s."end", s.paragraph, s.number,'
        f" {ARTICLE_FIELDS} {MATCHING} {where}"
        " ORDER BY a.published IS NULL, a.published DESC, a.key, s.start LIMIT ? OFFSET ?",
        (OPENING, CLOSING, _matching(phrases), *names, limit, offset),
    )
    occurrences = []
    for marked, key, start, end, paragraph, number, *fields in found:
        sentence = Sentence(start, end, paragraph, number)
        stored = StoredSentence(key, article_from_row(fields), sentence)
        occurrences.append(Occurrence(stored, tuple(_spans(marked, stored.text))))
    return occurrences


def count_occurrences(rows: Database, phrases: Sequence[str], scope: Scope) -> int:
    """How many sentences ``find_occurrences`` finds in all."""
    where, names = within(scope)
    ((count,),) = rows.read(f"SELECT count(*) {MATCHING} {where}", (_matching(phrases), *names))
    return int(count)


def quoted(term: str) -> str:
    """A string of FTS5's query language, in which nothing has a meaning of its own."""
    return '"{}"'.format(term.replace('"', '""'))


def _matching(phrases: Sequence[str]) -> str:
    return " AND ".join(map(quoted, phrases))


def _spans(marked: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``marked``, which is ``text`` with marks put in, has them."""
    at = start = 0
    for character in marked:
        if at < len(text) and character == text[at]:
            at += 1
        elif character == OPENING:
            start = at
        else:
            yield start, at
