"""Questions at the same time, and what of one question is done at the same time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import Article, Encoder, Library, answering
from index.encoder import Vectors
from index.reader import Finding
from index.store import SqliteStore
from tests.index.made import WordReader

PATIENCE = 30.0
FERRY = Article("Ferry", "The ferry was late. Nobody complained. It rained on Thursday.")


class SlowReader(WordReader):
    """Reads nothing before it is let go on, and counts how many questions it is given at once."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.go_on, self.full, self.crowded = (threading.Event() for _ in range(3))
        self._reached = {places: self.full, places + 1: self.crowded}
        self._now = 0
        self._lock = threading.Lock()

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        with self._lock:
            self._now += 1
            if self._now in self._reached:
                self._reached[self._now].set()
        assert self.go_on.wait(PATIENCE)
        with self._lock:
            self._now -= 1
        return super().read(question, windows)


def test_no_more_questions_are_in_hand_than_there_are_cores_for(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TOGETHER", 2)
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


def test_words_are_looked_for_while_the_question_is_embedded(
    open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    library.add(FERRY)
    looked_up, embed, lexical = threading.Event(), Encoder.encode_question, SqliteStore.lexical

    def embedded_late(encoder: Encoder, question: str) -> Vectors:
        assert looked_up.wait(PATIENCE), "the words were not looked for meanwhile"
        return embed(encoder, question)

    def noted(store: SqliteStore, *args: object) -> object:
        looked_up.set()
        return lexical(store, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Encoder, "encode_question", embedded_late)
    monkeypatch.setattr(SqliteStore, "lexical", noted)
    assert "The ferry was late." in library.ask("late ferry").passages[0].quote
