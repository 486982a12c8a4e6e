from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard
from tests.index.site import Site, running_site


class Names(AbstractResolver):
    """Gives the addresses that a test says names have; a list of lists: one after the other."""

    def __init__(self) -> None:
        self.addresses: dict[str, list[list[str]]] = {}

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        turns = self.addresses.get(host)
        if not turns:
            raise OSError(f"nobody is called {host}")
        given = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(hostname=host, host=one, port=port, family=0, proto=0, flags=0)
            for one in given
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def fetcher(site: Site, names: Names) -> Fetcher:
    """One that may fetch from the site."""
    return Fetcher(Guard({("127.0.0.1", site.port)}), names)
