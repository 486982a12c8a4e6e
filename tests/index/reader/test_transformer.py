import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from index.embedding.model_files import packaged_model
from index.errors import ReaderError
from index.reader import DEFAULT_READER, Excerpt, SentencePrediction, choose_reader
from index.reader.packaged import PackagedReader
from index.reader.transformer import TransformerReader
from tests.index.factories import make_answerer, make_cross_encoder, make_pieces

QUESTION = "who was late?"
WINDOWS = [
    ["the ferry was late.", "it rained."],
    ["wages rose by 2%."],
    ["a crane fell.", "  why? ", "ok"],
]
LONG = "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4
"""More than a tiny model's 64 tokens."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked for on the hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_cross_encoder(tmp_path_factory.mktemp("models") / "cross-encoder")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_answerer(tmp_path_factory.mktemp("models") / "answerer")


def read(
    folder: Path, *windows: list[str], question: str = QUESTION
) -> list[list[SentencePrediction]]:
    return TransformerReader(str(folder)).read(question, [Excerpt(w) for w in windows])


def logits(predictions: list[list[SentencePrediction]]) -> list[float]:
    return [prediction.logit for window in predictions for prediction in window]


# Which reader


def test_the_packaged_reader_is_the_default() -> None:
    for reader in (choose_reader(), choose_reader(DEFAULT_READER)):
        assert isinstance(reader, PackagedReader)
        assert (reader.name, reader.calibrated) == (DEFAULT_READER, True)


def test_any_other_name_is_a_models_and_nothing_is_loaded_yet() -> None:
    reader = choose_reader("/no/such/reader")
    assert isinstance(reader, TransformerReader)
    assert (reader.name, reader.calibrated) == ("/no/such/reader", False)


@pytest.mark.parametrize("kind", ["cross_encoder", "answerer"])
def test_windows_come_back_in_their_shape(kind: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(kind)
    predictions = read(folder, *WINDOWS)
    assert [len(window) for window in predictions] == [2, 1, 3]
    assert len(set(logits(predictions))) == 6
    assert read(folder) == []


@pytest.mark.parametrize("kind", ["cross_encoder", "answerer"])
def test_reading_together_changes_nothing(kind: str, request: pytest.FixtureRequest) -> None:
    reader = TransformerReader(str(request.getfixturevalue(kind)))
    excerpts = [Excerpt(window) for window in [*WINDOWS, [LONG]]]
    together = reader.read(QUESTION, excerpts)
    alone = [reader.read(QUESTION, [excerpt])[0] for excerpt in excerpts]
    assert logits(together) == pytest.approx(logits(alone), abs=1e-3)


@pytest.mark.parametrize("kind", ["cross_encoder", "answerer"])
@pytest.mark.parametrize("question", ["", "?", "短い \U0001f600 \0", "who was late? " * 100])
def test_any_question_is_read(kind: str, question: str, request: pytest.FixtureRequest) -> None:
    predictions = read(request.getfixturevalue(kind), *WINDOWS, question=question)
    assert [len(window) for window in predictions] == [2, 1, 3]


# Cross-encoders


def test_a_cross_encoder_scores_each_sentence_and_marks_nothing(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    raw = CrossEncoder(str(cross_encoder), activation_fn=Identity())
    pairs = [(QUESTION, sentence) for window in WINDOWS for sentence in window]
    predictions = read(cross_encoder, *WINDOWS)
    assert logits(predictions) == pytest.approx(raw.predict(pairs).tolist(), abs=1e-4)
    assert max(logits(predictions)) - min(logits(predictions)) > 0.1
    assert {prediction.span for window in predictions for prediction in window} == {None}


def test_a_cross_encoder_reads_what_it_has_room_for(cross_encoder: Path) -> None:
    (predictions,) = read(cross_encoder, [LONG, "it rained."])
    (alone,) = read(cross_encoder, ["it rained."])
    assert predictions[1].logit == pytest.approx(alone[0].logit, abs=1e-4)


# Question-answering models


def test_an_answer_is_marked_within_its_sentence(answerer: Path) -> None:
    for window, predictions in zip(WINDOWS, read(answerer, *WINDOWS), strict=True):
        for sentence, prediction in zip(window, predictions, strict=True):
            assert prediction.span is not None
            start, end = prediction.span
            assert 0 <= start < end <= len(sentence)
            assert sentence[start:end] == sentence[start:end].strip()


def test_an_answer_is_the_models_best_one_against_there_being_none(answerer: Path) -> None:
    from transformers import BertForQuestionAnswering, BertTokenizer

    tokenizer = BertTokenizer.from_pretrained(answerer)
    model: Any = BertForQuestionAnswering.from_pretrained(answerer)
    model.eval()
    sentence = "the ferry was late."
    encoded = tokenizer([QUESTION], [sentence], return_tensors="pt", return_offsets_mapping=True)
    places = encoded.pop("offset_mapping")[0].tolist()
    raw = model(**encoded)
    starts, ends = raw.start_logits[0].tolist(), raw.end_logits[0].tolist()
    inside = [n for n, part in enumerate(encoded.sequence_ids(0)) if part == 1]
    pairs = [(a, b) for a in inside for b in inside if a <= b]
    first, last = max(pairs, key=lambda pair: starts[pair[0]] + ends[pair[1]])
    ((prediction,),) = read(answerer, [sentence])
    assert prediction.span == (places[first][0], places[last][1])
    expected = starts[first] + ends[last] - starts[0] - ends[0]
    assert prediction.logit == pytest.approx(expected, abs=1e-4)


def test_a_sentence_is_read_with_the_others_of_its_window(answerer: Path) -> None:
    (alone,) = read(answerer, ["it rained."])
    (together,) = read(answerer, ["the ferry was late.", "it rained."])
    assert together[1].logit != pytest.approx(alone[0].logit, abs=1e-4)


def test_what_is_beyond_the_models_room_answers_nothing(answerer: Path) -> None:
    (predictions,) = read(answerer, ["the ferry was late.", LONG, "it rained."])
    near, cut, beyond = predictions
    assert near.span is not None
    assert cut.span is not None
    assert cut.span[1] < len(LONG) - 50
    assert beyond.span is None
    assert beyond.logit < min(near.logit, cut.logit) - 50


@pytest.mark.parametrize("nothing", ["", " ", "\n\u2028"])
def test_a_sentence_without_tokens_answers_nothing(answerer: Path, nothing: str) -> None:
    ((near, empty, after),) = read(answerer, ["it rained.", nothing, "it rained."])
    assert empty.span is None
    assert empty.logit < min(near.logit, after.logit) - 50


def test_places_are_counted_in_characters(answerer: Path) -> None:
    first, second = "\U0001f600\U0001f600 été", "短い ok"
    ((one, other),) = read(answerer, [first, second])
    for sentence, prediction in ((first, one), (second, other)):
        assert prediction.span is not None
        start, end = prediction.span
        assert 0 <= start < end <= len(sentence)
        assert sentence[start:end].strip() == sentence[start:end]


def test_pieces_that_hold_the_space_before_them_belong_to_their_sentence(
    answerer: Path, tmp_path: Path
) -> None:
    """As those of DeBERTa-v3 and XLM-RoBERTa do."""
    folder = make_pieces(shutil.copytree(answerer, tmp_path / "pieces"))
    for window in (["i", "a", "i", "a"], ["it ran.", "he sat.", "a cat sat.", "i", "so it was."]):
        (predictions,) = read(folder, window)
        for sentence, prediction in zip(window, predictions, strict=True):
            assert prediction.span is not None, sentence
            start, end = prediction.span
            assert 0 <= start < end <= len(sentence)
            assert prediction.logit > -50


# Models that will not do


def refusal(name: Path | str) -> str:
    """What is said where a reader cannot be loaded, which is one sentence and what to do."""
    with pytest.raises(ReaderError) as refused:
        choose_reader(str(name)).load()
    with pytest.raises(ReaderError) as again:
        choose_reader(str(name)).read(QUESTION, [Excerpt(window) for window in WINDOWS])
    text = str(refused.value)
    assert str(again.value) == text
    assert text.startswith(f"The reader “{name}” cannot be loaded: ")
    assert text.endswith(
        " READER_MODEL takes the name or the folder of a cross-encoder or of a question-answering"
        " model."
    )
    assert "\n" not in text
    assert refused.value.exit_code == 78
    return text


def test_a_classifier_with_several_labels_is_no_reader(tmp_path: Path) -> None:
    folder = make_cross_encoder(tmp_path / "three", labels=3)
    assert "it has 3 outputs, not one score" in refusal(folder)


@pytest.mark.parametrize("name", ["/no/such/reader", "nobody/no-such-reader", "reader", "a b", ""])
def test_a_model_that_is_not_there_is_one_sentence(name: str) -> None:
    refusal(name)


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    refusal(tmp_path)
    refusal(".")


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"model_type": "ferry"}', "\0\0"])
def test_a_folder_of_junk_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    refusal(tmp_path)


@pytest.mark.parametrize("kind", ["cross_encoder", "answerer"])
def test_damaged_weights_are_one_sentence(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = shutil.copytree(request.getfixturevalue(kind), tmp_path / "damaged")
    (folder / "model.safetensors").write_bytes(b"No weights at all. " * 100)
    refusal(folder)
    (folder / "model.safetensors").unlink()
    refusal(folder)


@pytest.mark.parametrize("architecture", ["BertModel", "BertForMaskedLM", None])
def test_a_model_of_another_kind_is_no_reader(
    tiny_model: Path, tmp_path: Path, architecture: str | None
) -> None:
    """It would get a head of random numbers, and answer at random."""
    folder = shutil.copytree(tiny_model, tmp_path / "other")
    config = json.loads((folder / "config.json").read_text())
    assert config["architectures"] == ["BertModel"]
    config["architectures"] = [architecture] if architecture else None
    (folder / "config.json").write_text(json.dumps(config))
    refusal(folder)


def test_the_encoder_is_no_reader() -> None:
    refusal(packaged_model())
