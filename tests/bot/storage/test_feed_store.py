"""Followed feeds: what is due, what is new in them, how they fail, and what is to be announced."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import FollowedFeed, IngestJob, SeenEntry, Storage
from bot.storage.feed_store import ENTRY_RETENTION

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
C = "server-1"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with Storage(tmp_path / "bot.sqlite") as storage:
        yield storage


def follow(storage: Storage, name: str = "A", channel_id: int | None = None) -> FollowedFeed:
    return storage.feeds.add(C, f"https://{name}.example/", name, NOW, 5, channel_id)


def poll(
    storage: Storage,
    feed: FollowedFeed,
    *entries: SeenEntry,
    jobs: list[IngestJob] | None = None,
    now: datetime = NOW,
) -> list[int]:
    return storage.feeds.record_poll(
        feed,
        entries,
        jobs or [],
        title=feed.title,
        validators={"ETag": "1"},
        now=now,
        next_poll_at=now + HOUR,
    )


def now_of(storage: Storage, feed: FollowedFeed) -> FollowedFeed:
    return next(f for f in storage.feeds.in_collection(feed.collection) if f.key == feed.key)


def test_a_feed_that_is_added_again_keeps_its_channel_unless_it_gets_another(
    storage: Storage,
) -> None:
    first = follow(storage, channel_id=7)
    assert follow(storage) == first
    assert follow(storage, channel_id=8).channel_id == 8
    storage.feeds.set_channel(first.key, None)
    assert now_of(storage, first).channel_id is None


def test_the_longest_overdue_feed_is_due_first(storage: Storage) -> None:
    one, two = follow(storage, "One"), follow(storage, "Two")
    assert [f.key for f in storage.feeds.due(NOW)] == [one.key, two.key]
    storage.feeds.record_unchanged(one.key, NOW, NOW + HOUR)
    assert [f.key for f in storage.feeds.due(NOW + HOUR)] == [two.key, one.key]
    assert [f.key for f in storage.feeds.due(NOW + HOUR / 2)] == [two.key]


def test_failures_are_counted_from_the_first_and_reported_once(storage: Storage) -> None:
    feed = follow(storage)
    for number in range(3):
        at = NOW + number * HOUR
        storage.feeds.record_failure(feed.key, f"No. {number}", at, at + HOUR)
    failing = now_of(storage, feed)
    assert (failing.failures, failing.failing_since, failing.reason) == (3, NOW, "No. 2")
    assert storage.feeds.unreported_failures(NOW - HOUR) == []
    assert storage.feeds.unreported_failures(NOW) == [failing]
    storage.feeds.mark_reported(feed.key)
    assert storage.feeds.unreported_failures(NOW) == []

    later = NOW + 9 * HOUR
    poll(storage, feed, now=later)
    well = now_of(storage, feed)
    assert (well.failures, well.failing_since, well.reason, well.reported) == (0, None, None, False)
    assert (well.checked_at, well.validators) == (later, {"ETag": "1"})
    storage.feeds.record_failure(feed.key, "Again.", later, later)
    assert [f.failing_since for f in storage.feeds.unreported_failures(later)] == [later]


def test_entries_are_new_edited_or_known(storage: Storage) -> None:
    feed = follow(storage)
    one, two = SeenEntry("1", "a", "https://a.example/1"), SeenEntry("2", "b", None)
    new_or_changed = storage.feeds.new_or_changed
    assert new_or_changed(feed.key, [one, two]) == {"1", "2"}
    poll(storage, feed, one, two)
    assert new_or_changed(feed.key, [one, two]) == set()
    edited, renamed = SeenEntry("1", "c", one.page), SeenEntry("3", "b", None)
    assert new_or_changed(feed.key, [edited, renamed]) == {"1"}
    swapped = SeenEntry("1", "b", one.page)  # its id was another entry's
    assert new_or_changed(feed.key, [swapped]) == {"1"}
    assert new_or_changed(follow(storage, "B").key, [one]) == {"1"}


def test_an_entry_is_remembered_for_a_while_after_it_has_gone(storage: Storage) -> None:
    feed = follow(storage)
    entry, other = SeenEntry("1", "a", None), SeenEntry("2", "b", None)
    poll(storage, feed, entry)
    poll(storage, feed, other, now=NOW + ENTRY_RETENTION)
    assert storage.feeds.new_or_changed(feed.key, [entry]) == set()
    poll(storage, feed, other, now=NOW + ENTRY_RETENTION + HOUR)
    assert storage.feeds.new_or_changed(feed.key, [entry]) == {"1"}


def test_a_feed_that_is_no_longer_followed_takes_its_data_along(storage: Storage) -> None:
    feed, kept = follow(storage, "A"), follow(storage, "B")
    for one in (feed, kept):
        job = IngestJob(C, "https://a.example/1", {}, one.key, "1")
        assert len(poll(storage, one, SeenEntry("1", "a", None), jobs=[job])) == 1
    storage.feeds.keep_only(C, [kept.url])
    assert storage.feeds.in_collection(C) == [now_of(storage, kept)]
    assert storage.ingest_jobs.count([C]) == (1, 0)
    assert poll(storage, feed, jobs=[IngestJob(C, "https://a.example/2", {})]) == []
    assert storage.ingest_jobs.count([C]) == (1, 0)
    storage.feeds.delete_collection(C)
    assert storage.ingest_jobs.count([C]) == (0, 0)


def test_a_channel_gets_one_announcement_after_all_that_is_due(storage: Storage) -> None:
    feed, silent = follow(storage, "A", channel_id=7), follow(storage, "B")
    other = follow(storage, "C", channel_id=8)
    jobs = [
        IngestJob(C, None, {"title": str(n)}, one.key, str(n))
        for one in (feed, silent, other)
        for n in range(3)
    ]
    keys = poll(storage, feed, jobs=jobs)
    stored = storage.ingest_jobs.due_articles(NOW, 99)
    by_key = {job.key: job for job in stored}
    first, second, third, quiet, *_ = (by_key[key] for key in keys)
    storage.ingest_jobs.complete(first, "a", announce=True)
    storage.ingest_jobs.complete(second, "b", announce=True)
    storage.ingest_jobs.complete(quiet, "q", announce=True)
    storage.ingest_jobs.complete(by_key[keys[6]], "o", announce=False)
    assert storage.feeds.pending_announcements(NOW) == [], "another one is due"

    storage.ingest_jobs.reschedule(third.key, NOW + HOUR, "No.")
    assert [ids for _, ids in storage.feeds.pending_announcements(NOW)] == [["a", "b"]]
    assert storage.feeds.pending_announcements(NOW + HOUR) == []
    storage.ingest_jobs.fail(third.key, NOW, "No.")
    ((announced, ids),) = storage.feeds.pending_announcements(NOW + HOUR)
    assert (announced.key, ids) == (feed.key, ["a", "b"])
    storage.feeds.mark_announced(feed.key, ["a"])
    assert [ids for _, ids in storage.feeds.pending_announcements(NOW + HOUR)] == [["b"]]
    storage.feeds.set_channel(silent.key, 9)
    for key in keys[4:6]:
        storage.ingest_jobs.fail(key, NOW, "No.")
    assert len(storage.feeds.pending_announcements(NOW)) == 1, "q was added before it was announced"


def test_an_article_that_feeds_have_added_is_theirs_until_somebody_adds_it(
    storage: Storage,
) -> None:
    feed = follow(storage)
    storage.feed_articles.add(C, ["a", "b"])
    storage.feed_articles.add(C, ["a"])
    storage.feed_articles.add("server-2", ["c"])
    one, two = SeenEntry("1", "x", "https://a.example/1"), SeenEntry("2", "y", None)
    jobs = [IngestJob(C, None, {"text": "Otters."}, feed.key, key) for key in ("1", "2")]
    poll(storage, feed, one, two, jobs=jobs)
    first, second = storage.ingest_jobs.due_articles(NOW, 9)
    assert storage.ingest_jobs.complete(first, "a", announce=False) is None
    assert storage.ingest_jobs.complete(second, "a", announce=False) is None
    assert storage.feeds.article_of_entry(feed.key, "1") == ("a", True)
    assert storage.feeds.article_of_entry(feed.key, "9") == (None, False)
    assert storage.ingest_jobs.complete(first, "b", announce=False) is None, "entry 2 has it too"
    assert storage.ingest_jobs.complete(second, "d", announce=False) == "a"
    assert storage.ingest_jobs.complete(second, "e", announce=False) is None, "no feed added d"

    storage.ingest_jobs.complete(IngestJob(C, None, {}), "b", announce=False)
    assert not storage.feed_articles.contains("b")
    assert storage.ingest_jobs.complete(first, "f", announce=False) is None
    assert storage.feed_articles.contains("a")
    assert storage.collections() == {C, "server-2"}
    storage.feed_articles.delete_collection("server-2")
    assert not storage.feed_articles.contains("c")


def test_an_entry_with_another_key_keeps_its_article(storage: Storage) -> None:
    feed = follow(storage)
    poll(storage, feed, SeenEntry("1", "x", "https://a.example/1"))
    job = IngestJob(C, None, {}, feed.key, "1")
    storage.ingest_jobs.complete(job, "a", announce=False)
    same, edited = ("https://a.example/1", "x"), ("https://a.example/1", "y")
    poll(storage, feed, SeenEntry("2", same[1], same[0]), SeenEntry("3", edited[1], edited[0]))
    assert storage.feeds.article_of_entry(feed.key, "2")[0] == "a"
    assert storage.feeds.article_of_entry(feed.key, "3")[0] is None, "it may be another story"
    link = "https://a.example/9"
    poll(storage, feed, SeenEntry(link, "z", link))
    assert storage.feeds.article_of_entry(feed.key, link) == (None, False), "it has no id"
