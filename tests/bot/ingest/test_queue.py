"""The ingest queue: everything is added in time, whatever fails, and nothing is lost."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.backoff import BACKOFF, backoff
from bot.ingest.queue import (
    MAX_CONCURRENT_FETCHES,
    MAX_CONCURRENT_FETCHES_PER_HOST,
    _limit_per_host,
)
from bot.storage import IngestJob, Storage
from index import Addition, Article, Library, ModelMismatchError, Scope, StoreError
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of, words_of
from tests.index.site import Page, Site

TEXT = "The zoo of Korsvik has nine otters since Monday, said its keeper."
PAGE = f"""<html><head><title>Otters</title><meta property="og:type" content="article"></head>
<body><article><h1>Otters</h1><p>{TEXT} {TEXT}</p></article></body></html>"""
LONGEST = sum(BACKOFF, timedelta()).total_seconds() * 1.3


def collection(world: World) -> str:
    return f"server-{world.guild.id}"


def own(world: World) -> list[str]:
    articles = world.bot.library.articles(Scope((collection(world),)))
    return sorted(article.title for article in articles)


def put(world: World, *titles: str, of: str | None = None, **others: Any) -> list[int]:
    """Queue articles that nobody waits for."""
    jobs = [
        IngestJob(of or collection(world), None, Article(title, f"{title}: {TEXT}").as_record())
        for title in titles
    ]
    jobs = [replace(job, **others) for job in jobs]
    return world.bot.storage.ingest_jobs.add(jobs, world.env.now())


def put_link(world: World, url: str) -> None:
    world.bot.storage.ingest_jobs.add([IngestJob(collection(world), url, {})], world.env.now())


def count(world: World) -> tuple[int, int]:
    """How many jobs are waiting, and how many have failed."""
    return world.bot.storage.ingest_jobs.count([collection(world)])


async def pass_time(world: World, seconds: float = 31) -> None:
    await world.pass_time(seconds)


async def failed(world: World) -> Any:
    return await world.slash("manage articles failed")


class Fussy:
    """Wraps a library and refuses some articles."""

    def __init__(self, library: Library, refused: Callable[[Article], bool]) -> None:
        self._library = library
        self.refused = refused
        self.together: list[int] = []
        self.titles: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def add_all(self, articles: Iterable[Article]) -> Iterator[Addition]:
        some = list(articles)
        self.together.append(len(some))
        self.titles += [article.title for article in some]
        if any(map(self.refused, some)):
            raise StoreError("The disk is full.")
        return self._library.add_all(some)


def make_fussy(world: World, refused: Callable[[Article], bool]) -> Fussy:
    fussy = Fussy(world.bot.library, refused)
    world.replace(library=fussy)
    return fussy


async def test_queued_articles_are_added_after_a_restart(editor: World) -> None:
    put(editor, *(f"Night {number}" for number in range(40)))
    await editor.restart()
    await pass_time(editor)
    assert len(own(editor)) == 40
    assert count(editor) == (0, 0)
    assert list(editor.bot.library.problems()) == []


async def test_many_are_embedded_together(editor: World) -> None:
    fussy = make_fussy(editor, lambda _: False)
    put(editor, *(f"Night {number}" for number in range(40)))
    await pass_time(editor)
    assert fussy.together == [16, 16, 8]


async def test_a_failing_article_does_not_block_the_others(editor: World) -> None:
    make_fussy(editor, lambda article: article.title == "Bad")
    put(editor, "Good", "Bad", "Better")
    await pass_time(editor)
    assert own(editor) == ["Better", "Good"]
    assert count(editor) == (1, 0)

    await pass_time(editor, LONGEST)

    assert count(editor) == (0, 1)
    card = await failed(editor)
    assert "Bad\n-# The disk is full. <t:" in words_of(card)
    assert "0 (1 failed: see /manage articles failed)" in words_of(
        await editor.slash("status")
    ).replace("\\", "")


async def test_failed_articles_can_be_retried(editor: World) -> None:
    fussy = make_fussy(editor, lambda _: True)
    put(editor, *(f"Night {number}" for number in range(7)), attempts=len(BACKOFF))
    await pass_time(editor)
    assert count(editor) == (0, 7)
    card = await failed(editor)
    assert "7 articles could not be added." in words_of(card)
    assert words_of(card).count("Night") == 5
    turned = answered(await editor.reader.click(card, label="Next"))
    assert words_of(turned).count("Night") == 2

    fussy.refused = lambda _: False
    first = next(b["custom_id"] for b in buttons_of(turned) if b["label"] == "Try again")
    told = answered(await editor.reader.click(turned, custom_id=first))
    await editor.env.settle()
    assert "One article is being tried again." in words_of(told)
    assert len(own(editor)) == 1

    told = answered(await editor.reader.click(told, label="Try all again"))
    await editor.env.settle()
    assert words_of(told) == "6 articles are being tried again."
    assert len(own(editor)) == 7
    assert words_of(await failed(editor)).startswith("No articles have failed to be added.")


async def test_failed_articles_can_be_discarded(editor: World) -> None:
    make_fussy(editor, lambda _: True)
    put(editor, "Bad", attempts=len(BACKOFF))
    put(editor, "Another's", of="server-1", attempts=len(BACKOFF))
    await pass_time(editor)
    card = await failed(editor)
    assert "Another" not in words_of(card)
    told = answered(await editor.reader.click(card, label="Discard all"))
    assert words_of(told) == "One article discarded."
    assert words_of(await failed(editor)).startswith("No articles have failed to be added.")
    assert editor.bot.storage.ingest_jobs.count(["server-1"]) == (0, 1)


async def test_only_editors_see_failed_articles(editor: World) -> None:
    make_fussy(editor, lambda _: True)
    put(editor, "Bad", attempts=len(BACKOFF))
    await pass_time(editor)
    reader = editor.guild.add_member(editor.env.create_user("somebody"))
    await editor.show_command("manage", reader)
    told = words_of(await failed(replace(editor, reader=reader)))
    assert told.startswith("Only members with the permission “Manage Server”")
    assert "Bad" not in told


async def test_the_operator_sees_failed_shared_articles(editor: World) -> None:
    make_fussy(editor, lambda _: True)
    put(editor, "Bad", of="shared", attempts=len(BACKOFF))
    await pass_time(editor)
    assert "Bad" not in words_of(await failed(editor))
    editor.bot.owner_id = editor.reader.id
    assert "Bad" in words_of(await failed(editor))


async def test_failed_articles_are_purged(editor: World) -> None:
    make_fussy(editor, lambda _: True)
    put(editor, "Bad", attempts=len(BACKOFF))
    await pass_time(editor)
    assert count(editor) == (0, 1)
    editor.bot.storage.ingest_jobs.purge(editor.env.now() + timedelta(seconds=1))
    assert count(editor) == (0, 0)


async def test_an_unreachable_link_is_retried(editor: World, site: Site) -> None:
    site.pages["/otters"] = Page(b"", status=503)
    told = await editor.slash("manage articles add", url=site.url("/otters"))
    assert words_of(told).startswith("Can't be reached right now; I'll keep trying for a day: ")
    await editor.slash("manage articles add", url=site.url("/otters"))  # which is the same
    assert "Waiting to be added: 1" in words_of(await editor.slash("status"))

    site.put("/otters", PAGE)
    await editor.restart()
    await pass_time(editor, 90)

    assert own(editor) == ["Otters"]
    assert "Waiting to be added: 0" in words_of(await editor.slash("status"))


async def test_an_unreachable_link_is_retried_with_backoff_and_then_fails(
    editor: World, site: Site
) -> None:
    site.pages["/otters"] = Page(b"", status=503)
    put_link(editor, site.url("/otters"))
    await pass_time(editor, LONGEST)
    assert site.asked.count("/otters") == len(BACKOFF) + 1
    assert count(editor) == (0, 1)
    assert "answered with an error (503)" in text_of(await failed(editor))


async def test_retry_after_is_respected(editor: World, site: Site) -> None:
    site.pages["/otters"] = Page(b"", status=429, headers={"Retry-After": "3600"})
    put_link(editor, site.url("/otters"))
    await pass_time(editor, 3400)
    assert site.asked.count("/otters") == 1
    await pass_time(editor, 300)
    assert site.asked.count("/otters") == 2


async def test_a_page_without_an_article_fails_at_once(editor: World, site: Site) -> None:
    put_link(editor, site.put("/empty", "<html><body><p>Hello.</p></body></html>"))
    put_link(editor, site.url("/gone"))
    await pass_time(editor)
    assert count(editor) == (0, 2)
    assert labels_of(await failed(editor)) == [
        "Try again",
        "Try again",
        "Try all again",
        "Discard all",
    ]


async def test_people_go_before_feeds_and_servers_take_turns(editor: World) -> None:
    feed = editor.bot.storage.feeds.add(
        collection(editor), "https://a.example/", "A", editor.env.now() + timedelta(days=400)
    )
    put(editor, "of a feed", feed_key=feed.key, entry_key="1")
    put(editor, "one", "two", "three")
    put(editor, "elsewhere", of="server-1")
    due = editor.bot.storage.ingest_jobs.due_articles(editor.env.now(), 10)
    assert [job.name for job in due] == ["one", "elsewhere", "two", "three", "of a feed"]


@pytest.mark.parametrize("link", [None, "https://a.example/"])
def test_whatever_fits_into_a_batch_people_go_first(tmp_path: Path, link: str | None) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Storage(tmp_path / "bot.sqlite") as storage:
        jobs = storage.ingest_jobs
        due = jobs.due_articles if link is None else jobs.due_links
        for collection in ("server-1", "server-2"):
            feed = storage.feeds.add(collection, "https://a.example/", "A", now)
            for n in range(3):
                record = {"title": f"feed {collection} {n}"}
                address = link and f"{link}{record['title']}"
                jobs.add([IngestJob(collection, address, record, feed.key, str(n))], now)
        for collection in ("server-1", "server-1", "server-2"):
            record = {"title": f"person {collection}"}
            address = link and f"{link}{len(due(now, 99))}"
            jobs.add([IngestJob(collection, address, record)], now)
        order = [job.name for job in due(now, 99)]
        assert order == [
            *("person server-1", "person server-2", "person server-1"),
            *("feed server-1 0", "feed server-2 0", "feed server-1 1"),
            *("feed server-2 1", "feed server-1 2", "feed server-2 2"),
        ]
        for limit in range(len(order)):
            assert [job.name for job in due(now, limit)] == order[:limit]


async def test_people_do_not_wait_for_a_large_feed(editor: World) -> None:
    fussy = make_fussy(editor, lambda _: False)
    feed = editor.bot.storage.feeds.add(
        collection(editor), "https://a.example/", "A", editor.env.now() + timedelta(days=400)
    )
    for n in range(40):
        put(editor, f"Night {n}", feed_key=feed.key, entry_key=str(n))
    told = await editor.slash("manage articles add", file=("otters.txt", TEXT.encode()))
    assert text_of(told).startswith("Added")
    await editor.env.settle()
    assert len(own(editor)) == 41
    assert not fussy.titles[0].startswith("Night")


async def test_an_entry_edited_while_queued_is_added_once(editor: World) -> None:
    feed = editor.bot.storage.feeds.add(
        collection(editor), "https://a.example/", "A", editor.env.now() + timedelta(days=400)
    )
    first = put(editor, "before", feed_key=feed.key, entry_key="1")
    second = put(editor, "after", feed_key=feed.key, entry_key="1")
    assert first != second
    await pass_time(editor)
    assert own(editor) == ["after"]


def test_few_links_of_one_host_are_fetched_together() -> None:
    links = [IngestJob("c", f"https://one.example/{n}", {}) for n in range(20)]
    links += [IngestJob("c", f"https://host{n}.example/", {}) for n in range(20)]
    some = [job.link for job in _limit_per_host(links)]
    assert len(some) == MAX_CONCURRENT_FETCHES
    assert sum("one.example" in str(link) for link in some) == MAX_CONCURRENT_FETCHES_PER_HOST


@pytest.mark.parametrize("tries", [0, 3, 99])
def test_delays_grow_and_are_random(tries: int) -> None:
    expected = BACKOFF[min(tries, len(BACKOFF) - 1)]
    assert {expected * 0.8 <= backoff(tries) <= expected * 1.2 for _ in range(100)} == {True}
    assert len({backoff(tries) for _ in range(10)}) == 10
    assert backoff(0, 1e9) <= BACKOFF[-1]


async def test_what_cannot_be_written_now_is_not_lost_nor_called_added(editor: World) -> None:
    fussy = make_fussy(editor, lambda article: article.title != "Good")
    lines = [{"title": title, "text": f"{title}: {TEXT}"} for title in ("Bad", "Good", "Worse")]
    file = ("some.jsonl", "\n".join(map(json.dumps, lines)).encode())

    told = text_of(await editor.slash("manage articles add", file=file)).splitlines()

    assert told[0] == "Added “Good”: one sentence."
    assert told[1].startswith("Not added yet: I can't write 2 articles to the library right now.")
    assert own(editor) == ["Good"]
    assert count(editor) == (2, 0)

    fussy.refused = lambda _: False
    await editor.restart()
    await pass_time(editor, 120)
    assert own(editor) == ["Bad", "Good", "Worse"]
    assert count(editor) == (0, 0)


async def test_a_queue_that_cannot_be_read_loses_nothing(
    editor: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(editor.bot.storage.ingest_jobs, "due_articles", fail)
        told = await editor.slash("manage articles add", file=("otters.txt", TEXT.encode()))
    assert text_of(told).startswith("Not added yet: I can't write the article to the library")

    await pass_time(editor)
    assert len(own(editor)) == 1


async def test_a_library_of_another_model_is_named(editor: World) -> None:
    def mismatched(article: Article) -> bool:
        raise ModelMismatchError("The library's vectors come from another model.")

    make_fussy(editor, mismatched)
    told = text_of(await editor.slash("manage articles add", file=("otters.txt", TEXT.encode())))
    assert told.startswith("Not added yet: ")
    assert "I need to be restarted" in told
    assert count(editor) == (1, 0)
