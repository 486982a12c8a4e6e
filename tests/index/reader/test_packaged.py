from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import ReaderError
from index.reader.base import Excerpt
from index.reader.packaged import MODEL, PackagedReader

FERRY = [
    "The night ferry to Oban was three hours late on Tuesday.",
    "Forty passengers stood in the rain.",
    "The company has apologised.",
]
MAX_BYTES = 46_000_000
SHARED = PackagedReader()


@pytest.fixture
def reader() -> PackagedReader:
    return SHARED


def test_the_sentence_that_answers_is_known_and_the_answer_in_it(reader: PackagedReader) -> None:
    (predictions,) = reader.read("How many passengers stood in the rain?", [Excerpt(FERRY)])
    best = max(range(len(FERRY)), key=lambda n: predictions[n].logit)
    assert best == 1
    span = predictions[best].span
    assert span is not None
    assert "Forty" in FERRY[best][slice(*span)]


def test_a_question_that_nothing_answers_gets_low_marks(reader: PackagedReader) -> None:
    (about,) = reader.read("How late was the ferry?", [Excerpt(FERRY)])
    (foreign,) = reader.read("Who painted the Mona Lisa?", [Excerpt(FERRY)])
    assert max(f.logit for f in about) > max(f.logit for f in foreign) + 2


def test_windows_do_not_change_each_other(reader: PackagedReader) -> None:
    question = "How late was the ferry?"
    bread = ["A bakery has won the bread prize."]
    together = reader.read(question, [Excerpt(FERRY), Excerpt(bread)])
    alone = reader.read(question, [Excerpt(FERRY)]) + reader.read(question, [Excerpt(bread)])
    for one, other in zip(together, alone, strict=True):
        # Activations are quantized by the range of the whole batch.
        assert [f.logit for f in one] == pytest.approx([f.logit for f in other], abs=0.7)


def test_the_span_is_extracted_from_the_logits_in_the_window_and_alone(
    reader: PackagedReader,
) -> None:
    question = "How many passengers stood in the rain?"
    prediction = reader.read(question, [Excerpt(FERRY)])[0][1]
    assert prediction.boundary_logits is not None
    span = reader.extract_span(question, Excerpt(FERRY[1:2]), prediction)
    assert span is not None
    assert FERRY[1][slice(*span)] in ("Forty", "Forty passengers")
    # As if the window had left no doubt that it is the last word.
    sure = np.full_like(prediction.boundary_logits, -99)
    sure[-2] = 99
    other = reader.extract_span(
        question, Excerpt(FERRY[1:2]), replace(prediction, boundary_logits=sure)
    )
    assert other is not None
    assert FERRY[1][slice(*other)] == "rain"


def test_a_sentence_of_which_the_window_had_room_for_less_is_marked(reader: PackagedReader) -> None:
    prediction = reader.read("Who stood in the rain?", [Excerpt(FERRY)])[0][1]
    assert prediction.boundary_logits is not None
    cut = replace(prediction, boundary_logits=prediction.boundary_logits[:2])
    span = reader.extract_span("Who stood in the rain?", Excerpt(FERRY[1:2]), cut)
    assert span == (0, len("Forty passengers"))


def test_nothing_to_read_is_nothing_found(reader: PackagedReader) -> None:
    assert reader.read("How late was the ferry?", []) == []


@settings(max_examples=30)
@given(
    st.text(max_size=200),
    st.lists(st.lists(st.text(max_size=200), min_size=1, max_size=3), max_size=3),
)
def test_whatever_it_is_given_its_marks_lie_in_the_sentences(
    question: str, windows: list[list[str]]
) -> None:
    found = SHARED.read(question, [Excerpt(window) for window in windows])
    assert [len(window) for window in found] == [len(window) for window in windows]
    for window, predictions in zip(windows, found, strict=True):
        for sentence, prediction in zip(window, predictions, strict=True):
            if prediction.span is not None:
                start, end = prediction.span
                assert 0 <= start < end <= len(sentence)


def test_the_weights_are_small_enough_to_ship() -> None:
    assert MODEL.stat().st_size <= MAX_BYTES


def test_other_weights_than_the_calibrated_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "reader.onnx"
    content = bytearray(MODEL.read_bytes())
    content[len(content) // 2] ^= 1
    other.write_bytes(content)
    with pytest.raises(ReaderError, match="unexpected checksum; install Dateline again"):
        PackagedReader(other).load()


def test_missing_weights_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"cannot be read \(No such file or directory\)"):
        PackagedReader(tmp_path / "reader.onnx").load()
