"""The cost of an operation grows with what it works on, and not with the square of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index import Sentence
from index.scope import Scope
from index.store import Count, SqliteStore
from index.store.sqlite import articles
from tests.index.store.builders import EAST, MODEL, OTHER, article, put, url, vector

SENTENCE = (
    "On day {} the ferry of the northern line came an hour late, and nobody on the pier knew why."
)


def long_text(sentences: int, first: int = 0) -> str:
    return "\n".join(SENTENCE.format(first + number) for number in range(sentences))


def one_a_line(text: str) -> list[Sentence]:
    """A sentence for each line."""
    ends = [at for at, character in enumerate(text + "\n") if character == "\n"]
    starts = [0, *(end + 1 for end in ends)]
    return [
        Sentence(start, end, number, 1)
        for number, (start, end) in enumerate(zip(starts, ends, strict=False), 1)
    ]


def test_an_article_of_ten_thousand_sentences_is_no_trouble(tmp_path: Path) -> None:
    """Reading the article for each of them would take minutes."""
    number = 10_000
    before, after = (
        article(long_text(number, first), url=url("a"), title="Log") for first in (0, number)
    )
    vectors = np.tile(vector(*EAST), (number, 1))
    with SqliteStore(tmp_path) as store:
        for version in (before, after):
            store.articles.put(version, one_a_line(version.text), vectors, MODEL)
        assert len(store.articles.vectors_by_text(after.id, MODEL)) == number
        whole = [Sentence(0, len(after.text), 1, 1)]
        store.rebuild.start(MODEL)
        for sentences in (whole, one_a_line(after.text)):
            store.rebuild.resplit(after, sentences)
        keys = [one.key for one in store.rebuild.pending(number)]
        store.rebuild.add_vectors(keys, vectors, MODEL)
        assert store.rebuild.finish()
        assert store.phrases.count(["day 10007"], Scope()) == 1
        assert list(store.problems()) == []
        assert store.articles.count() == Count(1, number)
        assert store.articles.remove(after.id)
        assert list(store.problems()) == []


def test_the_steps_through_all_articles_grow_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "PAGE_SIZE", 5)

    def steps_for(number: int) -> int:
        with SqliteStore(tmp_path / str(number)) as store:
            for name in range(number):
                put(store, article("A ferry.", url=url(str(name))))
            with counted_steps(store) as steps:
                assert len(list(store.articles.every_article())) == number
        return steps[0]

    assert steps_for(400) < 5 * steps_for(100)


@contextmanager
def counted_steps(store: SqliteStore) -> Iterator[list[int]]:
    """Counts the steps of SQLite's virtual machine, in hundreds."""
    steps = [0]

    def count() -> None:
        steps[0] += 1

    connection = store._database._connection()
    connection.set_progress_handler(count, 100)
    yield steps
    connection.set_progress_handler(None, 0)


def test_the_steps_of_a_rebuild_grow_with_the_number_of_sentences(tmp_path: Path) -> None:
    def steps_for(sentences: int) -> int:
        text = long_text(sentences)
        with SqliteStore(tmp_path / str(sentences)) as store:
            vectors = np.tile(vector(*EAST), (sentences, 1))
            store.articles.put(article(text), one_a_line(text), vectors, MODEL)
            store.rebuild.start(OTHER)
            with counted_steps(store) as steps:
                after = 0
                while some := store.rebuild.pending(10, after):
                    rows = np.tile(vector(0, 0, 1), (len(some), 1))
                    store.rebuild.add_vectors([one.key for one in some], rows, OTHER)
                    after = some[-1].key
            assert store.rebuild.finish()
        return steps[0]

    assert steps_for(4000) < 5 * steps_for(1000)
