"""BM25 over many sentences: rows that cannot be among the best are not scored."""

from pathlib import Path

import numpy as np
import pytest

from index import Article, ModelInfo
from index.scope import Scope
from index.sentences import split_sentences
from index.store import SqliteStore
from index.store.sqlite import bm25
from index.store.sqlite.bm25 import MAX_PAIRED_WORDS, _pruned_query
from index.store.sqlite.database import FULL_TEXT_TABLES

MODEL = ModelInfo("made by hand", 4, "0" * 64)
VOCABULARY = "ferry late harbour storm pier otter bread oven night coast".split()


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Two collections of sentences, in which some words are common and others rare."""
    store = SqliteStore(tmp_path / "library")
    random = np.random.default_rng(3)
    shares = 1 / np.arange(1, len(VOCABULARY) + 1)
    for number in range(120):
        said = [random.choice(VOCABULARY, 5, p=shares / shares.sum()) for _ in range(8)]
        text = " ".join(f"It was {' '.join(some)} then." for some in said)
        collection = "small" if number % 12 == 0 else "shared"
        article = Article(f"Report {number}", text, collection=collection)
        sentences = split_sentences(text)
        vectors = np.tile(np.array([[1, 0, 0, 0]], dtype=np.float32), (len(sentences), 1))
        store.articles.put(article, sentences, vectors, MODEL)
    return store


@pytest.mark.parametrize("collections", [("shared",), ("small",), ("shared", "small")])
@pytest.mark.parametrize(
    "asked", ["coast ferry late", "ferry late harbour storm", "otter bread night"]
)
def test_the_best_are_the_same_though_few_are_scored(
    store: SqliteStore,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    collections: tuple[str, ...],
) -> None:
    scope = Scope(collections)
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 10**9)
    sentences, articles = (
        find(asked.split(), scope, 3) for find in (store.bm25.sentences, store.bm25.articles)
    )
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 20)
    assert store.bm25.sentences(asked.split(), scope, 3) == sentences
    assert store.bm25.articles(asked.split(), scope, 3) == articles


def segment_counts(store: SqliteStore) -> list[int]:
    """The number of segments of each full-text index."""
    sql = "SELECT count(DISTINCT segid) FROM {}_idx"
    return [store._database.read(sql.format(table))[0][0] for table in FULL_TEXT_TABLES]


@pytest.mark.parametrize("pages", [2, bm25.MERGE_PAGES])
def test_the_segments_of_a_full_text_index_are_merged(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """In one step, or in many."""
    monkeypatch.setattr(bm25, "MERGE_PAGES", pages)
    asked = ["coast", "ferry", "late"]
    before = store.bm25.sentences(asked, Scope(), 50), store.bm25.articles(asked, Scope(), 50)
    many = segment_counts(store)
    assert min(many) > 1
    monkeypatch.setattr(bm25, "MAX_SEGMENTS", max(many))
    store.flush()
    assert segment_counts(store) == many
    monkeypatch.setattr(bm25, "MAX_SEGMENTS", 1)
    store.flush()
    assert segment_counts(store) == [1, 1, 1]
    assert (
        store.bm25.sentences(asked, Scope(), 50),
        store.bm25.articles(asked, Scope(), 50),
    ) == before
    assert list(store.problems()) == []


def test_sentences_with_a_single_common_word_are_left_out(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["coast", "ferry", "late"]
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 10**9)
    every = {hit.key for hit in store.bm25.sentences(asked, Scope(), 10_000)}
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 1)
    some = {hit.key for hit in store.bm25.sentences(asked, Scope(), 10_000)}
    left_out = store.articles.fetch(list(every - some)).values()
    assert some < every
    assert all(sum(word in stored.text for word in asked) == 1 for stored in left_out)
    assert not any("coast" in stored.text for stored in left_out)


def test_in_a_few_articles_sentences_with_a_single_common_word_are_found(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["coast", "ferry", "late"]
    narrowed = Scope(articles=(store.articles.newest(Scope(), limit=1)[0].id,))
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 10**9)
    every = store.bm25.sentences(asked, narrowed, 100)
    monkeypatch.setattr(bm25, "MAX_RARE_ROWS", 1)
    assert store.bm25.sentences(asked, narrowed, 100) == every
    assert any(
        sum(word in stored.text for word in asked) == 1
        for stored in store.articles.fetch([hit.key for hit in every]).values()
    )


def test_few_rows_are_all_pruned_query() -> None:
    assert _pruned_query({"a": 3, "b": 5, "c": 0}, max_rare_rows=8) is None
    assert _pruned_query({}, max_rare_rows=8) is None


def test_rows_with_the_rarest_word_are_always_scored() -> None:
    assert _pruned_query({"common": 500, "less": 50}, max_rare_rows=8) == "less"


def test_rows_with_two_common_words_are_scored() -> None:
    assert _pruned_query({"a": 70, "b": 60, "c": 5}, max_rare_rows=8) == "c OR (b AND a)"


def test_of_a_long_text_not_all_pairs_are_searched() -> None:
    query = _pruned_query({f"w{n}": 100 + n for n in range(60)}, max_rare_rows=8)
    assert query is not None
    assert query.count(" AND ") == MAX_PAIRED_WORDS * (MAX_PAIRED_WORDS - 1) // 2
