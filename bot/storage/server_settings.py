"""The settings of each server."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.store.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How a server wants the bot to behave.

    Args:
        threads: whether each question is answered in a thread of its own.
        editors: the role that may change the collection, besides who manages the server.
        questions: how many of them a person may ask in ``seconds``.
        seconds: 0: as many as they like.
    """

    threads: bool = False
    editors: int | None = None
    questions: int = 20
    seconds: int = 30


class Servers:
    """The settings of servers, and which of them were left."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settings(self, server: int | None) -> ServerSettings:
        """A server's settings; for one that has set nothing, and direct messages, the usual."""
        found = self._database.read(
            "SELECT threads, editors, questions, seconds FROM servers WHERE server = ?", (server,)
        )
        if not found:
            return ServerSettings()
        threads, *rest = found[0]
        return ServerSettings(bool(threads), *rest)

    def change(self, server: int, **settings: Any) -> ServerSettings:
        """Change some of a server's settings, named as in ``ServerSettings``; returns all."""
        assert settings.keys() <= set(ServerSettings.__slots__)
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (server,))
            for name, value in settings.items():
                tx.execute(f"UPDATE servers SET {name} = ? WHERE server = ?", (value, server))
        return self.settings(server)

    def ask_channels(self, server: int | None = None) -> frozenset[int]:
        """The channels in which every question is answered, of one server or (None) of all."""
        found = self._database.read(
            "SELECT channel FROM ask_channels WHERE ?1 IS NULL OR server = ?1", (server,)
        )
        return frozenset(channel for (channel,) in found)

    def set_ask_channels(self, server: int, channels: Collection[int]) -> None:
        """Answer every question in these channels of a server, and in no other one of it."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM ask_channels WHERE server = ?", (server,))
            tx.executemany(
                "INSERT OR REPLACE INTO ask_channels VALUES (?, ?)",
                [(channel, server) for channel in channels],
            )

    def known(self) -> set[int]:
        """The servers of which anything is remembered."""
        found = self._database.read(
            "SELECT server FROM servers UNION SELECT server FROM ask_channels"
            " UNION SELECT server FROM exchanges WHERE server IS NOT NULL"
        )
        return {server for (server,) in found}

    def left(self, server: int, when: datetime) -> None:
        """Remember since when (UTC) the bot is not in a server any more."""
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (server,))
            tx.execute(
                "UPDATE servers SET left_at = coalesce(left_at, ?) WHERE server = ?",
                (when.isoformat(timespec="seconds"), server),
            )

    def came_back(self, server: int) -> None:
        """Forget that a server was left."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE servers SET left_at = NULL WHERE server = ?", (server,))

    def left_before(self, when: datetime) -> list[int]:
        """The servers that were left before a moment (UTC)."""
        found = self._database.read(
            "SELECT server FROM servers WHERE left_at < ?", (when.isoformat(timespec="seconds"),)
        )
        return [server for (server,) in found]

    def forget(self, server: int) -> None:
        """Forget all that is known of a server: its settings, and what was asked in it."""
        with self._database.transaction() as tx:
            for table in ("ask_channels", "exchanges", "servers"):
                tx.execute(f"DELETE FROM {table} WHERE server = ?", (server,))
