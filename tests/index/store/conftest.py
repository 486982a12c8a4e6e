"""Stores to be held to the contract, and the small things that go into them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.store import SqliteStore, Store
from index.store.sqlite import faiss_indexes as vectors
from index.store.vector_index import ivf as clustered

OpenStore = Callable[..., Store]
"""Opens the test's store; with a name, another one."""

Maker = Callable[[Path], Store]

MAKERS: dict[str, Maker] = {"sqlite": SqliteStore, "sqlite, as an archive": SqliteStore}
"""Every kind of store there is. A new one is added here and nowhere else."""


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every collection is searched as a large one is, but by all of its clusters, so that what is
    near in another one is found as well."""
    monkeypatch.setattr(vectors, "CLUSTERED_FROM", 1)
    monkeypatch.setattr(clustered, "PROBED", 1000)


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
