"""Text to vectors, with any sentence-transformers model."""

import logging
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from index.embedding.model_files import DEFAULT_MODEL, DEFAULT_SHA256, model_folder, weights_sha256
from index.embedding.onnx_export import (
    ExportedModel,
    NotExportableError,
    Vectors,
    export,
    export_folder,
)
from index.errors import EncoderError

__all__ = ["DEFAULT_MODEL", "Encoder", "Model", "ModelInfo", "Vectors"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which encoder made a library's vectors: its name, their width, the weights' SHA-256."""

    name: str
    width: int
    fingerprint: str


class Model(Protocol):
    """What makes unit vectors, one for each text. May be used from several threads.

    Args:
        together: how many batches are best embedded at once.
    """

    together: int

    @property
    def width(self) -> int: ...

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]: ...

    def encode_document(self, sentences: Sequence[str]) -> Vectors: ...

    def encode_queries(self, questions: Sequence[str]) -> Vectors: ...


class Encoder:
    """A sentence-transformers model, loaded when it is first needed.

    Importing torch and loading the weights takes seconds, and looking an article up or adding
    one that is there already needs neither. May be used from several threads.

    Args:
        name: ``DEFAULT_MODEL``, or the name or folder of any sentence-transformers model.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._lock = threading.RLock()

    @cached_property
    def info(self) -> ModelInfo:
        """The model's name, the width of its vectors and its weights' SHA-256.

        Raises:
            EncoderError: the model cannot be found, read or trusted.
        """
        with self._lock:
            model = self._model
            known = model.about.fingerprint if isinstance(model, ExportedModel) else None
            return ModelInfo(self.name, model.width, known or self._fingerprint)

    def load(self) -> None:
        """Load the model now rather than with the first text. Raises: EncoderError."""
        with self._lock:
            _ = self._model

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences to be found: float32, shape (n, width).

        Raises:
            EncoderError: the model cannot be loaded.
        """
        self.load()
        vectors = np.empty((len(sentences), self._model.width), dtype=np.float32)

        def embed(batch: list[int]) -> None:
            found = self._model.encode_document([sentences[n] for n in batch])
            vectors[batch] = _checked(found, len(batch), self.name)

        with ThreadPoolExecutor(self._model.together, thread_name_prefix="embed") as cores:
            for _ in cores.map(embed, self._model.batches(sentences)):
                pass  # but raise what was raised there
        return vectors

    def encode_question(self, question: str) -> Vectors:
        """The unit vector of a question: float32, shape (width,). Raises: EncoderError."""
        (vector,) = self.encode_questions([question])
        return np.asarray(vector)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of a few questions at once: float32, shape (n, width).

        Raises:
            EncoderError: the model cannot be loaded.
        """
        self.load()
        found = self._model.encode_queries(questions)
        return _checked(found, len(questions), self.name)

    @cached_property
    def _model(self) -> Model:
        """Exported for ONNX Runtime, if it has been; else it is, once torch has loaded it."""
        known = self._folder_of_export()
        if known and known.is_dir():
            try:
                model = ExportedModel(known)
            except Exception as error:  # whatever ONNX Runtime makes of a damaged file
                log.warning("the export in %s is damaged and made again: %s", known, error)
                shutil.rmtree(known, ignore_errors=True)
            else:
                self._require_trusted(model.about.fingerprint)
                return model
        # Imported here: this is what takes seconds.
        from index.embedding.torch_fallback import TorchModel, load_model

        source = self.name
        if source == DEFAULT_MODEL:
            self._require_trusted(self._fingerprint)
            source = str(model_folder(source))
        loaded = load_model(source)
        try:
            folder = self._folder_of_export()
            if folder is None:
                raise NotExportableError("its files are not found")
            export(loaded, self._fingerprint, folder)
            return ExportedModel(folder)
        except NotExportableError as error:
            log.warning("the model %s runs on torch, which is slower: %s", self.name, error)
            return TorchModel(loaded)

    def _require_trusted(self, fingerprint: str) -> None:
        """Raises: EncoderError, where the default model has not the weights that it should have."""
        if self.name == DEFAULT_MODEL and fingerprint != DEFAULT_SHA256:
            raise EncoderError(
                f"The weights in {model_folder(self.name)} are not those that they should be"
                f" (SHA-256 {fingerprint[:12]}…); reinstall the package {DEFAULT_MODEL}."
            )

    def _folder_of_export(self) -> Path | None:
        """Where the model's export is, or would be; None where its files are not here yet."""
        try:
            model = model_folder(self.name)
            is_one = any((model / name).is_file() for name in ("modules.json", "config.json"))
            return export_folder(model) if is_one else None
        except (EncoderError, OSError):
            return None

    @cached_property
    def _fingerprint(self) -> str:
        return weights_sha256(model_folder(self.name))


def _checked(vectors: object, count: int, name: str) -> Vectors:
    checked = np.ascontiguousarray(vectors, dtype=np.float32)
    if checked.shape[0] != count or not np.isfinite(checked).all():
        raise EncoderError(f"The model {name} returned vectors that are not numbers.")
    return checked
