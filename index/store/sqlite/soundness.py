"""Whether stored articles are what was added, so that nothing else is ever quoted.

A disk may return other bytes than were written to it, and SQLite does not notice that in a text.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from index.article import Article
from index.errors import DamagedArticleError
from index.store.sqlite.database import Database
from index.text.datelines import omitted_span
from index.text.dates import publication_date

ARTICLE_COLUMNS = (
    "a.key, a.id, a.content_hash, a.title, a.text, a.publisher, a.published, a.url, c.name,"
    " a.author, a.identity"
)
FORMER_COLUMNS = (
    "f.key, a.id, f.content_hash, f.title, f.text, f.publisher, f.published, f.url, c.name,"
    " f.author, a.identity"
)
"""The same of an earlier version."""

MAX_REMEMBERED = 200_000
"""Rows that are remembered as sound, with 16 bytes or so each."""

SQL_BATCH_SIZE = 500
"""Keys in one SQL query."""

Row = Sequence[Any]
"""A row of ``ARTICLE_COLUMNS``."""

Place = tuple[int, int, int, int]
"""The start, end, paragraph and number of a sentence."""

log = logging.getLogger(__name__)


class ArticleReader:
    """Makes articles from rows, and leaves out, with an error in the log, what was not added.

    The first time that a row is read, it is compared with the article's content hash; later, with
    what was found sound then. May be used from several threads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sound: set[int] = set()
        self._well_split: set[int] = set()
        self._reported: set[str] = set()

    def require(self, row: Row) -> Article:
        """The article in a row. Raises DamagedArticleError if it is not what was added."""
        if not self._is_sound(row):
            raise DamagedArticleError(self._report(damaged_text(row)))
        return article_from_row(row)

    def sound(self, rows: Sequence[Row]) -> list[Article]:
        """The articles of those rows that are what was added."""
        return [article_from_row(row) for row in rows if self._is_sound(row) or self._skip(row)]

    def former(self, row: Row) -> Article | None:
        """The earlier version of an article in a row of ``FORMER_COLUMNS``; None if it is not what
        it was."""
        if self._is_sound(row):
            return article_from_row(row)
        self._report(damaged_version(row))
        return None

    def quotable(self, rows: Sequence[Row]) -> dict[int, Article]:
        """The articles, by key, that are what was added and whose sentences match their text. Must
        be called in the snapshot that the rows come from."""
        sound = [row for row in rows if self._is_sound(row) or self._skip(row)]
        unknown = [row for row in sound if _fingerprint(row) not in self._well_split]
        places = stored_places(self._database, [row[0] for row in unknown])
        faulty = set()
        for row in unknown:
            if next(sentence_faults(row[1], row[4], places.get(row[0], ())), None):
                faulty.add(row[0])
                self._report(damaged_sentences(row[1]))
            else:
                _remember(self._well_split, row)
        return {row[0]: article_from_row(row) for row in sound if row[0] not in faulty}

    def _is_sound(self, row: Row) -> bool:
        if _fingerprint(row) in self._sound:
            return True
        sound = is_sound(row)
        if sound:
            _remember(self._sound, row)
        return sound

    def _skip(self, row: Row) -> bool:
        self._report(damaged_text(row))
        return False

    def _report(self, problem: str) -> str:
        """Log a problem the first time that it is met."""
        if problem not in self._reported:
            self._reported.add(problem)
            log.error("%s", problem)
        return problem


def article_from_row(row: Row) -> Article:
    """The article in a row of ``ARTICLE_COLUMNS``, which is not checked."""
    fields = _fields(row)
    published = publication_date(fields["published"])
    return Article.from_storage(fields | {"id": row[1], "published": published})


def unchecked_article(row: Row) -> Article:
    """The article in a row that may be damaged: not to be quoted."""
    key, article_id, content_hash, *values = row
    title, text, publisher, published, *others = (
        value if isinstance(value, str) else None for value in values
    )
    try:
        _date(published)
    except ValueError:
        published = None
    fields = (title or "", text or "", publisher, published, *others)
    return article_from_row((key, article_id, content_hash, *fields))


def is_sound(row: Row) -> bool:
    """Whether the article in a row has the row's content hash and id."""
    _, article_id, content_hash, *_ = row
    try:
        article = Article.from_storage(_fields(row))
        return (article.id, article.content_hash) == (article_id, content_hash)
    except (TypeError, ValueError, AttributeError):  # a value of another type, half a date, …
        return False


