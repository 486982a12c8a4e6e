"""The bot's database: a SQLite file with several stores and a key-value store."""

from pathlib import Path
from typing import Self

from bot.storage.digest_schedules import DigestSchedules
from bot.storage.edit_log import EditLog
from bot.storage.feed_articles import FeedArticles
from bot.storage.feed_store import FeedStore
from bot.storage.ingest_jobs import IngestJobs
from bot.storage.posted_answers import PostedAnswers
from bot.storage.question_log import QuestionLog
from bot.storage.server_settings import ServerSettingsStore
from bot.storage.user_locales import UserLocales
from bot.storage.watches import Watches
from index.store.sqlite.database import Database
from index.store.sqlite.database_file import FileKind

KIND = FileKind("Dateline bot database", 0x44_42_4F_54, "bot.storage")  # "DBOT"


class Storage:
    """The persistent data of the bot. May be used from several threads.

    Raises:
        StoreError: the file cannot be opened, read or written.
        DamagedLibraryError: the file is of another kind, is broken, or comes from a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, KIND)
        self.server_settings = ServerSettingsStore(self._database)
        self.user_locales = UserLocales(self._database)
        self.question_log = QuestionLog(self._database)
        self.posted_answers = PostedAnswers(self._database)
        self.watches = Watches(self._database)
        self.ingest_jobs = IngestJobs(self._database)
        self.feeds = FeedStore(self._database)
        self.feed_articles = FeedArticles(self._database)
        self.edit_log = EditLog(self._database)
        self.digests = DigestSchedules(self._database)

    def collections(self) -> set[str]:
        """The collections that feeds and ingest jobs belong to."""
        found = self._database.read(
            "SELECT collection FROM feeds UNION SELECT collection FROM arrivals"
            " UNION SELECT collection FROM feed_articles"
        )
        return {collection for (collection,) in found}

    def get_value(self, key: str) -> str | None:
        """The value that ``set_value`` stored under a key; None if there is none."""
        found = self._database.read("SELECT value FROM meta WHERE key = ?", (key,))
        return found[0][0] if found else None

    def set_value(self, key: str, value: str) -> None:
        """Store a value under a key, replacing an earlier one."""
        with self._database.transaction() as tx:
            tx.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close the file; twice is harmless."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
