"""What is in a folder besides articles, and files that never end."""

import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Article, SourceError
from index.sources import expected_articles, files, files_in, read_path, read_stream

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")


def titles_and_refusals(path: Path) -> tuple[list[str], list[str]]:
    found = list(read_path(path))
    return (
        [one.title for one in found if isinstance(one, Article)],
        [str(one) for one in found if isinstance(one, SourceError)],
    )


def bind_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl"])
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (os.mkfifo, "a named pipe"),
        (bind_socket, "a socket"),
        (lambda path: path.symlink_to("/dev/zero"), "a device"),
    ],
)
def test_only_regular_files_are_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], None],
    kind: str,
    suffix: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    path = Path(f"a{suffix}")
    make(path)
    refusal = f"{path}: it is {kind}, not a regular file."
    assert titles_and_refusals(path) == ([], [refusal])
    assert titles_and_refusals(Path()) == ([], [refusal])
    Path("b.txt").write_text("Bee\n\nA bee hummed.")
    assert titles_and_refusals(Path()) == (["Bee"], [refusal])
    expected_articles(["."])  # it does not wait for a writer either


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros, none of which is on disk
    if path.suffix == ".jsonl":
        os.truncate(path, files.MAX_BYTES + 2)  # such a file is read line by line
    _, (refusal,) = titles_and_refusals(path)
    assert refusal.endswith(": it is larger than 32 MiB.")


class Endless(io.BytesIO):
    """A stream that never ends; counts what is read of it."""

    def __init__(self, character: bytes) -> None:
        super().__init__()
        self.character = character
        self.count = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size >= 0, "all of it is read"
        self.count += size
        return self.character * size

    readline = read


@pytest.mark.parametrize("character", [b"\0", b"x"])
def test_standard_input_that_never_ends_is_refused(
    monkeypatch: pytest.MonkeyPatch, character: bytes
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 100_000)
    endless = Endless(character)
    (refusal,) = read_stream(endless)
    assert str(refusal) == "standard input: it is larger than 32 MiB."
    assert endless.count < 200_000


def test_the_lines_around_one_that_is_too_long_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 50)
    monkeypatch.setattr("index.sources.jsonl.MAX_BYTES", 50)
    lines = ['{"title": "Ant", "text": "It ran."}', "x" * 120, '{"title": "Bee", "text": "Hum."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert titles_and_refusals(tmp_path / "a.jsonl") == (
        ["Ant", "Bee"],
        [f"{tmp_path / 'a.jsonl'}, line 2: it is larger than 32 MiB."],
    )


def test_a_folder_that_is_deleted_while_it_is_listed_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    scandir = os.scandir

    def scan(path: Path) -> object:
        if Path(path).name == "gone":
            raise FileNotFoundError(2, os.strerror(2), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    listing = files_in(tmp_path)
    assert (listing.files, listing.unreadable) == ([], {})
    assert listing.missing([tmp_path / "gone" / "a.txt"]) == [tmp_path / "gone" / "a.txt"]


@pytest.mark.parametrize("name", ["a\0b.txt", "half \ud83d.txt"])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    assert titles_and_refusals(Path(name)) == ([], [f"{name}: no file can have this name."])