def damaged_text(row: Row) -> str:
    """The problem of an article that is not sound, with its remedy."""
    _, article_id, _, title, *_ = row
    return (
        f"The text of article {article_id} (“{title}”) is not what was added, and is not quoted."
        f" Add the article again, or remove it with `python -m index remove {article_id}`."
    )


def damaged_sentences(article_id: str) -> str:
    """The problem of an article whose sentences are not slices of its text, with its remedy."""
    return (
        f"The sentences of article {article_id} do not match its text, and it is not quoted; run"
        " `python -m index rebuild`."
    )


def damaged_version(row: Row) -> str:
    """The problem of an earlier version of an article that is not sound, with its remedy."""
    return (
        f"An earlier version of article {row[1]} is not what it was, and is not shown;"
        " `python -m index rebuild` deletes it."
    )


def stored_places(database: Database, articles: Sequence[int]) -> dict[int, list[Place | None]]:
    """The places of the sentences of articles, by the key of the article, in order; None for one
    that is filed under another collection than its article."""
    places: dict[int, list[Place | None]] = {}
    for first in range(0, len(articles), SQL_BATCH_SIZE):
        batch = articles[first : first + SQL_BATCH_SIZE]
        for article, is_misfiled, *place in database.read(
            'SELECT s.article, s.collection IS NOT a.collection, s.start, s."end", s.paragraph,'
            " s.number FROM sentences AS s JOIN articles AS a ON a.key = s.article"
            f" WHERE s.article IN ({','.join('?' * len(batch))}) ORDER BY s.article, s.start",
            tuple(batch),
        ):
            start, end, paragraph, number = place
            found = None if is_misfiled else (start, end, paragraph, number)
            places.setdefault(article, []).append(found)
    return places


def sentence_faults(article_id: str, text: str, places: Sequence[Place | None]) -> Iterator[str]:
    """What is wrong with the sentences of a sound article: each must lie in the text, after the
    previous one, and be numbered after it; together they must cover every word."""
    omitted = omitted_span(text)
    complete = True
    previous_end = paragraph = number = 0
    for place in places:
        if place is None:
            yield f"A sentence of article {article_id} is filed under another collection."
            continue
        if not is_place(place):
            yield f"A sentence of article {article_id} has no place in it."
            continue
        start, end, *numbers = place
        if not previous_end <= start < end <= len(text):
            yield f"A sentence of article {article_id} overlaps another or leaves the text."
        elif not _has_text(text[start:end]):
            yield f"A sentence of article {article_id} is empty."
        if numbers not in ([paragraph, number + 1], [paragraph + 1, 1]):
            yield f"A sentence of article {article_id} is not numbered after the previous one."
        paragraph, number = numbers
        complete = complete and not _has_text_outside(omitted, text, previous_end, start)
        previous_end = end
    if not complete or _has_text_outside(omitted, text, previous_end, len(text)):
        yield f"Article {article_id} misses a sentence."


def is_place(values: Sequence[object]) -> bool:
    """Whether the values of a stored place are numbers."""
    return all(type(value) is int for value in values)


def stored_moment(value: object) -> datetime | None:
    """A stored time; None without one, or if it is damaged."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _has_text_outside(omitted: tuple[int, int], text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` contains text outside the span that sentences may omit."""
    first, last = omitted
    return _has_text(text[start : min(end, first)]) or _has_text(text[max(start, last) : end])


def _has_text(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _fields(row: Row) -> dict[str, Any]:
    """The fields of an article, except its id, exactly as it was added. Raises ValueError."""
    _, _, _, *values = row
    if not all(value is None or isinstance(value, str) for value in values):
        raise ValueError("a field is no text")
    title, text, publisher, published, url, collection, author, identity = values
    return {
        "title": title,
        "text": text,
        "publisher": publisher,
        "published": _date(published),
        "url": url,
        "collection": collection,
        "author": author,
        "identity": identity,
    }


def _date(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _fingerprint(row: Row) -> int:
    """Fast, and enough to tell a text from itself with some bits changed."""
    return hash(tuple(row[1:]))


def _remember(rows: set[int], row: Row) -> None:
    if len(rows) >= MAX_REMEMBERED:
        rows.clear()
    rows.add(_fingerprint(row))
