"""Which articles a new one is compared with."""

from pathlib import Path

import pytest

from index.scope import SHARED_ONLY
from index.store import SqliteStore
from index.store.sqlite import articles, near_duplicates
from tests.index.store.builders import article, put

STORY = "The ferry to Lindholm runs again after nine days, since divers freed its propeller."


def test_those_that_share_most_bands_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bands = {f"{STORY} One.": [1, 2, 3], "Otters were born.": [1], f"{STORY} Two.": [1, 2, 3]}
    monkeypatch.setattr(articles, "bands_of", bands.__getitem__)
    monkeypatch.setattr(near_duplicates, "MAX_COMPARED", 1)
    monkeypatch.setattr(near_duplicates, "SIMILARITY_THRESHOLD", 0.5)
    added = [article(text, title=text) for text in bands]
    with SqliteStore(tmp_path) as store:
        for one in added:
            put(store, one)
        assert store.near_duplicates.of(added[-1].id, SHARED_ONLY) == added[:1]
