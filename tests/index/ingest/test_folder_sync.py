"""Folder sync: a collection is kept identical to the files of a folder."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Article, Library, Scope, SourceError, StoreError, sources
from index.ingest import file_versions
from index.ingest.folder_sync import FolderSync, SyncResult

OTHER = Article("Other", "This one is in no file.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_versions, "SETTLE_SECONDS", 0.0)
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def line(title: str, text: str, url: str | None = None) -> str:
    return json.dumps({"title": title, "text": text, "url": url}) + "\n"


def sync(one: FolderSync) -> tuple[list[str], list[str], list[str]]:
    """Sync; returns what was added or updated, removed and refused."""
    results = list(one.sync())
    return (
        [f"{a.change} {a.article.title}" for result in results for a in result.additions],
        [article.title for result in results for article in result.removed],
        [str(refusal) for result in results for refusal in result.refused],
    )


def texts_by_title(library: Library) -> dict[str, str]:
    return {one.title: one.text for one in library.articles(Scope(("shared",)))}


def test_the_collection_has_the_articles_of_the_folder(library: Library, folder: Path) -> None:
    library.add(OTHER)
    a = write(folder, "a.txt", "Ant\n\nAn ant ran.")
    write(folder, "deep/b.md", "# Bee\n\nA bee hummed.")
    write(folder, "c.jsonl", line("Cat", "A cat sat.") + line("Cow", "A cow lay."))
    write(folder, "d.png", "no article")
    one = library.mirror(folder)
    assert sync(one) == (["added Ant", "added Cat", "added Cow", "added Bee"], [], [])
    assert sync(one) == ([], [], [])

    write(folder, "a.txt", "Ant\n\nAn ant walked.")
    write(folder, "c.jsonl", line("Cow", "A cow lay."))
    assert sync(one) == (["added Ant", "unchanged Cow"], ["Ant", "Cat"], [])

    a.rename(folder / "renamed.txt")
    (folder / "deep/b.md").unlink()
    assert sync(one) == (["unchanged Ant"], ["Bee"], [])
    assert texts_by_title(library) == {
        "Ant": "An ant walked.",
        "Cow": "A cow lay.",
        "Other": "This one is in no file.",
    }
    assert list(library.problems()) == []


def test_an_article_that_keeps_its_address_is_updated(library: Library, folder: Path) -> None:
    one = library.mirror(folder)
    for text, told in (("It ran.", "added Ant"), ("It walked.", "updated Ant")):
        write(folder, "a.jsonl", line("Ant", text, "https://coast.example/a"))
        assert sync(one) == ([told], [], [])
    (article,) = library.articles()
    assert [former.article.text for former in library.history(article.id)] == ["It ran."]


def test_the_next_sync_resumes_where_the_last_one_ended(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    b = write(folder, "b.txt", "Bee\n\nA bee hummed.")
    sync(library.mirror(folder))
    b.unlink()
    assert sync(library.mirror(folder)) == ([], ["Bee"], [])
    assert sync(library.mirror(folder)) == ([], [], [])


def test_an_article_that_was_removed_by_hand_comes_back_with_the_next_start(
    library: Library, folder: Path
) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    one = library.mirror(folder)
    sync(one)
    library.remove(library.articles()[0].id)
    assert sync(one) == ([], [], [])
    assert sync(library.mirror(folder)) == (["added Ant"], [], [])


def test_what_cannot_be_read_is_refused_once(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    wrong = write(folder, "b.jsonl", line("Bee", "A bee hummed.") + "nonsense\n")
    one = library.mirror(folder)
    added, _, refused = sync(one)
    assert added == ["added Ant", "added Bee"]
    assert refused == [f"{wrong}, line 2: it is not JSON."]
    assert sync(one) == ([], [], [])
    assert sync(library.mirror(folder)) == ([], [], [])
    write(folder, "b.jsonl", "nothing")
    assert sync(one) == ([], [], [f"{wrong}, line 1: it is not JSON."])
    # The articles of an unreadable file stay.
    assert texts_by_title(library).keys() == {"Ant", "Bee"}
    write(folder, "b.jsonl", line("Cow", "A cow lay."))
    assert sync(one) == (["added Cow"], ["Bee"], [])


def test_an_article_of_two_files_stays_until_both_are_gone(library: Library, folder: Path) -> None:
    a = write(folder, "a.jsonl", line("Ant", "It ran.", "https://coast.example/a"))
    b = write(folder, "b.jsonl", line("Ant", "It walked.", "https://coast.example/a"))
    one = library.mirror(folder)
    sync(one)
    assert texts_by_title(library) == {"Ant": "It walked."}
    b.unlink()
    assert sync(one) == ([], [], [])
    assert one.pending
    assert sync(one) == (["updated Ant"], [], [])
    assert texts_by_title(library) == {"Ant": "It ran."}
    a.unlink()
    assert sync(one) == ([], ["Ant"], [])


def test_two_folders_and_two_collections_are_kept_apart(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    b = write(folder.parent / "more", "b.txt", "Bee\n\nA bee hummed.")
    first, second = library.mirror(folder), library.mirror(folder.parent / "more")
    third = library.mirror(folder, "server-1")
    for one in (first, second, third):
        assert len(sync(one)[0]) == 1
    b.unlink()
    for one in (first, third):
        assert sync(one) == ([], [], [])
    assert sync(second) == ([], ["Bee"], [])
    assert library.count(Scope(("server-1",))) == 1


def test_a_file_that_is_being_written_is_waited_for(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = library.mirror(folder)
    with (folder / "a.txt").open("w") as file:
        print("Ant\n\nAn ant", file=file, flush=True)
        assert sync(one) == ([], [], [])
        assert one.pending
        print("ran away.", file=file)
    assert sync(one) == (["added Ant"], [], [])
    assert texts_by_title(library) == {"Ant": "An ant\nran away."}
    assert not one.pending

    monkeypatch.setattr(file_versions, "SETTLE_SECONDS", 60.0)
    write(folder, "a.txt", "Ant\n\nAn ant walked.")
    assert sync(one) == ([], [], [])
    assert one.pending


def test_a_file_that_is_always_open_is_read_in_the_end(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_versions, "MAX_SETTLE_SECONDS", 0.0)
    with (folder / "a.txt").open("w") as file:
        print("Ant\n\nAn ant ran.", file=file, flush=True)
        assert sync(library.mirror(folder)) == (["added Ant"], [], [])


def test_a_folder_that_is_not_there_is_told_and_takes_nothing_with_it(
    library: Library, folder: Path
) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    one = library.mirror(folder)
    sync(one)
    folder.rename(folder.parent / "elsewhere")
    with pytest.raises(SourceError, match="there is no such folder"):
        sync(one)
    assert texts_by_title(library) == {"Ant": "An ant ran."}


def test_a_name_that_is_no_text_is_kept(library: Library, folder: Path) -> None:
    try:
        path = folder / os.fsdecode(b"f\xe4hre.txt")
        path.write_text("Ant\n\nAn ant ran.")
    except OSError:
        pytest.skip("this file system takes only text")
    one = library.mirror(folder)
    assert sync(one) == (["added Ant"], [], [])
    assert sync(library.mirror(folder)) == ([], [], [])
    path.unlink()
    assert sync(one) == ([], ["Ant"], [])


@pytest.mark.parametrize("fails_at", range(12))
def test_wherever_it_is_interrupted_the_next_one_ends_with_what_the_folder_holds(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """The store fails in turn at each of its changes, while files come, change and go."""
    for name in "abc":
        write(folder, f"{name}.txt", f"Title {name}\n\nIt was the first text of {name}.")
    sync(library.mirror(folder))
    write(folder, "a.txt", "Title a\n\nIt was the second text of a.")
    (folder / "b.txt").unlink()
    write(folder, "d.jsonl", line("Title d", "It was d.") + line("Title e", "It was e."))

    calls = iter(range(100))
    store = library._store
    with monkeypatch.context() as patch:
        for group, name in (
            (store.articles, "put"),
            (store.articles, "remove"),
            (store.tracked_files, "save"),
            (store.tracked_files, "delete"),
        ):
            patch.setattr(group, name, _failing(getattr(group, name), calls, fails_at))
        interrupted = library.mirror(folder)
        try:
            sync(interrupted)
        except StoreError:
            assert interrupted.pending  # so that it is tried again, whatever happens to the files
            (folder / "d.jsonl").unlink()  # and then it goes again

    last = library.mirror(folder)
    while last.pending:
        sync(last)
    expected = {"Title a": "It was the second text of a.", "Title c": "It was the first text of c."}
    if (folder / "d.jsonl").exists():
        expected |= {"Title d": "It was d.", "Title e": "It was e."}
    assert texts_by_title(library) == expected
    assert list(library.problems()) == []


def _failing(method: object, calls: Iterator[int], fails_at: int) -> object:
    def called(*args: object) -> object:
        if next(calls) == fails_at:
            raise StoreError("the disk is full")
        assert callable(method)
        return method(*args)

    return called


def test_it_is_done_some_articles_at_a_time(library: Library, folder: Path) -> None:
    for n in range(40):
        write(folder, f"{n:02}.txt", f"Title {n}\n\nIt was number {n}.")
    steps: list[SyncResult] = list(library.mirror(folder).sync())
    assert len(steps) > 1
    assert sum(len(step.additions) for step in steps) == 40


def many(folder: Path, count: int, start: int = 0) -> list[Path]:
    return [
        write(folder, f"{n}.txt", f"Title {n}\n\nIt was number {n}.")
        for n in range(start, start + count)
    ]


def warnings_of(one: FolderSync) -> list[str]:
    return [warning for result in one.sync() for warning in result.warnings]


def test_most_articles_go_only_when_a_person_accepts_that(library: Library, folder: Path) -> None:
    many(folder / "drive", 8)
    many(folder, 2, start=8)
    sync(library.mirror(folder))
    (folder / "drive").rename(folder.parent / "unmounted")

    one = library.mirror(folder)
    (warning,) = warnings_of(one)
    assert warning.startswith(f"The files of 8 articles, most of {folder}, are no longer there.")
    assert warning.endswith(f"python -m index watch {folder} --accept-removals")
    assert warnings_of(one) == []
    assert (one.held_articles(), one.pending, one.incomplete) == (8, False, True)

    # Neither a restart decides it, nor that there are more files now, nor that others go.
    many(folder, 20, start=100)
    (folder / "8.txt").unlink()
    later = library.mirror(folder)
    assert len(warnings_of(later)) == 1
    assert len(texts_by_title(library)) == 8 + 1 + 20

    removed = [article.title for result in later.accept_removals() for article in result.removed]
    assert sorted(removed) == [f"Title {n}" for n in range(8)]
    assert (later.held_articles(), warnings_of(later), later.incomplete) == (0, [], False)
    assert list(library.problems()) == []


def test_files_that_come_back_have_lost_nothing(library: Library, folder: Path) -> None:
    drive = folder / "drive"
    url = "https://coast.example/a"
    write(drive, "a.jsonl", line("Ant", "It ran.", url))
    many(drive, 8)
    one = library.mirror(folder)
    sync(one)
    write(drive, "a.jsonl", line("Ant", "It walked.", url))
    sync(one)
    drive.rename(folder.parent / "unmounted")
    sync(one)
    assert one.held_articles() == 9
    (folder.parent / "unmounted").rename(drive)
    added, removed, refused = sync(library.mirror(folder))
    assert {change.split()[0] for change in added} == {"unchanged"}
    assert (removed, refused, one.held_articles()) == ([], [], 0)
    assert library.count() == 9
    (ant,) = library.articles(Scope(), title="Ant")
    assert len(library.history(ant.id)) == 1
    assert [r for r in library.mirror(folder).accept_removals() if r.removed] == []


def test_an_article_stays_while_a_file_that_is_held_back_has_it(
    library: Library, folder: Path
) -> None:
    drive = folder / "drive"
    many(drive, 8)
    a = write(folder, "0.txt", (drive / "0.txt").read_text())
    one = library.mirror(folder)
    sync(one)
    drive.rename(folder.parent / "unmounted")
    sync(one)
    a.unlink()
    while one.pending:
        sync(one)
    assert sync(one) == ([], [], [])
    assert len(texts_by_title(library)) == 8


def test_a_renamed_folder_takes_its_articles_along(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(folder / "old", 8)
    one = library.mirror(folder)
    sync(one)
    (folder / "old").rename(folder / "new")
    with monkeypatch.context() as patch:
        patch.setattr(file_versions, "SETTLE_SECONDS", 60.0)
        assert warnings_of(one) == []
        assert library.count() == 8
    while one.pending:
        assert warnings_of(one) == []
    assert (library.count(), one.held_articles()) == (8, 0)


def failing_scandir(monkeypatch: pytest.MonkeyPatch, failing: Path, code: int) -> None:
    scandir = os.scandir

    def scan(path: Path) -> object:
        if Path(path) == failing:
            raise OSError(code, os.strerror(code), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_folder_that_cannot_be_listed_keeps_its_articles(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    write(folder, "deep/er/b.txt", "Bee\n\nA bee hummed.")
    one = library.mirror(folder)
    sync(one)
    with monkeypatch.context() as patch:
        failing_scandir(patch, folder / "deep", code)
        complaint = f"{folder / 'deep'}: it cannot be read ({os.strerror(code)})."
        assert sync(one) == ([], [], [complaint])
        assert one.incomplete
        assert sync(one) == ([], [], [])
        failing_scandir(patch, folder, code)
        with pytest.raises(SourceError, match="it cannot be read"):
            sync(one)
    assert sync(one) == ([], [], [])
    assert not one.incomplete
    assert len(texts_by_title(library)) == 2


def test_a_link_to_a_drive_that_is_not_mounted_keeps_its_article(
    library: Library, folder: Path
) -> None:
    target = write(folder.parent / "drive", "a.txt", "Ant\n\nAn ant ran.")
    (folder / "a.txt").symlink_to(target)
    one = library.mirror(folder)
    sync(one)
    target.unlink()
    added, removed, refused = sync(one)
    assert (added, removed) == ([], [])
    assert "it cannot be read (No such file or directory)" in refused[0]
    (folder / "a.txt").unlink()
    assert sync(one) == ([], ["Ant"], [])


def test_a_file_that_fails_while_it_is_read_keeps_its_articles(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [line(name, f"It was {name}.") for name in ("Ant", "Bee", "Cat")]
    path = write(folder, "a.jsonl", "".join(records))
    one = library.mirror(folder)
    sync(one)
    write(folder, "a.jsonl", "".join(records) + "\n")

    def lines_until_failure(_: object) -> Iterator[bytes]:
        yield records[0].encode()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(sources, "read_lines", lines_until_failure)
        assert sync(one)[1:] == ([], [f"{path}: it cannot be read ({os.strerror(errno.EIO)})."])
        assert sync(one)[1:] == ([], [])  # it is told once
    assert texts_by_title(library).keys() == {"Ant", "Bee", "Cat"}
    assert one.incomplete
    assert sync(one) == (["unchanged Ant", "unchanged Bee", "unchanged Cat"], [], [])
    assert not one.incomplete


def test_a_loop_of_links_is_no_folder(library: Library, folder: Path) -> None:
    (folder / "a").symlink_to(folder / "a")
    with pytest.raises(SourceError, match="there is no such folder"):
        sync(library.mirror(folder / "a"))
