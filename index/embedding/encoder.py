"""The encoder: texts to vectors, with any sentence-transformers model."""

import logging
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np

from index.embedding.base import EmbeddingModel, ModelInfo, Vectors
from index.embedding.model_files import (
    DEFAULT_MODEL,
    DEFAULT_SHA256,
    model_folder,
    weights_sha256,
)
from index.embedding.onnx_export import NotExportableError, export, export_folder
from index.embedding.onnx_model import ExportedModel
from index.errors import EncoderError

log = logging.getLogger(__name__)


class Encoder:
    """A sentence-transformers model, loaded when it is first needed.

    Loading takes time, which commands that embed nothing need not spend. May be used from several
    threads.

    Args:
        name: ``DEFAULT_MODEL``, or the name or folder of any sentence-transformers model.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._lock = threading.RLock()

    @cached_property
    def info(self) -> ModelInfo:
        """The model's identity.

        Raises:
            EncoderError: the model cannot be found or read, or has unexpected weights.
        """
        with self._lock:
            model = self._model
            fingerprint = model.info.fingerprint if isinstance(model, ExportedModel) else None
            return ModelInfo(self.name, model.width, fingerprint or self._fingerprint)

    def load(self) -> None:
        """Load the model now rather than with the first text. Raises EncoderError."""
        with self._lock:
            _ = self._model

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences, shape (n, width).

        Raises:
            EncoderError: the model cannot be loaded.
        """
        self.load()
        vectors = np.empty((len(sentences), self._model.width), dtype=np.float32)

        def embed(batch: list[int]) -> None:
            encoded = self._model.encode_document([sentences[n] for n in batch])
            vectors[batch] = _checked(encoded, len(batch), self.name)

        workers = self._model.max_concurrent_batches
        with ThreadPoolExecutor(workers, thread_name_prefix="embed") as pool:
            for _ in pool.map(embed, self._model.batches(sentences)):
                pass  # iterating raises a batch's exception
        return vectors

    def encode_question(self, question: str) -> Vectors:
        """The unit vector of a question, shape (width,). Raises EncoderError."""
        (vector,) = self.encode_questions([question])
        return np.asarray(vector)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of a few questions, embedded as one batch, shape (n, width).

        Raises:
            EncoderError: the model cannot be loaded.
        """
        self.load()
        encoded = self._model.encode_queries(questions)
        return _checked(encoded, len(questions), self.name)

    @cached_property
    def _model(self) -> EmbeddingModel:
        """The exported model, or the model on torch if it cannot be exported."""
        exported = self._export_folder()
        if exported and exported.is_dir():
            try:
                model = ExportedModel(exported)
            except Exception as error:  # ONNX Runtime raises many for a damaged file
                log.warning("the export in %s is damaged and will be redone: %s", exported, error)
                shutil.rmtree(exported, ignore_errors=True)
            else:
                self._require_trusted(model.info.fingerprint)
                return model
        # Imported here, since it takes seconds.
        from index.embedding.torch_fallback import TorchModel, load_model

        source = self.name
        if source == DEFAULT_MODEL:
            self._require_trusted(self._fingerprint)
            source = str(model_folder(source))
        loaded = load_model(source)
        try:
            folder = self._export_folder()
            if folder is None:
                raise NotExportableError("its files cannot be found")
            export(loaded, self._fingerprint, folder)
            return ExportedModel(folder)
        except NotExportableError as error:
            log.warning("the model %s runs on torch, which is slower: %s", self.name, error)
            return TorchModel(loaded)

    def _require_trusted(self, fingerprint: str) -> None:
        """Raises EncoderError if the default model has unexpected weights."""
        if self.name == DEFAULT_MODEL and fingerprint != DEFAULT_SHA256:
            raise EncoderError(
                f"The weights in {model_folder(self.name)} have an unexpected checksum"
                f" (SHA-256 {fingerprint[:12]}…); reinstall the package {DEFAULT_MODEL}."
            )

    def _export_folder(self) -> Path | None:
        """The folder of the model's export; None if the model's files are not on this machine."""
        try:
            model = model_folder(self.name)
            is_model = any((model / name).is_file() for name in ("modules.json", "config.json"))
            return export_folder(model) if is_model else None
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
