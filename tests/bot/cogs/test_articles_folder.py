"""The operator's folder is followed while the bot runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.cogs.articles_folder import ArticlesFolderCog
from bot.ingest import loops
from index import Library, Scope
from tests.bot.conftest import World, text_of

RunBot = Callable[..., Awaitable[World]]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


@pytest.fixture
async def world(sample: Library, run_bot: RunBot, news: Path) -> AsyncIterator[World]:
    world = await run_bot(sample, articles_folder=news)
    yield world
    await world.bot.unload_extension("bot.cogs.articles_folder")


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110  (it happens in another thread)
            await asyncio.sleep(0.02)


def titles(world: World, collection: str = "shared") -> set[str]:
    return {article.title for article in world.bot.library.articles(Scope((collection,)))}


async def test_a_file_that_is_dropped_is_answered_from_in_every_server(
    world: World, news: Path
) -> None:
    (news / "otters.md").write_text("# Otters\n\nThe zoo of Korsvik has nine otters.")
    await until(lambda: "Otters" in titles(world))
    assert "nine" in text_of(await world.mention("how many otters?"))

    (news / "otters.md").write_text("# Otters\n\nThe zoo of Korsvik has ten otters.")
    await until(lambda: world.bot.library.count() == 4 and "Otters" in titles(world))
    await until(lambda: all("nine" not in one.text for one in world.bot.library.articles()))
    assert "ten" in text_of(await world.mention("how many otters?"))

    (news / "otters.md").unlink()
    await until(lambda: "Otters" not in titles(world))
    assert len(titles(world)) == 3  # the sample is in no file here, and stays


async def test_questions_are_answered_while_many_files_are_taken_in(
    world: World, news: Path
) -> None:
    for n in range(150):
        (news / f"{n}.txt").write_text(f"Title {n}\n\n" + f"Number {n} was there. " * 3)
    await until(lambda: world.bot.library.count() > 3)
    card = text_of(await world.mention("how many troops?"))
    assert "200" in card
    assert world.bot.library.count() < 153  # they were not all in yet
    await until(lambda: world.bot.library.count() == 153)


async def test_a_folder_that_is_not_there_is_waited_for_and_told_once(
    sample: Library,
    run_bot: RunBot,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loops, "FIRST_RETRY_SECONDS", 0.001)
    monkeypatch.setattr(loops, "MAX_RETRY_SECONDS", 0.01)
    world = await run_bot(sample)
    cog = ArticlesFolderCog(world.bot, sample.mirror(tmp_path / "later"))
    with caplog.at_level(logging.WARNING, logger="bot.ingest.loops"):
        await world.bot.add_cog(cog)
        await until(lambda: "articles folder" in world.bot.loop_health.failures)
        since = world.bot.loop_health.failures["articles folder"].since
        await until(lambda: world.bot.loop_health.retry_seconds("articles folder") >= 0.01)
        assert world.bot.loop_health.failures["articles folder"].since == since
        (tmp_path / "later").mkdir()
        (tmp_path / "later" / "otters.txt").write_text("Otters\n\nThere are nine.")
        await until(lambda: "Otters" in titles(world))
        await until(lambda: not world.bot.loop_health.failures)
        await world.bot.remove_cog("ArticlesFolderCog")
    assert len([r for r in caplog.records if "there is no such folder" in r.message]) == 1


async def test_the_folder_is_followed_again_after_an_unforeseen_error(
    sample: Library, run_bot: RunBot, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "FIRST_RETRY_SECONDS", 0.01)
    world = await run_bot(sample)
    folder_sync = sample.mirror(news)
    cog = ArticlesFolderCog(world.bot, folder_sync)
    with monkeypatch.context() as patch:
        patch.setattr(folder_sync, "sync", lambda: iter([1 / 0]))
        await world.bot.add_cog(cog)
        await until(lambda: "articles folder" in world.bot.loop_health.failures)
    (news / "otters.txt").write_text("Otters\n\nThere are nine.")
    await until(lambda: "Otters" in titles(world))
    await until(lambda: not world.bot.loop_health.failures)
    await world.bot.remove_cog("ArticlesFolderCog")


async def test_what_cannot_be_read_is_logged(
    world: World, news: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="bot.cogs.articles_folder"):
        (news / "a.txt").write_bytes(b"\xff\xfe")
        await until(lambda: "it is not UTF-8 text" in caplog.text)


def unmount(drive: Path) -> None:
    """Leave an empty mount point."""
    drive.rename(drive.parent / "drive")
    drive.mkdir()


async def test_when_most_files_are_missing_the_operator_is_told_and_decides(
    world: World, news: Path
) -> None:
    for n in range(8):
        (news / f"{n}.txt").write_text(f"Title {n}\n\nNumber {n} was there.")
    await until(lambda: world.bot.library.count() == 3 + 8)
    unmount(news)
    restarted = world.bot.library.mirror(news)
    assert sum(len(result.warnings) for result in restarted.sync()) == 1
    assert "Kept without" not in text_of(await world.slash("status"))

    world.bot.owner_id = world.reader.id
    status = text_of(await world.slash("status"))
    assert "**Kept without their files**: 8 articles" in status
    assert "python -m index watch --accept-removals" in status.replace("\\", "")
    assert world.bot.library.count() == 3 + 8

    assert sum(len(result.removed) for result in restarted.accept_removals()) == 8
    assert "Kept without" not in text_of(await world.slash("status"))
