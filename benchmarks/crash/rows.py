"""The rows and files of a library, read with plain SQLite and FAISS: is every article whole?

None of Dateline's code is used: what its own ``verify`` overlooks should be noticed here.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.crash.journal import Record
from benchmarks.crash.made_up import Version, sentences_of, vector_of

MAX_FORMER = 20
"""Earlier versions of an article that a library keeps."""

FULL_TEXT = ("sentences_fts", "exact_fts", "articles_fts")

Rows = sqlite3.Connection


class Copies:
    """Connections to copies of a library's and the bot's database, as they are on disk: opening the
    databases themselves would change them. The second is None if there is none."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def __enter__(self) -> tuple[Rows, Rows | None]:
        self._folder = tempfile.TemporaryDirectory(prefix="crash-check-")
        copies = Path(self._folder.name)
        for path in self._library.glob("*.sqlite*"):
            if not path.name.endswith("-shm"):
                shutil.copy(path, copies)
        self._rows = in_memory(copies / "library.sqlite")
        bot = copies / "bot.sqlite"
        self._queue = in_memory(bot) if bot.exists() else None
        return self._rows, self._queue

    def __exit__(self, *_: object) -> None:
        self._rows.close()
        if self._queue is not None:
            self._queue.close()
        self._folder.cleanup()


def in_memory(path: Path) -> Rows:
    memory = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(path)) as source:
        source.backup(memory)
    if not memory.execute("SELECT 1 FROM sqlite_master").fetchone():  # killed while it was made
        memory.executescript(EMPTY)
    return memory


EMPTY = """
CREATE TABLE articles (key, collection, url, title, text); CREATE TABLE sentences (key, article,
collection, start, "end"); CREATE TABLE sentence_texts (key, text); CREATE TABLE vectors (sentence,
model, vector); CREATE TABLE models (key, name); CREATE TABLE meta (key, value);
CREATE TABLE collections (key, generation, articles, sentences);
CREATE TABLE words (collection, word);
CREATE TABLE bands (band, article); CREATE TABLE former_articles (key, article, text);
CREATE TABLE index_files (collection, generation, model, sha256);
CREATE TABLE arrivals (record, failed_at);
"""
"""The tables that are read here, for a database that was killed before its first transaction."""


def articles_of(rows: Rows) -> dict[str, Version]:
    """The stored articles, by URL."""
    found = rows.execute("SELECT url, title, text FROM articles")
    return {url: Version(url=url, title=title, text=text) for url, title, text in found}


def queued_in(queue: Rows | None) -> dict[str, Version]:
    """The articles that are still in the ingest queue, by URL."""
    found = queue.execute("SELECT record FROM arrivals WHERE failed_at IS NULL") if queue else ()
    records = [json.loads(record) for (record,) in found]
    return {r["url"]: Version(url=r["url"], title=r["title"], text=r["text"]) for r in records}


