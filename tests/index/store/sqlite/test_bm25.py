"""BM25 over many sentences: what cannot be among the best is not weighed."""

from pathlib import Path

import numpy as np
import pytest

from index import Article, ModelInfo
from index.scope import Scope
from index.sentences import split_sentences
from index.store import SqliteStore
from index.store.sqlite import bm25 as words
from index.store.sqlite.bm25 import PAIRED, _worth_weighing
from index.store.sqlite.database import FULL_TEXT

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
        store.put(article, sentences, vectors, MODEL)
    return store


@pytest.mark.parametrize("collections", [("shared",), ("small",), ("shared", "small")])
@pytest.mark.parametrize(
    "asked", ["coast ferry late", "ferry late harbour storm", "otter bread night"]
)
def test_the_best_are_the_same_though_few_are_weighed(
    store: SqliteStore,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    collections: tuple[str, ...],
) -> None:
    scope = Scope(collections)
    monkeypatch.setattr(words, "MOST_WEIGHED", 10**9)
    sentences, articles = (find(asked.split(), scope, 3) for find in (store.lexical, store.about))
    monkeypatch.setattr(words, "MOST_WEIGHED", 20)
    assert store.lexical(asked.split(), scope, 3) == sentences
    assert store.about(asked.split(), scope, 3) == articles


def parts(store: SqliteStore) -> list[int]:
    """Of each full-text index."""
    sql = "SELECT count(DISTINCT segid) FROM {}_idx"
    return [store._rows.read(sql.format(table))[0][0] for table in FULL_TEXT]


@pytest.mark.parametrize("pages", [2, words.MERGED])
def test_what_is_written_piece_by_piece_is_merged(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """In one step, or in many."""
    monkeypatch.setattr(words, "MERGED", pages)
    asked = ["coast", "ferry", "late"]
    before = store.lexical(asked, Scope(), 50), store.about(asked, Scope(), 50)
    many = parts(store)
    assert min(many) > 1
    monkeypatch.setattr(words, "MOST_PARTS", max(many))
    store.flush()
    assert parts(store) == many
    monkeypatch.setattr(words, "MOST_PARTS", 1)
    store.flush()
    assert parts(store) == [1, 1, 1]
    assert (store.lexical(asked, Scope(), 50), store.about(asked, Scope(), 50)) == before
    assert list(store.problems()) == []


def test_what_holds_one_common_word_only_is_left_out(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["coast", "ferry", "late"]
    monkeypatch.setattr(words, "MOST_WEIGHED", 10**9)
    every = {hit.key for hit in store.lexical(asked, Scope(), 10_000)}
    monkeypatch.setattr(words, "MOST_WEIGHED", 1)
    some = {hit.key for hit in store.lexical(asked, Scope(), 10_000)}
    left_out = store.fetch(list(every - some)).values()
    assert some < every
    assert all(sum(word in stored.text for word in asked) == 1 for stored in left_out)
    assert not any("coast" in stored.text for stored in left_out)


def test_of_a_few_articles_what_holds_one_common_word_is_found(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["coast", "ferry", "late"]
    narrowed = Scope(articles=(store.articles(Scope(), limit=1)[0].id,))
    monkeypatch.setattr(words, "MOST_WEIGHED", 10**9)
    every = store.lexical(asked, narrowed, 100)
    monkeypatch.setattr(words, "MOST_WEIGHED", 1)
    assert store.lexical(asked, narrowed, 100) == every
    assert any(
        sum(word in stored.text for word in asked) == 1
        for stored in store.fetch([hit.key for hit in every]).values()
    )


def test_few_rows_are_all_worth_weighing() -> None:
    assert _worth_weighing({"a": 3, "b": 5, "c": 0}, most=8) is None
    assert _worth_weighing({}, most=8) is None


def test_the_rarest_word_is_always_worth_it() -> None:
    assert _worth_weighing({"common": 500, "less": 50}, most=8) == "less"


def test_two_common_words_together_are_worth_it() -> None:
    assert _worth_weighing({"a": 70, "b": 60, "c": 5}, most=8) == "c OR (b AND a)"


def test_of_a_long_text_not_all_pairs_are_looked_for() -> None:
    worth = _worth_weighing({f"w{n}": 100 + n for n in range(60)}, most=8)
    assert worth is not None
    assert worth.count(" AND ") == PAIRED * (PAIRED - 1) // 2
