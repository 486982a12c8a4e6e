"""The files of synced folders in SQLite."""

import os
from collections.abc import Sequence
from pathlib import Path

from index.store.base import TrackedFiles
from index.store.sqlite.database import Database
from index.store.sqlite.rows import collection_key
from index.store.values import TrackedFile


class SqliteTrackedFiles(TrackedFiles):
    """The tables ``files`` and ``file_articles``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, collection: str) -> list[TrackedFile]:
        found = self._database.read(
            "SELECT f.key, f.path, f.fingerprint, a.article FROM files AS f"
            " JOIN collections AS c ON c.key = f.collection"
            " LEFT JOIN file_articles AS a ON a.file = f.key WHERE c.name = ? ORDER BY f.key",
            (collection,),
        )
        files: dict[int, tuple[Path, str | None]] = {}
        articles: dict[int, set[str]] = {}
        for key, path, fingerprint, article in found:
            files[key] = (Path(os.fsdecode(path)), fingerprint)
            articles.setdefault(key, set()).update([article] if article else [])
        return [TrackedFile(*known, frozenset(articles[key])) for key, known in files.items()]

    def save(self, collection: str, files: Sequence[TrackedFile]) -> None:
        with self._database.transaction() as tx:
            into = collection_key(tx, collection)
            for file in files:
                (key,) = tx.execute(
                    "INSERT INTO files (collection, path, fingerprint) VALUES (?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint RETURNING key",
                    (into, os.fsencode(file.path), file.fingerprint),
                ).fetchone()
                tx.execute("DELETE FROM file_articles WHERE file = ?", (key,))
                tx.executemany(
                    "INSERT INTO file_articles VALUES (?, ?)",
                    [(key, article) for article in sorted(file.articles)],
                )

    def delete(self, collection: str, paths: Sequence[Path]) -> None:
        with self._database.transaction() as tx:
            tx.executemany(
                "DELETE FROM files WHERE path = ?"
                " AND collection = (SELECT key FROM collections WHERE name = ?)",
                [(os.fsencode(path), collection) for path in paths],
            )
