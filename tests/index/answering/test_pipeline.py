"""Concurrent questions, and the concurrent steps of a single question."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest

from index import Article, BusyError, Encoder, Library, StoreError
from index.answering import concurrent_questions
from index.embedding.base import Vectors
from index.reader import Excerpt, SentencePrediction
from index.store import Hit, SqliteStore
from index.store.sqlite.bm25 import SqliteBM25Search
from tests.index.factories import WordReader

PATIENCE = 30.0
FERRY = Article("Ferry", "The ferry was late. Nobody complained. It rained on Thursday.")


class SlowReader(WordReader):
    """Blocks until it is released, and counts the questions that it is given at the same time."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.go_on, self.full, self.crowded = (threading.Event() for _ in range(3))
        self._reached = {places: self.full, places + 1: self.crowded}
        self._now = 0
        self._lock = threading.Lock()

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        with self._lock:
            self._now += 1
            if self._now in self._reached:
                self._reached[self._now].set()
        assert self.go_on.wait(PATIENCE)
        with self._lock:
            self._now -= 1
        return super().read(question, excerpts)


def test_the_number_of_concurrent_questions_is_limited(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent_questions, "MAX_CONCURRENT_QUESTIONS", 2)
    reader = SlowReader(places=2)
    with (
        Library(SqliteStore(tmp_path / "library"), encoder, reader) as library,
        ThreadPoolExecutor(6) as asking,
    ):
        library.add(FERRY)
        answers = [asking.submit(library.ask, "late ferry") for _ in range(6)]
        assert reader.full.wait(PATIENCE)
        assert not reader.crowded.wait(0.3)  # nothing tells that nobody comes: a third would soon
        reader.go_on.set()
        quotes = {answer.result(PATIENCE).passages[0].quote for answer in answers}
    assert not reader.crowded.is_set()
    assert all("The ferry was late." in quote for quote in quotes)


def test_when_too_many_questions_wait_one_more_is_refused_at_once(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent_questions, "MAX_CONCURRENT_QUESTIONS", 2)
    monkeypatch.setattr(concurrent_questions, "MAX_WAITING_QUESTIONS", 3)
    reader = SlowReader(places=2)
    with (
        Library(SqliteStore(tmp_path / "library"), encoder, reader) as library,
        ThreadPoolExecutor(1) as asking,
    ):
        library.add(FERRY)
        accepted = [library.submit("late ferry") for _ in range(5)]
        for _ in range(3):
            with pytest.raises(BusyError, match="Try again in a moment"):
                library.submit("late ferry")
        assert not any(question.done() for question in accepted)
        waits = asking.submit(library.ask, "late ferry")  # whoever waits anyway is not refused

        reader.go_on.set()
        answers = [question.result(PATIENCE) for question in (*accepted, waits)]
        assert all("The ferry was late." in answer.passages[0].quote for answer in answers)

        reader.go_on.clear()  # there is room for as many as before, also after withdrawn ones
        for _ in range(2):
            accepted = [library.submit("late ferry") for _ in range(5)]
            with pytest.raises(BusyError):
                library.submit("late ferry")
            assert reader.full.wait(PATIENCE)
            for question in accepted:
                question.cancel()
            reader.go_on.set()
            wait(accepted)
            reader.go_on.clear()
        reader.go_on.set()


def test_words_are_looked_for_while_the_question_is_embedded(
    open_library: Callable[..., Library], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    library.add(FERRY)
    looked_up, embed = threading.Event(), type(encoder).encode_questions
    bm25_sentences = SqliteBM25Search.sentences

    def embedded_late(encoder: Encoder, questions: Sequence[str]) -> Vectors:
        assert looked_up.wait(PATIENCE), "the words were not looked for meanwhile"
        return embed(encoder, questions)

    def noted(bm25: SqliteBM25Search, *args: Any) -> list[Hit]:
        looked_up.set()
        return bm25_sentences(bm25, *args)

    monkeypatch.setattr(type(encoder), "encode_questions", embedded_late)
    monkeypatch.setattr(SqliteBM25Search, "sentences", noted)
    assert "The ferry was late." in library.ask("late ferry").passages[0].quote


def test_questions_that_wait_are_embedded_together(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent_questions, "MAX_CONCURRENT_QUESTIONS", 1)
    asked = ["late ferry", "Who complained?", "Did it rain?", "When did it rain?"]
    embedded: list[list[str]] = []
    embed = type(encoder).encode_questions
    all_wait = threading.Event()

    def noted(encoder: Encoder, questions: Sequence[str]) -> Vectors:
        embedded.append(list(questions))
        assert all_wait.wait(PATIENCE)
        return embed(encoder, questions)

    monkeypatch.setattr(type(encoder), "encode_questions", noted)
    with (
        Library(SqliteStore(tmp_path / "library"), encoder, WordReader()) as library,
        ThreadPoolExecutor(len(asked)) as asking,
    ):
        library.add(FERRY)
        answers = [asking.submit(library.ask, question) for question in asked]
        while len(library.pipeline._embeddings._pending) + sum(map(len, embedded)) < len(asked):
            assert not any(answer.done() for answer in answers)
        all_wait.set()
        passages = [answer.result(PATIENCE).passages for answer in answers]
    assert len(embedded) <= 2  # what the first found waiting, and the rest
    assert sorted(question for some in embedded for question in some) == sorted(asked)
    assert all(passages)


def test_a_follow_up_is_embedded_once(
    open_library: Callable[..., Library], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is searched for twice: in the previous articles, and in all."""
    library = open_library()
    ferry = library.add(FERRY).article
    embedded: list[str] = []
    embed = type(encoder).encode_questions

    def noted(encoder: Encoder, questions: Sequence[str]) -> Vectors:
        embedded.extend(questions)
        return embed(encoder, questions)

    monkeypatch.setattr(type(encoder), "encode_questions", noted)
    assert library.ask("and when did it rain?", near=[ferry.id]).passages
    assert len(embedded) == 1


def test_a_library_that_is_closed_says_so(open_library: Callable[..., Library]) -> None:
    library = open_library()
    library.add(FERRY)
    library.ask("late ferry")
    library.close()
    with pytest.raises(StoreError, match="closed"):
        library.ask("late ferry")
