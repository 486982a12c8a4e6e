"""The contract of ``Store.recent``, tested with every implementation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index import Article
from index.scope import Scope
from index.store import Store
from index.store.sqlite import articles as sqlite_articles
from tests.index.store.builders import EAST, article, put, url

NOON = datetime(2025, 10, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Clock(datetime):
    """A ``datetime`` whose present is set by the test."""

    present = NOON

    @classmethod
    def now(cls, tz: object = None) -> "Clock":
        return cls.fromisoformat(cls.present.isoformat())


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_articles, "datetime", Clock)


def put_at(store: Store, moment: datetime, one: Article) -> Article:
    Clock.present = moment
    put(store, one, EAST)
    return one


def test_a_period_has_the_articles_added_in_it(store: Store) -> None:
    older = put_at(store, NOON, article(url=url("a"), published=date(2025, 10, 8)))
    newer = put_at(store, NOON + HOUR, article(url=url("b"), published=date(2025, 10, 9)))
    put_at(store, NOON + 2 * HOUR, article(url=url("c")))
    put_at(store, NOON, article(url=url("d"), collection="elsewhere"))
    since, until = NOON, NOON + 2 * HOUR
    assert store.recent.added(Scope(), since, until) == [newer, older]
    assert store.recent.added(Scope(), since, until, limit=1) == [newer]
    assert store.recent.count_added(Scope(), since, until) == 2
    assert store.recent.added(Scope(publisher="Nobody"), since, until) == []


def test_periods_are_compared_as_moments_whatever_their_time_zone(store: Store) -> None:
    one = put_at(store, NOON, article())
    tokyo = timezone(9 * HOUR)
    assert store.recent.added(Scope(), NOON.astimezone(tokyo), (NOON + HOUR).astimezone(tokyo)) == [
        one
    ]
    assert store.recent.added(Scope(), NOON - HOUR, NOON) == []


def test_a_correction_comes_with_the_version_before_the_period(store: Store) -> None:
    first = put_at(store, NOON, article("Nine otters were seen.", url=url("a")))
    for hours, count in enumerate(("Ten", "Eleven", "Twelve"), 1):
        text = f"{count} otters were seen."
        current = put_at(store, NOON + hours * HOUR, replace(first, text=text))
    put_at(store, NOON, article("Nothing happened.", url=url("b")))

    def versions(since: datetime, until: datetime) -> list[tuple[Article, str]]:
        return [
            (now, before.article.text.split()[0])
            for now, before in store.recent.corrected(Scope(), since, until)
        ]

    assert versions(NOON, NOON + 9 * HOUR) == [(current, "Nine")]
    assert versions(NOON + 2 * HOUR, NOON + 9 * HOUR) == [(current, "Ten")]
    assert versions(NOON + 2 * HOUR, NOON + 3 * HOUR) == [(current, "Ten")]
    assert versions(NOON + 4 * HOUR, NOON + 9 * HOUR) == []
    assert store.recent.corrected(Scope(("elsewhere",)), NOON, NOON + 9 * HOUR) == []
    assert store.recent.added(Scope(), NOON + HOUR, NOON + 9 * HOUR) == []
