"""Bugs that are planted in the process that is killed, to show that the checker notices them."""

import os
import sqlite3
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from index.store.sqlite import articles, faiss_files

ACKNOWLEDGED_EARLY = "acknowledged-before-commit"
"""Planted by the driver itself."""


def _commit_before(name: str) -> None:
    """Have a function that ``articles`` calls do its work in another transaction than what was done
    before it."""
    function = getattr(articles, name)

    def called(tx: sqlite3.Connection, *arguments: Any) -> Any:
        tx.commit()
        tx.execute("BEGIN IMMEDIATE")
        return function(tx, *arguments)

    setattr(articles, name, called)


def _commit_before_sentences() -> None:
    _commit_before("insert_sentences")


def _vectors_apart() -> None:
    _commit_before("insert_vectors")


def _words_apart() -> None:
    _commit_before("add_words")


def _faiss_unsynced() -> None:
    # A module of its own, so that nothing else loses its fsync.
    without = SimpleNamespace(fsync=lambda descriptor: None, getpid=os.getpid)
    vars(faiss_files)["os"] = without


def _faiss_generation() -> None:
    write = faiss_files.FaissFiles.write

    def write_next(
        self: Any, collection: int, index: Any, generation: int, *a: Any, **k: Any
    ) -> None:
        write(self, collection, index, generation + 1, *a, **k)

    faiss_files.FaissFiles.write = write_next  # type: ignore[method-assign]


PLANTED: dict[str, Callable[[], None]] = {
    "commit-before-sentences": _commit_before_sentences,
    ACKNOWLEDGED_EARLY: lambda: None,
    "vectors-in-another-transaction": _vectors_apart,
    "words-in-another-transaction": _words_apart,
    "faiss-renamed-before-fsync": _faiss_unsynced,
    "faiss-with-wrong-generation": _faiss_generation,
}
"""What plants each bug."""
