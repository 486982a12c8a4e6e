"""One backup a day, of which the latest seven are kept."""

import re
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from index import BackupError, DatelineError
from index.backup import write_backup

KEPT = 7
"""How many backups are kept."""

NAME = re.compile(r"dateline-(\d{4}-\d\d-\d\d)\.zip")
"""The name of a day's backup. Files with other names are never touched."""


class DailyBackups:
    """The backups of a library's folder, with the bot's database, in another folder.

    The folder is created with the first backup. No other bot may use it.
    """

    def __init__(self, library: Path, folder: Path) -> None:
        self._library = library
        self._folder = folder
        self._cancelled = threading.Event()
        self.failure: str | None = None
        """Why the latest attempt failed; None if it succeeded, or there was none."""

    def make(self, day: date) -> Path | None:
        """Make the backup of a day (UTC) and delete the oldest; None if the day has one already.

        Takes a second to minutes. Raises DatelineError.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / f"dateline-{day}.zip"
            if target.exists():
                return None
            write_backup(self._library, target, progress=self._go_on)
            for old in self._days()[:-KEPT]:
                (self._folder / f"dateline-{old}.zip").unlink()
        except OSError as error:
            self.failure = f"The folder {self._folder} cannot be used: {error.strerror}."
            raise BackupError(self.failure) from error
        except DatelineError as error:
            self.failure = str(error)
            raise
        self.failure = None
        return target

    def latest(self) -> date | None:
        """The day of the latest backup."""
        try:
            days = self._days()
        except OSError:
            return None
        return days[-1] if days else None

    def cancel(self) -> None:
        """Let ``make`` end soon, without a backup."""
        self._cancelled.set()

    def _go_on(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise BackupError("The bot was stopped before the backup was complete.")

    def _days(self) -> list[date]:
        """The days that have a backup, earliest first. Raises OSError."""
        days = []
        for path in self._folder.iterdir():
            if match := NAME.fullmatch(path.name):
                with suppress(ValueError):  # the 99th of a month
                    days.append(date.fromisoformat(match[1]))
        return sorted(days)
