"""Whether a library is what its client's journal says."""

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from benchmarks.crash.journal import Journal, Record, backups_in, records_in
from benchmarks.crash.rows import (
    Copies,
    Rows,
    articles_of,
    faiss_problems,
    files_problems,
    in_memory,
    queued_in,
    rows_problems,
)
from benchmarks.crash.work import Work


def check_killed(work: Work) -> Iterator[str]:
    """The problems of a library whose process was killed, before Dateline opens it again."""
    records = records_in(work.journal)
    with Copies(work.library) as (rows, queue):
        yield from rows_problems(rows, records)
        yield from _unacknowledged(rows, records)
        stored, queued = articles_of(rows), queued_in(queue)
        for url, record in records.items():
            for one in record.pending:
                if one.queued and one.version not in (stored.get(url), queued.get(url)):
                    yield f"{url}: acknowledged as queued, but neither queued nor stored."
        yield from files_problems(rows, work.library)
    for name in backups_in(work.journal) - {path.name for path in work.backups.iterdir()}:
        yield f"The backup {name} was acknowledged, but is not there."
    for path in work.backups.glob("*.zip"):
        yield from _backup_problems(path, records_in(work.journal, before=int(path.stem)))


def check_recovered(work: Work) -> Iterator[str]:
    """The problems of a library that has been opened again and has done what was left to do."""
    records = records_in(work.journal)
    with Copies(work.library) as (rows, queue):
        yield from rows_problems(rows, records)
        stored = articles_of(rows)
        if queue is not None and (left := queue.execute("SELECT * FROM arrivals").fetchall()):
            yield f"The queue was processed, but has {left}."
        expected = {url: record.current for url, record in records.items() if record.current}
        of_folder = {url for url in records if "/folder/" in url}
        expected = {url: v for url, v in expected.items() if url not in of_folder} | work.files()
        for url in sorted(stored.keys() | expected.keys()):
            record, one = records.get(url, Record()), stored.get(url)
            unacknowledged = [i.version for i in record.pending if url not in of_folder]
            if one != expected.get(url) and one not in unacknowledged:
                yield f"{url}: expected {expected.get(url)}, but stored as {one}."
        yield from faiss_problems(rows, work.library)


def _unacknowledged(rows: Rows, records: dict[str, Record]) -> Iterator[str]:
    """Each article is as it was acknowledged last, or as was asked for since."""
    stored = articles_of(rows)
    for url, record in records.items():
        if stored.get(url) not in [record.current, *(one.version for one in record.pending)]:
            yield f"{url}: acknowledged as {record.current}, but stored as {stored.get(url)}."


def _backup_problems(path: Path, records: dict[str, Record]) -> Iterator[str]:
    """A backup that has appeared is complete, and its articles are whole."""
    with tempfile.TemporaryDirectory(prefix="crash-backup-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
            listed = json.loads((Path(folder) / "manifest.json").read_text())
            for entry in listed["databases"]:
                content = (Path(folder) / entry["name"]).read_bytes()
                if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                    yield f"{path.name}: {entry['name']} is not what the manifest says."
            with closing(in_memory(Path(folder) / "library.sqlite")) as rows:
                for problem in chain(rows_problems(rows, records), _unacknowledged(rows, records)):
                    yield f"{path.name}: {problem}"
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, sqlite3.Error) as error:
            yield f"{path.name} cannot be read: {error}."


def settle(work: Work) -> None:
    """Record what is stored: from now on it must stay."""
    with Copies(work.library) as (rows, _), closing(Journal(work.journal)) as journal:
        stored = articles_of(rows)
        for url, record in records_in(work.journal).items():
            if record.pending or stored.get(url) != record.current:
                journal.found(url, stored.get(url))
