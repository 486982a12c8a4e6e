"""The clock of the preview: the bot's timers run with the real time."""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import simcord

from bot.preview import clock
from bot.preview.clock import RealClock, keep_time
from index.store.sqlite import articles as sqlite_articles
from tests.bot.cogs.test_digest import STRIKE, Clock
from tests.bot.conftest import World, text_of

PATIENCE = 60.0
"""Seconds until a test of what should happen soon is given up."""


class Page:
    """Tells when the page is published again."""

    def __init__(self) -> None:
        self.published = asyncio.Event()

    async def refresh(self) -> None:
        self.published.set()


@pytest.fixture
def minutes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock is a minute later."""
    minutes = count()
    monkeypatch.setattr(clock, "monotonic", lambda: next(minutes) * 60.0)
    monkeypatch.setattr(clock, "TICK_SECONDS", 0.0)


async def tick(world: World, page: Any, until: asyncio.Event) -> None:
    """Let the timers of the preview run until something happened."""
    shown = world.channel.history

    def fingerprint() -> object:
        return [message.id for message in shown()]

    timers = asyncio.create_task(keep_time(world.env, page, asyncio.Lock(), fingerprint))
    try:
        async with asyncio.timeout(PATIENCE):
            await until.wait()
    finally:
        timers.cancel()
        await asyncio.wait({timers})


@pytest.mark.usefixtures("minutes_pass")
async def test_what_is_scheduled_happens_and_is_shown(
    editor: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await editor.show_command("settings")
    soon = f"{editor.env.now() + timedelta(minutes=5):%H:%M}"
    await editor.slash("settings digest", channel=editor.channel, every="day", at=soon)
    monkeypatch.setattr(sqlite_articles, "datetime", Clock)
    Clock.present = editor.env.now() + timedelta(minutes=1)
    editor.bot.library.add(STRIKE)

    page = Page()
    await tick(editor, page, page.published)

    assert "Crews of Meridian Lines" in text_of(editor.last())


@pytest.mark.usefixtures("minutes_pass")
async def test_nothing_is_published_again_while_nothing_happens(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked = asyncio.Event()
    advance, ticks = world.env.advance_time, count(1)

    async def advance_time(seconds: float) -> None:
        await advance(seconds)
        if next(ticks) == 3:
            ticked.set()

    monkeypatch.setattr(world.env, "advance_time", advance_time)
    page = Page()
    await tick(world, page, ticked)

    assert not page.published.is_set()


@pytest.mark.usefixtures("minutes_pass")
async def test_what_is_due_while_the_bot_is_busy_is_made_up_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    done = asyncio.Event()

    async def advance_time(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 1:
            raise simcord.SetupError("operation overlaps active send")
        done.set()

    monkeypatch.setattr(world.env, "advance_time", advance_time)
    await tick(world, Page(), done)

    assert asked[:2] == [60, 120]


def test_it_tells_the_real_time() -> None:
    told = RealClock()
    told.advance(1000)
    assert abs(told.now() - RealClock().now()) < timedelta(seconds=900)
