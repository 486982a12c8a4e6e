"""The log of changes in SQLite: whatever changes an article gives it sentences with new keys."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from index.store.changes import ChangeLog
from index.store.sqlite.database import Database
from index.store.sqlite.soundness import stored_moment

MARK = re.compile(r"(\d{1,18}) (\S{1,40})")

CLOCK_TOLERANCE = timedelta(days=1)
"""How far clocks may be wrong or turned back."""

IDS_AT_A_TIME = 500

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class SqliteChangeLog(ChangeLog):
    """A mark is the greatest key of a sentence, which is never used again, and the time of the
    latest change: splitting old articles anew makes new keys, but leaves the times as they are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> str:
        with self._database.snapshot():
            ((changed_at,),) = self._database.read("SELECT max(changed_at) FROM articles")
            return _mark(self._last_key(), stored_moment(changed_at) or NEVER)

    def since(self, mark: str, limit: int = 2000) -> tuple[list[str], str]:
        position = MARK.fullmatch(mark)
        changed_before = stored_moment(position[2]) if position else None
        if position is None or changed_before is None or changed_before.tzinfo is None:
            return [], self.latest()
        key = int(position[1])
        with self._database.snapshot():
            if key > self._last_key():
                return [], self.latest()
            found = self._database.read(
                "SELECT a.id, a.changed_at, max(s.key) FROM"
                " (SELECT key, article FROM sentences WHERE key > ? ORDER BY key LIMIT ?) AS s"
                " JOIN articles AS a ON a.key = s.article GROUP BY a.key ORDER BY max(s.key)",
                (key, limit),
            )
        ids, latest = [], changed_before
        for article_id, changed_at, last in found:
            moment, key = stored_moment(changed_at), last
            if moment is None or moment >= changed_before - CLOCK_TOLERANCE:
                ids.append(article_id)
                latest = max(latest, moment or latest)
        return ids, _mark(key, latest)

    def existing(self, article_ids: Collection[str]) -> set[str]:
        found, ids = set(), list(article_ids)
        for first in range(0, len(ids), IDS_AT_A_TIME):
            some = ids[first : first + IDS_AT_A_TIME]
            marks = ",".join("?" * len(some))
            sql = f"SELECT id FROM articles WHERE id IN ({marks})"
            found |= {article_id for (article_id,) in self._database.read(sql, tuple(some))}
        return found

    def _last_key(self) -> int:
        found = self._database.read("SELECT seq FROM sqlite_sequence WHERE name = 'sentences'")
        return int(found[0][0]) if found else 0


def _mark(key: int, changed_at: datetime) -> str:
    return f"{key} {changed_at.isoformat(timespec='seconds')}"
