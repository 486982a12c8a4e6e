"""The process that is killed: it uses a library as the bot and the command line do.

Only the encoder is replaced, by a hash, since a model's vectors could not be foreseen.
"""

import asyncio
import contextlib
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from discord.utils import utcnow

from benchmarks.crash.journal import Journal
from benchmarks.crash.kills import Shared
from benchmarks.crash.made_up import MODELS, HashingEncoder, Version, vector_of, version_of
from benchmarks.crash.planted import ACKNOWLEDGED_EARLY
from benchmarks.crash.work import Work
from bot.executors import Executors
from bot.ingest.loops import LoopHealth
from bot.ingest.queue import IngestQueue
from bot.storage import IngestJob, Storage
from index import Article, Library, StoreError
from index.backup import write_backup
from index.commands import app
from index.embedding.encoder import Encoder
from index.fetching.fetcher import Fetcher
from index.ingest import file_versions
from index.scope import SHARED_ONLY
from index.store.sqlite.database import Database

MAX_FILES = 12
ADD_TIMEOUT_SECONDS = 600.0


def replace_encoder() -> None:
    """Have every encoder hash, and files be read as soon as they are written."""

    for name in ("info", "load", "encode", "encode_questions"):
        setattr(Encoder, name, vars(HashingEncoder)[name])
    file_versions.SETTLE_SECONDS = 0.0
    file_versions._open_for_writing = set


def report_transactions(shared: Shared) -> None:
    """Have the number of open transactions shared."""
    transaction = Database.transaction

    @contextmanager
    def reported(self: Database, **options: Any) -> Iterator[Any]:
        with transaction(self, **options) as tx:
            shared.set(Shared.TRANSACTIONS, shared.get(Shared.TRANSACTIONS) + 1)
            try:
                yield tx
            except BaseException:
                shared.set(Shared.TRANSACTIONS, shared.get(Shared.TRANSACTIONS) - 1)
                raise
        shared.set(Shared.TRANSACTIONS, shared.get(Shared.TRANSACTIONS) - 1)

    cast(Any, Database).transaction = reported


