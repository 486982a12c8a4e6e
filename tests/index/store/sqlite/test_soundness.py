"""What a disk has damaged is never quoted, is named, and is healed by adding it again."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index import Article, DamagedArticleError, Library, Scope
from index.scope import EVERYTHING
from index.store import SqliteStore
from tests.index.store.builders import (
    EAST,
    MODEL,
    NORTH,
    article,
    nearest_texts,
    prepared,
    put,
    url,
)
from tests.index.subprocesses import run

FERRY = Article(
    "Night ferry late",
    "The night ferry was three hours late.\n\nForty passengers had to stand in the rain.",
    url="https://coast.example/ferry",
)
BAKERY = Article("Bakery wins", "A bakery has won the national bread prize.", url=url("bread"))
ELSEWHERE = Article("Elsewhere", "Nothing happened there.", collection="other")

Open = Callable[..., Library]


def flip(folder: Path, old: bytes, new: bytes) -> None:
    """Change some bytes of the closed database, as a bad disk does."""
    path = folder / "library.sqlite"
    content = path.read_bytes()
    assert content.count(old) >= 1
    path.write_bytes(content.replace(old, new))


def tamper(folder: Path, statement: str) -> None:
    """Change a row as a flipped bit would: without triggers or constraints."""
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


@pytest.fixture
def folder(open_library: Open, tmp_path: Path) -> Path:
    """A library of three articles in two collections, closed."""
    with open_library() as library:
        list(library.add_all([FERRY, BAKERY, ELSEWHERE]))
    return tmp_path / "library"


def everything_said(library: Library) -> str:
    """All that a library quotes in answer to some questions, in any collection."""
    said: list[str] = []
    for collection in ("shared", "other"):
        for question in ("How many passengers had to stand?", "tell me about the ferry"):
            answer = library.ask(question, (collection,), limit=9)
            said += [passage.quote for passage in answer.passages]
            said += [passage.citation.article.title for passage in answer.passages]
        found = library.find("stand in the rain", Scope((collection,)))
        said += [passage.quote for passage in found.passages]
    said += [each.title + each.text for each in library.every_article()]
    return "\n".join(said)


BITS = {
    "a letter": "UPDATE articles SET text = replace(text, 'Forty', 'Fosty') WHERE title LIKE 'N%'",
    "half a character": "UPDATE articles SET text = CAST(replace(text, 'Forty', x'46ffffff')"
    " AS TEXT) WHERE title LIKE 'N%'",
    "no text": "UPDATE articles SET text = CAST(text AS BLOB) WHERE title LIKE 'N%'",
    "the title": "UPDATE articles SET title = 'Night fesry late' WHERE title LIKE 'N%'",
    "the date": "UPDATE articles SET published = '2025-13-01' WHERE title LIKE 'N%'",
    "the address": "UPDATE articles SET url = 'https://x.example' WHERE title LIKE 'N%'",
    "the hash": "UPDATE articles SET content_hash = '0' WHERE title LIKE 'N%'",
    "the collection": "UPDATE articles SET collection ="
    " (SELECT key FROM collections WHERE name = 'other') WHERE title LIKE 'N%'",
}


@pytest.mark.parametrize("damage", BITS)
def test_a_damaged_article_is_not_quoted_and_healed_by_adding_it(
    folder: Path, open_library: Open, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    tamper(folder, BITS[damage])
    library = open_library()
    said = everything_said(library)
    assert "rain" not in said
    assert "bread prize" in said
    for use in (library.get, lambda id_: library.context(id_, 39, 81), library.history):
        with pytest.raises(DamagedArticleError, match=f"(?s){FERRY.id}.*Add the article again"):
            use(FERRY.id)
    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert FERRY.id in logged.getMessage()
    assert any("is not what was added" in problem for problem in library.problems())

    addition = library.add(FERRY)
    assert (addition.change, addition.embedded) == ("updated", 2)
    assert library.get(FERRY.id) == FERRY
    assert library.history(FERRY.id) == []
    assert list(library.problems()) == []
    assert "Forty passengers had to stand in the rain." in everything_said(library)
    assert library.count(Scope(("other",))) == 1


def test_bytes_that_were_changed_in_the_file_are_not_quoted(
    folder: Path, open_library: Open
) -> None:
    flip(folder, b"Forty passengers", b"Fosty passengers")
    library = open_library()
    assert "Fosty" not in everything_said(library)
    library.add(FERRY)
    assert list(library.problems()) == []


@pytest.mark.parametrize("damage", BITS)
def test_a_damaged_article_may_be_removed(folder: Path, open_library: Open, damage: str) -> None:
    tamper(folder, BITS[damage])
    library = open_library()
    library.remove(FERRY.id)
    assert list(library.problems()) == []
    assert library.count(EVERYTHING) == 2
    tamper(folder, "UPDATE articles SET text = text || 'x' WHERE title LIKE 'B%'")
    assert library.clear("shared") == 1
    assert list(library.problems()) == []


def test_a_rebuild_comes_to_its_end_with_a_damaged_article(
    folder: Path, open_library: Open
) -> None:
    tamper(folder, BITS["half a character"])
    library = open_library()
    assert library.rebuild() == 4
    assert "rain" not in everything_said(library)
    (problem,) = library.problems()
    assert FERRY.id in problem
    library.add(FERRY)
    assert list(library.problems()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sentences SET start = start + 2 WHERE start = 39",
        "UPDATE sentences SET start = 1 WHERE start = 39",
        'UPDATE sentences SET "end" = 999 WHERE start = 39',
        "UPDATE sentences SET paragraph = 6 WHERE start = 39",
        "UPDATE sentences SET collection = 2 WHERE article = 1",
        "DELETE FROM sentences WHERE article = 1",
    ],
)
def test_what_is_split_otherwise_than_its_text_is_not_quoted_until_a_rebuild(
    folder: Path, open_library: Open, statement: str
) -> None:
    tamper(folder, statement)
    library = open_library()
    said = everything_said(library).replace(FERRY.text, "")  # as it is listed
    assert "rain" not in said
    assert "hours late." not in said
    assert any(FERRY.id in problem for problem in library.problems())
    library.rebuild()
    assert list(library.problems()) == []
    assert library.find("rain").total == 1


def test_what_earlier_versions_left_out_of_the_sentences_is_no_damage(tmp_path: Path) -> None:
    one = article("FILE — The ferry was late. Nobody complained.")
    sentences, vectors = prepared(one)
    with SqliteStore(tmp_path) as store:
        shorter = replace(sentences[0], start=len("FILE — "))
        store.articles.put(one, [shorter, *sentences[1:]], vectors, MODEL)
        assert nearest_texts(store, EAST) == ["The ferry was late.", "Nobody complained."]
        assert list(store.problems()) == []


def test_a_byline_above_a_dateline_must_be_a_sentence(tmp_path: Path) -> None:
    one = article("By Ann Roe\n\nOSLO (AP) — The ferry was late.")
    sentences, vectors = prepared(one)
    with SqliteStore(tmp_path) as store:
        store.articles.put(one, sentences, vectors, MODEL)
        assert list(store.problems()) == []
    with SqliteStore(tmp_path / "other") as store:
        store.articles.put(one, [replace(sentences[1], paragraph=1)], vectors[1:], MODEL)
        assert "misses a sentence" in "".join(store.problems())


def test_a_former_version_that_is_damaged_is_not_shown(folder: Path, open_library: Open) -> None:
    corrected = Article(FERRY.title, "The night ferry was early.", url=FERRY.url)
    with open_library() as library:
        library.add(corrected)
    tamper(folder, "UPDATE former_articles SET text = replace(text, 'Forty', 'Fosty')")
    library = open_library()
    assert library.history(FERRY.id) == []
    assert any("earlier version" in problem for problem in library.problems())
    library.rebuild()
    assert list(library.problems()) == []


def test_a_folder_heals_the_articles_of_its_files(
    open_library: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.file_versions.SETTLE_SECONDS", 0)
    (tmp_path / "articles").mkdir()
    file = tmp_path / "articles" / "ferry.txt"
    file.write_text(f"{FERRY.title}\n\n{FERRY.text}")
    with open_library() as library:
        list(library.mirror(tmp_path / "articles").sync())
        assert library.count() == 1
    tamper(tmp_path / "library", BITS["a letter"])
    with open_library() as library:
        list(library.mirror(tmp_path / "articles").sync())
        assert list(library.problems()) == []
        assert library.find("Forty").total == 1


def test_what_is_damaged_after_it_was_read_is_not_quoted_either(tmp_path: Path) -> None:
    with SqliteStore(tmp_path) as store:
        put(store, article("One. Two.", url=url("a")), EAST, NORTH)
        assert nearest_texts(store, EAST) == ["One.", "Two."]
        tamper(tmp_path, "UPDATE articles SET text = 'One. Too.'")
        assert nearest_texts(store, EAST) == []


def test_people_are_told_which_article_is_damaged(folder: Path) -> None:
    tamper(folder, BITS["a letter"])
    shown = run("show", FERRY.id)
    assert shown.code == 1
    assert f"python -m index remove {FERRY.id}" in shown.err
    assert "Fosty" not in shown.out + shown.err
    found = run("find", "rain")
    assert "rain" not in found.out
    assert FERRY.id in found.err
    assert run("verify").code == 1
    assert run("remove", FERRY.id).code == 0
    assert run("verify").code == 0
