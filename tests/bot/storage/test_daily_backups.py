"""One backup a day, and no file is deleted that the bot did not make."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.storage import DailyBackups, Storage
from index import BackupError, DatelineError
from index.backup import restore_backup
from index.store import SqliteStore

TODAY = date(2026, 11, 23)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path / "library"), Storage(tmp_path / "library" / "bot.sqlite") as storage:
        storage.set_value("name", "value")
    return tmp_path / "library"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_day_has_one_backup_with_the_bots_own_database(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "backups"
    backups = DailyBackups(library, folder)
    assert backups.latest() is None
    assert backups.make(TODAY) == folder / "dateline-2026-11-23.zip"
    assert backups.make(TODAY) is None
    assert DailyBackups(library, folder).make(TODAY) is None
    assert names(folder) == ["dateline-2026-11-23.zip"]
    assert backups.latest() == TODAY

    restore_backup(folder / "dateline-2026-11-23.zip", tmp_path / "new")
    with Storage(tmp_path / "new" / "bot.sqlite") as storage:
        assert storage.get_value("name") == "value"


def test_seven_are_kept_and_other_files_are_not_touched(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    others = [
        "dateline-2020-01-01 (kept).zip",
        "dateline-2020-01-01-101500.zip",
        "dateline-2020-13-45.zip",
        "dateline-old.zip",
        "my-dateline-2020-01-01.zip",
        "photos.zip",
    ]
    for name in others:
        (folder / name).touch()
    backups = DailyBackups(library, folder)
    days = [TODAY + timedelta(days) for days in range(9)]
    for day in days:
        backups.make(day)
    assert names(folder) == sorted([*others, *(f"dateline-{day}.zip" for day in days[2:])])
    assert backups.latest() == days[-1]


def test_a_failure_deletes_nothing_and_is_told_until_there_is_a_backup(
    library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    backups = DailyBackups(library, folder)
    for days in range(7):
        backups.make(TODAY + timedelta(days))
    before = names(folder)
    content = (library / "library.sqlite").read_bytes()
    (library / "library.sqlite").write_bytes(b"No database at all. " * 100)
    with pytest.raises(DatelineError, match="not a database"):
        backups.make(TODAY + timedelta(7))
    assert names(folder) == before
    assert backups.failure
    assert "not a database" in backups.failure
    (library / "library.sqlite").write_bytes(content)
    backups.make(TODAY + timedelta(7))
    assert backups.failure is None


def test_a_folder_that_cannot_be_used_is_a_sentence(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    backups = DailyBackups(library, tmp_path / "file")
    with pytest.raises(BackupError, match=r"The folder .*file cannot be used: File exists"):
        backups.make(TODAY)
    assert backups.latest() is None


def test_a_cancelled_backup_leaves_nothing(library: Path, tmp_path: Path) -> None:
    backups = DailyBackups(library, tmp_path / "backups")
    backups.cancel()
    with pytest.raises(BackupError, match="was stopped"):
        backups.make(TODAY)
    assert names(tmp_path / "backups") == []
