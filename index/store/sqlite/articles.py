"""Articles, their sentences and vectors in SQLite."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from index.article import Article, FormerArticle, Sentence
from index.embedding.base import ModelInfo, Vectors
from index.errors import DamagedArticleError
from index.scope import EVERYTHING, Scope
from index.store.base import ArticleStore
from index.store.sqlite.database import Database
from index.store.sqlite.derived import forget_last_version, rederive
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.near_duplicates import update_near_duplicates
from index.store.sqlite.rows import (
    FROM_ALL_ARTICLES,
    FROM_ARTICLES,
    NEWEST_FIRST,
    SENTENCE_COLUMNS,
    collection_key,
    insert_sentences,
    model_key_for_writing,
    record_change,
    sentence_from_row,
    where_in_scope,
)
from index.store.sqlite.soundness import (
    ARTICLE_COLUMNS,
    FORMER_COLUMNS,
    ArticleReader,
    Row,
    damaged_sentences,
    is_place,
    is_sound,
    stored_moment,
    unchecked_article,
)
from index.store.sqlite.vectors import insert_vectors, vectors_by_text
from index.store.sqlite.vocabulary import add_words, forget_words, words_of
from index.store.values import Change, Count, StoredSentence
from index.text.near_duplicates import bands_of

PAGE_SIZE = 500
"""Articles that are loaded at a time."""

ROW_BY_ID = f"SELECT {ARTICLE_COLUMNS} {FROM_ALL_ARTICLES} WHERE a.id"
"""The row of an article; to be followed by a comparison."""


class SqliteArticles(ArticleStore):
    """The tables ``articles``, ``former_articles``, ``sentences`` and ``vectors``."""

    def __init__(self, database: Database, indexes: FaissIndexes, reader: ArticleReader) -> None:
        self._database = database
        self._indexes = indexes
        self._reader = reader

    def put(
        self, article: Article, sentences: Sequence[Sentence], vectors: Vectors, model: ModelInfo
    ) -> Change:
        bands = list(bands_of(article.text))  # takes time, so not within the transaction
        with self._database.transaction() as tx:
            model_key = model_key_for_writing(tx, model)
            collection = collection_key(tx, article.collection)
            old = tx.execute(f"{ROW_BY_ID} = ?", (article.id,)).fetchone()
            is_damaged = old is not None and not is_sound(old)
            if old and not is_damaged and old[2] == article.content_hash:
                return "unchanged"
            fields = (
                article.title,
                article.text,
                article.publisher,
                article.published.isoformat() if article.published else None,
                article.url,
                article.author,
                article.identity,
                article.content_hash,
                datetime.now(UTC).isoformat(timespec="seconds"),
            )
            if old:
                key = old[0]
                old_words = words_of(tx, key)
                tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
                tx.execute(
                    "UPDATE articles SET title = ?, text = ?, publisher = ?, published = ?,"
                    " url = ?, author = ?, identity = coalesce(?, identity), content_hash = ?,"
                    " changed_at = ?, collection = ? WHERE key = ?",
                    (*fields, collection, key),
                )
            else:
                key = tx.execute(
                    "INSERT INTO articles (id, collection, title, text, publisher, published, url,"
                    " author, identity, content_hash, changed_at, added_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (article.id, collection, *fields, fields[-1]),
                ).lastrowid
            keys = insert_sentences(tx, key, collection, article.text, sentences)
            insert_vectors(tx, keys, vectors, model_key)
            add_words(tx, key, collection)
            if old:
                forget_words(tx, collection, old_words)
            update_near_duplicates(tx, key, article.text, bands)
            record_change(tx, collection)
            if is_damaged:
                forget_last_version(tx, key)
                rederive(tx)  # it was indexed with another text
        return "updated" if old else "added"

    def remove(self, article_id: str) -> bool:
        with self._database.transaction() as tx:
            found = tx.execute(f"{ROW_BY_ID} = ?", (article_id,)).fetchone()
            if not found:
                return False
            key = found[0]
            (collection,) = tx.execute(
                "SELECT collection FROM articles WHERE key = ?", (key,)
            ).fetchone()
            words = words_of(tx, key)
            tx.execute("DELETE FROM sentences WHERE article = ?", (key,))
            tx.execute("DELETE FROM articles WHERE key = ?", (key,))
            forget_words(tx, collection, words)
            record_change(tx, collection)
            if not is_sound(found):  # it was indexed with another text
                rederive(tx)
        return True

    def clear(self, collection: str) -> int:
        with self._database.transaction() as tx:
            found = tx.execute(
                "SELECT key, articles FROM collections WHERE name = ?", (collection,)
            ).fetchone()
            key, count = found or (0, 0)
            if count:
                sql = f"SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES} WHERE c.key = ?"
                any_damaged = not all(map(is_sound, tx.execute(sql, (key,))))
                tx.execute("DELETE FROM sentences WHERE collection = ?", (key,))
                tx.execute("DELETE FROM articles WHERE collection = ?", (key,))
                tx.execute("DELETE FROM words WHERE collection = ?", (key,))
                record_change(tx, key)
                if any_damaged:
                    rederive(tx)
        self._indexes.delete_empty()
        return int(count)

    def get(self, article_id: str, *, even_damaged: bool = False) -> Article | None:
        sql = f"{ROW_BY_ID} >= ? AND a.id < ? LIMIT 2"
        found = self._database.read(sql, (article_id, article_id + "~"))
        if len(found) != 1 or not article_id:
            return None
        return unchecked_article(found[0]) if even_damaged else self._reader.require(found[0])

    def newest(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        with self._database.snapshot():
            return list(self._loaded(self._newest_ids(scope, title, limit, offset)))

    def every_article(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        return self._loaded(self._newest_ids(scope))

    def _newest_ids(
        self, scope: Scope, title: str = "", limit: int | None = None, offset: int = 0
    ) -> list[str]:
        where, values = where_in_scope(scope)
        words = title.split() or [""]
        contains_all = " AND instr(casefold(a.title), casefold(?))" * len(words)
        found = self._database.read(
            f"SELECT a.id {FROM_ARTICLES} WHERE {where} {contains_all}"
            f" ORDER BY instr(casefold(a.title), casefold(?)), {NEWEST_FIRST} LIMIT ? OFFSET ?",
            (*values, *words, words[0], -1 if limit is None else limit, offset),
        )
        return [article_id for (article_id,) in found]

    def _loaded(self, ids: Sequence[str]) -> Iterator[Article]:
        """The articles with these ids that exist, loaded in pages."""
        for first in range(0, len(ids), PAGE_SIZE):
            page = ids[first : first + PAGE_SIZE]
            marks = ",".join("?" * len(page))
            rows = self._database.read(
                f"SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES} WHERE a.id IN ({marks})",
                tuple(page),
            )
            found = {row[1]: row for row in rows}
            yield from self._reader.sound([found[one] for one in page if one in found])

    def count(self, scope: Scope = EVERYTHING) -> Count:
        where, values = where_in_scope(scope)
        if scope.is_filtered:
            sql = (
                "SELECT count(DISTINCT a.key), count(s.key)"
                f" {FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key WHERE {where}"
            )
        else:
            sql = (
                "SELECT coalesce(sum(articles), 0), coalesce(sum(sentences), 0)"
                f" FROM collections AS c WHERE {where}"
            )
        ((articles, sentences),) = self._database.read(sql, values)
        return Count(articles, sentences)

    def publishers(self, scope: Scope, name: str, limit: int) -> list[str]:
        where, values = where_in_scope(scope)
        found = self._database.read(
            f"SELECT a.publisher {FROM_ARTICLES} WHERE {where} AND a.publisher IS NOT NULL"
            " AND instr(casefold(a.publisher), casefold(?))"
            " GROUP BY casefold(a.publisher) ORDER BY count(*) DESC, a.publisher LIMIT ?",
            (*values, name, limit),
        )
        return [publisher for (publisher,) in found]

    def last_change(self, scope: Scope) -> datetime | None:
        where, values = where_in_scope(scope)
        ((last,),) = self._database.read(
            f"SELECT max(a.changed_at) {FROM_ARTICLES} WHERE {where}", values
        )
        return stored_moment(last)

    def content_hash(self, article_id: str) -> str | None:
        rows = self._database.read(f"{ROW_BY_ID} = ?", (article_id,))
        return rows[0][2] if self._reader.sound(rows) else None

    def former(self, article_id: str) -> list[FormerArticle]:
        found = self._database.read(
            f"SELECT f.until, {FORMER_COLUMNS} {FROM_ARTICLES}"
            " JOIN former_articles AS f ON f.article = a.key"
            " WHERE a.id = ? ORDER BY f.key DESC",
            (article_id,),
        )
        return [
            FormerArticle(article, moment)
            for until, *row in found
            if (article := self._reader.former(row)) and (moment := stored_moment(until))
        ]

    def sentences(self, article_id: str) -> list[Sentence]:
        found = self._database.read(
            f"SELECT {SENTENCE_COLUMNS} FROM sentences AS s"
            " JOIN articles AS a ON a.key = s.article WHERE a.id = ? ORDER BY s.start",
            (article_id,),
        )
        if not all(map(is_place, found)):
            raise DamagedArticleError(damaged_sentences(article_id))
        return [sentence_from_row(row) for row in found]

    def keyed_sentences(self, article_ids: Sequence[str]) -> dict[str, list[tuple[int, Sentence]]]:
        marks = ",".join("?" * len(article_ids))
        found = self._database.read(
            f"SELECT a.id, s.key, {SENTENCE_COLUMNS} FROM sentences AS s"
            f" JOIN articles AS a ON a.key = s.article WHERE a.id IN ({marks})"
            " ORDER BY s.article, s.start",
            tuple(article_ids),
        )
        sentences: dict[str, list[tuple[int, Sentence]]] = {}
        for article_id, key, *place in found:
            if is_place(place):  # else the article is not quoted
                sentences.setdefault(article_id, []).append((key, sentence_from_row(place)))
        return sentences

    def fetch(self, keys: Sequence[int]) -> dict[int, StoredSentence]:
        return self._fetch(keys, self._reader.quotable)

    def fetch_unchecked(self, keys: Sequence[int]) -> list[StoredSentence]:
        """As ``fetch``, but of damaged articles, too: nothing of them may be shown."""
        found = self._fetch(keys, lambda rows: {row[0]: unchecked_article(row) for row in rows})
        return list(found.values())

    def _fetch(
        self, keys: Sequence[int], articles_of: Callable[[Sequence[Row]], dict[int, Article]]
    ) -> dict[int, StoredSentence]:
        chosen = f"({','.join('?' * len(keys))})"
        with self._database.snapshot():
            sentences = self._database.read(
                f"SELECT s.key, s.article, {SENTENCE_COLUMNS} FROM sentences AS s"
                f" WHERE s.key IN {chosen} ORDER BY s.key",
                tuple(keys),
            )
            # Joined with its sentences, an article would be read once for each of them.
            rows = self._database.read(
                f"SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES} WHERE a.key IN"
                f" (SELECT article FROM sentences WHERE key IN {chosen})",
                tuple(keys),
            )
            articles = articles_of(rows)
        return {
            key: StoredSentence(key, articles[article], sentence_from_row(place))
            for key, article, *place in sentences
            if article in articles and is_place(place)
        }

    def vectors_by_text(self, article_id: str, model: ModelInfo) -> dict[str, Vectors]:
        with self._database.snapshot():
            if not self._reader.quotable(self._database.read(f"{ROW_BY_ID} = ?", (article_id,))):
                return {}
            return vectors_by_text(self._database, article_id, model)
