"""The daily backup: made beside all other work, and told to the operator."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.storage import DailyBackups
from index import Library
from index.backup import restore_backup
from tests.bot.conftest import World, text_of

RunBot = Callable[..., Awaitable[World]]


@pytest.fixture
def backups(tmp_path: Path, sample: Library) -> DailyBackups:
    return DailyBackups(tmp_path / "library", tmp_path / "backups")


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110  (it happens in another thread)
            await asyncio.sleep(0.02)


async def status(world: World) -> str:
    world.bot.owner_id = world.reader.id
    return text_of(await world.slash("status"))


async def test_a_running_bot_makes_a_backup_a_day(
    sample: Library, run_bot: RunBot, backups: DailyBackups, tmp_path: Path
) -> None:
    world = await run_bot(sample, backups=backups)
    folder = tmp_path / "backups"
    await until(lambda: backups.latest() is not None)
    (first,) = folder.glob("*.zip")
    assert restore_backup(first, tmp_path / "new").articles == 3
    latest = backups.latest()
    assert latest is not None
    assert f"**Latest backup**: {latest.day} " in await status(world)

    await world.pass_time(24 * 3600)
    await until(lambda: len(list(folder.glob("*.zip"))) == 2)
    days = {
        date.fromisoformat(path.stem.removeprefix("dateline-")) for path in folder.glob("*.zip")
    }
    assert days == {latest, latest + timedelta(days=1)}


async def test_a_backup_that_fails_is_logged_and_told_to_the_operator_alone(
    sample: Library,
    run_bot: RunBot,
    backups: DailyBackups,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "backups").touch()
    with caplog.at_level(logging.ERROR, "bot.cogs.backups"):
        world = await run_bot(sample, backups=backups)
        await until(lambda: "there is no backup of today yet: The folder" in caplog.text)
    assert "About 200" in text_of(await world.mention("how many troops?")).replace("**", "")
    assert "backup" not in text_of(await world.slash("status"))
    told = await status(world)
    assert "**Latest backup**: –. The last attempt failed: The folder" in told

    (tmp_path / "backups").unlink()
    cog: Any = world.bot.get_cog("BackupsCog")
    await cog.back_up.coro(cog)
    assert "failed" not in await status(world)


async def test_without_the_setting_there_is_no_backup(world: World) -> None:
    assert world.bot.get_cog("BackupsCog") is None
    assert "backup" not in await status(world)
