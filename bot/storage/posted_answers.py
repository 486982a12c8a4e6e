"""Posted answers by the articles that they quote, to mark those whose article is corrected."""

from collections.abc import Collection
from datetime import datetime

from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database

IDS_AT_A_TIME = 500

MARKABLE = (
    "e.kind = 'ask' AND e.answering IS NOT NULL AND e.channel != 0 AND e.marked_at IS NULL"
    " AND e.versions != '[]'"
)
"""The condition for an answer that everybody in a channel sees, and that is not marked yet."""


class PostedAnswers:
    """The answers in the question log that were posted and are not marked as corrected."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self) -> list[str]:
        """The ids of all articles that they quote."""
        found = self._database.read(
            "SELECT DISTINCT q.article FROM quoted AS q JOIN exchanges AS e ON e.key = q.exchange"
            f" WHERE {MARKABLE}"
        )
        return [article_id for (article_id,) in found]

    def quoting(self, article_ids: Collection[str]) -> list[int]:
        """The keys of the questions whose answers quote one of some articles, latest first."""
        keys: set[int] = set()
        ids = list(article_ids)
        for first in range(0, len(ids), IDS_AT_A_TIME):
            some = ids[first : first + IDS_AT_A_TIME]
            marks = ",".join("?" * len(some))
            found = self._database.read(
                "SELECT e.key FROM quoted AS q JOIN exchanges AS e ON e.key = q.exchange"
                f" WHERE q.article IN ({marks}) AND {MARKABLE}",
                tuple(some),
            )
            keys |= {key for (key,) in found}
        return sorted(keys, reverse=True)

    def set_marked(self, key: int, when: datetime) -> None:
        """Record that an answer was marked, or that its message is gone (UTC)."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE exchanges SET marked_at = ? WHERE key = ?", (timestamp(when), key))
