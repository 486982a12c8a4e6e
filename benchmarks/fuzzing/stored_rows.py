"""Databases with a few rows, which are changed as a broken disk or another program might."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from benchmarks.crash.made_up import MODELS, HashingEncoder
from bot.storage import LoggedQuestion, SeenEntry, Storage
from bot.storage.ingest_jobs import IngestJob
from index import Article, DatelineError, Library
from index.reader.base import Excerpt, Reader, SentencePrediction
from index.scope import SHARED_ONLY
from index.store import SqliteStore

NOW = datetime(2025, 10, 10, 12, tzinfo=UTC)
MAX_CHANGES = 3

TEXT = """\
By Ada Lund

The ferry to Belmar was late by nine hours. “Nobody told us,” said Ann Roe, who waited.

About 200 people stood in the rain on 4 October 2025. The harbor master apologized.
"""

ARTICLES = [
    Article("Ferry late", TEXT, "Harbor Wire", date(2025, 10, 4), "https://harbor.example/ferry"),
    Article("Ferry found", f"{TEXT} It was found.", published=NOW),
]
IDS = [article.id for article in ARTICLES]

COLLECTION, SERVER, CHANNEL, USER = "server 1", 1, 3, 4


class LengthReader(Reader):
    """A reader that needs no model: the shortest sentence answers, with its first character."""

    name = "length"

    def load(self) -> None:
        pass

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        return [
            [SentencePrediction(1 - len(one) / 50, (0, 1)) for one in excerpt.sentences]
            for excerpt in excerpts
        ]


class StoredRows:
    """The databases of a library and of a bot, as they are before a change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _fill(folder)
        self._databases = [folder / "library.sqlite", folder / "bot.sqlite"]
        self._before = {path: path.read_bytes() for path in self._databases}
        self._columns = [
            (path, table, column) for path in self._databases for table, column in _columns(path)
        ]

    def restore(self) -> None:
        """Undo all changes."""
        for path, content in self._before.items():
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            path.write_bytes(content)

    def change(self, database: str, table: str, column: str, row: int, value: object) -> None:
        """Change a value; what a constraint or a trigger refuses remains as it was.

        Args:
            database: the name of the file.
            row: its number, from 0.
        """
        _set(self._folder / database, table, column, row, value)

    def change_and_use(self, data: bytes) -> None:
        """Change values of rows, and use the databases as the program does.

        Args:
            data: for each change: two bytes for the column, one for the row, and a value, which
                ends with a NUL.
        """
        self.restore()
        for _ in range(MAX_CHANGES):
            if len(data) > 3:
                value, _, rest = data[3:].partition(b"\0")
                number = int.from_bytes(data[:2], "big") % len(self._columns)
                path, table, column = self._columns[number]
                self.change(path.name, table, column, data[2], _value_of(value))
                data = rest
        self.use()

    def use(self) -> None:
        """Use the databases as the program does."""
        _use_library(self._folder)
        _use_storage(self._folder / "bot.sqlite")


def _fill(folder: Path) -> None:
    with _open(folder) as library:
        library.add(replace(ARTICLES[0], text=TEXT.replace("nine", "ten")))
        for article in ARTICLES:
            library.add(article)
    with Storage(folder / "bot.sqlite") as storage:
        storage.server_settings.update(SERVER, editors=2)
        storage.server_settings.set_ask_channels(SERVER, [CHANNEL])
        storage.server_settings.mark_left(5, NOW)
        storage.user_locales.set(USER, "es-ES", SERVER)
        passages = (("a" * 16, 0, 9, 1.0),)
        asked = LoggedQuestion(SERVER, CHANNEL, USER, "How late?", NOW, passages=passages)
        storage.question_log.add(asked)
        feed = storage.feeds.add(
            COLLECTION, "https://harbor.example/news", "News", NOW, USER, CHANNEL
        )
        article = Article("Waiting", TEXT, collection=COLLECTION)
        jobs = [
            IngestJob(COLLECTION, None, article.as_record(), feed.key, "one"),
            IngestJob(COLLECTION, "https://harbor.example/linked", {"publisher": "Harbor Wire"}),
        ]
        storage.feeds.record_poll(
            feed,
            [SeenEntry("one", "digest", "https://harbor.example/one")],
            jobs[:1],
            title="News",
            validators={"If-None-Match": "x"},
            now=NOW,
            next_poll_at=NOW,
        )
        keys = storage.ingest_jobs.add(jobs, NOW)
        storage.ingest_jobs.fail(keys[0], NOW, "It is too long.")
        storage.feed_articles.add(COLLECTION, [article.id])
        storage.set_value("a key", "a value")


