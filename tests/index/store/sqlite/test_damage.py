"""Whatever happens to a library's files, it heals or refuses with a sentence whose remedy works."""

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import Article, StoreError
from index.backup import restore_backup, write_backup
from index.embedding.base import Vectors
from index.ingest.rebuilding import rebuild
from index.scope import EVERYTHING
from index.sentences import split_sentences
from index.store import SqliteStore
from tests.index.store.builders import (
    EAST,
    MODEL,
    NORTH,
    UP,
    article,
    nearest_texts,
    put,
    url,
    vector,
)

FILES = ("library.sqlite", "library.sqlite-wal", "library.sqlite-shm", "faiss/1-2.faiss")

Damage = Callable[[Path, Path], None]
"""Damages a file; the second path is of the same file of another library."""


class FakeEncoder:
    """All sentences point in one direction, except the one of ``NEW``."""

    info = MODEL

    def encode(self, sentences: Sequence[str]) -> Vectors:
        return np.stack([vector(*(UP if text == NEW.text else EAST)) for text in sentences])


def articles_of(name: str) -> list[Article]:
    """Three articles; the last one is still in the WAL."""
    return [
        article(f"The {name} ferry was late. Nobody complained. " * 40, url=url("a")),
        article(f"The {name} baker won a prize.", title="Prize", url=url("b")),
        article(f"The {name} bridge is closed.", title="Roads", url=url("c"), collection="other"),
    ]


def make_library(folder: Path, name: str) -> Path:
    """A library as a crash leaves it: with a WAL that has what was added last."""
    *first, last = articles_of(name)
    with SqliteStore(folder / "open") as store:
        for one in first:
            put(store, one, EAST, NORTH)
        nearest_texts(store, EAST)
    with SqliteStore(folder / "open") as store:
        put(store, last, EAST)
        shutil.copytree(folder / "open", folder / "crashed")
    shutil.rmtree(folder / "open")
    return folder / "crashed"


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two libraries."""
    parent = tmp_path_factory.mktemp("originals")
    return make_library(parent / "one", "one"), make_library(parent / "other", "other")


@pytest.fixture
def backup(originals: tuple[Path, Path], tmp_path: Path) -> Path:
    """Of the first library."""
    shutil.copytree(originals[0], tmp_path / "copied")
    return write_backup(tmp_path / "copied", tmp_path / "backup.zip")


@pytest.fixture
def folder(originals: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(originals[0], tmp_path / "library"))


def truncate(path: Path, other: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def truncate_to_a_few_bytes(path: Path, other: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def empty(path: Path, other: Path) -> None:
    path.write_bytes(b"")


def zero(path: Path, other: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def zero_the_end(path: Path, other: Path) -> None:
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + b"\0" * (len(content) - half))


def fill_with_junk(path: Path, other: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def swap(path: Path, other: Path) -> None:
    shutil.copy(other, path)


def delete(path: Path, other: Path) -> None:
    path.unlink()


def put_a_folder_in_its_place(path: Path, other: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").touch()


DAMAGES: list[Damage] = [
    truncate,
    truncate_to_a_few_bytes,
    empty,
    zero,
    zero_the_end,
    fill_with_junk,
    swap,
    delete,
    put_a_folder_in_its_place,
]


def quotes(store: SqliteStore) -> Iterator[str]:
    """All that a store gives to be quoted."""
    everything = [hit.key for hit in store.dense.nearest(vector(*EAST), EVERYTHING, 999)]
    everything += [hit.key for hit in store.bm25.sentences(["the"], EVERYTHING, 999)]
    yield from (stored.text for stored in store.articles.fetch(everything).values())
    found = store.phrases.matches(["the"], EVERYTHING, 999)
    yield from (match.stored.text for match in found)
    for each in store.articles.newest():
        yield from (each.text[s.start : s.end] for s in store.articles.sentences(each.id))


def sentences_of(articles: Sequence[Article]) -> set[str]:
    return {each.text[s.start : s.end] for each in articles for s in split_sentences(each.text)}


NEW = article("A new one.", url=url("new"))
TRUE = sentences_of([*articles_of("one"), *articles_of("other"), NEW])


def use(folder: Path) -> None:
    """Read and write a library; what it quotes must be true."""
    with SqliteStore(folder) as store:
        assert set(quotes(store)) <= TRUE
        put(store, NEW, UP)
        assert nearest_texts(store, UP, limit=1) == ["A new one."]
        store.articles.remove(NEW.id)
        store.flush()


def rebuilt(store: SqliteStore) -> None:
    """Do what the command ``rebuild`` does."""
    rebuild(store, FakeEncoder(), store.articles.newest(), lambda done, total: None)  # type: ignore[arg-type]


def heal(folder: Path) -> None:
    """Do what ``verify`` says."""
    with SqliteStore(folder) as store:
        for problem in list(store.problems()):
            if found := re.search(r"python -m index remove (\w+)", problem):
                store.articles.remove(found[1])
        if any("discarded and rebuilt" not in problem for problem in store.problems()):
            rebuilt(store)
    with SqliteStore(folder) as store:
        for problem in store.problems():
            assert "If that does not help" in problem
            raise StoreError(problem)


def use_and_heal(folder: Path) -> None:
    use(folder)
    heal(folder)
    use(folder)


def use_and_heal_as_told(folder: Path, backup: Path) -> None:
    """Use and heal a library; if it refuses, with the remedy that it tells."""
    try:
        use_and_heal(folder)
    except StoreError as error:
        refusal = str(error)
    else:
        return
    assert "index rebuild" in refusal or str(folder) in refusal
    if refusal.endswith("Move it away."):
        shutil.rmtree(refusal.split(" cannot be used")[0])
        use_and_heal(folder)
        return
    if "Run `python -m index rebuild`" in refusal:
        try:
            with SqliteStore(folder) as store:
                rebuilt(store)
            use_and_heal(folder)
        except StoreError as error:
            refusal = str(error)
        else:
            return
    last = re.search(
        r"[Rr]estore a backup with `python -m index restore FILE`; or, to start anew, move (.*)"
        r" away\.$",
        refusal,
    )
    assert last, refusal
    emptied = Path(shutil.copytree(folder, folder.with_name("anew")))
    for pattern in last[1].split(" and "):
        for path in emptied.glob(str(Path(pattern).relative_to(folder))):
            remove(path)
    use_and_heal(emptied)
    restore_backup(backup, folder, replace=True)
    use_and_heal(folder)
    with SqliteStore(folder) as store:
        assert store.articles.count().articles == 3


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_healed_or_refused_with_a_remedy_that_works(
    folder: Path, originals: tuple[Path, Path], backup: Path, file: str, damage: Damage
) -> None:
    damage(folder / file, originals[1] / file)
    use_and_heal_as_told(folder, backup)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("seed", range(8))
def test_no_flipped_bit_is_quoted(folder: Path, backup: Path, file: str, seed: int) -> None:
    path = folder / file
    content = bytearray(path.read_bytes())
    chosen = random.Random(f"{seed} {file}")
    for _ in range(8):
        content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    path.write_bytes(content)
    use_and_heal_as_told(folder, backup)


def test_a_damaged_schema_that_is_no_text_is_refused_with_a_remedy(
    folder: Path, backup: Path
) -> None:
    path = folder / "library.sqlite"
    content = path.read_bytes()
    assert content.count(b"CREATE TABLE meta") == 1
    path.write_bytes(content.replace(b"CREATE TABLE meta", b"CREATE T\xd9BLE meta"))
    use_and_heal_as_told(folder, backup)
