"""The file in which the bot remembers, and the parts of what is in it."""

from pathlib import Path
from typing import Self

from bot.storage.feeds import Feeds
from bot.storage.ingest_jobs import Arrivals
from bot.storage.question_log import Exchanges
from bot.storage.server_settings import Servers
from bot.storage.user_locales import People
from index.store.sqlite.database import Database, FileKind

KIND = FileKind("memory of Dateline's bot", 0x44_42_4F_54, "bot.storage")  # "DBOT"


class Memory:
    """What the bot remembers across restarts. It may be used from several threads.

    Raises:
        StoreError: the file cannot be opened, read or written.
        DamagedLibraryError: it is not one of ours, is broken, or comes from a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, KIND)
        self.servers = Servers(self._database)
        self.people = People(self._database)
        self.exchanges = Exchanges(self._database)
        self.arrivals = Arrivals(self._database)
        self.feeds = Feeds(self._database)

    def note(self, name: str) -> str | None:
        """What was noted under a name."""
        found = self._database.read("SELECT value FROM meta WHERE key = ?", (name,))
        return found[0][0] if found else None

    def write_note(self, name: str, value: str) -> None:
        """Note something under a name, in place of what was noted there."""
        with self._database.transaction() as tx:
            tx.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Let go; closing twice is harmless."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
