"""The FAISS files: whatever happens to them, the hits agree with the database."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.scope import Scope
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

ROOT = Path(__file__).parents[4]


@pytest.fixture(params=["exact", "clustered"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A library with two collections, and FAISS files for both."""
    if request.param == "clustered":
        request.getfixturevalue("archive")
    with SqliteStore(tmp_path / "library") as store:
        fill(store)
        look(store)
    assert len(faiss_files(tmp_path / "library")) == 2
    return tmp_path / "library"


def fill(store: SqliteStore) -> None:
    put(store, article("One. Two. Three.", url=url("a")), EAST, NORTH, UP)
    put(store, article("Four. Five.", collection="other"), NORTH, EAST)


def look(store: SqliteStore) -> None:
    """Search results that only an up-to-date index gives."""
    assert nearest_texts(store, EAST, limit=1) == ["One."]
    assert nearest_texts(store, UP, limit=1) == ["Three."]
    assert len(nearest_texts(store, UP)) == 3
    assert nearest_texts(store, EAST, "other", limit=1) == ["Five."]
    assert len(nearest_texts(store, EAST, "other")) == 2


def faiss_files(folder: Path) -> list[Path]:
    return sorted((folder / "faiss").iterdir())


def test_an_index_is_read_from_its_file_when_nothing_has_changed(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in faiss_files(folder)}
    with SqliteStore(folder) as store:
        look(store)
    assert {path: path.stat().st_mtime_ns for path in faiss_files(folder)} == before


def test_each_collection_has_one_file_named_after_its_generation(folder: Path) -> None:
    first = faiss_files(folder)
    with SqliteStore(folder) as store:
        put(store, article("Six."), EAST)
        nearest_texts(store, EAST)
        assert store.generation == 3
    assert [path.name for path in faiss_files(folder)] == ["1-3.faiss", "2-2.faiss"]
    assert [path.name for path in first] == ["1-1.faiss", "2-2.faiss"]


def test_a_collection_without_articles_has_no_file(folder: Path) -> None:
    with SqliteStore(folder) as store:
        look(store)
        store.articles.clear("other")
        assert [path.name for path in faiss_files(folder)] == ["1-1.faiss"]
        assert nearest_texts(store, EAST, "other") == []
        for stored in store.articles.newest():
            store.articles.remove(stored.id)
        store.flush()
        assert faiss_files(folder) == []
        fill(store)
        look(store)
    assert len(faiss_files(folder)) == 2


