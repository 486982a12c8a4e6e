"""Each of the bot's background loops survives an unforeseen error, and the operator is told."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from bot.cogs.status import LOOP_KEYS
from bot.ingest.loops import INTERNAL_ERROR, MAX_RETRY_SECONDS, LoopName
from tests.bot.conftest import World, text_of

HOUR = 3600.0


def _unchecked(world: World) -> tuple[object, str]:
    """What looks for corrected answers, which it does only if the library has changed."""
    cog: Any = world.bot.get_cog("CorrectionsCog")
    cog._generation = None
    return world.bot.storage.posted_answers, "articles"


CALLED: dict[LoopName, Callable[[World], tuple[object, str]]] = {
    "announcements": lambda world: (world.bot.storage.feeds, "pending_announcements"),
    "digests": lambda world: (world.bot.storage.digests, "all"),
    "failing feeds": lambda world: (world.bot.storage.feeds, "unreported_failures"),
    "feeds": lambda world: (world.bot.storage.feeds, "due"),
    "indexes": lambda world: (world.bot.library, "flush"),
    "links": lambda world: (world.bot.storage.ingest_jobs, "due_links"),
    "queue": lambda world: (world.bot.storage.ingest_jobs, "due_articles"),
    "retention": lambda world: (world.bot.storage.question_log, "purge"),
    "schedule": lambda world: (world.bot.feed_follower, "wake_if_due"),
    "shared feeds": lambda world: (world.bot.storage.feeds, "keep_only"),
    "corrections": lambda world: _unchecked(world),
    "watches": lambda world: (world.bot.storage.watches, "active"),
    "watch alarms": lambda world: (world.bot.storage.watches, "pending"),
}
"""A method that each loop calls. The loop that follows the articles folder has its own tests."""


class Broken:
    """A method that fails while it is broken, and counts the calls that succeed."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self.method = method
        self.is_broken = True
        self.failures = self.successes = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.is_broken:
            self.failures += 1
            raise ZeroDivisionError("unforeseen")
        self.successes += 1
        return self.method(*args, **kwargs)


def test_every_loop_is_tested_and_has_a_name() -> None:
    names = set(get_args(LoopName))
    assert names == {*CALLED, "articles folder"}
    assert names == LOOP_KEYS.keys()


@pytest.mark.parametrize("name", CALLED)
async def test_a_loop_survives_an_unforeseen_error(
    name: LoopName, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    owner, method = CALLED[name](world)
    broken = Broken(getattr(owner, method))
    monkeypatch.setattr(owner, method, broken)
    world.bot.feed_follower._follows_shared = False
    interval = HOUR if name in ("indexes", "retention") else MAX_RETRY_SECONDS

    for _ in range(3):
        await world.pass_time(interval)
    assert broken.failures > 1
    assert world.bot.loop_health.failures[name].reason == INTERNAL_ERROR
    assert sum("unforeseen" in record.getMessage() for record in caplog.records) == 1

    broken.is_broken = False
    await world.pass_time(interval)
    assert broken.successes > 0
    assert world.bot.loop_health.failures == {}


async def test_only_the_operator_is_told_what_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken(world.bot.storage.feeds.due)
    monkeypatch.setattr(world.bot.storage.feeds, "due", broken)
    await world.pass_time(31)

    assert "Failing" not in text_of(await world.slash("status"))

    world.bot.owner_id = world.reader.id
    told = text_of(await world.slash("status"))
    assert "**Failing**: polling feeds, since 1 January 2026, 00:0" in told
    assert INTERNAL_ERROR in told
    assert "ZeroDivisionError" not in told

    broken.is_broken = False
    await world.pass_time(MAX_RETRY_SECONDS)
    assert "Failing" not in text_of(await world.slash("status"))
