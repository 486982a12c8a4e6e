"""Fixtures with an empty store of each implementation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.store import SqliteStore, Store
from index.store.sqlite import articles, faiss_indexes
from index.store.vector_index import ivf

OpenStore = Callable[..., Store]
"""Opens the test's store; with a name, another one."""

Maker = Callable[[Path], Store]

MAKERS: dict[str, Maker] = {"sqlite": SqliteStore, "sqlite, as an archive": SqliteStore}
"""Every implementation of a store. A new one is added here and nowhere else."""


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every collection has a clustered index, but each search probes all clusters, so that it finds
    the nearest sentences in whatever cluster they are."""
    monkeypatch.setattr(faiss_indexes, "CLUSTERING_THRESHOLD", 1)
    monkeypatch.setattr(ivf, "PROBE_FACTOR", 1000)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded in pages comes in pages of two."""
    monkeypatch.setattr(articles, "PAGE_SIZE", 2)


@pytest.fixture(params=MAKERS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    if request.param.endswith("archive"):
        request.getfixturevalue("archive")
    opened: list[Store] = []
    make = MAKERS[request.param]

    def open_(name: str = "store") -> Store:
        opened.append(make(tmp_path / name))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    """An empty store."""
    return open_store()
