"""The articles that feeds have added, which feeds may replace and remove."""

from collections.abc import Collection

from index.store.sqlite.database import Database


class FeedArticles:
    """The ids of the articles that feeds have added.

    They stay when their feed is no longer followed. Once somebody adds the same article, it is no
    longer the feed's; see ``IngestJobs.complete``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, collection: str, article_ids: Collection[str]) -> None:
        """Record that feeds add articles to a collection."""
        with self._database.transaction() as tx:
            tx.executemany(
                "INSERT OR IGNORE INTO feed_articles VALUES (?, ?)",
                [(article_id, collection) for article_id in article_ids],
            )

    def release(self, article_id: str) -> None:
        """Record that an article is no longer the feeds', since somebody has edited it."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feed_articles WHERE article = ?", (article_id,))

    def contains(self, article_id: str) -> bool:
        """Whether a feed has added an article."""
        found = self._database.read("SELECT 1 FROM feed_articles WHERE article = ?", (article_id,))
        return bool(found)

    def delete_collection(self, collection: str) -> None:
        """Forget the articles of a collection."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feed_articles WHERE collection = ?", (collection,))
