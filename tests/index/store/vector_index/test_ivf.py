"""Clustered search finds most of the nearest vectors, however the index has grown or shrunk."""

from pathlib import Path

import numpy as np
import pytest

from index import Article, ModelInfo
from index.embedding.base import Vectors
from index.scope import Scope
from index.sentences import split_sentences
from index.store import SqliteStore
from index.store.sqlite import faiss_indexes
from index.store.sqlite.faiss_files import read_index
from index.store.vector_index.base import Keys, VectorIndex
from index.store.vector_index.flat import FlatIndex
from index.store.vector_index.ivf import IVFIndex, cluster_count, training_size

WIDTH = 32
COUNT = 3000
MODEL = ModelInfo("made by hand", WIDTH, "0" * 64)


def random_vectors(count: int, seed: int = 1) -> Vectors:
    """Unit vectors around fifty centers, like sentences around topics."""
    random = np.random.default_rng(seed)
    centers = np.random.default_rng(0).standard_normal((50, WIDTH))
    points = centers[random.integers(50, size=count)] + random.standard_normal((count, WIDTH))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def points() -> Vectors:
    return random_vectors(COUNT)


def numbered(count: int) -> Keys:
    return np.arange(1, count + 1, dtype=np.int64) * 3


@pytest.fixture
def index(points: Vectors) -> IVFIndex:
    index = IVFIndex.train(points[: training_size(COUNT)], COUNT)
    index.add(numbered(COUNT), points)
    return index


def test_it_finds_most_of_the_nearest(index: IVFIndex, points: Vectors) -> None:
    exact = FlatIndex.empty(WIDTH)
    exact.add(numbered(COUNT), points)
    shares = []
    for question in random_vectors(50, seed=2):
        nearest, _ = exact.search(question, 10, None)
        near, _ = index.search(question, 40, None)
        shares.append(len(np.intersect1d(near, nearest)) / 10)
    assert np.mean(shares) > 0.9


def test_a_restricted_search_finds_even_the_farthest(index: IVFIndex, points: Vectors) -> None:
    few = numbered(COUNT)[::100]
    found, _ = index.search(-points[0], COUNT, few)
    assert sorted(found.tolist()) == few.tolist()


def test_removed_keys_are_not_found_and_unknown_ones_may_be_removed(
    index: IVFIndex, points: Vectors
) -> None:
    index.remove(np.array([3, 4, 10**9], dtype=np.int64))
    assert len(index) == COUNT - 1
    assert 3 not in index.search(points[0], 10, None)[0]
    assert 3 not in set(index.keys().tolist())


def test_it_is_written_and_read_back(index: IVFIndex, points: Vectors) -> None:
    again = read_index(index.to_bytes())
    assert isinstance(again, IVFIndex)
    assert again.newest == index.newest == 3 * COUNT
    assert sorted(again.keys()) == sorted(index.keys())
    before, after = (one.search(points[7], 20, None) for one in (index, again))
    assert before[0].tolist() == after[0].tolist()


def test_it_knows_which_vectors_it_holds(index: IVFIndex, points: Vectors) -> None:
    keys = numbered(COUNT)
    assert index.holds([(keys[:2000], points[:2000]), (keys[2000:], points[2000:])])
    other = points.copy()
    other[1234] *= -1
    assert not index.holds([(keys, other)])


@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_few_vectors_have_few_clusters(count: int) -> None:
    some = random_vectors(count)
    index = IVFIndex.train(some, count)
    index.add(numbered(count), some)
    assert index.clusters == cluster_count(count) <= count
    assert len(index) == count


def fill(store: SqliteStore, count: int, name: str) -> list[str]:
    """Add articles of ten sentences each; returns their ids."""
    ids = []
    for number in range(count // 10):
        text = " ".join(f"{name} ferry number {number} made trip {n} in time." for n in range(10))
        article = Article(f"{name} {number}", text)
        sentences = split_sentences(article.text)
        assert len(sentences) == 10
        store.articles.put(article, sentences, random_vectors(10, seed=number), MODEL)
        ids.append(article.id)
    return ids


def index_class(store: SqliteStore) -> type[VectorIndex]:
    return type(store._indexes._loaded[1].index)


def search(store: SqliteStore) -> int:
    """Search for as many sentences as possible; returns how many were found."""
    hits = store.dense.nearest(random_vectors(1, seed=5)[0], Scope(), 10_000)
    assert len(store.articles.fetch([hit.key for hit in hits])) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return len(hits)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    monkeypatch.setattr(faiss_indexes, "CLUSTERING_THRESHOLD", 200)
    return SqliteStore(tmp_path / "library")


def test_a_collection_that_has_grown_gets_a_clustered_index_when_it_is_saved(
    store: SqliteStore,
) -> None:
    fill(store, 100, "First")
    search(store)
    fill(store, 200, "Second")
    assert search(store) == 300
    assert index_class(store) is FlatIndex  # no search waits for the training
    store.flush()
    assert index_class(store) is IVFIndex
    assert 0 < search(store) <= 300
    assert list(store.problems()) == []


def test_an_index_that_outgrows_its_clusters_is_retrained(store: SqliteStore) -> None:
    fill(store, 200, "First")
    store.flush()
    before = cluster_count_of(store)
    fill(store, 300, "Second")
    store.flush()
    assert cluster_count_of(store) == before  # a few more do not matter
    fill(store, 700, "Third")
    store.flush()
    assert cluster_count_of(store) == cluster_count(1200) > 2 * before
    assert list(store.problems()) == []


def cluster_count_of(store: SqliteStore) -> int:
    index = store._indexes._loaded[1].index
    assert isinstance(index, IVFIndex)
    return index.clusters


def test_a_collection_that_has_shrunk_is_searched_exactly(store: SqliteStore) -> None:
    first, *others = fill(store, 300, "First")
    store.flush()
    for other in others:
        store.articles.remove(other)
    assert search(store) == 10
    assert index_class(store) is FlatIndex
    assert store.articles.get(first)
    assert list(store.problems()) == []


def test_removals_are_applied_without_comparing_all_keys(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = fill(store, 300, "First")
    store.flush()
    gone = {key for key, _ in store.articles.keyed_sentences([first])[first]}
    store.articles.remove(first)
    monkeypatch.setattr(IVFIndex, "keys", lambda self: pytest.fail("all keys were asked for"))
    hits = store.dense.nearest(random_vectors(1)[0], Scope(), 10_000)
    assert hits
    assert not gone & {hit.key for hit in hits}


def test_removals_are_recorded_until_the_index_is_saved(store: SqliteStore) -> None:
    first, *_ = fill(store, 300, "First")
    store.flush()
    store.articles.remove(first)
    assert recorded_removals(store) == 10
    store.flush()
    assert recorded_removals(store) == 0


def recorded_removals(store: SqliteStore) -> int:
    ((count,),) = store._database.read("SELECT count(*) FROM removed_sentences")
    return int(count)


def test_removals_are_noticed_after_another_process_deletes_their_record(
    store: SqliteStore, tmp_path: Path
) -> None:
    first, second, *_ = fill(store, 300, "First")
    search(store)
    with SqliteStore(tmp_path / "library") as other:
        other.articles.remove(first)
        other.flush()  # and deletes the recorded removals
    store.articles.remove(second)
    search(store)
    assert list(store.problems()) == []
