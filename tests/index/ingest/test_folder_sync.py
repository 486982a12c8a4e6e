"""A collection that is kept as the files of a folder are."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Article, Library, Scope, SourceError, StoreError
from index.ingest import folder_sync as mirror
from index.ingest.folder_sync import Caught, Mirror

OTHER = Article("Other", "This one is in no file.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(mirror, "SETTLED", 0.0)
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def line(title: str, text: str, url: str | None = None) -> str:
    return json.dumps({"title": title, "text": text, "url": url}) + "\n"


def catch_up(one: Mirror) -> tuple[list[str], list[str], list[str]]:
    """What was added or updated, removed and refused."""
    caught = list(one.catch_up())
    return (
        [f"{a.change} {a.article.title}" for c in caught for a in c.additions],
        [article.title for c in caught for article in c.removed],
        [str(refusal) for c in caught for refusal in c.refused],
    )


def held(library: Library) -> dict[str, str]:
    return {one.title: one.text for one in library.articles(Scope(("shared",)))}


def test_it_holds_what_the_folder_holds(library: Library, folder: Path) -> None:
    library.add(OTHER)
    a = write(folder, "a.txt", "Ant\n\nAn ant ran.")
    write(folder, "deep/b.md", "# Bee\n\nA bee hummed.")
    write(folder, "c.jsonl", line("Cat", "A cat sat.") + line("Cow", "A cow lay."))
    write(folder, "d.png", "no article")
    one = library.mirror(folder)
    assert catch_up(one) == (["added Ant", "added Cat", "added Cow", "added Bee"], [], [])
    assert catch_up(one) == ([], [], [])

    write(folder, "a.txt", "Ant\n\nAn ant walked.")
    write(folder, "c.jsonl", line("Cow", "A cow lay."))
    assert catch_up(one) == (["added Ant", "unchanged Cow"], ["Ant", "Cat"], [])

    a.rename(folder / "renamed.txt")
    (folder / "deep/b.md").unlink()
    assert catch_up(one) == (["unchanged Ant"], ["Bee"], [])
    assert held(library) == {
        "Ant": "An ant walked.",
        "Cow": "A cow lay.",
        "Other": "This one is in no file.",
    }
    assert list(library.problems()) == []


def test_an_article_that_keeps_its_address_is_updated(library: Library, folder: Path) -> None:
    one = library.mirror(folder)
    for text, told in (("It ran.", "added Ant"), ("It walked.", "updated Ant")):
        write(folder, "a.jsonl", line("Ant", text, "https://coast.example/a"))
        assert catch_up(one) == ([told], [], [])
    (article,) = library.articles()
    assert [former.article.text for former in library.history(article.id)] == ["It ran."]


def test_who_goes_on_knows_what_was_done(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    b = write(folder, "b.txt", "Bee\n\nA bee hummed.")
    catch_up(library.mirror(folder))
    b.unlink()
    assert catch_up(library.mirror(folder)) == ([], ["Bee"], [])
    assert catch_up(library.mirror(folder)) == ([], [], [])


def test_an_article_that_was_removed_by_hand_comes_back_with_the_next_start(
    library: Library, folder: Path
) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    one = library.mirror(folder)
    catch_up(one)
    library.remove(library.articles()[0].id)
    assert catch_up(one) == ([], [], [])
    assert catch_up(library.mirror(folder)) == (["added Ant"], [], [])


def test_what_cannot_be_read_is_refused_once(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    wrong = write(folder, "b.jsonl", line("Bee", "A bee hummed.") + "nonsense\n")
    one = library.mirror(folder)
    added, _, refused = catch_up(one)
    assert added == ["added Ant", "added Bee"]
    assert refused == [f"{wrong}, line 2: it is not JSON."]
    assert catch_up(one) == ([], [], [])
    assert catch_up(library.mirror(folder)) == ([], [], [])
    write(folder, "b.jsonl", "nothing")
    assert catch_up(one) == ([], [], [f"{wrong}, line 1: it is not JSON."])
    assert held(library).keys() == {"Ant", "Bee"}  # what it held stays, until it can be read
    write(folder, "b.jsonl", line("Cow", "A cow lay."))
    assert catch_up(one) == (["added Cow"], ["Bee"], [])


def test_an_article_of_two_files_stays_until_both_are_gone(library: Library, folder: Path) -> None:
    a = write(folder, "a.jsonl", line("Ant", "It ran.", "https://coast.example/a"))
    b = write(folder, "b.jsonl", line("Ant", "It walked.", "https://coast.example/a"))
    one = library.mirror(folder)
    catch_up(one)
    assert held(library) == {"Ant": "It walked."}
    b.unlink()
    assert catch_up(one) == ([], [], [])
    assert one.waiting
    assert catch_up(one) == (["updated Ant"], [], [])
    assert held(library) == {"Ant": "It ran."}
    a.unlink()
    assert catch_up(one) == ([], ["Ant"], [])


def test_two_folders_and_two_collections_are_kept_apart(library: Library, folder: Path) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    b = write(folder.parent / "more", "b.txt", "Bee\n\nA bee hummed.")
    first, second = library.mirror(folder), library.mirror(folder.parent / "more")
    third = library.mirror(folder, "server-1")
    for one in (first, second, third):
        assert len(catch_up(one)[0]) == 1
    b.unlink()
    for one in (first, third):
        assert catch_up(one) == ([], [], [])
    assert catch_up(second) == ([], ["Bee"], [])
    assert library.count(Scope(("server-1",))) == 1


def test_a_file_that_is_being_written_is_waited_for(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = library.mirror(folder)
    with (folder / "a.txt").open("w") as file:
        print("Ant\n\nAn ant", file=file, flush=True)
        assert catch_up(one) == ([], [], [])
        assert one.waiting
        print("ran away.", file=file)
    assert catch_up(one) == (["added Ant"], [], [])
    assert held(library) == {"Ant": "An ant\nran away."}
    assert not one.waiting

    monkeypatch.setattr(mirror, "SETTLED", 60.0)
    write(folder, "a.txt", "Ant\n\nAn ant walked.")
    assert catch_up(one) == ([], [], [])
    assert one.waiting


def test_a_file_that_is_always_open_is_read_in_the_end(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "GIVEN_UP", 0.0)
    with (folder / "a.txt").open("w") as file:
        print("Ant\n\nAn ant ran.", file=file, flush=True)
        assert catch_up(library.mirror(folder)) == (["added Ant"], [], [])


def test_a_folder_that_is_not_there_is_told_and_takes_nothing_with_it(
    library: Library, folder: Path
) -> None:
    write(folder, "a.txt", "Ant\n\nAn ant ran.")
    one = library.mirror(folder)
    catch_up(one)
    folder.rename(folder.parent / "elsewhere")
    with pytest.raises(SourceError, match="there is no such folder"):
        catch_up(one)
    assert held(library) == {"Ant": "An ant ran."}


def test_a_name_that_is_no_text_is_kept(library: Library, folder: Path) -> None:
    try:
        path = folder / os.fsdecode(b"f\xe4hre.txt")
        path.write_text("Ant\n\nAn ant ran.")
    except OSError:
        pytest.skip("this file system takes only text")
    one = library.mirror(folder)
    assert catch_up(one) == (["added Ant"], [], [])
    assert catch_up(library.mirror(folder)) == ([], [], [])
    path.unlink()
    assert catch_up(one) == ([], ["Ant"], [])


@pytest.mark.parametrize("fails_at", range(12))
def test_wherever_it_is_interrupted_the_next_one_ends_with_what_the_folder_holds(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """The store fails in turn at each of its changes, while files come, change and go."""
    for name in "abc":
        write(folder, f"{name}.txt", f"Title {name}\n\nIt was the first text of {name}.")
    catch_up(library.mirror(folder))
    write(folder, "a.txt", "Title a\n\nIt was the second text of a.")
    (folder / "b.txt").unlink()
    write(folder, "d.jsonl", line("Title d", "It was d.") + line("Title e", "It was e."))

    calls = iter(range(100))
    store = library._store
    with monkeypatch.context() as patch:
        for name in ("put", "remove", "keep_files", "forget_files"):
            patch.setattr(store, name, _failing(getattr(store, name), calls, fails_at))
        interrupted = library.mirror(folder)
        try:
            catch_up(interrupted)
        except StoreError:
            assert interrupted.waiting  # so that it is tried again, whatever happens to the files
            (folder / "d.jsonl").unlink()  # and then it goes again

    last = library.mirror(folder)
    while last.waiting:
        catch_up(last)
    expected = {"Title a": "It was the second text of a.", "Title c": "It was the first text of c."}
    if (folder / "d.jsonl").exists():
        expected |= {"Title d": "It was d.", "Title e": "It was e."}
    assert held(library) == expected
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
    steps: list[Caught] = list(library.mirror(folder).catch_up())
    assert len(steps) > 1
    assert sum(len(step.additions) for step in steps) == 40
