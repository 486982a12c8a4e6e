"""What has been added and corrected in a period, in SQLite."""

from datetime import UTC, datetime

from index.article import Article, FormerArticle
from index.scope import Scope
from index.store.recent_changes import RecentChanges
from index.store.sqlite.articles import SqliteArticles
from index.store.sqlite.database import Database
from index.store.sqlite.rows import FROM_ARTICLES, NEWEST_FIRST, where_in_scope
from index.store.sqlite.soundness import ARTICLE_COLUMNS, ArticleReader


class SqliteRecentChanges(RecentChanges):
    """The times in the tables ``articles`` and ``former_articles``."""

    def __init__(self, database: Database, articles: SqliteArticles, reader: ArticleReader) -> None:
        self._database = database
        self._articles = articles
        self._reader = reader

    def added(
        self, scope: Scope, since: datetime, until: datetime, limit: int | None = None
    ) -> list[Article]:
        where, values = where_in_scope(scope)
        rows = self._database.read(
            f"SELECT {ARTICLE_COLUMNS} {FROM_ARTICLES}"
            f" WHERE {where} AND a.added_at >= ? AND a.added_at < ?"
            f" ORDER BY {NEWEST_FIRST} LIMIT ?",
            (*values, _stored(since), _stored(until), -1 if limit is None else limit),
        )
        return self._reader.sound(rows)

    def count_added(self, scope: Scope, since: datetime, until: datetime) -> int:
        where, values = where_in_scope(scope)
        ((count,),) = self._database.read(
            f"SELECT count(*) {FROM_ARTICLES} WHERE {where} AND a.added_at >= ? AND a.added_at < ?",
            (*values, _stored(since), _stored(until)),
        )
        return int(count)

    def corrected(
        self, scope: Scope, since: datetime, until: datetime, limit: int | None = None
    ) -> list[tuple[Article, FormerArticle]]:
        where, values = where_in_scope(scope)
        ids = self._database.read(
            f"SELECT a.id {FROM_ARTICLES} JOIN former_articles AS f ON f.article = a.key"
            f" WHERE {where} AND f.until >= ? AND f.until < ?"
            " GROUP BY a.key ORDER BY max(f.until) DESC, a.key LIMIT ?",
            (*values, _stored(since), _stored(until), -1 if limit is None else limit),
        )
        found = []
        for (article_id,) in ids:
            former = [
                f
                for f in self._articles.former(article_id)
                if _stored(since) <= _stored(f.until) < _stored(until)
            ]
            current = self._articles.newest(Scope(None, (article_id,)))
            if former and current:
                found.append((current[0], former[-1]))
        return found


def _stored(moment: datetime) -> str:
    """A moment as the times of changes are stored."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
