"""The edit log: what editors did to the articles and feeds of their server."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from bot.storage.rows import RowDecoder
from bot.storage.timestamps import timestamp
from index import Article
from index.store.sqlite.database import Database

EditAction = Literal[
    "added", "corrected", "edited", "removed", "restored", "followed", "unfollowed"
]
"""What was done to an article or, the last two, to a feed."""

COLUMNS = "key, server, person, action, article, title, at, removed IS NOT NULL, changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """Something that an editor did.

    Args:
        article_id: the article that it was done to; None: a feed.
        title: the title of the article or feed at that time.
        at: when (UTC).
        can_be_undone: an article was removed and can be restored.
        changed: the names of the article's fields that were edited; None: not recorded.
    """

    key: int
    guild_id: int
    user_id: int
    action: EditAction
    article_id: str | None
    title: str
    at: datetime
    can_be_undone: bool
    changed: tuple[str, ...] | None = None


class EditLog:
    """The edits of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        guild_id: int,
        user_id: int,
        action: EditAction,
        subjects: Sequence[Article | str],
        now: datetime,
        changed: Collection[str] = (),
    ) -> int:
        """Record what was done to some articles, or to feeds, given by title. A removed article is
        stored with it; returns the key of the last record.

        Args:
            changed: the names of the fields that were edited.
        """
        fields_ = json.dumps(list(changed)) if changed else None
        rows = [
            (subject.id, subject.title, _dump(subject) if action == "removed" else None)
            if isinstance(subject, Article)
            else (None, subject, None)
            for subject in subjects
        ]
        key = 0
        with self._database.transaction() as tx:
            for row in rows:
                inserted = tx.execute(
                    "INSERT INTO edits"
                    " (server, person, action, at, article, title, removed, changed)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (guild_id, user_id, action, timestamp(now), *row, fields_),
                )
                key = inserted.lastrowid or 0
        return key

    def delete(self, key: int) -> None:
        """Delete a record of something that was not done after all."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM edits WHERE key = ?", (key,))

    def get(self, guild_id: int, key: int) -> Edit | None:
        """The edit of a server with a key; None if there is none."""
        found = self._select("server = ? AND key = ?", (guild_id, key))
        return found[0] if found else None

    def last_of_article(self, guild_id: int, article_id: str) -> Edit | None:
        """The last edit of an article; None if there is none."""
        condition = "server = ? AND article = ? ORDER BY key DESC LIMIT 1"
        found = self._select(condition, (guild_id, article_id))
        return found[0] if found else None

    def titled(self, guild_id: int, words: str, limit: int) -> list[Edit]:
        """The last edit of each article whose title contains words, ignoring case and diacritics,
        latest first."""
        contained = words.split() or [""]
        return self._select(
            "key IN (SELECT max(key) FROM edits WHERE server = ? AND article IS NOT NULL"
            " GROUP BY article)"
            + " AND instr(folded(title), folded(?))" * len(contained)
            + " ORDER BY key DESC LIMIT ?",
            (guild_id, *contained, limit),
        )

    def page(self, guild_id: int, article_id: str | None, limit: int, offset: int) -> list[Edit]:
        """The edits of a server, or only those of an article, latest first."""
        return self._select(
            "server = ? AND (?2 IS NULL OR article = ?2) ORDER BY key DESC LIMIT ?3 OFFSET ?4",
            (guild_id, article_id, limit, offset),
        )

    def count(self, guild_id: int, article_id: str | None) -> int:
        """The number of edits on all pages."""
        ((count,),) = self._database.read(
            "SELECT count(*) FROM edits WHERE server = ? AND (?2 IS NULL OR article = ?2)",
            (guild_id, article_id),
        )
        return int(count)

    def last_removal(self, guild_id: int) -> Edit | None:
        """The last removal of a server that can be undone."""
        found = self._select(
            "server = ? AND removed IS NOT NULL ORDER BY key DESC LIMIT 1", (guild_id,)
        )
        return found[0] if found else None

    def removed_article(self, guild_id: int, key: int) -> Article | None:
        """The article of a removal; None if it cannot be restored any more."""
        found = self._database.read(
            "SELECT removed FROM edits WHERE server = ? AND key = ? AND removed IS NOT NULL",
            (guild_id, key),
        )
        return _load(found[0][0]) if found else None

    def forget_removed(self, key: int) -> None:
        """Delete the article of a removal, which has been restored."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE edits SET removed = NULL WHERE key = ?", (key,))

    def purge(self, before: datetime, removed_before: datetime) -> None:
        """Delete the edits before a time, and the articles that were removed before another."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM edits WHERE at < ?", (timestamp(before),))
            tx.execute(
                "UPDATE edits SET removed = NULL WHERE at < ? AND removed IS NOT NULL",
                (timestamp(removed_before),),
            )

    def _select(self, condition: str, values: tuple[Any, ...]) -> list[Edit]:
        found = self._database.read(f"SELECT {COLUMNS} FROM edits WHERE {condition}", values)
        return _decoder.decode_all(found)


_decoder = RowDecoder(
    Edit, "record of an edit", [field.name for field in fields(Edit)], ("changed",)
)


def _dump(article: Article) -> str:
    known = {field.name: getattr(article, field.name) for field in fields(Article)}
    known["published"] = article.published.isoformat() if article.published else None
    return json.dumps(known, ensure_ascii=False)


def _load(stored: str) -> Article:
    """The article exactly as it was, whatever the limits for new ones are by now."""
    record = json.loads(stored)
    published = record["published"]
    if published:
        kind = datetime if "T" in published else date
        record["published"] = kind.fromisoformat(published)
    return Article.from_storage(record)
