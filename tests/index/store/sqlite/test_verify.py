"""``Store.problems`` finds each kind of damage to the rows."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import StoreError
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

NAN = np.array([np.nan, 0, 0, 1], dtype="<f4").tobytes()
TWICE = np.array([2, 0, 0, 0], dtype="<f4").tobytes()
SMALL_CHANGE = np.array([0, 0, 1, 0], dtype="<f4").tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path) as store:
        put(
            store,
            article("OSLO (AP) — The ferry was late. It rained. Nobody complained.", url=url("a")),
            EAST,
            NORTH,
            UP,
        )
        put(store, article("Four. Five.", collection="other"), NORTH, EAST)
    return tmp_path


def tamper(folder: Path, *statements: str, parameters: tuple[object, ...] = ()) -> None:
    """Change the rows behind the library's back, with its own triggers in force."""
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        for statement in statements:
            connection.execute(statement, parameters)
        connection.commit()


def problems(folder: Path) -> str:
    with SqliteStore(folder) as store:
        return "\n".join(store.problems())


def rebuild(folder: Path) -> None:
    with SqliteStore(folder) as store:
        store.rebuild.start(MODEL)
        keys = [one.key for one in store.rebuild.pending(10)]
        store.rebuild.add_vectors(keys, np.stack([vector(*NORTH)] * 5), MODEL)
        assert store.rebuild.finish()


def test_a_sound_library_has_no_problems(folder: Path) -> None:
    assert problems(folder) == ""


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "OSLO (AP) — The ferry was here. It rained. Nobody complained."),
        ("title", "Other"),
        ("published", "2025-10-09"),
        ("published", "yesterday"),
        ("url", "javascript:alert(1)"),
        ("content_hash", "0" * 64),
        ("id", "0" * 16),
    ],
)
def test_an_article_that_was_changed_by_hand_is_found(
    folder: Path, column: str, value: str
) -> None:
    tamper(folder, f"UPDATE articles SET {column} = ? WHERE key = 1", parameters=(value,))
    assert "is not what was added" in problems(folder)


def test_a_sentence_beyond_the_text_is_found(folder: Path) -> None:
    tamper(folder, 'UPDATE sentences SET "end" = 999 WHERE key = 3')
    assert "leaves the text" in problems(folder)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_sentence_that_is_missing_is_found(folder: Path, number: int) -> None:
    tamper(
        folder,
        "PRAGMA foreign_keys = ON",
        f"DELETE FROM sentences WHERE article = 1 AND number = {number}",
    )
    assert re.search(r"Article \w+ misses a sentence\.\n", problems(folder))
    assert "words of the collections" in problems(folder)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM words WHERE rowid_of", "INSERT INTO words VALUES (1, 'elsewhere')"],
)
def test_words_that_are_not_those_of_the_sentences_are_found(folder: Path, statement: str) -> None:
    tamper(folder, statement.replace("rowid_of", "word = (SELECT min(word) FROM words)"))
    assert re.fullmatch(r"The words of the collections .* \(1\)\.", problems(folder))


def test_an_article_without_any_sentence_is_found(folder: Path) -> None:
    tamper(folder, "PRAGMA foreign_keys = ON", "DELETE FROM sentences WHERE article = 2")
    assert "misses a sentence" in problems(folder)


def test_sentences_that_overlap_or_are_empty_are_found(folder: Path) -> None:
    tamper(folder, 'UPDATE sentences SET "end" = "end" + 3 WHERE key = 1')
    assert "overlaps another" in problems(folder)
    tamper(folder, 'UPDATE sentences SET "end" = "end" - 3 WHERE key = 1')
    assert problems(folder) == ""
    tamper(folder, "INSERT INTO sentences VALUES (99, 1, 1, 31, 32, 1, 9)")
    assert "is empty" in problems(folder)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE sentence_texts SET text = 'It snowed.'", "DELETE FROM sentence_texts"],
)
def test_a_stored_sentence_that_is_not_the_articles_is_found_and_mended(
    folder: Path, statement: str
) -> None:
    tamper(folder, f"{statement} WHERE key = 2")
    assert "The stored text of a sentence of article" in problems(folder)
    rebuild(folder)
    assert problems(folder) == ""


def test_a_sentence_of_no_article_is_found(folder: Path) -> None:
    tamper(folder, "INSERT INTO sentences VALUES (99, 77, 1, 0, 1, 1, 1)")
    assert "belongs to nothing" in problems(folder)


def test_boilerplate_that_is_misfiled_is_found_and_mended(folder: Path) -> None:
    tamper(folder, "INSERT INTO boilerplate VALUES (2, 77)")
    assert "filed under another collection" in problems(folder)
    rebuild(folder)
    assert problems(folder) == ""


def test_boilerplate_of_no_sentence_is_found_and_mended(folder: Path) -> None:
    tamper(folder, "INSERT INTO boilerplate VALUES (99, 1)")
    assert "boilerplate belongs to nothing" in problems(folder)
    rebuild(folder)
    assert problems(folder) == ""


def test_a_missing_vector_is_found(folder: Path) -> None:
    tamper(folder, "DELETE FROM vectors WHERE sentence = 2")
    assert "1 sentences have no vector" in problems(folder)


