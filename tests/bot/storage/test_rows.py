"""A damaged row of the bot's database is left out, and keeps no other from being read."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import IngestJob, LoggedQuestion, Storage

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAMAGED = ["{", "null", "[1]", b"\xff\xfe", 5, "2026-13-45"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite"


@pytest.fixture
def storage(path: Path) -> Iterator[Storage]:
    with Storage(path) as storage:
        for name in ("one", "two"):
            storage.ingest_jobs.add([IngestJob("c", None, {"title": name})], NOW)
            storage.feeds.add("c", f"https://{name}.example/", name, NOW)
            storage.question_log.add(LoggedQuestion(1, 2, 3, name, NOW))
        yield storage


def damage(path: Path, table: str, column: str, value: object) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        changed = database.execute(f"UPDATE {table} SET {column} = ? WHERE key = 1", (value,))
        assert changed.rowcount == 1


@pytest.mark.parametrize("value", DAMAGED)
@pytest.mark.parametrize("column", ["record", "failed_at", "tries"])
def test_the_other_jobs_are_still_found(
    storage: Storage, path: Path, column: str, value: object
) -> None:
    if (column, value) == ("tries", 5):
        return
    damage(path, "arrivals", column, value)
    found = [
        *storage.ingest_jobs.due_articles(NOW, 9),
        *storage.ingest_jobs.failed(["c"], 9),
    ]
    assert [job.name for job in found if job.name != "one"] == ["two"]


@pytest.mark.parametrize("column", ["validators", "checked_at", "failing_since"])
def test_the_other_feeds_are_still_polled(storage: Storage, path: Path, column: str) -> None:
    damage(path, "feeds", column, "[0")
    assert [feed.title for feed in storage.feeds.due(NOW)] == ["two"]


def test_a_damaged_feed_can_be_followed_again(storage: Storage, path: Path) -> None:
    damage(path, "feeds", "validators", "[0")
    storage.feeds.add("c", "https://one.example/", "one", NOW)
    assert [feed.title for feed in storage.feeds.in_collection("c")] == ["one", "two"]


@pytest.mark.parametrize("value", DAMAGED)
@pytest.mark.parametrize("column", ["passages", "turn", "asked_at", "certainty"])
def test_a_damaged_question_is_taken_for_none(
    storage: Storage, path: Path, column: str, value: object
) -> None:
    if (column, value) == ("asked_at", 5):  # a time, to pydantic
        return
    damage(path, "exchanges", column, value)
    assert storage.question_log.get(1) is None
    assert [question.text for question, _, _ in storage.question_log.unsuccessful()] == ["two"]


def test_a_damaged_row_is_logged_once(
    storage: Storage, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(path, "arrivals", "record", "{ logged once")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            storage.ingest_jobs.due_articles(NOW, 9)
    (line,) = caplog.messages
    assert line.startswith("A queued job in bot.sqlite is damaged")


def test_a_damaged_job_of_an_entry_can_be_replaced(storage: Storage, path: Path) -> None:
    (feed, *_) = storage.feeds.in_collection("c")
    job = IngestJob("c", None, {"title": "three"}, feed.key, "entry")
    (key,) = storage.ingest_jobs.add([job], NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("UPDATE arrivals SET record = '{' WHERE key = ?", (key,))
    storage.ingest_jobs.add([job], NOW)
    assert "three" in [job.name for job in storage.ingest_jobs.due_articles(NOW, 9)]