def delete(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 0x40
    path.write_bytes(content)


def replace_by_the_other_collections(path: Path) -> None:
    other = next(one for one in path.parent.iterdir() if one != path)
    shutil.copy(other, path)


def replace_by_another_librarys(path: Path) -> None:
    with SqliteStore(path.parents[2] / "another") as store:
        put(store, article("Seven. Eight. Nine.", url=url("b")), UP, UP, EAST)
        put(store, article("Ten. Eleven.", collection="other"), NORTH, UP)
        nearest_texts(store, EAST)
        nearest_texts(store, EAST, "other")
    shutil.copy(path.parents[2] / "another" / "faiss" / path.name, path)


damages = pytest.mark.parametrize(
    "damage",
    [delete, truncate, empty, flip, replace_by_the_other_collections, replace_by_another_librarys],
)


@damages
def test_a_file_that_is_not_what_was_written_is_made_again(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    sound = {path: path.read_bytes() for path in faiss_files(folder)}
    damage(faiss_files(folder)[0])
    with SqliteStore(folder) as store:
        look(store)
    assert {path: path.read_bytes() for path in faiss_files(folder)} == sound


@damages
def test_verify_tells_of_a_bad_file_once_and_mends_it(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    path = faiss_files(folder)[0]
    damage(path)
    with SqliteStore(folder) as store:
        problems = list(store.problems())
    if damage is delete:  # which does no harm: the file is a cache
        assert problems == []
    else:
        assert problems == [
            f"{path} did not match the database; it has been discarded and rebuilt."
        ]
    with SqliteStore(folder) as store:
        assert list(store.problems()) == []
        look(store)


def test_the_whole_folder_may_be_thrown_away(folder: Path) -> None:
    shutil.rmtree(folder / "faiss")
    with SqliteStore(folder) as store:
        assert list(store.problems()) == []
        look(store)


def test_files_that_nobody_knows_are_not_read(folder: Path) -> None:
    shutil.copy(folder / "faiss" / "2-2.faiss", folder / "faiss" / "1-999.faiss")
    with SqliteStore(folder) as store:
        look(store)
        assert list(store.problems()) == []
    assert sorted(p.name for p in faiss_files(folder))[0] == "1-1.faiss"


def test_a_file_older_than_the_rows_is_brought_up_to_date(folder: Path) -> None:
    with SqliteStore(folder) as store:  # changed without looking, so that no file is written
        put(store, article("One. Six.", url=url("a")), NORTH, EAST)
        put(store, article("Seven."), UP)
        store.articles.remove(article("Four. Five.", collection="other").id)
        put(store, article("Eight.", collection="other"), UP)
    assert [path.name for path in faiss_files(folder)] == ["1-1.faiss", "2-2.faiss"]
    with SqliteStore(folder) as store:
        assert nearest_texts(store, EAST) == ["Six.", "One.", "Seven."]
        assert nearest_texts(store, UP, limit=1) == ["Seven."]
        assert nearest_texts(store, UP, "other") == ["Eight."]
        assert list(store.problems()) == []


def test_as_many_removed_as_added_is_noticed(folder: Path) -> None:
    with SqliteStore(folder) as store:
        put(store, article("Six. Seven. Eight.", url=url("a")), UP, NORTH, EAST)
    with SqliteStore(folder) as store:
        assert nearest_texts(store, EAST, limit=1) == ["Eight."]
        assert len(nearest_texts(store, EAST)) == 3


def test_rows_from_an_older_backup_are_believed(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "backup")
    with SqliteStore(folder) as store:
        put(store, article("Six.", url=url("a")), EAST)
        nearest_texts(store, EAST)
    for path in folder.glob("library.sqlite*"):
        path.unlink()
    shutil.copy(tmp_path / "backup" / "library.sqlite", folder)
    assert [path.name for path in faiss_files(folder)] == ["1-3.faiss", "2-2.faiss"]
    with SqliteStore(folder) as store:
        look(store)
        assert list(store.problems()) == []


def test_after_a_rebuild_all_is_well(folder: Path) -> None:
    with SqliteStore(folder) as store:
        store.rebuild.start(MODEL)
        keys = [one.key for one in store.rebuild.pending(10)]
        store.rebuild.add_vectors(keys, np.stack([vector(*NORTH)] * 5), MODEL)
        assert store.rebuild.finish()
    with SqliteStore(folder) as store:
        assert list(store.problems()) == []
        assert [hit.score for hit in store.dense.nearest(vector(*NORTH), Scope(), 9)] == [1, 1, 1]


CRASH = """
import os, signal, sys
from pathlib import Path
from index.scope import Scope
from index.store import SqliteStore
from index.store.sqlite import faiss_files
from tests.index.store.builders import EAST, NORTH, UP, article, nearest_texts, put, url

store = SqliteStore(Path(sys.argv[1]))
if sys.argv[2] == "halfway":  # a transaction that is never committed
    connection = store._database._connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM sentences")
    connection.execute("DELETE FROM articles")
if sys.argv[2] == "acknowledged":
    put(store, article("Six.", url=url("six")), UP)
    nearest_texts(store, UP)
    store.articles.remove(article("Four. Five.", collection="other").id)
if sys.argv[2] == "writing":  # killed after the file was written, before the database has its hash
    put(store, article("Six.", url=url("six")), UP)
    nearest_texts(store, UP)
    faiss_files.fsync_folder = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    store.flush()
if sys.argv[2] == "renaming":  # killed while the file is being written
    put(store, article("Six.", url=url("six")), UP)
    nearest_texts(store, UP)
    Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    store.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def crash(folder: Path, moment: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", CRASH, str(folder), moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert process.returncode == -signal.SIGKILL


def test_a_crash_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    crash(folder, "acknowledged")
    with SqliteStore(folder) as store:
        assert "Six." in nearest_texts(store, UP, limit=2)
        assert len(nearest_texts(store, UP)) == 4
        assert nearest_texts(store, UP, "other") == []
        assert list(store.problems()) == []


def test_a_crash_within_a_transaction_leaves_no_trace(folder: Path) -> None:
    crash(folder, "halfway")
    with SqliteStore(folder) as store:
        look(store)
        assert list(store.problems()) == []


def test_a_crash_between_the_file_and_the_rows_does_no_harm(folder: Path) -> None:
    crash(folder, "writing")
    assert len(faiss_files(folder)) == 3
    with SqliteStore(folder) as store:
        assert "Six." in nearest_texts(store, UP, limit=2)
        assert list(store.problems()) == []
    assert len(faiss_files(folder)) == 2


def test_what_a_killed_process_has_half_written_is_cleared_away(folder: Path) -> None:
    crash(folder, "renaming")
    assert [path.name for path in faiss_files(folder)] == [
        "1-1.faiss",
        "1-3.faiss.tmp",
        "2-2.faiss",
    ]
    with SqliteStore(folder) as store:
        assert "Six." in nearest_texts(store, UP, limit=2)
    assert [path.name for path in faiss_files(folder)] == ["1-3.faiss", "2-2.faiss"]


def test_a_faiss_folder_that_cannot_be_written_keeps_nobody_from_asking(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder / "faiss")
    (folder / "faiss").write_text("in the way")
    with SqliteStore(folder) as store:
        look(store)
        put(store, article("Six."), EAST)
    assert f"The vector index {folder / 'faiss' / '1-1.faiss'} cannot be written" in caplog.text
    (folder / "faiss").unlink()
    with SqliteStore(folder) as store:
        assert len(nearest_texts(store, EAST)) == 4
    assert (folder / "faiss" / "1-3.faiss").exists()