def _open(folder: Path) -> Library:
    return Library(SqliteStore(folder), HashingEncoder(MODELS[0]), LengthReader())


def _columns(path: Path) -> list[tuple[str, str]]:
    """All columns of all tables, but for SQLite's own ones: a full-text index with arbitrary bytes
    in it keeps SQLite busy for ever, or crashes it."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite_%' AND name != 'exact_words'"
            " ORDER BY name"
        ).fetchall()
        return [
            (table, column)
            for (table,) in tables
            for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")')
        ]


def _set(path: Path, table: str, column: str, row: int, value: object) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA ignore_check_constraints = on")
        (rows,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        found = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        columns = ", ".join(f'"{name}"' for _, name, *_ in found)
        with suppress(sqlite3.Error, OverflowError):
            database.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE ({columns}) IS'
                f' (SELECT {columns} FROM "{table}" LIMIT 1 OFFSET ?)',
                (value, row % max(1, rows)),
            )


def _value_of(data: bytes) -> object:
    """A value of any of SQLite's types: the first byte chooses it."""
    kind, content = data[:1], data[1:]
    number = int.from_bytes(content[:8], "big", signed=True)
    values = {b"i": number, b"f": number / 997, b"t": content.decode(errors="replace")}
    return values.get(kind, content if kind else None)


def _use_library(folder: Path) -> None:
    with suppress(DatelineError), _open(folder) as library:
        articles: list[Article] = []
        actions: list[Callable[[], object]] = [
            lambda: library.ask("How late was the ferry?").as_dict(),
            lambda: library.ask("Who waited on 4 October?", since=date(2025, 10, 1)),
            lambda: library.find("ferry rain"),
            lambda: library.publishers(SHARED_ONLY),
            lambda: library.last_change(),
            lambda: articles.extend(library.articles()),
            lambda: list(library.every_article()),
            lambda: library.count(),
            lambda: list(library.problems()),
            lambda: library.totals(),
            *(partial(library.history, id_) for id_ in IDS),
            *(partial(library.sentences, id_) for id_ in IDS),
            *(partial(library.context, id_, 0, 40) for id_ in IDS),
            lambda: library.add(Article("Another", TEXT)),
            lambda: library.add(ARTICLES[0]),
            lambda: library.remove(IDS[1]),
            lambda: library.rebuild(),
            lambda: library.flush(),
        ]
        for action in actions:
            with suppress(DatelineError):
                action()
        for article in articles:
            json.dumps(article.as_dict())


def _use_storage(path: Path) -> None:
    with suppress(DatelineError), Storage(path) as storage:
        actions: list[Callable[[], object]] = [
            lambda: storage.server_settings.get(SERVER),
            lambda: storage.server_settings.ask_channels(),
            lambda: storage.server_settings.known_guilds(),
            lambda: storage.server_settings.left_before(NOW),
            lambda: storage.user_locales.get(USER),
            lambda: storage.question_log.get_last(CHANNEL),
            lambda: storage.question_log.unsuccessful(),
            lambda: storage.question_log.usage(SERVER, USER, NOW),
            lambda: storage.question_log.vote(1, USER, True),
            lambda: storage.feeds.in_collection(COLLECTION),
            lambda: storage.feeds.due(NOW),
            lambda: storage.feeds.pending_announcements(NOW),
            lambda: storage.ingest_jobs.due_articles(NOW, 10),
            lambda: storage.ingest_jobs.due_links(NOW, 10),
            lambda: storage.ingest_jobs.failed([COLLECTION], 10),
            lambda: storage.ingest_jobs.count([COLLECTION]),
            lambda: storage.feed_articles.contains(IDS[0]),
            lambda: storage.collections(),
            lambda: storage.get_value("a key"),
            lambda: storage.question_log.purge(NOW),
            lambda: storage.ingest_jobs.purge(NOW),
        ]
        for action in actions:
            with suppress(DatelineError):
                action()
