"""The log of changes has the new articles, whichever process added them."""

from datetime import timedelta

import pytest

from index.store import Store
from index.store.sqlite import change_log
from tests.index.store.builders import MODEL, article, put, url
from tests.index.store.conftest import OpenStore


def test_each_article_added_or_changed_after_a_mark_comes_once(store: Store) -> None:
    put(store, article("It rained on Monday.", url=url("rain")))
    mark = store.changes.latest()
    assert store.changes.since(mark) == ([], mark)

    hail, rain = article("It hailed.", url=url("hail")), article("It poured.", url=url("rain"))
    put(store, hail)
    put(store, rain)
    put(store, hail)  # unchanged

    ids, later = store.changes.since(mark)
    assert ids == [hail.id, rain.id]
    assert store.changes.since(later)[0] == []


def test_changes_come_in_parts(store: Store) -> None:
    mark = store.changes.latest()
    added = [article(f"The gate number {n} opened.", url=url(str(n))) for n in range(5)]
    for one in added:
        put(store, one)

    seen = []
    while (part := store.changes.since(mark, limit=2))[0]:
        seen += part[0]
        mark = part[1]

    assert seen == [one.id for one in added]


def test_articles_that_another_process_adds_are_seen(open_store: OpenStore) -> None:
    store, other = open_store(), open_store()
    mark = store.changes.latest()
    put(other, hail := article("It hailed."))

    assert store.changes.since(mark)[0] == [hail.id]


def test_articles_that_are_only_split_anew_are_not_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "CLOCK_TOLERANCE", timedelta(seconds=-1))
    old = article("The ferry was late. Nobody complained.")
    put(store, old)
    mark = store.changes.latest()
    store.rebuild.start(MODEL)
    (first, *_) = store.articles.sentences(old.id)
    store.rebuild.resplit(old, [first])

    ids, later = store.changes.since(mark)
    assert ids == []
    assert later != mark


@pytest.mark.parametrize(
    "mark", ["", "x", "999999 2026-01-01T00:00:00+00:00", "1 2026", "1 2026-01-01T00:00:00"]
)
def test_a_mark_from_elsewhere_is_the_latest_one(store: Store, mark: str) -> None:
    put(store, article("It rained."))
    assert store.changes.since(mark) == ([], store.changes.latest())


def test_which_articles_exist(store: Store) -> None:
    put(store, rain := article("It rained."))
    put(store, hail := article("It hailed."))
    store.articles.remove(hail.id)

    assert store.changes.existing([rain.id, hail.id, "0" * 16]) == {rain.id}
    assert store.changes.existing([]) == set()
