"""What is in a backup: a zip archive of databases, with a list of them in JSON."""

import re
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from index.store.sqlite.replacement import LIBRARY_FILENAME
from index.store.sqlite.snapshots import SIDECARS

FORMAT = 1
"""The version of the format. Later versions of Dateline read every earlier one."""

MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 1 << 20

NUMBER = re.compile(r"\d+")


def _plain(name: str) -> str:
    """A file name that stays in its folder, on any system. Raises ValueError."""
    parts = (PurePosixPath(name).name, PureWindowsPath(name).name)
    if parts != (name, name) or not name.isprintable() or ":" in name or name.endswith(SIDECARS):
        raise ValueError(f"“{name}” is not the name of a database")
    return name


class Entry(BaseModel):
    """A database in a backup: its file's name, size in bytes and SHA-256."""

    name: Annotated[str, AfterValidator(_plain)]
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The list.

    Args:
        dateline: the version of Dateline that made the backup.
        made_at: the moment as of which the databases are.
    """

    format: int
    dateline: str
    made_at: AwareDatetime
    databases: list[Entry]

    @property
    def bytes(self) -> int:
        """The size of all databases."""
        return sum(entry.bytes for entry in self.databases)

    @property
    def is_of_a_library(self) -> bool:
        """Whether it has the database of a library, and none twice."""
        names = [entry.name for entry in self.databases]
        return LIBRARY_FILENAME in names and len(set(names)) == len(names)

    @property
    def is_newer(self) -> bool:
        """Whether a newer version of Dateline has made the backup."""
        return self.format > FORMAT or _numbers(self.dateline) > _numbers(this_version())


def this_version() -> str:
    """The version of Dateline."""
    return version("dateline")


def manifest_of(databases: list[Entry], made_at: datetime) -> Manifest:
    """The list of a backup that this version makes."""
    return Manifest(format=FORMAT, dateline=this_version(), made_at=made_at, databases=databases)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in NUMBER.findall(version)[:3]]
