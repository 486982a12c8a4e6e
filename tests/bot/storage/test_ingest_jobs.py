"""The stored jobs: attempts, failures, and what replaces them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import IngestJob, Storage
from bot.storage.ingest_jobs import IngestJobs

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LINK = IngestJob("c", "https://a.example/", {})
TEXT = "Nine otters were born at the zoo of Korsvik on Monday night, said its keeper."


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with Storage(tmp_path / "bot.sqlite") as storage:
        yield storage


@pytest.fixture
def jobs(storage: Storage) -> IngestJobs:
    return storage.ingest_jobs


def names(found: list[IngestJob]) -> list[str]:
    return [job.name for job in found]


def fail(jobs: IngestJobs, collection: str, name: str, when: datetime) -> int:
    (key,) = jobs.add([IngestJob(collection, None, {"title": name})], NOW)
    jobs.fail(key, when, f"{name} failed.")
    return key


def test_a_job_waits_until_it_is_due(jobs: IngestJobs) -> None:
    (key,) = jobs.add([LINK], NOW + MINUTE)
    assert jobs.due_links(NOW, 9) == []
    (due,) = jobs.due_links(NOW + MINUTE, 9)
    assert due == replace(LINK, key=key)
    jobs.reschedule(key, NOW + 5 * MINUTE, "No.")
    assert jobs.due_links(NOW + 4 * MINUTE, 9) == []
    (due,) = jobs.due_links(NOW + 5 * MINUTE, 9)
    assert (due.attempts, due.reason) == (1, "No.")


def test_a_fetched_article_has_all_its_attempts_before_it(jobs: IngestJobs) -> None:
    (key,) = jobs.add([replace(LINK, attempts=5)], NOW)
    jobs.set_fetched(key, {"title": "Otters", "text": TEXT}, NOW)
    assert jobs.due_links(NOW, 9) == []
    (due,) = jobs.due_articles(NOW, 9)
    assert (due.attempts, due.record) == (0, {"title": "Otters", "text": TEXT})


def test_failed_jobs_are_listed_latest_first_and_by_page(jobs: IngestJobs) -> None:
    for number in range(4):
        fail(jobs, "c", str(number), NOW + min(number, 2) * MINUTE)
    fail(jobs, "d", "elsewhere", NOW)
    assert jobs.count(["c"]) == (0, 4)
    assert jobs.count(["c", "d"]) == (0, 5)
    assert jobs.count([]) == (0, 0)
    assert names(jobs.failed(["c"], 9)) == ["3", "2", "1", "0"]
    assert names(jobs.failed(["c"], 2, 1)) == ["2", "1"]
    assert jobs.due_articles(NOW + 9 * MINUTE, 9) == []


def test_one_failed_job_or_all_of_a_collection_are_retried(jobs: IngestJobs) -> None:
    keys = [fail(jobs, "c", str(number), NOW) for number in range(3)]
    elsewhere = fail(jobs, "d", "elsewhere", NOW)
    (waiting,) = jobs.add([IngestJob("c", None, {"title": "waiting"})], NOW + MINUTE)
    assert jobs.retry(["c"], NOW, elsewhere) == jobs.retry(["c"], NOW, waiting) == 0
    assert jobs.retry(["c"], NOW, keys[1]) == 1
    (due,) = jobs.due_articles(NOW, 9)
    assert (due.name, due.attempts, due.failed_at) == ("1", 0, None)
    assert jobs.retry(["c"], NOW) == 2
    assert names(jobs.due_articles(NOW, 9)) == ["0", "1", "2"]
    assert jobs.count(["d"]) == (0, 1)


def test_only_failed_jobs_are_deleted_or_purged(jobs: IngestJobs) -> None:
    jobs.add([LINK], NOW)
    for number in range(2):
        fail(jobs, "c", str(number), NOW + number * MINUTE)
    fail(jobs, "d", "elsewhere", NOW + 9 * MINUTE)
    jobs.purge(NOW + MINUTE)
    assert names(jobs.failed(["c", "d"], 9)) == ["elsewhere", "1"]
    assert jobs.delete_failed(["c"]) == 1
    assert jobs.count(["c", "d"]) == (1, 1)
    jobs.delete_collection("c")
    assert jobs.count(["c", "d"]) == (0, 1)


def test_a_link_is_queued_once_for_each_collection(jobs: IngestJobs) -> None:
    jobs.add([replace(LINK, attempts=3)], NOW)
    jobs.add([LINK, replace(LINK, collection="d"), replace(LINK, link="https://b.example/")], NOW)
    assert sorted((j.collection, j.link, j.attempts) for j in jobs.due_links(NOW, 9)) == [
        ("c", "https://a.example/", 0),
        ("c", "https://b.example/", 0),
        ("d", "https://a.example/", 0),
    ]


def test_an_entry_is_queued_once_unless_it_tells_another_story(storage: Storage) -> None:
    feed, jobs = storage.feeds.add("c", "https://f.example/", "F", NOW), storage.ingest_jobs

    def queue(link: str | None, record: dict[str, str]) -> int:
        (key,) = jobs.add([IngestJob("c", link, record, feed.key, "1")], NOW)
        return key

    def queued() -> list[int]:
        return sorted(j.key for j in (*jobs.due_links(NOW, 9), *jobs.due_articles(NOW, 9)))

    queue("https://a.example/1", {"title": "Otters"})
    again = queue("https://a.example/1", {"title": "Nine otters"})
    assert queued() == [again]
    whole = queue(None, {"url": "https://a.example/1", "text": "At the zoo."})
    assert queued() == [whole]
    longer = queue(None, {"url": "https://a.example/2", "text": TEXT})
    assert queued() == [whole, longer]
    edited = queue(None, {"text": f"{TEXT} It rained."})
    assert queued() == [whole, edited]
    other = queue("https://a.example/3", {"title": "Otters"})
    assert queued() == [whole, edited, other]
    unknown = queue(None, {"title": "No link, no text"})
    assert len(queued()) == 4
    assert queue(None, {"title": "No link, no text"}) in queued()
    assert unknown in queued(), "nothing tells that it is the same"
    assert {j.entry_key for j in jobs.due_articles(NOW, 9)} == {None, "1"}
