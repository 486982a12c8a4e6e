"""The files that collections are kept like, in the rows of a SQLite library; see ``Store``."""

import os
from collections.abc import Sequence
from pathlib import Path

from index.store.base import KeptFile
from index.store.sqlite.database import Database
from index.store.sqlite.rows import collection_key


def files_of(rows: Database, collection: str) -> list[KeptFile]:
    found = rows.read(
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
    return [KeptFile(*known, frozenset(articles[key])) for key, known in files.items()]


def keep_files(rows: Database, collection: str, files: Sequence[KeptFile]) -> None:
    with rows.transaction() as tx:
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


def forget_files(rows: Database, collection: str, paths: Sequence[Path]) -> None:
    with rows.transaction() as tx:
        tx.executemany(
            "DELETE FROM files WHERE path = ?"
            " AND collection = (SELECT key FROM collections WHERE name = ?)",
            [(os.fsencode(path), collection) for path in paths],
        )
