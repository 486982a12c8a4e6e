"""The mechanism that background loops share, without a client."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest import loops
from bot.ingest.loops import (
    FIRST_RETRY_SECONDS,
    INTERNAL_ERROR,
    MAX_RETRY_SECONDS,
    LoopHealth,
    Worker,
)
from index import StoreError

START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(loops, "utcnow", lambda: clock.now)
    return clock


@pytest.fixture
def health() -> LoopHealth:
    return LoopHealth()


def fail(health: LoopHealth, error: Exception) -> None:
    with health.surviving("feeds"):
        raise error


class Step:
    """The step of a worker, which fails while it has an error."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.during: Callable[[], None] = lambda: None
        self.calls = 0

    async def __call__(self) -> bool:
        self.calls += 1
        await asyncio.sleep(0)
        self.during()
        if self.error:
            raise self.error
        return False


async def finish(worker: Worker) -> None:
    task = worker._task
    assert task is not None
    await task


def test_failures_in_a_row_delay_the_retry_more_and_more(clock: Clock, health: LoopHealth) -> None:
    delays = []
    for _ in range(8):
        fail(health, StoreError("The disk is full."))
        delays.append(health.retry_seconds("feeds"))
        assert not health.may_run("feeds")
        clock.advance(delays[-1])
        assert health.may_run("feeds")

    assert delays[:3] == [FIRST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2, FIRST_RETRY_SECONDS * 4]
    assert delays[-1] == MAX_RETRY_SECONDS
    assert health.failures["feeds"].since == START
    assert health.failures["feeds"].reason == "The disk is full."
    assert health.may_run("queue")

    health.record_success("feeds")

    assert health.failures == {}
    assert health.retry_seconds("feeds") == 0


def test_an_error_is_logged_once_until_the_loop_works_again(
    health: LoopHealth, caplog: pytest.LogCaptureFixture
) -> None:
    def logged() -> list[bool]:
        """Whether there is a traceback, for each error that was logged since the last call."""
        found = [bool(r.exc_info) for r in caplog.records if r.levelno == logging.ERROR]
        caplog.clear()
        return found

    def divide(dividend: int) -> None:
        with health.surviving("feeds"):
            print(dividend / 0)

    for dividend in range(3):
        fail(health, StoreError("The disk is full."))
        divide(dividend)
    assert logged() == [False, True]
    fail(health, StoreError("The disk is gone."))
    fail(health, KeyError("url"))
    assert logged() == [False, True]
    with health.surviving("feeds"):
        pass
    divide(1)
    assert logged() == [True]


async def test_a_worker_goes_on_after_an_unforeseen_error(clock: Clock, health: LoopHealth) -> None:
    step = Step()
    worker = Worker("queue", step, health)
    step.error = KeyError("unforeseen")

    worker.wake()
    await finish(worker)
    assert health.failures["queue"].reason == INTERNAL_ERROR

    worker.wake_if_due()
    await finish(worker)
    assert step.calls == 1  # it is not time yet

    clock.advance(FIRST_RETRY_SECONDS)
    worker.wake_if_due()
    await finish(worker)
    assert step.calls == 2

    step.error = None
    worker.wake()  # somebody waits for it
    await finish(worker)
    assert step.calls == 3
    assert health.failures == {}
    await worker.close()


async def test_a_worker_that_is_woken_while_it_fails_tries_again(health: LoopHealth) -> None:
    step = Step()
    worker = Worker("queue", step, health)
    step.error = RuntimeError("once")

    def new_work() -> None:
        step.error, step.during = None, lambda: None
        worker.wake()
        raise RuntimeError("once")

    step.during = new_work
    worker.wake()
    await finish(worker)

    assert step.calls == 2
    assert health.failures == {}
