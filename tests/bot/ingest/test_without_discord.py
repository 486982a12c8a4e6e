"""The queue, the feeds and the announcements work without a Discord client."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.announcements import Announcer
from bot.ingest.feed_follower import FeedFollower
from bot.ingest.loops import LoopHealth
from bot.ingest.queue import IngestQueue, UnreachableLink
from bot.language import load_languages
from bot.storage import IngestJob, Storage
from index import Library, Scope
from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard
from tests.index.feeds import PARAGRAPHS, item, rss
from tests.index.site import Site

COLLECTION = "server-1"
CHANNEL_ID = 7
PAGE = f"""<html><head><title>The pier</title><meta property="og:type" content="article"></head>
<body><article><h1>The pier</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>
"""


class Channel(discord.abc.Messageable):
    """A channel that keeps the cards that are sent to it."""

    def __init__(self) -> None:
        self.cards: list[discord.ui.LayoutView] = []

    async def _get_channel(self) -> Any:
        return self

    async def send(  # type: ignore[override]
        self, *_: object, view: Any, **__: object
    ) -> Any:
        self.cards.append(view)


class Ingest:
    """The parts that bring articles into a library, put together as the client does it."""

    def __init__(self, storage: Storage, library: Library, site: Site) -> None:
        self.storage, self.library = storage, library
        self.channels: dict[int, Channel] = {}
        self.executors = Executors()
        fetcher = Fetcher(Guard({("127.0.0.1", site.port)}))
        self.announcer = Announcer(storage, library, self.executors, self.channels.get)
        self.health = LoopHealth()
        self.queue = IngestQueue(
            storage, library, fetcher, self.executors, self.announcer.announce, self.health
        )
        self.follower = FeedFollower(
            storage.feeds,
            fetcher,
            self.executors,
            (),
            is_active_collection=lambda collection: collection == COLLECTION,
            on_new_jobs=self.queue.wake,
            health=self.health,
        )

    def titles(self) -> list[str]:
        return sorted(one.title for one in self.library.articles(Scope((COLLECTION,))))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what happens in the background."""
        async with asyncio.timeout(30):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        await asyncio.gather(self.follower.close(), self.queue.close())
        self.executors.close()


@pytest.fixture(autouse=True, scope="module")
def _languages() -> None:
    """As the bot, which loads them in a thread when it starts."""
    load_languages()


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with Storage(tmp_path / "bot.sqlite") as storage:
        yield storage


@pytest.fixture
async def ingest(storage: Storage, library: Library, site: Site) -> AsyncIterator[Ingest]:
    ingest = Ingest(storage, library, site)
    yield ingest
    await ingest.close()


async def test_a_link_is_fetched_and_its_article_added(ingest: Ingest, site: Site) -> None:
    jobs = ingest.storage.ingest_jobs
    jobs.add([IngestJob(COLLECTION, site.put("/pier", PAGE), {})], utcnow())

    ingest.queue.wake()
    await ingest.until(lambda: jobs.count([COLLECTION]) == (0, 0))

    assert ingest.titles() == ["The pier"]


async def test_a_feed_is_followed_polled_and_announced(ingest: Ingest, site: Site) -> None:
    channel = ingest.channels[CHANNEL_ID] = Channel()
    site.put("/pier", PAGE)
    address = site.put("/feed", rss(item("The pier", site.url("/pier"))), "application/rss+xml")

    result = await ingest.follower.follow(COLLECTION, address, 3, CHANNEL_ID)
    await ingest.until(lambda: bool(channel.cards))

    assert (result.feed.title, result.entries, result.failure) == ("Harbor Wire", 1, None)
    assert ingest.titles() == ["The pier"]
    # Recorded only after the card has been sent.
    await ingest.until(lambda: not ingest.storage.feeds.pending_announcements(utcnow()))
    site.pages.clear()
    assert (await ingest.follower.poll(result.feed)).failure is not None


async def test_an_impossible_announcement_is_not_retried_forever(
    ingest: Ingest, site: Site
) -> None:
    site.put("/pier", PAGE)
    address = site.put("/feed", rss(item("The pier", site.url("/pier"))), "application/rss+xml")

    await ingest.follower.follow(COLLECTION, address, 3, CHANNEL_ID)  # no such channel
    await ingest.until(lambda: ingest.titles() == ["The pier"])
    await ingest.until(lambda: not ingest.storage.feeds.pending_announcements(utcnow()))


async def test_an_announcement_that_fails_for_now_is_kept(ingest: Ingest, site: Site) -> None:
    class Unreachable(Channel):
        async def send(self, *_: object, **__: object) -> Any:
            raise OSError("Discord cannot be reached.")

    ingest.channels[CHANNEL_ID] = Unreachable()
    site.put("/pier", PAGE)
    address = site.put("/feed", rss(item("The pier", site.url("/pier"))), "application/rss+xml")
    await ingest.follower.follow(COLLECTION, address, 3, CHANNEL_ID)
    await ingest.until(lambda: ingest.titles() == ["The pier"])
    await ingest.queue.close()
    await ingest.announcer.announce()
    ((_, article_ids),) = ingest.storage.feeds.pending_announcements(utcnow())

    channel = ingest.channels[CHANNEL_ID] = Channel()
    await ingest.announcer.announce()
    assert (len(channel.cards), len(article_ids)) == (1, 1)
    assert ingest.storage.feeds.pending_announcements(utcnow()) == []


async def test_an_unreachable_link_waits_as_long_as_its_site_asks(ingest: Ingest) -> None:
    now, jobs = utcnow(), ingest.storage.ingest_jobs
    links = [
        UnreachableLink("https://a.example/", "No."),
        UnreachableLink("https://b.example/", "No.", 7200),
    ]
    await ingest.queue.retry_later(COLLECTION, links)
    assert [job.link for job in jobs.due_links(now + timedelta(hours=1), 9)] == [links[0].link]
    assert len(jobs.due_links(now + timedelta(hours=3), 9)) == 2
    assert {job.attempts for job in jobs.due_links(now + timedelta(hours=3), 9)} == {1}


async def test_feeds_of_inactive_collections_are_not_polled(ingest: Ingest, site: Site) -> None:
    address = site.put("/feed", rss(), "application/rss+xml")
    ingest.storage.feeds.add("server-2", address, "Harbor Wire", utcnow())
    ingest.storage.feeds.add(COLLECTION, address, "Harbor Wire", utcnow())

    ingest.follower.wake()
    await ingest.until(lambda: not ingest.storage.feeds.due(utcnow())[1:])
    await ingest.follower.close()

    assert [feed.collection for feed in ingest.storage.feeds.due(utcnow())] == ["server-2"]
    assert site.asked.count("/feed") == 1