@pytest.mark.parametrize("damaged", [NAN, TWICE, b"", b"\0" * 16, b"\0" * 15, NAN * 2])
def test_a_damaged_vector_is_found(folder: Path, damaged: bytes) -> None:
    tamper(folder, "UPDATE vectors SET vector = ? WHERE sentence = 2", parameters=(damaged,))
    assert "1 vectors are damaged" in problems(folder)


def test_a_vector_of_the_wrong_width_is_never_searched(folder: Path) -> None:
    tamper(folder, "UPDATE vectors SET vector = x'00' WHERE sentence = 2")
    with SqliteStore(folder) as store, pytest.raises(StoreError, match="index rebuild"):
        nearest_texts(store, EAST)


def test_a_vector_other_than_the_index_holds_is_found(folder: Path) -> None:
    with SqliteStore(folder) as store:
        nearest_texts(store, EAST)
    tamper(folder, "UPDATE vectors SET vector = ? WHERE sentence = 2", parameters=(SMALL_CHANGE,))
    assert "The FAISS index of shared holds other vectors than the database" in problems(folder)


def test_a_sentence_that_the_index_lacks_is_found(folder: Path) -> None:
    with SqliteStore(folder) as store:
        nearest_texts(store, EAST, "other")
    tamper(
        folder,
        "PRAGMA foreign_keys = ON",
        "DELETE FROM sentences WHERE key = 5",
        "INSERT INTO sentences VALUES (9, 2, 2, 6, 11, 1, 2)",
        "INSERT INTO sentence_texts VALUES (9, 'Five.')",
        "INSERT INTO vectors SELECT 9, model, vector FROM vectors WHERE sentence = 4",
    )
    assert "The FAISS index of other does not hold the sentences of the database" in problems(
        folder
    )


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO sentences_fts (sentences_fts, rowid, text)"
        " SELECT 'delete', key, text FROM sentence_texts WHERE key = 2",
        "INSERT INTO sentences_fts (rowid, text) VALUES (2, 'more words')",
        "INSERT INTO sentences_fts (rowid, text) VALUES (99, 'a sentence that is not there')",
        "INSERT INTO sentences_fts (sentences_fts) VALUES ('delete-all')",
    ],
)
@pytest.mark.parametrize("index", ["sentences_fts", "exact_fts"])
def test_a_full_text_index_out_of_step_is_found(folder: Path, statement: str, index: str) -> None:
    tamper(folder, statement.replace("sentences_fts", index))
    assert f"full-text index {index} does not agree with the sentences" in problems(folder)


WORDS_GONE = (
    "INSERT INTO articles_fts (articles_fts, rowid, title, text)"
    " SELECT 'delete', key, title, text FROM articles WHERE key = 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        WORDS_GONE,
        "INSERT INTO articles_fts (rowid, title, text) VALUES (2, 'more', 'words')",
        "INSERT INTO articles_fts (rowid, title, text) VALUES (99, 'No', 'article at all')",
        "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')",
    ],
)
def test_an_index_of_whole_articles_out_of_step_is_found_and_mended(
    folder: Path, statement: str
) -> None:
    tamper(folder, statement)
    assert problems(folder) == "The full-text index articles_fts does not agree with the articles."
    rebuild(folder)
    assert problems(folder) == ""
    with SqliteStore(folder) as store:
        about = store.bm25.articles(["ferry", "five"], Scope(("shared", "other")), 10)
        assert about.keys() == {one.id for one in store.articles.newest()}
        assert store.bm25.articles(["words", "all"], Scope(("shared", "other")), 10) == {}


def test_both_full_text_indexes_are_looked_at(folder: Path) -> None:
    tamper(
        folder,
        WORDS_GONE,
        "INSERT INTO sentences_fts (sentences_fts) VALUES ('delete-all')",
    )
    assert problems(folder).splitlines() == [
        "The full-text index sentences_fts does not agree with the sentences.",
        "The full-text index articles_fts does not agree with the articles.",
    ]


def test_looking_for_problems_changes_nothing(folder: Path) -> None:
    tamper(folder, WORDS_GONE)
    found_first = problems(folder)
    with SqliteStore(folder) as store:
        generation = store.generation
        assert next(iter(store.problems())) == found_first  # and the rest is not asked for
        put(store, article("Six.", url=url("six")), UP)
        assert store.generation == generation + 1
    assert problems(folder) == found_first


@pytest.mark.parametrize("column", ["articles", "sentences"])
def test_wrong_counts_are_found(folder: Path, column: str) -> None:
    tamper(folder, f"UPDATE collections SET {column} = {column} + 1 WHERE name = 'other'")
    assert "The collection other does not hold as many" in problems(folder)


def test_a_damaged_file_is_found(folder: Path) -> None:
    path = folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    place = content.rindex(b"sentences_by_collection")
    page = 4096 * (len(content) // 4096 - 1)
    assert place < page
    content[page:] = b"\0" * (len(content) - page)
    path.write_bytes(content)
    assert "damaged" in problems(folder)


def test_a_rebuild_mends_all_but_the_texts(folder: Path) -> None:
    tamper(folder, "UPDATE vectors SET vector = x'00' WHERE sentence = 2")
    tamper(folder, "DELETE FROM vectors WHERE sentence = 3")
    tamper(folder, "UPDATE collections SET sentences = 7")
    tamper(folder, "INSERT INTO sentences_fts (sentences_fts) VALUES ('delete-all')")
    tamper(folder, "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    assert len(problems(folder).splitlines()) >= 5
    rebuild(folder)
    assert problems(folder) == ""
