"""Searching by clusters: near enough, in whatever way the index came to be what it is."""

from pathlib import Path

import numpy as np
import pytest

from index import Article, ModelInfo
from index.embedding.encoder import Vectors
from index.scope import Scope
from index.sentences import split_sentences
from index.store import SqliteStore
from index.store.sqlite import faiss_indexes as vectors
from index.store.sqlite.faiss_files import read_index
from index.store.vector_index.base import Keys, VectorIndex
from index.store.vector_index.flat import ExactIndex
from index.store.vector_index.ivf import ClusteredIndex, clusters_for, sample_for

WIDTH = 32
COUNT = 3000
MODEL = ModelInfo("made by hand", WIDTH, "0" * 64)


def made(count: int, seed: int = 1) -> Vectors:
    """Unit vectors around fifty middles, as sentences are around topics."""
    random = np.random.default_rng(seed)
    middles = np.random.default_rng(0).standard_normal((50, WIDTH))
    points = middles[random.integers(50, size=count)] + random.standard_normal((count, WIDTH))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def points() -> Vectors:
    return made(COUNT)


def numbered(count: int) -> Keys:
    return np.arange(1, count + 1, dtype=np.int64) * 3


@pytest.fixture
def index(points: Vectors) -> ClusteredIndex:
    index = ClusteredIndex.learned(points[: sample_for(COUNT)], COUNT)
    index.add(numbered(COUNT), points)
    return index


def test_it_finds_most_of_the_nearest(index: ClusteredIndex, points: Vectors) -> None:
    exact = ExactIndex.empty(WIDTH)
    exact.add(numbered(COUNT), points)
    shares = []
    for question in made(50, seed=2):
        nearest, _ = exact.search(question, 10, None)
        near, _ = index.search(question, 40, None)
        shares.append(len(np.intersect1d(near, nearest)) / 10)
    assert np.mean(shares) > 0.9


def test_among_a_few_all_are_found_however_far(index: ClusteredIndex, points: Vectors) -> None:
    few = numbered(COUNT)[::100]
    found, _ = index.search(-points[0], COUNT, few)
    assert sorted(found.tolist()) == few.tolist()


def test_what_is_removed_is_not_found_and_what_is_not_there_may_be_removed(
    index: ClusteredIndex, points: Vectors
) -> None:
    index.remove(np.array([3, 4, 10**9], dtype=np.int64))
    assert len(index) == COUNT - 1
    assert 3 not in index.search(points[0], 10, None)[0]
    assert 3 not in set(index.keys().tolist())


def test_it_is_written_and_read_back(index: ClusteredIndex, points: Vectors) -> None:
    again = read_index(index.to_bytes())
    assert isinstance(again, ClusteredIndex)
    assert again.newest == index.newest == 3 * COUNT
    assert sorted(again.keys()) == sorted(index.keys())
    before, after = (one.search(points[7], 20, None) for one in (index, again))
    assert before[0].tolist() == after[0].tolist()


def test_it_knows_which_vectors_it_was_made_of(index: ClusteredIndex, points: Vectors) -> None:
    keys = numbered(COUNT)
    assert index.holds([(keys[:2000], points[:2000]), (keys[2000:], points[2000:])])
    other = points.copy()
    other[1234] *= -1
    assert not index.holds([(keys, other)])


@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_few_vectors_have_few_clusters(count: int) -> None:
    some = made(count)
    index = ClusteredIndex.learned(some, count)
    index.add(numbered(count), some)
    assert index.clusters == clusters_for(count) <= count
    assert len(index) == count


def fill(store: SqliteStore, count: int, name: str) -> list[str]:
    """Articles of ten sentences each; their ids."""
    ids = []
    for number in range(count // 10):
        text = " ".join(f"{name} ferry number {number} made trip {n} in time." for n in range(10))
        article = Article(f"{name} {number}", text)
        sentences = split_sentences(article.text)
        assert len(sentences) == 10
        store.put(article, sentences, made(10, seed=number), MODEL)
        ids.append(article.id)
    return ids


def kind_in(store: SqliteStore) -> type[VectorIndex]:
    return type(store._cache._loaded[1].index)


def ask(store: SqliteStore) -> int:
    """How many sentences are found that are there."""
    hits = store.dense(made(1, seed=5)[0], Scope(), 10_000)
    assert len(store.fetch([hit.key for hit in hits])) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return len(hits)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    monkeypatch.setattr(vectors, "CLUSTERED_FROM", 200)
    return SqliteStore(tmp_path / "library")


def test_a_collection_that_has_grown_is_searched_by_clusters_once_it_is_saved(
    store: SqliteStore,
) -> None:
    fill(store, 100, "First")
    ask(store)
    fill(store, 200, "Second")
    assert ask(store) == 300
    assert kind_in(store) is ExactIndex  # no question waits for clusters to be learned
    store.flush()
    assert kind_in(store) is ClusteredIndex
    assert 0 < ask(store) <= 300
    assert list(store.problems()) == []


def test_clusters_are_learned_anew_when_they_are_outgrown(store: SqliteStore) -> None:
    fill(store, 200, "First")
    store.flush()
    before = clusters_of(store)
    fill(store, 300, "Second")
    store.flush()
    assert clusters_of(store) == before  # some more do not matter
    fill(store, 700, "Third")
    store.flush()
    assert clusters_of(store) == clusters_for(1200) > 2 * before
    assert list(store.problems()) == []


def clusters_of(store: SqliteStore) -> int:
    index = store._cache._loaded[1].index
    assert isinstance(index, ClusteredIndex)
    return index.clusters


def test_few_that_are_left_of_many_are_searched_exactly(store: SqliteStore) -> None:
    first, *others = fill(store, 300, "First")
    store.flush()
    for other in others:
        store.remove(other)
    assert ask(store) == 10
    assert kind_in(store) is ExactIndex
    assert store.get(first)
    assert list(store.problems()) == []


def test_what_was_removed_is_known_without_going_through_all_that_is_there(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = fill(store, 300, "First")
    store.flush()
    gone = {key for key, _ in store.in_order([first])[first]}
    store.remove(first)
    monkeypatch.setattr(ClusteredIndex, "keys", lambda self: pytest.fail("all keys were asked for"))
    hits = store.dense(made(1)[0], Scope(), 10_000)
    assert hits
    assert not gone & {hit.key for hit in hits}


def test_what_was_removed_is_noted_until_the_index_is_saved(store: SqliteStore) -> None:
    first, *_ = fill(store, 300, "First")
    store.flush()
    store.remove(first)
    assert noted(store) == 10
    store.flush()
    assert noted(store) == 0


def noted(store: SqliteStore) -> int:
    ((count,),) = store._rows.read("SELECT count(*) FROM removed_sentences")
    return int(count)


def test_the_removals_that_another_process_has_not_seen_are_noticed_all_the_same(
    store: SqliteStore, tmp_path: Path
) -> None:
    first, second, *_ = fill(store, 300, "First")
    ask(store)
    with SqliteStore(tmp_path / "library") as other:
        other.remove(first)
        other.flush()  # and forgets what was noted
    store.remove(second)
    ask(store)
    assert list(store.problems()) == []
