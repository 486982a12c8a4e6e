import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import DEFAULT_MODEL, Encoder, EncoderError
from index.embedding import model_files
from index.embedding.base import Vectors
from index.embedding.torch_fallback import TorchModel
from tests.index.factories import make_model


def test_the_default_model_says_what_it_is(encoder: Encoder) -> None:
    assert encoder.info.name == DEFAULT_MODEL
    assert encoder.info.width == 384
    assert encoder.info.fingerprint == model_files.DEFAULT_SHA256


def test_vectors_are_unit_vectors_in_the_order_of_the_sentences(encoder: Encoder) -> None:
    sentences = ["The ferry was late.", "x" * 5000, "短い", "The boat was delayed."] * 20
    vectors = encoder.encode(sentences)
    assert vectors.dtype == np.dtype(np.float32)
    assert vectors.shape == (80, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    ferry, _, short, boat = vectors[:4]
    assert ferry @ boat > 0.5 > ferry @ short
    assert np.allclose(vectors[:4], vectors[-4:], atol=1e-4)


def test_nothing_gives_no_vectors(encoder: Encoder) -> None:
    assert len(encoder.encode([])) == 0


def test_a_question_is_near_its_answer(encoder: Encoder) -> None:
    question = encoder.encode_question("Was the ferry on time?")
    assert question.shape == (384,)
    late, rain = encoder.encode(["The ferry came late.", "Wages rose by two percent."])
    assert question @ late > question @ rain + 0.3


@pytest.mark.parametrize("question", ["", "🙂", "\0", "wer, wie, was? " * 500])
def test_any_question_has_a_vector(encoder: Encoder, question: str) -> None:
    assert np.isfinite(encoder.encode_question(question)).all()


def test_several_threads_may_encode_at_once(encoder: Encoder) -> None:
    sentences = [f"Ferry number {number} was late." for number in range(8)]
    expected = encoder.encode(sentences)
    found = np.zeros_like(expected)

    def encode(number: int) -> None:
        found[number] = encoder.encode([sentences[number]])[0]

    threads = [threading.Thread(target=encode, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.allclose(found, expected, atol=1e-4)


def test_a_folder_with_a_model_will_do(tiny_model: Path) -> None:
    tiny = Encoder(str(tiny_model))
    assert (tiny.info.name, tiny.info.width) == (str(tiny_model), 32)
    assert tiny.encode(["The ferry was late."]).shape == (1, 32)


def test_other_weights_have_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    same = shutil.copytree(tiny_model, tmp_path / "same")
    other = make_model(tmp_path / "other", seed=2)
    first, second, third = (Encoder(str(path)).info for path in (tiny_model, same, other))
    assert first.fingerprint == second.fingerprint != third.fingerprint


def test_a_model_that_is_not_there_is_one_sentence(no_encoder: Encoder) -> None:
    for use in (no_encoder.load, lambda: no_encoder.encode(["A."]), lambda: no_encoder.info):
        with pytest.raises(
            EncoderError, match=r"“/no/such/model” cannot be loaded.*EMBEDDING_MODEL"
        ):
            use()
    assert EncoderError.exit_code == 78


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded") as refusal:
        Encoder(str(tmp_path)).load()
    assert "\n" not in str(refusal.value)


def test_changed_weights_of_the_default_model_are_not_trusted(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_files, "packaged_model", lambda: tiny_model)
    with pytest.raises(EncoderError, match="have an unexpected checksum"):
        Encoder().load()


def test_making_an_encoder_loads_nothing() -> None:
    assert Encoder("/no/such/model").name == "/no/such/model"


class Slow:
    """A model that records what it is given, and blocks in its first batch."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def get_embedding_dimension(self) -> int:
        return 3

    def encode_document(self, sentences: list[str], **_: object) -> object:
        self.given.append(f"{len(sentences)} sentences")
        self.begun.set()
        assert self.go_on.wait(60)
        return np.ones((len(sentences), 3), dtype=np.float32)

    def encode_query(self, questions: list[str], **_: object) -> object:
        self.given += questions
        return np.ones((len(questions), 3), dtype=np.float32)


def test_a_question_waits_for_one_batch_of_many() -> None:
    encoder, model = Encoder("slow"), Slow()
    torch_model = TorchModel(model)  # type: ignore[arg-type]
    encoder.__dict__["_model"] = torch_model
    adding = threading.Thread(target=encoder.encode, args=(["x"] * 100,))
    asking = threading.Thread(target=encoder.encode_question, args=("Who?",))
    adding.start()
    assert model.begun.wait(60)
    asking.start()
    while not torch_model._queue.locked():  # until it is next in the queue
        pass
    model.go_on.set()
    adding.join()
    asking.join()
    assert model.given == ["32 sentences", "Who?", "32 sentences", "32 sentences", "4 sentences"]


class Several:
    """A model that embeds batches in pairs only."""

    width, max_concurrent_batches = 3, 2

    def __init__(self) -> None:
        self.both = threading.Barrier(2, timeout=60)

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        for first in range(0, len(sentences), 2):
            yield list(range(first, min(first + 2, len(sentences))))

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        self.both.wait()
        return np.array([[len(sentence), 0, 0] for sentence in sentences], dtype=np.float32)

    def encode_queries(self, questions: Sequence[str]) -> Vectors:
        return np.ones((len(questions), 3), dtype=np.float32)


def test_several_batches_are_embedded_at_once_and_stay_in_order() -> None:
    encoder = Encoder("several")
    encoder.__dict__["_model"] = Several()
    lengths = encoder.encode(["x" * n for n in range(8)])[:, 0]
    assert lengths.tolist() == list(range(8))


def test_what_goes_wrong_with_one_batch_is_told() -> None:
    class Broken(Several):
        def encode_document(self, sentences: Sequence[str]) -> Vectors:
            return np.full((len(sentences), 3), np.nan, dtype=np.float32)

    encoder = Encoder("broken")
    encoder.__dict__["_model"] = Broken()
    with pytest.raises(EncoderError, match="not numbers"):
        encoder.encode(["x"] * 7)
