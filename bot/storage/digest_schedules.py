"""The digests that are posted in servers at a time of day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """When and where a server gets its digest.

    Args:
        weekday: 0 for Monday; None: every day.
        at: the time of day in ``zone``.
        zone: a name of the IANA time zone database ("Europe/Madrid").
        until: when (UTC) the period of the last digest ended.
    """

    guild_id: int
    channel_id: int
    weekday: int | None
    at: time
    zone: str
    until: datetime

    def due_at(self) -> datetime:
        """When (UTC) the next digest is due: the first scheduled time after ``until``.

        A time that the clocks skip in spring is an hour later; of one that they repeat in autumn,
        the first counts.
        """
        zone = ZoneInfo(self.zone)
        day = self.until.astimezone(zone).date()
        while True:
            due = datetime.combine(day, self.at, zone).astimezone(UTC)
            if due > self.until and self.weekday in (None, day.weekday()):
                return due
            day += timedelta(days=1)


class DigestSchedules:
    """The digest schedules of all servers: at most one each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[DigestSchedule]:
        """The schedules of all servers."""
        return self._read("")

    def get(self, guild_id: int) -> DigestSchedule | None:
        """The schedule of a server; None without one."""
        return next(iter(self._read("WHERE server = ?", guild_id)), None)

    def set(self, schedule: DigestSchedule) -> None:
        """Store a schedule, replacing the server's earlier one."""
        with self._database.transaction() as tx:
            tx.execute(
                "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?, ?)",
                (
                    schedule.guild_id,
                    schedule.channel_id,
                    schedule.weekday,
                    schedule.at.isoformat("minutes"),
                    schedule.zone,
                    timestamp(schedule.until),
                ),
            )

    def mark_posted(self, guild_id: int, until: datetime) -> None:
        """Record the end (UTC) of the period of a digest that has been posted."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE digests SET until = ? WHERE server = ?", (timestamp(until), guild_id)
            )

    def delete(self, guild_id: int) -> bool:
        """Delete the schedule of a server; False if there is none."""
        with self._database.transaction() as tx:
            return tx.execute("DELETE FROM digests WHERE server = ?", (guild_id,)).rowcount > 0

    def _read(self, where: str, *values: int) -> list[DigestSchedule]:
        return [
            DigestSchedule(
                server,
                channel,
                weekday,
                time.fromisoformat(at),
                zone,
                datetime.fromisoformat(until),
            )
            for server, channel, weekday, at, zone, until in self._database.read(
                f"SELECT server, channel, weekday, at, zone, until FROM digests {where}", values
            )
        ]
