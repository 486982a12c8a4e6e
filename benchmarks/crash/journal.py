"""The client's own record of what it asked for and what was acknowledged.

Each line is on disk before the client goes on: an intention before the library is called, an
acknowledgement after it has returned.
"""

import json
import os
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.crash.made_up import Version


@dataclass
class Intention:
    """A version that was asked for; None: the article's removal.

    Args:
        queued: whether it was acknowledged that it is in the ingest queue.
    """

    number: int
    version: Version | None
    queued: bool = False


@dataclass
class Record:
    """What is known of an article.

    Args:
        current: the version that was acknowledged, or found by the checker, last.
        past: the versions before it, since the article was added.
        pending: what was asked for since, but not acknowledged.
        texts: of all versions that were ever asked for.
    """

    current: Version | None = None
    past: list[Version] = field(default_factory=list)
    pending: list[Intention] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def settle(self, version: Version | None) -> None:
        if version is None:
            self.past = []
        elif self.current is not None and version != self.current:
            self.past.append(self.current)
        self.current = version


class Journal:
    """A file of JSON lines, opened by one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        last = max((line.get("number", 0) for line in lines_of(path)), default=0)
        self._numbers = count(last + 1)

    def next_number(self) -> int:
        return next(self._numbers)

    def intend(self, number: int, url: str, version: Version | None) -> None:
        self._write(do="intend", number=number, url=url, version=version)

    def queued(self, number: int) -> None:
        self._write(do="queued", number=number)

    def acknowledge(self, number: int) -> None:
        self._write(do="acknowledge", number=number)

    def found(self, url: str, version: Version | None) -> None:
        """The checker has seen a version, which must stay from now on."""
        self._write(do="found", url=url, version=version)

    def backing_up(self, number: int) -> None:
        self._write(do="backing up", number=number)

    def backed_up(self, number: int) -> None:
        self._write(do="backed up", backup=number)

    def close(self) -> None:
        os.close(self._file)

    def _write(self, **line: Any) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")
        os.fsync(self._file)


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The lines that were written to the end."""
    whole = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in whole]


def records_in(path: Path, before: float = inf) -> dict[str, Record]:
    """What a journal says of each article, by URL; as of before the intention with a number."""
    records: defaultdict[str, Record] = defaultdict(Record)
    of_number: dict[int, tuple[Record, Intention]] = {}
    for line in lines_of(path):
        if line.get("number", 0) > before:
            break
        if line["do"] == "intend":
            record, version = records[line["url"]], line["version"]
            intention = Intention(line["number"], version)
            of_number[intention.number] = record, intention
            record.pending.append(intention)
            if version:
                record.texts.add(version["text"])
        elif line["do"] == "queued":
            of_number[line["number"]][1].queued = True
        elif line["do"] == "acknowledge":
            record, intention = of_number[line["number"]]
            record.settle(intention.version)
            record.pending = [one for one in record.pending if one.number > intention.number]
        elif line["do"] == "found":
            record, version = records[line["url"]], line["version"]
            record.settle(version)
            record.pending = [o for o in record.pending if o.queued and o.version != version]
    return dict(records)


def backups_in(path: Path) -> set[str]:
    """The names of the backups that were acknowledged."""
    return {f"{line['backup']}.zip" for line in lines_of(path) if line["do"] == "backed up"}