def rows_problems(rows: Rows, records: dict[str, Record]) -> Iterator[str]:
    """What is wrong with the rows of a library: every article must be whole."""
    for (finding,) in rows.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"SQLite: {finding}."
    for row in rows.execute("PRAGMA foreign_key_check"):
        yield f"A row belongs to nothing: {row}."
    model = _one(
        rows, "SELECT name FROM models WHERE key = (SELECT value FROM meta WHERE key = 'model')"
    )
    words: set[tuple[int, str]] = set()
    count = 0
    for key, collection, url, title, text in rows.execute(
        "SELECT key, collection, url, title, text FROM articles"
    ).fetchall():
        record = records.get(url, Record())
        if text not in record.texts:
            yield f"{url}: nobody added “{text}”."
        if re.findall(r"\d+", title) != re.findall(r"\d+", text):
            yield f"{url}: its title is of another version than its text."
        sentences = rows.execute(
            'SELECT s.key, s.start, s."end", t.text FROM sentences AS s LEFT JOIN sentence_texts'
            " AS t ON t.key = s.key WHERE s.article = ? ORDER BY s.start",
            (key,),
        ).fetchall()
        count += len(sentences)
        if [text[start:end] for _, start, end, _ in sentences] != sentences_of(text):
            yield f"{url}: its sentences are not those of its text."
        for sentence, start, end, stored in sentences:
            if stored != text[start:end]:
                yield f"{url}: a stored sentence is not the slice of the text."
            vector = _one(
                rows,
                "SELECT vector FROM vectors WHERE sentence = ? AND model ="
                " (SELECT value FROM meta WHERE key = 'model')",
                sentence,
            )
            if vector is None or vector != vector_of(model, stored).tobytes():
                yield f"{url}: the vector of a sentence is missing or another one's."
            words |= {(collection, word) for word in re.findall(r"\w+", stored.lower())}
        if not _one(rows, "SELECT count(*) FROM bands WHERE article = ?", key):
            yield f"{url}: it has no signature for near-duplicates."
        former = {
            t for (t,) in rows.execute("SELECT text FROM former_articles WHERE article = ?", (key,))
        }
        if not former <= record.texts:
            yield f"{url}: nobody added one of its earlier versions."
        missing = {version["text"] for version in record.past[-MAX_FORMER:]} - former - {text}
        if "/library/" in url and missing and len(former) < MAX_FORMER:
            yield f"{url}: an earlier version is missing."
    if set(rows.execute("SELECT collection, word FROM words")) != words:
        yield "The words of the collections are not those of the sentences."
    for table in ("sentences", "sentence_texts"):
        if _one(rows, f"SELECT count(*) FROM {table}") != count:
            yield f"Rows of {table} belong to no article."
    if rows.execute(
        "SELECT 1 FROM vectors WHERE sentence NOT IN (SELECT key FROM sentences)"
    ).fetchone():
        yield "Vectors belong to no sentence."
    if rows.execute(
        "SELECT 1 FROM collections AS c WHERE articles != (SELECT count(*) FROM articles"
        " WHERE collection = c.key) OR sentences != (SELECT count(*) FROM sentences"
        " WHERE collection = c.key)"
    ).fetchone():
        yield "A collection counts its articles or sentences wrongly."
    for table in FULL_TEXT if model else ():
        try:
            rows.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"{table}: {error}."


def files_problems(rows: Rows, library: Path) -> Iterator[str]:
    """FAISS files that the database vouches for must be those that were written."""
    for collection, generation, sha256, newest in rows.execute(
        "SELECT f.collection, f.generation, f.sha256, c.generation FROM index_files AS f"
        " JOIN collections AS c ON c.key = f.collection"
    ):
        path = library / "faiss" / f"{collection}-{generation}.faiss"
        if generation > newest:
            yield f"{path.name} is of generation {generation}, the rows are of {newest}."
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"{path.name} is not the file that the database knows."


def faiss_problems(rows: Rows, library: Path) -> Iterator[str]:
    """Each collection has a FAISS file with exactly the vectors in the rows."""
    yield from files_problems(rows, library)
    for collection, generation in rows.execute(
        "SELECT key, generation FROM collections WHERE sentences > 0"
    ).fetchall():
        path = library / "faiss" / f"{collection}-{generation}.faiss"
        if not path.exists():
            yield f"{path.name} is missing."
            continue
        index: Any = faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8))
        keys = faiss.vector_to_array(index.id_map).tolist()
        flat: Any = faiss.downcast_index(index.index)
        vectors = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(-1, flat.d)
        held = {key: vector.tobytes() for key, vector in zip(keys, vectors, strict=True)}
        stored = dict(
            rows.execute(
                "SELECT s.key, v.vector FROM sentences AS s JOIN vectors AS v ON v.sentence = s.key"
                " AND v.model = (SELECT value FROM meta WHERE key = 'model')"
                " WHERE s.collection = ?",
                (collection,),
            )
        )
        if held != stored:
            yield f"{path.name} does not hold the vectors in the rows."


def _one(rows: Rows, sql: str, *values: object) -> Any:
    row = rows.execute(sql, values).fetchone()
    return row[0] if row else None
