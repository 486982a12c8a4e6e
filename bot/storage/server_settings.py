"""The settings of each server."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of a server.

    Args:
        threads: whether each question is answered in a thread of its own.
        editors: the id of the role whose members may change the collection, besides those with the
            permission "Manage Server".
        questions: the number that a user may ask within ``seconds``.
        seconds: 0: no limit.
    """

    threads: bool = False
    editors: int | None = None
    questions: int = 20
    seconds: int = 30


class ServerSettingsStore:
    """The settings of servers, and when the bot left them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, guild_id: int | None) -> ServerSettings:
        """The settings of a server; the defaults for direct messages (None)."""
        found = self._database.read(
            "SELECT threads, editors, questions, seconds FROM servers WHERE server = ?", (guild_id,)
        )
        if not found:
            return ServerSettings()
        threads, *rest = found[0]
        return ServerSettings(bool(threads), *rest)

    def update(self, guild_id: int, **settings: Any) -> ServerSettings:
        """Change settings of a server, named as in ``ServerSettings``; returns all of them."""
        assert settings.keys() <= set(ServerSettings.__slots__)
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (guild_id,))
            for name, value in settings.items():
                tx.execute(f"UPDATE servers SET {name} = ? WHERE server = ?", (value, guild_id))
        return self.get(guild_id)

    def ask_channels(self, guild_id: int | None = None) -> frozenset[int]:
        """The channels in which every question is answered, of one server or (None) of all."""
        found = self._database.read(
            "SELECT channel FROM ask_channels WHERE ?1 IS NULL OR server = ?1", (guild_id,)
        )
        return frozenset(channel for (channel,) in found)

    def set_ask_channels(self, guild_id: int, channels: Collection[int]) -> None:
        """Answer every question in these channels of a server, and in no other one of it."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM ask_channels WHERE server = ?", (guild_id,))
            tx.executemany(
                "INSERT OR REPLACE INTO ask_channels VALUES (?, ?)",
                [(channel, guild_id) for channel in channels],
            )

    def known_guilds(self) -> set[int]:
        """The ids of the servers that have settings, ask channels or questions stored."""
        found = self._database.read(
            "SELECT server FROM servers UNION SELECT server FROM ask_channels"
            " UNION SELECT server FROM exchanges WHERE server IS NOT NULL"
        )
        return {guild_id for (guild_id,) in found}

    def mark_left(self, guild_id: int, when: datetime) -> None:
        """Record when (UTC) the bot left a server, or was first found to have left it."""
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (guild_id,))
            tx.execute(
                "UPDATE servers SET left_at = coalesce(left_at, ?) WHERE server = ?",
                (timestamp(when), guild_id),
            )

    def rejoined(self, guild_id: int) -> None:
        """Record that the bot is in a server again."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE servers SET left_at = NULL WHERE server = ?", (guild_id,))

    def left_before(self, before: datetime) -> list[int]:
        """The ids of the servers that the bot left before a time (UTC)."""
        found = self._database.read(
            "SELECT server FROM servers WHERE left_at < ?", (timestamp(before),)
        )
        return [guild_id for (guild_id,) in found]

    def delete(self, guild_id: int) -> None:
        """Delete the settings of a server, and the questions asked in it."""
        with self._database.transaction() as tx:
            for table in ("ask_channels", "exchanges", "servers"):
                tx.execute(f"DELETE FROM {table} WHERE server = ?", (guild_id,))
