"""The queue, the feeds and the announcements work without a Discord client."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.announcements import Announcer, last_moment
from bot.ingest.feed_follower import FeedFollower
from bot.ingest.loops import LoopHealth
from bot.ingest.queue import IngestQueue, UnreachableLink
from bot.language import load_languages
from bot.storage import IngestJob, Storage
from bot.storage.timestamps import timestamp
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


def story(number: int, published: datetime | None, link: str | None = None) -> str:
    """An entry with a whole text of its own."""
    return item(
        f"Pier {number}",
        link or f"/piers/{number}",
        guid=f"pier-{number} {link}",
        date=format_datetime(published) if published else None,
        content="".join(f"<p>Of pier number {number}: {line}</p>" for line in PARAGRAPHS),
    )


class News:
    """A feed that is followed, and its announcements."""

    def __init__(self, ingest: Ingest, site: Site) -> None:
        self._ingest, self._site = ingest, site
        self._channel = ingest.channels[CHANNEL_ID] = Channel()

    async def serves(self, *entries: str) -> list[str]:
        """Poll the feed with these entries; returns the titles that are announced."""
        ingest = self._ingest
        address = self._site.put("/feed", rss(*entries), "application/rss+xml")
        feeds = ingest.storage.feeds.in_collection(COLLECTION)
        if feeds:
            await ingest.follower.poll(feeds[0])
        else:
            await ingest.follower.follow(COLLECTION, address, 3, CHANNEL_ID)
        await ingest.until(lambda: ingest.storage.ingest_jobs.count([COLLECTION]) == (0, 0))
        await ingest.until(lambda: not ingest.storage.feeds.pending_announcements(utcnow()))
        text = "".join(
            part.content
            for card in self._channel.cards
            for part in card.walk_children()
            if isinstance(part, discord.ui.TextDisplay)
        )
        self._channel.cards.clear()
        return re.findall(r"\[(Pier \d+)\]", text)

    def addresses(self) -> list[str]:
        articles = self._ingest.library.articles(Scope((COLLECTION,)))
        return sorted(str(article.url).removeprefix(self._site.url("")) for article in articles)


@pytest.fixture
def news(ingest: Ingest, site: Site) -> News:
    return News(ingest, site)


async def test_an_old_entry_that_comes_up_again_is_added_without_an_announcement(
    ingest: Ingest, news: News
) -> None:
    """The feed has its two newest entries; the newest one is withdrawn, which lets the third in."""
    now = utcnow()
    old, older, oldest = (story(n, now - timedelta(hours=n)) for n in (1, 2, 3))
    assert await news.serves(old, older) == []
    assert ingest.titles() == ["Pier 1", "Pier 2"]

    assert await news.serves(older, oldest) == []
    assert ingest.titles() == ["Pier 1", "Pier 2", "Pier 3"]

    latest = story(4, now + timedelta(minutes=1))
    assert await news.serves(latest, older) == ["Pier 4"]
    assert await news.serves(older, oldest) == []


async def test_an_article_older_than_a_week_is_not_announced(
    ingest: Ingest, news: News, tmp_path: Path
) -> None:
    now = utcnow()
    assert await news.serves() == []
    (feed,) = ingest.storage.feeds.in_collection(COLLECTION)
    long_ago = timestamp(now - timedelta(days=90))
    with sqlite3.connect(tmp_path / "bot.sqlite") as rows:  # it has been followed for long
        rows.execute("UPDATE feeds SET followed_at = ? WHERE key = ?", (long_ago, feed.key))

    entries = [story(days, now - timedelta(days=days)) for days in (6, 8)]
    assert await news.serves(*entries) == ["Pier 6"]
    assert ingest.titles() == ["Pier 6", "Pier 8"]


async def test_an_entry_without_a_date_is_news_when_it_is_first_seen(news: News) -> None:
    assert await news.serves(story(1, None)) == ["Pier 1"]
    assert await news.serves(story(1, None), story(2, None)) == ["Pier 2"]


async def test_an_article_at_a_new_address_is_not_announced_again(
    ingest: Ingest, news: News
) -> None:
    now = utcnow() + timedelta(minutes=1)
    assert await news.serves(story(1, now)) == ["Pier 1"]
    (before,) = ingest.library.articles(Scope((COLLECTION,)))

    assert await news.serves(story(1, now, "/moved/1")) == []

    assert news.addresses() == ["/moved/1"]
    assert ingest.library.articles(Scope((COLLECTION,)))[0].id == before.id
    assert await news.serves(story(1, now), story(1, now, "/moved/1"), story(2, now)) == ["Pier 2"]
    assert news.addresses() == ["/moved/1", "/piers/2"]


async def test_an_article_that_somebody_added_is_not_moved_by_a_feed(
    ingest: Ingest, news: News
) -> None:
    now = utcnow() + timedelta(minutes=1)
    await news.serves(story(1, now))
    (article,) = ingest.library.articles(Scope((COLLECTION,)))
    await ingest.queue.add([article], timeout=30)  # as an editor does

    assert await news.serves(story(1, now, "/moved/1")) == []
    assert news.addresses() == ["/piers/1"]


@pytest.mark.parametrize(
    ("published", "last"),
    [
        (None, None),
        (date(2026, 3, 1), datetime(2026, 3, 2, 12, tzinfo=UTC)),
        (datetime(2026, 3, 1, 8), datetime(2026, 3, 1, 8, tzinfo=UTC)),  # noqa: DTZ001
        (
            datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=5))),
            datetime(2026, 3, 1, 3, tzinfo=UTC),
        ),
    ],
)
def test_a_day_ends_where_it_is_latest(published: date | None, last: datetime | None) -> None:
    assert last_moment(published) == last