class Driver:
    """A client of a library, which keeps its own journal.

    Args:
        planted: the name of the bug that is planted, if any.
    """

    def __init__(self, work: Work, choose: random.Random, planted: str | None = None) -> None:
        self._work = work
        self._choose = choose
        self._acknowledges_early = planted == ACKNOWLEDGED_EARLY
        self._journal = Journal(work.journal)
        self._library = self._open()

    def close(self) -> None:
        self._library.close()
        self._journal.close()

    def do(self, kind: str) -> None:
        """One action of a kind, of ``KINDS``."""
        KINDS[kind](self)

    def finish(self) -> list[str]:
        """Do what a killed process has left undone, and save; returns what ``verify`` finds."""
        self._sync()
        asyncio.run(self._process_queue([]))
        self._library.flush()
        return list(self._library.problems())

    def add(self) -> None:
        self._add([self._new_url("library") for _ in range(self._choose.choice((1, 1, 3)))])

    def correct(self) -> None:
        self._add([self._stored_url() or self._new_url("library")])

    def remove(self) -> None:
        url = self._stored_url()
        if url is None:
            self.add()
            return
        number = self._journal.next_number()
        self._journal.intend(number, url, None)
        self._library.remove(Article("–", "a", url=url).id)
        self._journal.acknowledge(number)

    def add_by_command(self) -> None:
        """``python -m index add``, which acknowledges by its exit code."""
        urls = [self._new_url("library") for _ in range(2)]
        numbered = [self._intended(url) for url in urls]
        path = self._work.articles.with_name("added.jsonl")
        path.write_text("\n".join(json.dumps(version) for _, version in numbered))
        os.environ["EMBEDDING_MODEL"] = self._model
        if command(self._work, "add", str(path)):
            raise StoreError("The command failed.")
        for number, _ in numbered:
            self._journal.acknowledge(number)

    def rebuild(self) -> None:
        """With the other model."""
        other = MODELS[self._model == MODELS[0]]
        self._library.close()
        self._library = self._open(other)
        self._library.rebuild()

    def sync(self) -> None:
        """Change, add or delete a file, and sync the folder."""
        paths = sorted(self._work.articles.glob("*.jsonl"))
        if len(paths) > 2 and (len(paths) >= MAX_FILES or self._choose.random() < 0.3):
            path = self._choose.choice(paths)
            url = json.loads(path.read_text())["url"]
            number = self._journal.next_number()
            self._journal.intend(number, url, None)
            path.unlink()
        else:
            if paths and self._choose.random() < 0.5:
                path = self._choose.choice(paths)
                url = json.loads(path.read_text())["url"]
            else:
                url = self._new_url("folder")
                path = self._work.articles / f"{url.rpartition('/')[2]}.jsonl"
            number, version = self._intended(url)
            _write_file(path, version)
        self._sync()
        self._journal.acknowledge(number)

    def queue(self) -> None:
        """Queue articles, which the queue's worker then adds, as the bot does."""
        asyncio.run(self._process_queue([self._new_url("queue") for _ in range(3)]))

    def save(self) -> None:
        """Add, and write the FAISS files."""
        self.correct()
        self._library.flush()

    def back_up(self) -> None:
        number = self._journal.next_number()
        self._journal.backing_up(number)
        write_backup(self._work.library, self._work.backups / f"{number}.zip")
        self._journal.backed_up(number)

    def shut_down(self) -> None:
        """Add, ask, so that the FAISS indexes are in memory, and end as on Ctrl-C."""
        self.correct()
        vector = vector_of(MODELS[0], "a question")
        self._library._store.dense.nearest(vector, SHARED_ONLY, 3)
        self._library.close()
        self._library = self._open()

    def _open(self, model: str | None = None) -> Library:
        """The library with a model; None: the one that its vectors come from."""
        library = Library.open(self._work.library, model=model or MODELS[0], any_model=True)
        if model is None and library.model and library.model.name != MODELS[0]:
            stored = library.model.name
            library.close()
            return self._open(stored)
        return library

    @property
    def _model(self) -> str:
        """The name of the model that the library's vectors come from."""
        return self._library.model.name if self._library.model else MODELS[0]

    def _add(self, urls: Sequence[str]) -> None:
        numbered = [self._intended(url) for url in urls]
        if self._acknowledges_early:
            for number, _ in numbered:
                self._journal.acknowledge(number)
        additions = self._library.add_all([_article(version) for _, version in numbered])
        for (number, _), _ in zip(numbered, additions, strict=True):
            self._journal.acknowledge(number)

    def _intended(self, url: str) -> tuple[int, Version]:
        """A new version of an article, recorded as asked for, and its number."""
        number = self._journal.next_number()
        version = version_of(url, number)
        self._journal.intend(number, url, version)
        return number, version

    def _new_url(self, where: str) -> str:
        return f"https://coast.example/{where}/{self._journal.next_number()}"

    def _stored_url(self) -> str | None:
        urls = sorted(a.url for a in self._library.articles() if a.url and "/library/" in a.url)
        return self._choose.choice(urls) if urls else None

    def _sync(self) -> None:
        folder_sync = self._library.mirror(self._work.articles)
        while folder_sync.pending:
            for _ in folder_sync.sync():
                pass

    async def _process_queue(self, urls: Sequence[str]) -> None:
        """Queue articles, and process everything that is queued."""
        executors, idle = Executors(), asyncio.Event()

        async def announce() -> None:
            idle.set()

        with Storage(self._work.library / "bot.sqlite") as storage:
            queue = IngestQueue(
                storage, self._library, cast(Fetcher, None), executors, announce, LoopHealth()
            )
            numbered = [self._intended(url) for url in urls]
            jobs = [IngestJob("shared", None, _article(v).as_record()) for _, v in numbered]
            storage.ingest_jobs.add(jobs, utcnow())
            for number, _ in numbered:
                self._journal.queued(number)
            queue.wake()
            await idle.wait()
            for number, _ in numbered:
                self._journal.acknowledge(number)
            await queue.close()
        executors.close()


KINDS: dict[str, Callable[[Driver], None]] = {
    "add": Driver.add,
    "correct": Driver.correct,
    "remove": Driver.remove,
    "add by command": Driver.add_by_command,
    "rebuild": Driver.rebuild,
    "sync a folder": Driver.sync,
    "queue": Driver.queue,
    "save": Driver.save,
    "back up": Driver.back_up,
    "shut down": Driver.shut_down,
}


def command(work: Work, *arguments: str) -> int:
    """Run ``python -m index`` in this process; its exit code. Its output goes nowhere."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        try:
            app(["--library", str(work.library), *arguments])
        except SystemExit as error:
            return int(error.code or 0)
    return 0


def _article(version: Version) -> Article:
    return Article(version["title"], version["text"], url=version["url"])


def _write_file(path: Path, version: Version) -> None:
    """Write a file of the synced folder at once, as editors do."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(version))
    new.replace(path)
