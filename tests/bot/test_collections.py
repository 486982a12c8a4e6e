"""Who can read what: a server's collection is its own."""

import pytest

from bot.collections import is_readable, own_collection, readable_collections
from index import SHARED, Article


@pytest.mark.parametrize("guild_id", [1, 2, None])
@pytest.mark.parametrize("collection", [SHARED, "server-1", "server-2", "server-12", "server-None"])
def test_only_the_shared_and_the_own_collection_can_be_read(
    guild_id: int | None, collection: str
) -> None:
    expected = collection == SHARED or collection == f"server-{guild_id or 0}"
    assert (collection in readable_collections(guild_id)) == expected
    assert is_readable(Article("Otters", "Nine.", collection=collection), guild_id) == expected


def test_a_servers_own_collection_is_named_after_it() -> None:
    assert own_collection(12) == "server-12"
    assert readable_collections(None) == (SHARED,)
