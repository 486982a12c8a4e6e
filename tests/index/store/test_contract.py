"""The contract of a store, ``index/store/base.py``, tested with every implementation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index import Article, ModelMismatchError, Sentence, StoreError
from index.answering.phrase_search import parse_phrases
from index.scope import EVERYTHING, Scope
from index.store import Count, Store
from tests.index.factories import made_up_text
from tests.index.store.builders import (
    EAST,
    MODEL,
    NORTH,
    OTHER,
    UP,
    WEST,
    article,
    bm25_texts,
    nearest_texts,
    prepared,
    put,
    url,
    vector,
)
from tests.index.store.conftest import OpenStore

NOWHERE = "f" * 16


# Articles


def test_an_empty_store_holds_and_finds_nothing(store: Store) -> None:
    assert (store.model, store.generation, store.articles.count()) == (None, 0, Count(0, 0))
    assert store.articles.newest() == []
    assert store.articles.get(NOWHERE) is None
    assert store.articles.sentences(NOWHERE) == []
    assert store.articles.former(NOWHERE) == []
    assert store.articles.vectors_by_text(NOWHERE, MODEL) == {}
    assert store.dense.nearest(vector(*EAST), Scope(), 5) == []
    assert store.bm25.sentences(["ferry"], Scope(), 5) == []
    assert store.bm25.articles(["ferry"], Scope(), 5) == {}
    assert store.articles.keyed_sentences([NOWHERE]) == store.articles.keyed_sentences([]) == {}
    assert store.articles.fetch([1]) == {}
    assert store.dense.cosines(vector(*EAST), [1]) == {}
    assert store.totals().collections == {}
    assert list(store.problems()) == []


def test_what_is_put_in_comes_out_the_same(store: Store) -> None:
    for published in (None, date(2025, 10, 9), datetime(2025, 10, 9, 8, 5, tzinfo=UTC)):
        one = article(
            "ÖSLO (Coast Post). Zwölf \U0001f600 Fähren.\r\n\n  «Late», he said.\u2028Done. ",
            title="Fähre \U0001f600",
            published=published,
            url=url(f"fähre?{published}"),
            collection="sërver 1",
            author=None if published else "Søren Ähre",
        )
        sentences, vectors = prepared(one)
        assert store.articles.put(one, sentences, vectors, MODEL) == "added"
        assert store.articles.get(one.id) == one
        assert store.articles.content_hash(one.id) == one.content_hash
        assert store.articles.sentences(one.id) == sentences
    assert store.model == MODEL


@pytest.mark.parametrize(
    "odd", [datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), date(9999, 12, 31)]
)
def test_an_article_with_an_impossible_date_from_an_older_version_is_undated(
    store: Store, odd: date
) -> None:
    # As stored by versions that did not check dates.
    stored = Article.from_storage(vars(article(title="Odd", text="A ferry.")) | {"published": odd})
    put(store, stored)
    put(store, article(title="New", text="Another ferry.", published=date(2025, 3, 1)))
    found = store.articles.get(stored.id)
    assert found is not None
    assert (found.title, found.published, found.id) == ("Odd", None, stored.id)
    assert [one.title for one in store.articles.newest()] == ["New", "Odd"]
    for extreme in (Scope(since=date.min), Scope(until=date.max)):
        assert [one.title for one in store.articles.newest(extreme)] == ["New"]
    matches = store.phrases.matches(parse_phrases("ferry"), EVERYTHING, 5)
    assert [match.stored.article.published for match in matches] == [date(2025, 3, 1), None]
    assert list(store.problems()) == []
    assert store.articles.remove(found.id)


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    assert put(store, article(url=url("a"))) == "added"
    generation = store.generation
    assert put(store, article(url=url("a"))) == "unchanged"
    assert put(store, article(url=url("a#part"))) == "updated"  # the address says something else
    assert put(store, article(url=url("a#part"))) == "unchanged"
    assert store.generation == generation + 1
    assert store.articles.count() == Count(1, 2)


def test_another_text_at_the_same_address_replaces_the_old_one(store: Store) -> None:
    put(store, article("The ferry was late. It rained.", url=url("a")), EAST, NORTH)
    after = article("The ferry sank.", url=url("a"), title="Sunk", published=date(2025, 10, 9))
    assert put(store, after, UP) == "updated"
    assert store.articles.newest() == [after]
    assert store.articles.count() == Count(1, 1)
    assert [after.text[s.start : s.end] for s in store.articles.sentences(after.id)] == [
        "The ferry sank."
    ]
    assert nearest_texts(store, EAST) == ["The ferry sank."]
    assert bm25_texts(store, "rained late ferry") == ["The ferry sank."]
    assert list(store.problems()) == []


def test_a_new_title_alone_is_an_update(store: Store) -> None:
    put(store, article(url=url("a")))
    assert put(store, article(url=url("a"), title="Other")) == "updated"
    assert [one.title for one in store.articles.newest()] == ["Other"]


def test_what_an_article_said_before_is_kept_until_it_is_removed(store: Store) -> None:
    first = article(url=url("a"), author="Ida Holm", published=date(2025, 10, 9))
    second = article("The ferry sank.", url=url("a"))
    third = article("The ferry sank, at last.", url=url("a"))
    for version in (first, second, second, third):
        put(store, version)
    assert [former.article for former in store.articles.former(first.id)] == [second, first]
    assert all(former.until.tzinfo for former in store.articles.former(first.id))
    assert list(store.problems()) == []
    store.articles.remove(first.id)
    put(store, first)
    assert store.articles.former(first.id) == []


def test_an_edited_article_keeps_its_id_and_what_it_said(store: Store) -> None:
    for first in (article(url=url("a")), article("Eels swim."), article("A.", collection="b")):
        put(store, first)
        second = first.edited(title="Other", url=url("elsewhere"), author="Ida Holm")
        third = second.edited(text="The ferry sank.", url=None)
        assert {one.id for one in (second, third)} == {first.id}
        assert [put(store, one) for one in (second, third, third)] == [
            "updated",
            "updated",
            "unchanged",
        ]
        assert store.articles.get(first.id) == third
        assert [one.article for one in store.articles.former(first.id)] == [second, first]
        put(store, first)
        assert store.articles.former(first.id)[0].article == third
    assert list(store.problems()) == []


def test_of_what_is_corrected_all_the_time_the_last_versions_are_kept(store: Store) -> None:
    versions = [article(f"The ferry was {n} minutes late.", url=url("a")) for n in range(25)]
    for version in versions:
        put(store, version)
    kept = [former.article for former in store.articles.former(versions[0].id)]
    assert kept == versions[4:24][::-1]


STORY = made_up_text(1, 12)


def version(number: int, **fields: Any) -> Article:
    """The story, with an end that no other version has."""
    return article(f"{STORY} {made_up_text(100 + number, 2)}", title=f"V{number}", **fields)


def near_duplicate_titles(store: Store, one: Article, *collections: str) -> list[str]:
    found = store.near_duplicates.of(one.id, Scope(collections or ("shared",)))
    return [other.title for other in found]


def test_near_duplicates_are_found_before_the_article_is_stored(store: Store) -> None:
    text = "The ferry from Korsvik to Lindholm was late on Monday. Nobody on board complained."
    same, longer, elsewhere, foreign = (
        article(text, url=url("same")),
        article(f"{text} The captain apologized.", url=url("longer")),
        article(text, url=url("a"), collection="server-1"),
        article("Nine otters were born at the zoo in spring.", url=url("otters")),
    )
    for one in (same, longer, elsewhere, foreign):
        put(store, one)

    assert store.near_duplicates.candidates(article(text, url=url("new"))) == [same, longer]
    assert store.near_duplicates.candidates(same) == [longer]
    assert store.near_duplicates.candidates(replace(foreign, collection="server-2")) == []


def test_other_accounts_of_a_story_are_known(store: Store) -> None:
    one, two, three = version(1), version(2, published=date(2025, 10, 9)), version(3)
    for new in (one, article(made_up_text(5, 12), title="Else"), two, three):
        put(store, new)
    assert near_duplicate_titles(store, one) == ["V2", "V3"]
    assert near_duplicate_titles(store, three) == ["V2", "V1"]
    store.articles.remove(two.id)
    assert near_duplicate_titles(store, one) == ["V3"]
    assert store.near_duplicates.of(NOWHERE, Scope()) == []
    assert list(store.problems()) == []


def test_an_account_that_is_corrected_is_compared_anew(store: Store) -> None:
    one, two = version(1), version(2, url=url("a"))
    put(store, one)
    put(store, two)
    put(store, article(made_up_text(5, 12), title="Else", url=url("a")))
    assert near_duplicate_titles(store, one) == []
    put(store, two)
    assert near_duplicate_titles(store, one) == ["V2"]
    store.near_duplicates.update(two.id)
    assert near_duplicate_titles(store, one) == ["V2"]


def test_accounts_belong_together_by_a_third_one_only_where_that_is_read(store: Store) -> None:
    first, second = made_up_text(1, 12), made_up_text(2, 12)
    one = article(first, title="One", collection="server-1")
    two = article(second, title="Two", collection="server-1")
    both = f"{first} {second}"
    for collection in ("server-2", "shared"):
        store.articles.clear("server-2")
        for new in (one, article(both, title="Both", collection=collection), two):
            put(store, new)
        assert near_duplicate_titles(store, one, "server-1") == []
        assert near_duplicate_titles(store, one, "server-1", collection) == (
            ["Two", "Both"] if collection == "shared" else []
        )


def test_an_article_that_is_removed_is_gone_from_everywhere(store: Store) -> None:
    gone, stays = article("The ferry was late."), article("The ferry was early.")
    put(store, gone, EAST)
    put(store, stays, NORTH)
    assert nearest_texts(store, EAST) == ["The ferry was late.", "The ferry was early."]
    assert store.articles.remove(gone.id)
    assert store.articles.get(gone.id) is None
    assert store.articles.sentences(gone.id) == []
    assert nearest_texts(store, EAST) == ["The ferry was early."]
    assert bm25_texts(store, "ferry late") == ["The ferry was early."]
    assert store.articles.count() == Count(1, 1)
    assert not store.articles.remove(gone.id)
    assert list(store.problems()) == []


def test_an_article_may_come_back(store: Store) -> None:
    put(store, article(), EAST)
    store.articles.remove(article().id)
    assert nearest_texts(store, EAST) == []
    assert put(store, article(), EAST) == "added"
    assert len(nearest_texts(store, EAST)) == 2


def test_an_article_is_found_by_the_beginning_of_its_id_if_that_is_enough(store: Store) -> None:
    articles = [article(f"Text number {number}.") for number in range(20)]
    for one in articles:
        put(store, one)
    ids = sorted(one.id for one in articles)
    assert {one[0] for one in ids} < set("0123456789abcdef")
    first, second = next((a, b) for a, b in pairwise(ids) if a[0] == b[0])
    shared = next(n for n in range(16) if first[n] != second[n])
    assert store.articles.get(first[:shared]) is None
    for one in articles:
        assert store.articles.get(one.id) == one
        assert store.articles.get(one.id[:12]) == one
    assert store.articles.get("") is None
    assert store.articles.content_hash(first[:12]) is None


@pytest.mark.parametrize("odd", ["", "%", "_" * 16, "zzz", "~", "'", "\0", NOWHERE + "0"])
def test_an_id_that_nothing_has_finds_nothing(store: Store, odd: str) -> None:
    put(store, article())
    assert store.articles.get(odd) is None
    assert store.articles.content_hash(odd) is None
    assert store.articles.sentences(odd) == []
    assert not store.articles.remove(odd)


def test_articles_come_newest_first_and_undated_ones_last_as_added(store: Store) -> None:
    dates = {
        "noon": datetime(2025, 10, 9, 12, tzinfo=UTC),
        "undated b": None,
        "old": date(2024, 1, 31),
        "undated a": None,
        "new": date(2025, 10, 10),
        "day": date(2025, 10, 9),
    }
    for title, published in dates.items():
        put(store, article(title=title, published=published))
    titles = [one.title for one in store.articles.newest()]
    assert titles == ["new", "noon", "day", "old", "undated b", "undated a"]
    pages = [store.articles.newest(limit=4, offset=first) for first in (0, 4, 8)]
    assert [[one.title for one in page] for page in pages] == [titles[:4], titles[4:], []]


EAST_COAST, BERLIN, INDIA = (timezone(timedelta(hours=hours)) for hours in (-5, 2, 5.5))
MOMENTS = {
    "late in New York": datetime(2025, 10, 9, 23, tzinfo=EAST_COAST),  # 04:00 UTC on the 10th
    "early in Berlin": datetime(2025, 10, 10, 1, tzinfo=BERLIN),  # 23:00 UTC on the 9th
    "a minute later": datetime(2025, 10, 10, 4, 31, 0, 500, tzinfo=INDIA),
    "no time zone": datetime(2025, 10, 10, 3),  # noqa: DTZ001
    "the day": date(2025, 10, 10),
    "the day before": date(2025, 10, 9),
    "undated": None,
}
NEWEST_FIRST = [
    "late in New York",
    "no time zone",
    "the day",
    "a minute later",
    "early in Berlin",
    "the day before",
    "undated",
]


def test_the_newest_is_the_newest_in_whatever_time_zone(store: Store) -> None:
    text = made_up_text(1, sentences=20)  # of near-duplicates
    for title, published in MOMENTS.items():
        put(store, article(text, title=title, published=published))
    asked = article(text, title="Asked about", published=date(2020, 1, 1))
    put(store, asked)
    in_order = [*NEWEST_FIRST[:-1], asked.title, NEWEST_FIRST[-1]]
    assert [one.title for one in store.articles.newest()] == in_order
    assert [one.title for one in store.articles.every_article()] == in_order
    found = store.phrases.matches(["report 1 from"], Scope(), 10)
    assert [one.stored.article.title for one in found] == in_order
    assert [one.title for one in store.near_duplicates.of(asked.id, Scope())] == NEWEST_FIRST


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2025, 10, 10), None, MOMENTS.keys() - {"late in New York", "the day before"}),
        (None, date(2025, 10, 9), {"late in New York", "the day before"}),
    ],
)
def test_a_day_of_publication_is_the_day_where_it_was_published(
    store: Store, since: date | None, until: date | None, expected: set[str]
) -> None:
    for title, published in MOMENTS.items():
        put(store, article(title=title, published=published))
    found = store.articles.newest(Scope(since=since, until=until))
    assert {one.title for one in found} == expected - {"undated"}


@pytest.mark.usefixtures("small_pages")
def test_going_through_all_articles_misses_none_while_others_come_and_go(store: Store) -> None:
    for day in range(1, 10):
        put(store, article(title=str(day), published=date(2025, 10, day), url=url(str(day))))
    put(store, article(title="theirs", collection="other"))
    seen = []
    for one in store.articles.every_article(Scope()):
        seen.append(one.title)
        if one.title == "8":
            for gone in ("9", "8", "5"):
                store.articles.remove(article(url=url(gone)).id)
            put(store, article(title="new", published=date(2025, 10, 3)))
            put(store, article(title="1, later", published=date(2025, 10, 30), url=url("1")))
    assert seen == ["9", "8", "7", "6", "4", "3", "2", "1, later"]
    assert [one.title for one in store.articles.every_article(Scope())][:2] == ["1, later", "7"]
    assert len(list(store.articles.every_article())) == 8
    assert list(store.articles.every_article(Scope(()))) == []


def test_articles_are_listed_by_collection(store: Store) -> None:
    for collection in ("one", "two", "two"):
        number = len(store.articles.newest())
        put(store, article(title=str(number), collection=collection))
    assert [one.title for one in store.articles.newest(Scope(("two",)))] == ["1", "2"]
    assert len(store.articles.newest(Scope(("one", "two")))) == len(store.articles.newest()) == 3
    assert store.articles.newest(Scope(("three",))) == store.articles.newest(Scope(())) == []
    assert store.articles.count(Scope(("two",))) == Count(2, 4)
    assert (
        store.articles.count(Scope(("one", "two", "three")))
        == store.articles.count()
        == Count(3, 6)
    )
    assert store.articles.count(Scope(())) == Count(0, 0)


def test_titles_and_publishers_are_searched_without_their_diacritics(store: Store) -> None:
    put(store, article(title="Erdoğan in Malmö", publisher="Diário da Costa"))
    for typed in ("erdogan", "MALMO erdoğan", "Malmö"):
        assert len(store.articles.newest(title=typed)) == 1
    assert store.articles.newest(title="Erdogen") == []
    assert store.articles.publishers(EVERYTHING, "diario", 5) == ["Diário da Costa"]
    assert store.articles.publishers(EVERYTHING, "DIÁRIO", 5) == ["Diário da Costa"]


def test_titles_are_searched_whatever_their_case(store: Store) -> None:
    for title in ("100% of Straßen", "The ferry is late", "FERRY", "Έφυγε ΤΟ ΠΛΟΊΟ", "a_b"):
        put(store, article(title=title))

    def titled(part: str) -> list[str]:
        return [one.title for one in store.articles.newest(title=part)]

    assert titled("Ferry") == ["FERRY", "The ferry is late"]  # where it stands earliest
    assert titled("STRASSEN") == ["100% of Straßen"]
    assert titled("πλοίο") == ["Έφυγε ΤΟ ΠΛΟΊΟ"]
    assert titled("0%") == ["100% of Straßen"]
    assert titled("a_b") == ["a_b"]
    assert titled("boat") == []
    assert len(titled("")) == 5
    assert [a.title for a in store.articles.newest(title="ferry", limit=1, offset=1)] == [
        "The ferry is late"
    ]


def test_the_same_article_may_stand_in_two_collections(store: Store) -> None:
    here, there = (article(url=url("a"), collection=name) for name in ("here", "there"))
    assert put(store, here, EAST) == put(store, there, EAST) == "added"
    store.articles.remove(here.id)
    assert store.articles.newest() == [there]
    assert len(nearest_texts(store, EAST, "here", "there")) == 2


def test_the_vectors_of_an_article_are_known_by_their_sentences(store: Store) -> None:
    put(store, article("One. Two. One.", url=url("a")), EAST, NORTH, EAST)
    put(store, article("Three.", url=url("b")), UP)
    known = store.articles.vectors_by_text(article(url=url("a")).id, MODEL)
    assert {text: tuple(vector) for text, vector in known.items()} == {"One.": EAST, "Two.": NORTH}
    assert store.articles.vectors_by_text(article(url=url("a")).id, OTHER) == {}


def test_every_change_makes_the_generation_grow(store: Store) -> None:
    seen = [store.generation]
    put(store, article(url=url("a")))
    seen.append(store.generation)
    put(store, article("Another text.", url=url("a")))
    seen.append(store.generation)
    store.articles.remove(article(url=url("a")).id)
    seen.append(store.generation)
    assert seen == sorted(set(seen))
    nearest_texts(store, EAST)
    store.articles.newest()
    store.flush()
    assert store.generation == seen[-1]


def test_an_article_with_vectors_of_another_model_is_refused(store: Store) -> None:
    put(store, article())
    other = article("Another text.")
    with pytest.raises(ModelMismatchError, match="rebuild"):
        store.articles.put(other, *prepared(other, width=OTHER.width), OTHER)
    assert store.articles.newest() == [article()]
    assert store.model == MODEL


def test_what_fails_midway_leaves_no_trace(store: Store) -> None:
    old = article("The ferry was late.", url=url("a"))
    put(store, old, EAST)
    before = (store.generation, store.totals().collections)
    new = article("One. Two. Three.", url=url("a"), title="New")
    elsewhere = article("One. Two. Three.", collection="elsewhere")
    for one in (new, elsewhere):
        sentences, vectors = prepared(one)
        with pytest.raises(ValueError, match="zip"):
            store.articles.put(one, sentences, vectors[:2], MODEL)
        overlapping = [Sentence(0, 4, 1, 1), Sentence(0, 4, 1, 2), Sentence(5, 9, 1, 3)]
        with pytest.raises(StoreError):
            store.articles.put(one, overlapping, vectors, MODEL)
    assert (store.generation, store.totals().collections) == before
    assert store.articles.newest() == [old]
    assert nearest_texts(store, EAST) == bm25_texts(store, "ferry one") == ["The ferry was late."]
    assert list(store.problems()) == []


# Dense and BM25 search


def test_the_nearest_sentences_come_first_with_their_cosines(store: Store) -> None:
    put(store, article("One. Two. Three. Four."), WEST, (1, 1, 0, 0), EAST, NORTH)
    hits = store.dense.nearest(vector(*EAST), Scope(), 3)
    assert [store.articles.fetch([hit.key])[hit.key].text for hit in hits] == [
        "Three.",
        "Two.",
        "Four.",
    ]
    assert [hit.score for hit in hits] == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)
    assert len(store.dense.nearest(vector(*EAST), Scope(), 100)) == 4


def test_a_large_collection_hides_nothing_of_a_small_one(store: Store) -> None:
    for number in range(20):
        put(store, article("Ferry news. " * 30 + f"Number {number}.", collection="large"), EAST)
    put(store, article("Little ferry.", collection="small"), (1, 3, 0, 0))
    assert nearest_texts(store, EAST, "small", limit=1) == ["Little ferry."]
    assert bm25_texts(store, "ferry", "small", limit=1) == ["Little ferry."]
    assert "Little ferry." not in nearest_texts(store, EAST, "small", "large", limit=100)
    assert nearest_texts(store, NORTH, "small", "large", limit=1) == ["Little ferry."]


def test_collections_that_are_empty_or_unknown_find_nothing(store: Store) -> None:
    put(store, article("The ferry was late.", collection="one"))
    put(store, article("The ferry was late.", collection="two"))
    store.articles.remove(article("The ferry was late.", collection="two").id)
    for scope in (Scope(()), Scope(("two",)), Scope(("three",))):
        assert store.dense.nearest(vector(*EAST), scope, 5) == []
        assert store.bm25.sentences(["ferry"], scope, 5) == []
        assert store.bm25.articles(["ferry"], scope, 5) == {}
    assert len(nearest_texts(store, EAST, "one", "two", "three")) == 1


def test_words_are_found_in_whatever_form_and_the_best_come_first(store: Store) -> None:
    put(
        store,
        article(
            "Ferries wait. The night ferry was late again. It rained. Nights are cold. À bientôt!"
        ),
    )
    assert bm25_texts(store, "ferry night late") == [
        "The night ferry was late again.",
        "Ferries wait.",
        "Nights are cold.",
    ]
    assert bm25_texts(store, "ferry night late", limit=1) == ["The night ferry was late again."]
    assert bm25_texts(store, "BIENTOT") == ["À bientôt!"]
    assert bm25_texts(store, "boat") == []
    assert store.bm25.sentences([], Scope(), 5) == []


def test_a_sentence_with_every_word_scores_about_one(store: Store) -> None:
    fillers = " ".join(f"Sentence {n} has six words here." for n in range(40))
    put(store, article(f"The purple ferry was very late. The ferry was early that day. {fillers}"))
    hits = store.bm25.sentences(["purple", "ferry", "late"], Scope(), 5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == pytest.approx(1, abs=0.15)
    assert hits[1].score < 0.6


@pytest.mark.parametrize(
    "word",
    ['"', 'a"b', "*", "ferry*", "-ferry", "NOT", "AND", "NEAR(", "text:", "^", "{", "_", "é"],
)
def test_no_word_is_an_operator(store: Store, word: str) -> None:
    put(store, article("The ferry was late. And not near."))
    assert len(store.bm25.sentences([word], Scope(), 5)) <= 1
    assert "The ferry was late." in bm25_texts(store, f"{word} late")
    assert len(store.bm25.articles([word], Scope(), 5)) <= 1
    assert len(store.phrases.matches([f"{word} late"], Scope(), 5)) <= 1
    assert article_titles(store, f"{word} late") == ["Ferry"]


def test_sentences_are_fetched_by_their_keys_and_missing_ones_left_out(store: Store) -> None:
    gone, stays = article("Gone."), article("One. Two.", collection="other")
    put(store, gone, EAST)
    put(store, stays, EAST, NORTH)
    keys = [hit.key for hit in store.dense.nearest(vector(*EAST), Scope(("shared", "other")), 5)]
    store.articles.remove(gone.id)
    fetched = store.articles.fetch([*keys, 10**9])
    assert sorted(one.text for one in fetched.values()) == ["One.", "Two."]
    for key, one in fetched.items():
        assert (one.key, one.article) == (key, stays)
        assert one.sentence in store.articles.sentences(stays.id)
    cosines = store.dense.cosines(vector(*EAST), [*keys, 10**9])
    assert {fetched[key].text: cosine for key, cosine in cosines.items()} == {"One.": 1, "Two.": 0}
    assert store.articles.fetch([]) == {}
    assert store.dense.cosines(vector(*EAST), []) == {}


def test_a_collection_is_cleared_as_a_whole_and_no_other(store: Store) -> None:
    put(store, article("One. Two.", collection="theirs"), EAST)
    put(store, article("Three.", collection="theirs"), EAST)
    put(store, article("Four."), EAST)
    generation = store.generation

    assert store.articles.clear("theirs") == 2
    assert store.articles.clear("theirs") == store.articles.clear("nobody's") == 0

    assert store.generation == generation + 1
    assert store.articles.count() == Count(1, 1)
    assert nearest_texts(store, EAST, "theirs", "shared") == ["Four."]
    assert bm25_texts(store, "one", "theirs", "shared") == []
    assert list(store.problems()) == []
    assert put(store, article("Three.", collection="theirs"), EAST) == "added"


def test_the_last_change_is_told(store: Store) -> None:
    assert store.articles.last_change(EVERYTHING) is None
    before = datetime.now(UTC).replace(microsecond=0)
    put(store, article(collection="theirs"))
    changed = store.articles.last_change(EVERYTHING)
    assert changed is not None
    assert before <= changed <= datetime.now(UTC)
    assert store.articles.last_change(Scope()) is None


# Phrase search


def marked_matches(store: Store, *phrases: str, **narrowing: Any) -> list[str]:
    """The sentences that contain phrases, which are put in brackets."""
    scope = Scope(**narrowing)
    told = []
    for one in store.phrases.matches(phrases, scope, 10):
        text, at = "", 0
        for start, end in one.spans:
            text += f"{one.stored.text[at:start]}[{one.stored.text[start:end]}]"
            at = end
        told.append(text + one.stored.text[at:])
    assert store.phrases.count(phrases, scope) == len(told)
    return told


def test_words_are_looked_up_as_they_are_written(store: Store) -> None:
    put(store, article("The ferry was late. Ferries wait. FERRY! Férry-boats sail. It rained."))
    assert marked_matches(store, "ferry") == [
        "The [ferry] was late.",
        "[FERRY]!",
        "[Férry]-boats sail.",
    ]
    assert marked_matches(store, "ferries") == ["[Ferries] wait."]
    assert marked_matches(store, "ferr") == []
    assert marked_matches(store, "late", "the") == ["[The] ferry was [late]."]
    assert marked_matches(store, "late", "wait") == []


def test_phrases_are_looked_up_word_for_word(store: Store) -> None:
    put(store, article("The night ferry was late. The ferry at night is rare. A ferry, night!"))
    assert marked_matches(store, "night ferry") == ["The [night ferry] was late."]
    assert marked_matches(store, "ferry night") == ["A [ferry, night]!"]
    assert marked_matches(store, "ferry at", "rare") == ["The [ferry at] night is [rare]."]
    assert marked_matches(store, "the night", "night ferry") == ["[The night ferry] was late."]


def test_what_is_looked_up_comes_newest_first_a_page_at_a_time(papers: Store) -> None:
    def titles(limit: int, offset: int = 0) -> list[str]:
        found = papers.phrases.matches(["ferry"], Scope(), limit, offset)
        return [one.stored.article.title for one in found]

    assert titles(10) == ["Other", "New", "Old", "Undated"]
    assert titles(2) + titles(2, 2) + titles(2, 4) == titles(10)
    assert marked_matches(papers, "ferry", publisher="coast post", since=date(2025, 3, 1)) == [
        "The [ferry] of New was late."
    ]
    assert marked_matches(papers, "ferry", collections=()) == []


def test_what_was_removed_or_changed_is_looked_up_no_more(store: Store) -> None:
    put(store, article("The ferry was late.", url=url("a")))
    put(store, article("The bridge was late.", url=url("b")))
    put(store, article("The road is long.", url=url("b")))
    assert marked_matches(store, "late") == ["The ferry was [late]."]
    store.articles.remove(article(url=url("a")).id)
    assert marked_matches(store, "late") == []
    assert marked_matches(store, "road") == ["The [road] is long."]


@given(
    words=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6),
    asked=st.lists(st.text(max_size=8), min_size=1, max_size=3),
)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
def test_what_is_marked_lies_in_the_sentence(
    store: Store, words: list[str], asked: list[str]
) -> None:
    text = " ".join(words)
    assume(any(c.isalnum() for c in text) and "\0" not in text)
    assume(text.encode(errors="replace").decode() == text)
    put(store, article(text, url=url("a")))
    phrases = parse_phrases(" ".join([*asked, words[0]]).encode(errors="replace").decode())
    assume(phrases)
    for one in store.phrases.matches(phrases, Scope(), 10):
        ends = [at for span in one.spans for at in span]
        assert one.spans
        assert ends == sorted(ends)
        assert 0 <= ends[0] < ends[-1] <= len(one.stored.text)
        assert all(one.stored.text[start:end].strip() for start, end in one.spans)


# Filters


@pytest.fixture
def papers(store: Store) -> Store:
    """Four articles about a ferry, by two publishers and on three days."""
    for title, publisher, published in [
        ("Old", "Coast Post", date(2025, 1, 1)),
        ("New", "COAST POST", datetime(2025, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=9)))),
        ("Other", "Straße", date(2025, 3, 2)),
        ("Undated", None, None),
    ]:
        fields = {"title": title, "publisher": publisher, "published": published}
        put(store, article(f"The ferry of {title} was late.", **fields))
    put(store, article("The ferry of theirs was late.", title="Elsewhere", collection="other"))
    return store


@pytest.mark.parametrize("alone", [False, True], ids=["of two collections", "of the only one"])
@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        ({}, {"Old", "New", "Other", "Undated"}),
        ({"publisher": "coast post"}, {"Old", "New"}),
        ({"publisher": "STRASSE"}, {"Other"}),
        ({"publisher": "post"}, set()),
        ({"publisher": "half \ud800"}, set()),
        ({"since": date(2025, 3, 1)}, {"New", "Other"}),
        ({"since": date(2025, 3, 3)}, set()),
        ({"since": date(2025, 3, 1), "publisher": "Coast Post"}, {"New"}),
        ({"until": date(2025, 3, 1)}, {"Old", "New"}),
        ({"until": date(2024, 12, 31)}, set()),
        ({"since": date(2025, 3, 1), "until": date(2025, 3, 1)}, {"New"}),
        ({"since": date(2025, 1, 2), "until": date(2025, 2, 28)}, set()),
        (
            {"articles": (article("The ferry of Undated was late.", title="Undated").id,)},
            {"Undated"},
        ),
        ({"articles": (article("The ferry of theirs was late.", title="Elsewhere").id,)}, set()),
        ({"articles": (NOWHERE,)}, set()),
        ({"articles": ()}, set()),
    ],
)
def test_a_narrowed_scope_is_all_that_is_searched_counted_and_listed(
    papers: Store, narrowing: dict[str, Any], expected: set[str], alone: bool
) -> None:
    if alone:  # so that filters are all that is searched by
        papers.articles.clear("other")
    scope = Scope(**narrowing)
    for limit in (len(expected) or 1, 10):  # what is filtered out does not count
        for hits in (
            papers.dense.nearest(vector(*EAST), scope, limit),
            papers.bm25.sentences(["ferry"], scope, limit),
        ):
            stored = papers.articles.fetch([hit.key for hit in hits])
            assert sorted(one.article.title for one in stored.values()) == sorted(expected)
        titles = {one.id: one.title for one in papers.articles.newest()}
        about = papers.bm25.articles(["ferry"], scope, limit)
        assert {titles[one] for one in about} == expected
        matches = papers.phrases.matches(["ferry of"], scope, limit)
        assert sorted(one.stored.article.title for one in matches) == sorted(expected)
        assert {one.title for one in papers.articles.newest(scope, limit=limit)} == expected
    assert papers.phrases.count(["ferry of"], scope) == len(expected)
    assert {one.title for one in papers.articles.every_article(scope)} == expected
    assert papers.articles.count(scope) == Count(len(expected), len(expected))


def test_publishers_are_told_once_and_the_busiest_comes_first(papers: Store) -> None:
    put(papers, article("Theirs.", publisher="Elsewhere", collection="other"))
    names = papers.articles.publishers(Scope(), "", 10)
    assert [name.casefold() for name in names] == ["coast post", "strasse"]
    assert papers.articles.publishers(Scope(), "ST", 1) == names[:1]
    assert papers.articles.publishers(Scope(), "strasse", 10) == ["Straße"]
    assert papers.articles.publishers(Scope(since=date(2025, 3, 2)), "", 10) == ["Straße"]
    assert papers.articles.publishers(EVERYTHING, "else", 10) == ["Elsewhere"]


# BM25 search for articles


def article_titles(store: Store, words: str, *collections: str, limit: int = 10) -> list[str]:
    """The titles of the best articles by BM25."""
    about = store.bm25.articles(words.split(), Scope(collections or ("shared",)), limit)
    titles = {one.id: one.title for one in store.articles.newest()}
    return [titles[article_id] for article_id in about]


def test_the_article_that_is_about_the_words_as_a_whole_comes_first(store: Store) -> None:
    put(store, article("The ferry was late. It rained on the pier.", title="One"))
    put(store, article("The night was cold. A ferry sailed. It came late.", title="Two"))
    put(store, article("Wages rose again. Prices fell. Nobody knows why.", title="Three"))
    put(store, article("The council met. It decided nothing at all.", title="Four"))
    scores = store.bm25.articles(["ferry", "night", "late"], Scope(), 10)
    assert article_titles(store, "ferry night late") == ["Two", "One"]
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    assert article_titles(store, "ferry night late", limit=1) == ["Two"]
    assert article_titles(store, "boat") == []
    assert store.bm25.articles([], Scope(), 5) == {}


def test_an_article_is_about_what_its_title_says(store: Store) -> None:
    put(store, article("It came three hours late.", title="The Night Ferry"))
    put(store, article("It rained for three hours.", title="Weather"))
    assert article_titles(store, "ferry") == ["The Night Ferry"]
    assert (
        article_titles(store, "ferry late weather")[0] == "The Night Ferry"
    )  # the title and the text


def test_what_an_article_is_about_is_found_in_whatever_form(store: Store) -> None:
    put(store, article("Nights are cold. À bientôt!", title="Ferries"))
    for word in ("ferry", "FERRIES", "night", "bientot", "BIENTÔT"):
        assert article_titles(store, word) == ["Ferries"]


def test_an_article_with_every_word_scores_about_one(store: Store) -> None:
    for number in range(40):
        put(store, article(f"Sentence {number} has six words here.", title="A report on things"))
    put(store, article("The purple ferry was late.", title="News of the day"))
    put(store, article("The ferry was quite early.", title="News of a day"))
    every, one = store.bm25.articles(["purple", "ferry", "late"], Scope(), 5).values()
    assert every == pytest.approx(1, abs=0.15)
    assert one < 0.6


def test_only_the_articles_of_the_collections_asked_for_are_found(store: Store) -> None:
    for number in range(20):
        fields = {"title": f"Large {number}", "collection": "large"}
        put(store, article("Ferry news. " * 10 + f"Number {number}.", **fields))
    put(store, article("A ferry, among many other things.", title="Small", collection="small"))
    assert article_titles(store, "ferry", "small", limit=1) == ["Small"]
    assert len(article_titles(store, "ferry", "large", limit=100)) == 20
    assert len(article_titles(store, "ferry", "large", "small", "none", limit=100)) == 21
    assert article_titles(store, "ferry", "none") == article_titles(store, "ferry") == []


def test_what_an_article_was_about_before_is_forgotten(store: Store) -> None:
    put(store, article("The ferry was late.", title="Harbour", url=url("a")))
    put(store, article("It rained.", title="Weather", url=url("b")))
    put(store, article("The ferry was late.", title="Pier", url=url("a")))  # a new title alone
    assert article_titles(store, "harbour") == []
    assert article_titles(store, "pier") == article_titles(store, "ferry") == ["Pier"]
    put(store, article("The bridge is closed.", title="Pier", url=url("a")))  # a new text alone
    assert article_titles(store, "ferry late") == []
    assert article_titles(store, "bridge") == ["Pier"]
    store.articles.remove(article(url=url("a")).id)
    assert article_titles(store, "pier bridge ferry harbour") == []
    assert article_titles(store, "weather") == ["Weather"]
    assert list(store.problems()) == []


def test_an_article_that_fails_to_go_in_leaves_no_words(store: Store) -> None:
    put(store, article("The ferry was late.", title="Harbour", url=url("a")))
    new = article("One. Two. Three.", title="New", url=url("a"))
    sentences, vectors = prepared(new)
    with pytest.raises(ValueError, match="zip"):
        store.articles.put(new, sentences, vectors[:2], MODEL)
    assert article_titles(store, "harbour") == article_titles(store, "ferry") == ["Harbour"]
    assert article_titles(store, "new three") == []


def test_what_articles_are_about_lasts(open_store: OpenStore) -> None:
    with open_store() as store:
        put(store, article("The ferry was late.", title="Harbour"))
    assert article_titles(open_store(), "harbour ferry") == ["Harbour"]


def test_the_sentences_of_articles_come_in_the_order_of_the_text(store: Store) -> None:
    one, two = article("One. Two. Three.", url=url("a")), article("Four. Five.", collection="b")
    put(store, article("Zero."))
    put(store, one)
    put(store, two)
    put(store, article("Six. One. Seven. Two.", url=url("a")))  # its keys are newer than two's
    one = article("Six. One. Seven. Two.", url=url("a"))
    rows = store.articles.keyed_sentences([two.id, NOWHERE, one.id, one.id, "", "%", one.id[:12]])
    assert rows.keys() == {one.id, two.id}
    for its in (one, two):
        assert [sentence for _, sentence in rows[its.id]] == store.articles.sentences(its.id)
        stored = store.articles.fetch([key for key, _ in rows[its.id]])
        for key, sentence in rows[its.id]:
            assert (stored[key].key, stored[key].article) == (key, its)
            assert stored[key].sentence == sentence
    texts = [one.text[sentence.start : sentence.end] for _, sentence in rows[one.id]]
    assert texts == ["Six.", "One.", "Seven.", "Two."]
    store.articles.remove(two.id)
    assert store.articles.keyed_sentences([two.id]) == {}


def test_the_sentences_of_many_articles_may_be_asked_for_at_once(store: Store) -> None:
    for number in range(30):
        put(store, article(f"Ferry {number}. Boat {number}."))
    ids = [one.id for one in store.articles.newest()]
    rows = store.articles.keyed_sentences([*ids, *(f"{number:016x}" for number in range(2000))])
    assert rows.keys() == set(ids)
    keys = [key for row in rows.values() for key, _ in row]
    assert len(set(keys)) == len(keys) == 60


def test_after_splitting_anew_the_order_is_that_of_the_text(store: Store) -> None:
    one = article("One. Two. Three.")
    put(store, one)
    anew = [Sentence(0, 9, 1, 1), Sentence(10, 16, 1, 2)]
    store.rebuild.resplit(one, anew)
    assert [sentence for _, sentence in store.articles.keyed_sentences([one.id])[one.id]] == anew


# Boilerplate

STORY_AND_MORE = "By Ann Ferry\n\nThe ferry was late.\n\nREAD MORE: Ferry crews\n\nIt rained."
FLAGS = [True, False, True, False]


def test_boilerplate_stays_a_sentence_and_is_found_by_phrases_alone(open_store: OpenStore) -> None:
    one = article(STORY_AND_MORE)
    with open_store() as store:
        put(store, one, EAST)
    store = open_store()
    assert [s.is_boilerplate for s in store.articles.sentences(one.id)] == FLAGS
    keyed = store.articles.keyed_sentences([one.id])[one.id]
    assert [sentence for _, sentence in keyed] == store.articles.sentences(one.id)
    fetched = store.articles.fetch([key for key, _ in keyed])
    assert [fetched[key].sentence for key, _ in keyed] == store.articles.sentences(one.id)
    assert store.articles.count() == Count(1, 4)
    assert nearest_texts(store, EAST) == ["The ferry was late.", "It rained."]
    assert bm25_texts(store, "ferry") == ["The ferry was late."]
    assert store.bm25.articles(["crews"], Scope(), 5).keys() == {one.id}
    assert store.phrases.count(["ferry"], Scope()) == 3
    assert len(store.phrases.matches(["ferry"], Scope(), 5)) == 3
    assert store.vocabulary.known(["crews"], None) == {"crews"}
    assert list(store.problems()) == []


@pytest.mark.parametrize("scope", [Scope(), Scope(("shared",), publisher="Coast"), EVERYTHING])
def test_other_sentences_take_the_place_of_boilerplate(store: Store, scope: Scope) -> None:
    for number in range(20):
        put(store, article(f"Ferry {number} was late.\n\nREAD MORE: Ferry {number}"), EAST, NORTH)
        put(store, article(STORY_AND_MORE, publisher="Coast", url=url(str(number))), NORTH)
    limit = 15
    for direction in (EAST, NORTH):
        hits = store.dense.nearest(vector(*direction), scope, limit)
        found = store.articles.fetch([hit.key for hit in hits])
        assert len(found) == limit
        assert not any(stored.sentence.is_boilerplate for stored in found.values())
    hits = store.bm25.sentences(["ferry", "more"], scope, limit)
    found = store.articles.fetch([hit.key for hit in hits])
    assert len(found) == limit
    assert not any(stored.sentence.is_boilerplate for stored in found.values())


def test_boilerplate_goes_with_its_article(store: Store) -> None:
    one, two = article(STORY_AND_MORE, url=url("a")), article(STORY_AND_MORE, collection="b")
    for old in (one, two):
        put(store, old, EAST)
    assert len(nearest_texts(store, EAST)) == 2
    put(store, article("By Ann Ferry\n\nThe ferry came.", url=url("a")), EAST)
    assert nearest_texts(store, EAST) == ["The ferry came."]
    store.articles.clear("b")
    assert nearest_texts(store, EAST, "b") == []
    store.articles.remove(one.id)
    assert nearest_texts(store, EAST) == []
    assert list(store.problems()) == []
    put(store, two, EAST)
    assert len(nearest_texts(store, EAST, "b")) == 2
    assert list(store.problems()) == []


def test_a_sentence_becomes_boilerplate_or_none_by_splitting_anew(store: Store) -> None:
    one = article(STORY_AND_MORE)
    flagged, vectors = prepared(one, EAST)
    unflagged = [replace(sentence, is_boilerplate=False) for sentence in flagged]
    store.articles.put(one, unflagged, vectors, MODEL)
    for sentences, found in ((unflagged, 4), (flagged, 2), (unflagged, 4), (flagged, 2)):
        store.rebuild.resplit(one, sentences)
        assert store.articles.sentences(one.id) == sentences
        assert len(nearest_texts(store, EAST)) == found
        assert len(bm25_texts(store, "ferry rained")) == found
        assert list(store.problems()) == []
    generation = store.generation
    store.rebuild.resplit(one, flagged)
    assert store.generation == generation


# Rebuilding


def embed_all(store: Store, *, limit: int = 100) -> int:
    """Give every sentence that lacks one a vector of the other model, in its own direction."""
    some = store.rebuild.pending(limit)
    model = store.totals().rebuilding
    assert model is not None
    vectors = np.stack([vector(0, 0, 1)] * len(some))
    store.rebuild.add_vectors([one.key for one in some], vectors, model)
    return len(some)


def test_a_rebuild_puts_the_vectors_of_another_model_in_place_of_the_old(store: Store) -> None:
    put(store, article("One. Two."), EAST, NORTH)
    put(store, article("Three.", collection="other"), UP)
    generation = store.generation
    store.rebuild.start(OTHER)
    assert store.totals().rebuilding == OTHER
    assert sorted(one.text for one in store.rebuild.pending(10)) == ["One.", "Three.", "Two."]
    assert not store.rebuild.finish()
    assert embed_all(store, limit=2) == 2
    assert not store.rebuild.finish()
    assert (store.model, nearest_texts(store, EAST)) == (MODEL, ["One.", "Two."])  # asking goes on
    assert embed_all(store) == 1
    assert store.rebuild.finish()
    assert (store.model, store.totals().rebuilding) == (OTHER, None)
    assert store.generation > generation
    assert store.dense.nearest(vector(0, 0, 1), Scope(("shared", "other")), 5)[
        0
    ].score == pytest.approx(1)
    assert len(store.dense.nearest(vector(0, 0, 1), Scope(("shared", "other")), 5)) == 3
    assert list(store.problems()) == []
    with pytest.raises(ModelMismatchError):
        put(store, article("Four."))


def test_a_rebuild_goes_on_where_it_stopped(open_store: OpenStore) -> None:
    with open_store() as store:
        put(store, article("One. Two. Three."))
        store.rebuild.start(OTHER)
        embed_all(store, limit=2)
    store = open_store()
    assert store.totals().rebuilding == OTHER
    store.rebuild.start(OTHER)
    assert len(store.rebuild.pending(10)) == 1
    embed_all(store)
    assert store.rebuild.finish()


def test_a_rebuild_for_a_third_model_begins_anew(store: Store) -> None:
    put(store, article("One. Two. Three."))
    store.rebuild.start(OTHER)
    embed_all(store, limit=2)
    third = replace(OTHER, fingerprint="2" * 64)
    store.rebuild.start(third)
    assert len(store.rebuild.pending(10)) == 3
    embed_all(store)
    assert store.rebuild.finish()
    assert store.model == third
    assert list(store.problems()) == []


def test_a_rebuild_may_use_the_same_model_again(store: Store) -> None:
    put(store, article("One. Two."), EAST)
    store.rebuild.start(MODEL)
    some = store.rebuild.pending(10)
    store.rebuild.add_vectors([one.key for one in some], np.stack([vector(*NORTH)] * 2), MODEL)
    assert store.rebuild.finish()
    assert [hit.score for hit in store.dense.nearest(vector(*NORTH), Scope(), 5)] == [1, 1]


def test_a_rebuild_may_keep_the_vectors(store: Store) -> None:
    one = article("One. Two.")
    put(store, one, EAST)
    first, second = store.articles.sentences(one.id)
    store.rebuild.start(MODEL, keep_vectors=True)
    joined = Sentence(first.start, second.end, 1, 1)
    store.rebuild.resplit(one, [joined])
    assert [stored.text for stored in store.rebuild.pending(10)] == ["One. Two."]
    assert not store.rebuild.finish()
    (new,) = store.rebuild.pending(10)
    store.rebuild.add_vectors([new.key], np.stack([vector(*NORTH)]), MODEL)
    assert store.rebuild.finish()
    assert nearest_texts(store, NORTH) == ["One. Two."]
    assert list(store.problems()) == []

    store.rebuild.start(MODEL, keep_vectors=True)
    assert store.rebuild.pending(10) == []
    with pytest.raises(ModelMismatchError, match="come from"):
        store.rebuild.start(OTHER, keep_vectors=True)
    assert store.model == MODEL


def test_a_rebuild_for_vectors_anew_follows_one_that_kept_them(store: Store) -> None:
    put(store, article("One. Two."), EAST)
    store.rebuild.start(MODEL, keep_vectors=True)
    store.rebuild.start(MODEL)
    assert len(store.rebuild.pending(10)) == 2
    store.rebuild.start(MODEL, keep_vectors=True)
    assert store.rebuild.pending(10) == []
    store.rebuild.start(OTHER)
    assert store.model == MODEL
    embed_all(store)
    assert store.rebuild.finish()
    assert store.model == OTHER
    assert list(store.problems()) == []


def test_articles_come_and_go_during_a_rebuild(store: Store) -> None:
    put(store, article("One. Two."), EAST)
    store.rebuild.start(OTHER)
    some = store.rebuild.pending(10)
    put(store, article("Three."), NORTH)
    assert nearest_texts(store, NORTH, limit=1) == ["Three."]
    store.articles.remove(article("One. Two.").id)
    vectors = np.stack([vector(0, 0, 1)] * 2)
    store.rebuild.add_vectors([one.key for one in some], vectors, OTHER)
    assert not store.rebuild.finish()
    assert [one.text for one in store.rebuild.pending(10)] == ["Three."]
    embed_all(store)
    assert store.rebuild.finish()
    assert store.articles.count() == Count(1, 1)
    assert list(store.problems()) == []


def test_two_rebuilds_at_once_do_not_trip_over_each_other(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    put(one, article("One. Two."))
    one.rebuild.start(OTHER)
    other.rebuild.start(OTHER)
    keys = [stored.key for stored in other.rebuild.pending(10)]
    vectors = np.stack([vector(0, 0, 1)] * 2)
    embed_all(one)
    other.rebuild.add_vectors(keys, vectors, OTHER)
    assert one.rebuild.finish()
    other.rebuild.add_vectors(keys, vectors, OTHER)
    assert other.rebuild.finish()
    assert one.model == other.model == OTHER
    assert list(other.problems()) == []


def test_vectors_are_not_stored_as_those_of_a_rebuild_for_another_model(
    open_store: OpenStore,
) -> None:
    one, other = open_store(), open_store()
    put(one, article("One. Two."))
    one.rebuild.start(OTHER)
    keys = [stored.key for stored in one.rebuild.pending(10)]
    third = replace(OTHER, fingerprint="2" * 64)
    other.rebuild.start(third)
    with pytest.raises(ModelMismatchError, match="Run it again"):
        one.rebuild.add_vectors(keys, np.stack([vector(0, 0, 1)] * 2), OTHER)
    assert len(other.rebuild.pending(10)) == 2


@pytest.mark.parametrize("meanwhile", ["corrected", "removed"])
def test_the_sentences_of_a_text_are_not_given_to_another(store: Store, meanwhile: str) -> None:
    old = article("One. Two. Three.", url=url("a"))
    new = article("This came in place of it. And this.", url=url("a"))
    put(store, old)
    store.rebuild.start(OTHER)
    if meanwhile == "corrected":
        put(store, new)
    else:
        store.articles.remove(old.id)
    store.rebuild.resplit(old, [Sentence(0, 9, 1, 1), Sentence(10, 16, 1, 2)])
    expected = prepared(new)[0] if meanwhile == "corrected" else []
    assert store.articles.sentences(old.id) == expected
    if expected:
        embed_all(store)
    assert store.rebuild.finish()
    assert list(store.problems()) == []


def test_an_empty_store_is_rebuilt_at_once(store: Store) -> None:
    store.rebuild.start(OTHER)
    assert store.rebuild.finish()
    assert store.model == OTHER


def test_an_article_may_be_split_anew_and_what_stays_the_same_keeps_its_vector(
    store: Store,
) -> None:
    one = article("One. Two. Three.")
    put(store, one, EAST, NORTH, UP)
    anew = [Sentence(0, 9, 1, 1), Sentence(10, 16, 1, 2)]
    store.rebuild.start(OTHER)
    store.rebuild.resplit(one, anew)
    assert store.articles.sentences(one.id) == anew
    assert nearest_texts(store, UP) == ["Three."]  # the new one has no vector yet
    assert bm25_texts(store, "one") == ["One. Two."]
    embed_all(store)
    assert store.rebuild.finish()
    assert store.articles.count() == Count(1, 2)
    assert list(store.problems()) == []


# Durability and concurrency


def test_everything_is_there_after_closing_and_opening(open_store: OpenStore) -> None:
    with open_store() as store:
        put(store, article("One. Two.", url=url("a")), EAST, NORTH)
        put(store, article("Three.", collection="other"), UP)
        nearest_texts(store, EAST, "shared", "other")
        store.articles.remove(article("Three.", collection="other").id)
        put(store, article("One. Four.", url=url("a")), EAST, UP)
        generation = store.generation
    store = open_store()
    assert (store.generation, store.model) == (generation, MODEL)
    assert store.articles.newest() == [article("One. Four.", url=url("a"))]
    assert nearest_texts(store, UP, "shared", "other") == ["Four.", "One."]
    assert bm25_texts(store, "four") == ["Four."]
    assert store.totals().collections == {"shared": Count(1, 2)}
    assert list(store.problems()) == []


def test_two_that_are_open_at_once_see_each_others_changes(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    put(one, article("One.", url=url("a")), EAST)
    assert nearest_texts(other, EAST) == ["One."]
    put(other, article("Two.", url=url("b")), NORTH)
    assert nearest_texts(one, NORTH) == ["Two.", "One."]
    put(one, article("Three.", url=url("a")), EAST)
    assert nearest_texts(other, EAST) == ["Three.", "Two."]
    assert bm25_texts(other, "one three") == ["Three."]
    one.articles.remove(article("Two.", url=url("b")).id)
    assert nearest_texts(other, NORTH) == ["Three."]
    assert one.generation == other.generation
    one.close()
    assert nearest_texts(other, EAST) == ["Three."]
    put(other, article("Four.", url=url("c")), UP)
    assert nearest_texts(open_store(), UP) == ["Four.", "Three."]


def test_a_rebuild_elsewhere_is_seen_here(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    put(one, article("One. Two."), EAST)
    assert len(nearest_texts(other, EAST)) == 2
    one.rebuild.start(OTHER)
    embed_all(one)
    one.rebuild.finish()
    assert other.model == OTHER
    assert [hit.score for hit in other.dense.nearest(vector(0, 0, 1), Scope(), 5)] == [1, 1]


def test_closing_after_a_rebuild_elsewhere_does_no_harm(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    put(one, article("One. Two."), EAST)
    assert len(nearest_texts(other, EAST)) == 2
    one.rebuild.start(OTHER)
    embed_all(one)
    one.rebuild.finish()
    one.flush()
    other.close()
    one.close()
    with open_store() as again:
        assert len(again.dense.nearest(vector(0, 0, 1), Scope(), 5)) == 2
        assert list(again.problems()) == []


def test_stores_have_nothing_to_do_with_each_other(open_store: OpenStore) -> None:
    put(open_store("one"), article())
    assert open_store("two").articles.count() == Count(0, 0)


def test_many_threads_may_read_and_write_at_once(open_store: OpenStore) -> None:
    store, second = open_store(), open_store()
    put(store, article("Ferry zero.", url=url("zero")), EAST)
    failures: list[BaseException] = []
    together = Barrier(8)

    def work(number: int) -> None:
        mine = store if number % 2 else second
        try:
            together.wait()
            for turn in range(5):
                name = url(f"{number}-{turn}")
                put(mine, article(f"Ferry {number} turn {turn}.", url=name), EAST)
                assert f"Ferry {number} turn {turn}." in nearest_texts(mine, EAST, limit=100)
                assert bm25_texts(mine, f"{number}")
                put(mine, article(f"Boat {number} turn {turn}. Late.", url=name), NORTH)
                if turn % 2:
                    mine.articles.remove(article(url=name).id)
                assert len(mine.articles.newest()) >= turn // 2
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.articles.count() == second.articles.count() == Count(1 + 8 * 3, 1 + 8 * 3 * 2)
    for one in (store, second):
        assert len(nearest_texts(one, NORTH, limit=100)) == 1 + 8 * 3 * 2
        assert list(one.problems()) == []


def test_a_closed_store_says_so(store: Store) -> None:
    put(store, article())
    store.close()
    store.close()
    for use in (
        lambda: store.articles.newest(),
        lambda: store.dense.nearest(vector(*EAST), Scope(), 5),
        lambda: store.bm25.articles(["ferry"], Scope(), 5),
        lambda: store.articles.keyed_sentences([article().id]),
        lambda: put(store, article("Other.")),
        lambda: store.generation,
        lambda: list(store.problems()),
    ):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_totals_tell_what_the_store_holds(store: Store, tmp_path: Path) -> None:
    put(store, article("One. Two."))
    put(store, article("Three.", collection="other"))
    totals = store.totals()
    assert totals.collections == {"other": Count(1, 1), "shared": Count(1, 2)}
    assert totals.bytes > 0
    assert totals.index_kind
    assert totals.rebuilding is None


def test_an_article_is_an_article(store: Store) -> None:
    put(store, article())
    (kept,) = store.articles.newest()
    assert isinstance(kept, Article)
    assert hash(kept) == hash(article())


# Words


def test_words_are_known_in_the_collections_that_hold_them(store: Store) -> None:
    put(store, article("The ferries to Erdoğan Quay were late.", title="Bridges"))
    put(store, article("Troops arrived.", title="News", collection="server-1"))
    words = ["Ferries", "ferry", "erdogan", "ERDOĞAN", "bridge", "troops", "feries"]
    known = store.vocabulary.known
    assert known(words, ("shared",)) == {*words} - {"troops", "feries"}
    assert known(words, ("server-1",)) == {"troops"}
    assert known(words, ("shared", "server-1")) == {*words} - {"feries"}
    assert known(words, None) == {*words} - {"feries"}
    assert known(words, ()) == known(words, ("nowhere",)) == known([], None) == set()


def test_words_are_listed_by_prefix_length_and_collection(store: Store) -> None:
    put(store, article("Ferries feed a fair harbor, and Éfe sails."))
    put(store, article("A ferry, a fever.", collection="server-1"))
    starting = store.vocabulary.starting_with
    assert starting(["f"], 4, 7, ("shared",)) == {"ferries", "feed", "fair"}
    assert starting(["fe", "ef"], 3, 6, ("shared",)) == {"feed", "efe"}
    assert starting(["fe"], 1, 9, ("server-1",)) == {"ferry", "fever"}
    assert starting(["fe"], 1, 9, ("shared", "server-1")) == {"ferries", "feed", "ferry", "fever"}
    assert starting(["f"], 1, 9, ("nowhere",)) == set()


def test_sentences_with_a_word_are_counted_in_their_collections(store: Store) -> None:
    put(store, article("A ferry left. Another FERRY left. Ferries sank."))
    put(store, article("A ferry.", collection="server-1"))
    count = store.vocabulary.count
    assert count("ferry", ("shared",)) == 2
    assert count("ferry", ("shared", "server-1")) == count("ferry", None) == 3
    assert count("barge", None) == 0


def test_a_word_is_spelled_as_most_sentences_write_it(store: Store) -> None:
    put(store, article("Ferries sank. The ferries left. We saw Erdoğan, and CENTCOM."))
    put(store, article("The FERRIES, the FERRIES. FERRIES!", collection="server-1"))
    spelling = store.vocabulary.spelling
    assert spelling("ferries", ("shared",)) == "ferries"
    assert spelling("ferries", ("server-1",)) == "FERRIES"
    assert spelling("erdogan", ("shared",)) == "Erdoğan"
    assert spelling("centcom", ("shared",)) == "CENTCOM"
    assert spelling("barge", ("shared",)) == "barge"
    put(store, article("Éclairs were sold.", collection="server-2"))
    assert spelling("eclairs", ("server-2",)) == "éclairs"


def words_in(store: Store, *collections: str) -> set[str]:
    return store.vocabulary.starting_with([*"abcdefghijklmnopqrstuvwxyz"], 1, 99, collections)


def test_words_go_with_the_last_article_that_has_them(store: Store) -> None:
    one, two = article("Blue whales.", url=url("one")), article("Blue ferries.", url=url("two"))
    put(store, one)
    put(store, two)
    put(store, article("Whales sing.", collection="server-1"))
    assert words_in(store, "shared") == {"blue", "whales", "ferries"}
    put(store, replace(one, text="Grey whales."))
    assert words_in(store, "shared") == {"blue", "grey", "whales", "ferries"}
    store.articles.remove(two.id)
    assert words_in(store, "shared") == {"grey", "whales"}
    store.articles.clear("shared")
    assert words_in(store, "shared") == set()
    assert words_in(store, "server-1") == {"whales", "sing"}
    assert list(store.problems()) == []


def test_words_are_kept_by_a_rebuild(store: Store) -> None:
    one = article("Blue whales. Grey ferries.")
    put(store, one)
    store.rebuild.start(OTHER)
    store.rebuild.resplit(one, [Sentence(0, len(one.text), 1, 1)])
    assert words_in(store, "shared") == {"blue", "whales", "grey", "ferries"}
    keys = [sentence.key for sentence in store.rebuild.pending(10)]
    store.rebuild.add_vectors(keys, np.stack([vector(1, 0, 0)] * len(keys)), OTHER)
    assert store.rebuild.finish()
    assert words_in(store, "shared") == {"blue", "whales", "grey", "ferries"}
    assert list(store.problems()) == []
