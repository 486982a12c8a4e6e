"""Exported models have the same vectors as torch; models that cannot be exported run on torch."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Encoder
from index.embedding import encoder as encoder_module
from index.embedding.base import Vectors
from index.embedding.model_files import packaged_model
from index.embedding.onnx_export import DIGEST_LENGTH, NotExportableError, export_folder
from index.embedding.onnx_model import (
    CHECKSUMS_FILE,
    INFO_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
    ExportedModel,
)
from index.embedding.torch_fallback import TorchModel, load_model
from tests.index.factories import made_up_text, make_model
from tests.index.subprocesses import environment

TEXTS = [made_up_text(number, number % 7) for number in range(40)] + ["", "短い", "x" * 3000]


@pytest.fixture(scope="module")
def torch_model() -> TorchModel:
    return TorchModel(load_model(str(packaged_model())))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of exports."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "dateline" / "encoders"


def exports(cache: Path) -> list[Path]:
    return [folder for folder in cache.iterdir() if folder.name != "known"]


def exported(encoder: Encoder) -> ExportedModel:
    encoder.load()
    assert isinstance(encoder._model, ExportedModel)
    return encoder._model


def test_the_vectors_are_those_of_sentence_transformers(
    encoder: Encoder, torch_model: TorchModel
) -> None:
    exported(encoder)
    theirs = torch_model.encode_document(TEXTS)
    assert np.sum(encoder.encode(TEXTS) * theirs, axis=1).min() > 0.9999
    for text in TEXTS[-6:]:
        assert encoder.encode_question(text) @ torch_model.encode_queries([text])[0] > 0.9999


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> dict[str, Vectors]:
    """The vectors of texts that were embedded one at a time."""
    return {text: encoder.encode([text])[0] for text in TEXTS}


@given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12))
def test_a_vector_does_not_depend_on_what_is_embedded_with_it(
    encoder: Encoder, alone: dict[str, Vectors], texts: list[str]
) -> None:
    for text, vector in zip(texts, encoder.encode(texts), strict=True):
        assert alone[text] @ vector > 0.9999


def test_batches_hold_each_sentence_once(encoder: Encoder) -> None:
    batches = list(exported(encoder).batches(TEXTS))
    assert sorted(number for batch in batches for number in batch) == list(range(len(TEXTS)))
    assert len(batches) > 1
    assert list(exported(encoder).batches([])) == []


def test_a_few_sentences_are_shared_out_among_the_cores(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedding.onnx_model.CORES", 4)
    batches = exported(encoder).batches(["The ferry was late."] * 12)
    assert [len(batch) for batch in batches] == [3, 3, 3, 3]


def test_any_model_is_exported_once(cache: Path, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    first = Encoder(str(folder))
    vectors, info = first.encode(["The ferry was late."]), first.info
    (made,) = exports(cache)

    script = (
        "import sys; from index import Encoder; e = Encoder(sys.argv[1]);"
        "v = e.encode(['The ferry was late.']); assert 'torch' not in sys.modules;"
        "import json; print(json.dumps([v.tolist(), e.info.fingerprint, e.info.width]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env=environment(XDG_CACHE_HOME=str(tmp_path / "cache")),
        capture_output=True,
        text=True,
        check=True,
    )
    again, fingerprint, width = json.loads(told.stdout)
    assert np.allclose(vectors, again, atol=1e-6)
    assert (fingerprint, width) == (info.fingerprint, info.width)
    assert exports(cache) == [made]


def test_the_weights_are_mapped_not_read(encoder: Encoder) -> None:
    """In a process that has loaded the model, the word embeddings are not all in memory."""
    folder = export_folder(packaged_model())
    exported(encoder)  # so that it is there
    assert (folder / MODEL_FILE).stat().st_size < 1 << 20
    assert (folder / MODEL_FILE).with_suffix(".weights").stat().st_size > 80 << 20
    code = (
        "import psutil, sys; from pathlib import Path\n"
        "from index.embedding.onnx_model import ExportedModel\n"
        "import onnxruntime; process = psutil.Process(); before = process.memory_info().rss\n"
        "model = ExportedModel(Path(sys.argv[1])); model.encode_queries(['A ferry was late.'])\n"
        "print((process.memory_info().rss - before) >> 20)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert int(done.stdout) < 85  # 90 MiB of weights, of which half are word embeddings


def test_the_same_model_elsewhere_is_not_exported_again(cache: Path, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    Encoder(str(folder)).load()
    Encoder(str(shutil.copytree(folder, tmp_path / "copy"))).load()
    assert len(exports(cache)) == 1
    for damaged in (b"damaged", bytes(DIGEST_LENGTH)):
        for note in (cache / "known").iterdir():
            note.write_bytes(damaged)
        exported(Encoder(str(folder)))
        assert len(exports(cache)) == 1


def test_a_model_that_changes_is_exported_again(cache: Path, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    before = Encoder(str(folder)).encode(["ferry"])
    shutil.rmtree(folder)
    make_model(folder, seed=2)
    assert not np.allclose(before, Encoder(str(folder)).encode(["ferry"]))
    assert len(exports(cache)) == 2


def zeroed(content: bytes) -> bytes:
    """As after a power failure: of the same length, the second half zeros."""
    half = len(content) // 2
    return content[:half] + bytes(len(content) - half)


def flipped(content: bytes) -> bytes:
    """With one bit flipped in the middle."""
    half = len(content) // 2
    return content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("model.weights", zeroed),
        ("model.weights", flipped),
        (MODEL_FILE, lambda content: b"no model"),
        (TOKENIZER_FILE, zeroed),
        (INFO_FILE, flipped),
        (CHECKSUMS_FILE, zeroed),
    ],
)
def test_a_damaged_export_is_made_again(
    cache: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    file: str,
    damage: Callable[[bytes], bytes],
) -> None:
    folder = make_model(tmp_path / "model")
    before = Encoder(str(folder)).encode(["ferry"])
    path = export_folder(folder) / file
    path.write_bytes(damage(path.read_bytes()))
    assert np.allclose(before, Encoder(str(folder)).encode(["ferry"]), atol=1e-6)
    assert "is damaged and will be redone" in caplog.text
    exported(Encoder(str(folder)))


def test_what_cannot_be_exported_runs_on_torch_and_says_so_once(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise NotExportableError("it is made of something else")

    monkeypatch.setattr(encoder_module, "export", refuse)
    caplog.set_level(logging.WARNING)
    encoder = Encoder(str(make_model(tmp_path / "model")))
    assert encoder.encode(["ferry", "a ferry was late"]).shape == (2, 32)
    assert encoder.encode_question("ferry?").shape == (32,)
    assert encoder.info.width == 32
    assert [r.message for r in caplog.records if "runs on torch" in r.message] == [
        f"the model {encoder.name} runs on torch, which is slower: it is made of something else"
    ]


def test_an_export_with_other_vectors_is_not_used(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedding.onnx_export.PROBES", ("a", "b"))
    monkeypatch.setattr(
        "index.embedding.onnx_model.ExportedModel.encode_document",
        lambda *_: np.eye(2, 32, dtype=np.float32),
    )
    encoder = Encoder(str(make_model(tmp_path / "model")))
    encoder.load()
    assert isinstance(encoder._model, TorchModel)
    assert exports(cache) == []


def test_what_is_put_before_texts_is_put_there(cache: Path, tmp_path: Path) -> None:
    model = load_model(str(make_model(tmp_path / "model")))
    model.prompts = {"query": "find: ", "document": "text: "}
    model.save(str(folder := tmp_path / "prompted"))
    encoder = Encoder(str(folder))
    info = exported(encoder).info
    assert (info.query, info.document) == ("find: ", "text: ")
    theirs = TorchModel(load_model(str(folder)))
    assert encoder.encode_question("ferry") @ theirs.encode_queries(["ferry"])[0] > 0.9999
    assert encoder.encode(["ferry"])[0] @ theirs.encode_document(["ferry"])[0] > 0.9999


def test_where_the_cache_cannot_be_written_torch_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    encoder = Encoder(str(make_model(tmp_path / "model")))
    assert encoder.encode(["ferry"]).shape == (1, 32)
    assert isinstance(encoder._model, TorchModel)


def test_nobody_is_told_what_is_run(cache: Path, tmp_path: Path) -> None:
    """ONNX Runtime's official builds would keep an id in the cache, and send events."""
    script = (
        "import os, sys; from index import Encoder\n"
        "from index.reader.packaged import PackagedReader\n"
        "Encoder(sys.argv[1]).encode(['The ferry was late.']); PackagedReader().load()\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    )
    folder = make_model(tmp_path / "model")
    home = tmp_path / "home"
    kept = {k: v for k, v in environment().items() if k != "ORT_DISABLE_TELEMETRY"}
    subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env=kept | {"XDG_CACHE_HOME": str(cache.parents[1]), "HOME": str(home)},
        check=True,
    )
    assert [made.name for made in cache.parents[1].iterdir()] == ["dateline"]
    assert not home.exists()
