"""Embedding models on torch: any that sentence-transformers can load."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedding.base import Vectors
from index.embedding.model_files import require_findable
from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32

log = logging.getLogger(__name__)


class TorchModel:
    """A loaded model. May be used from several threads, one at a time, since torch uses all cores
    for one batch."""

    max_concurrent_batches = 1

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model
        self._options: Any = {"normalize_embeddings": True, "show_progress_bar": False}
        self._lock = threading.Lock()
        self._queue = threading.Lock()

    @property
    def width(self) -> int:
        """The width of the vectors."""
        return self._model.get_embedding_dimension() or self.encode_queries([""]).shape[1]

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        """Split sentences into batches of similar length, given as their indices."""
        order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
        for first in range(0, len(order), BATCH_SIZE):
            yield order[first : first + BATCH_SIZE]

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences: shape (n, width)."""
        with self._turn():
            return np.asarray(self._model.encode_document(list(sentences), **self._options))

    def encode_queries(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of questions: shape (n, width)."""
        with self._turn():
            return np.asarray(self._model.encode_query(list(questions), **self._options))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Exclusive use of the model, in turn: a lock alone would mostly be taken again by the
        thread that has just released it."""
        with self._queue:
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()


def load_model(source: str) -> "SentenceTransformer":
    """Load a model by its name on the hub or its folder. Raises EncoderError."""
    try:
        require_findable(source)
        # Imported here, since these take seconds.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(source, device=None)
    except Exception as error:  # whatever the hub, the file system or the model's code raises
        log.debug("loading %s failed", source, exc_info=True)
        raise EncoderError(
            f"The embedding model “{source}” cannot be loaded: {_first_line(error)}"
            " EMBEDDING_MODEL takes the name of a sentence-transformers model or its folder."
        ) from error
    return model


def _first_line(error: Exception) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
    return f"{line}."
