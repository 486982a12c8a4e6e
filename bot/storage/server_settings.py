"""Server settings."""

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
        threads: whether each question is answered in its own thread.
        editors: the id of a role whose members may change the server's collection, in addition to
            members with the permission "Manage Server".
        questions: the number of questions that a user may ask within ``seconds``.
        seconds: the period of the rate limit; 0: no limit.
    """

    threads: bool = False
    editors: int | None = None
    questions: int = 20
    seconds: int = 30


class ServerSettingsStore:
    """The settings of all servers, and the times when the bot left them."""

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
        """Change some settings of a server, given by name; returns all of its settings."""
        assert settings.keys() <= set(ServerSettings.__slots__)
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (guild_id,))
            for name, value in settings.items():
                tx.execute(f"UPDATE servers SET {name} = ? WHERE server = ?", (value, guild_id))
        return self.get(guild_id)

    def ask_channels(self, guild_id: int | None = None) -> frozenset[int]:
        """The ids of the channels where every question is answered, in one server or (None) all."""
        found = self._database.read(
            "SELECT channel FROM ask_channels WHERE ?1 IS NULL OR server = ?1", (guild_id,)
        )
        return frozenset(channel for (channel,) in found)

    def set_ask_channels(self, guild_id: int, channels: Collection[int]) -> None:
        """Replace the ask channels of a server."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM ask_channels WHERE server = ?", (guild_id,))
            tx.executemany(
                "INSERT OR REPLACE INTO ask_channels VALUES (?, ?)",
                [(channel, guild_id) for channel in channels],
            )

    def known_guilds(self) -> set[int]:
        """The ids of the servers with settings, questions, edits or users; see also
        ``Storage.collections``."""
        found = self._database.read(
            "SELECT server FROM servers UNION SELECT server FROM ask_channels"
            " UNION SELECT server FROM exchanges WHERE server IS NOT NULL"
            " UNION SELECT server FROM people WHERE server IS NOT NULL"
            " UNION SELECT server FROM edits"
            " UNION SELECT server FROM digests"
            " UNION SELECT server FROM watches WHERE server IS NOT NULL"
        )
        return {guild_id for (guild_id,) in found}

    def mark_left(self, guild_id: int, when: datetime) -> None:
        """Record when (UTC) the bot left a server; an earlier record is not changed."""
        with self._database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO servers (server) VALUES (?)", (guild_id,))
            tx.execute(
                "UPDATE servers SET left_at = coalesce(left_at, ?) WHERE server = ?",
                (timestamp(when), guild_id),
            )

    def rejoined(self, guild_id: int) -> None:
        """Record that the bot has joined a server again."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE servers SET left_at = NULL WHERE server = ?", (guild_id,))

    def left_before(self, before: datetime) -> list[int]:
        """The ids of the servers that the bot left before a time (UTC)."""
        found = self._database.read(
            "SELECT server FROM servers WHERE left_at < ?", (timestamp(before),)
        )
        return [guild_id for (guild_id,) in found]

    def delete(self, guild_id: int) -> None:
        """Delete the settings, the edits, the watches and the logged questions of a server, and the
        locales of users who were last seen or have asked there and have asked or watch nothing
        elsewhere."""
        with self._database.transaction() as tx:
            tx.execute(
                "DELETE FROM people WHERE"
                " (server = ?1 OR person IN (SELECT person FROM exchanges WHERE server = ?1))"
                " AND person NOT IN (SELECT person FROM exchanges WHERE server IS NOT ?1)"
                " AND person NOT IN (SELECT person FROM watches WHERE server IS NOT ?1)",
                (guild_id,),
            )
            for table in ("ask_channels", "edits", "exchanges", "watches", "servers"):
                tx.execute(f"DELETE FROM {table} WHERE server = ?", (guild_id,))
