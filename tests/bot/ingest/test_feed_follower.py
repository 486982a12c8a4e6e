"""When feeds are polled, what of them is queued, and in which order."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest import feed_follower
from bot.ingest.feed_follower import MAX_INITIAL_ENTRIES, FeedFollower
from bot.ingest.loops import LoopHealth
from bot.ingest.poll_interval import JITTER, MIN_POLL_INTERVAL
from bot.storage import Storage
from index import SHARED, SourceError, StoreError
from index.fetching.fetcher import Fetcher, UnreachableError
from index.sources.feed import Entry, Feed

URL = "https://harbor.example/feed"
HOUR = timedelta(hours=1)

Fetched = Feed | SourceError | None


def entry(name: str) -> Entry:
    link = f"https://harbor.example/{name}"
    return Entry(name, name, name, link, True, None, None, None, "", False, "")


def feed(*names: str, ttl: float | None = None) -> Feed:
    """Newest entry first."""
    return Feed(URL, "Harbor Wire", [entry(name) for name in names], ttl, {"ETag": "x"}, URL)


class World:
    """A follower of feeds that are what a test says."""

    def __init__(self, storage: Storage, follower: FeedFollower) -> None:
        self.storage, self.follower = storage, follower
        self.answers: list[Fetched] = []
        self.validators: list[object] = []

    async def fetch(self, fetcher: Fetcher, url: str, validators: object = None) -> Feed | None:
        self.validators.append(validators)
        answer = self.answers.pop(0)
        if isinstance(answer, SourceError):
            raise answer
        return answer

    async def find(self, fetcher: Fetcher, url: str) -> Feed:
        found = await self.fetch(fetcher, url)
        assert found is not None
        return found

    async def follow(self, answer: Feed) -> None:
        self.answers.append(answer)
        await self.follower.follow("server-1", URL, 1, None)

    async def poll(self, answer: Fetched) -> None:
        self.answers.append(answer)
        (followed,) = self.storage.feeds.in_collection("server-1")
        await self.follower.poll(followed)

    def is_due_after(self, delay: timedelta) -> bool:
        return bool(self.storage.feeds.due(utcnow() + delay))

    def queued(self) -> list[str]:
        return [job.name for job in self.storage.ingest_jobs.due_links(utcnow() + HOUR, 999)]


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    executors = Executors()
    with Storage(tmp_path / "bot.sqlite") as storage:
        follower = FeedFollower(
            storage.feeds,
            Fetcher(),
            executors,
            ["https://shared.example/feed"],
            is_active_collection=lambda collection: collection != "server-2",
            on_new_jobs=lambda: None,
            health=LoopHealth(),
        )
        world = World(storage, follower)
        monkeypatch.setattr(feed_follower, "fetch_feed", world.fetch)
        monkeypatch.setattr(feed_follower, "find_feed", world.find)
        yield world
        await follower.close()
    executors.close()


async def test_a_feed_is_polled_as_often_as_it_asks_for(world: World) -> None:
    await world.follow(feed("one", ttl=120))
    assert not world.is_due_after(2 * HOUR - timedelta(minutes=1))
    assert world.is_due_after(2 * HOUR * (1 + JITTER))

    await world.poll(feed("one", ttl=60))
    assert not world.is_due_after(HOUR - timedelta(minutes=1))
    assert world.is_due_after(HOUR * (1 + JITTER))


async def test_a_feed_without_a_wish_is_polled_at_the_usual_interval(world: World) -> None:
    await world.follow(feed("one"))
    for answer in (feed("two"), None):
        await world.poll(answer)
        assert not world.is_due_after(MIN_POLL_INTERVAL - timedelta(minutes=1))
        assert world.is_due_after(MIN_POLL_INTERVAL * (1 + JITTER))


async def test_a_site_that_asks_for_a_pause_gets_it(world: World) -> None:
    await world.follow(feed("one"))
    await world.poll(UnreachableError("It is busy.", 2 * HOUR.total_seconds()))
    assert not world.is_due_after(2 * HOUR - timedelta(minutes=1))
    assert world.is_due_after(2 * HOUR * (1 + JITTER))


async def test_each_failure_doubles_the_interval_until_the_next_success(world: World) -> None:
    await world.follow(feed("one"))
    for doublings in range(3):
        await world.poll(UnreachableError("It is down."))
        assert not world.is_due_after(MIN_POLL_INTERVAL * (2**doublings - 0.1))
        assert world.is_due_after(MIN_POLL_INTERVAL * 2**doublings * (1 + JITTER))
    await world.poll(None)
    assert world.is_due_after(MIN_POLL_INTERVAL * (1 + JITTER))


async def test_entries_are_queued_oldest_first(world: World) -> None:
    await world.follow(feed("two", "one"))
    await world.poll(feed("four", "three", "two", "one"))
    assert world.queued() == ["one", "two", "three", "four"]


async def test_a_new_feed_brings_its_newest_entries_and_later_all(world: World) -> None:
    await world.follow(feed(*(f"old {n}" for n in range(MAX_INITIAL_ENTRIES + 5))))
    assert world.queued()[-1] == "old 0"
    assert len(world.queued()) == MAX_INITIAL_ENTRIES

    await world.poll(feed(*(f"new {n}" for n in range(MAX_INITIAL_ENTRIES + 5))))
    assert len(world.queued()) == 2 * MAX_INITIAL_ENTRIES + 5


async def test_a_poll_says_which_version_it_has(world: World) -> None:
    await world.follow(feed("one"))
    await world.poll(None)
    assert world.validators == [None, {"ETag": "x"}]


async def test_a_new_feed_whose_entries_cannot_be_stored_is_not_followed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    record: Callable[..., object] = world.storage.feeds.record_poll

    def fail(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(world.storage.feeds, "record_poll", fail)
    with pytest.raises(StoreError):
        await world.follow(feed("one"))
    assert world.storage.feeds.in_collection("server-1") == []

    monkeypatch.setattr(world.storage.feeds, "record_poll", record)
    await world.follow(feed("one"))
    monkeypatch.setattr(world.storage.feeds, "record_poll", fail)
    with pytest.raises(StoreError):  # it is followed already
        await world.follow(feed("two"))
    assert len(world.storage.feeds.in_collection("server-1")) == 1


async def test_the_shared_feeds_are_those_of_the_setting(world: World) -> None:
    world.storage.feeds.add(SHARED, "https://former.example/feed", "Former", utcnow())
    await world.follower.follow_shared()
    assert [one.url for one in world.storage.feeds.in_collection(SHARED)] == [
        "https://shared.example/feed"
    ]
