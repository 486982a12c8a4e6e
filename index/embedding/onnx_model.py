"""Embedding models exported to ONNX: they run without torch, whose import takes seconds."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding.base import Vectors
from index.embedding.onnx_runtime import CORES, open_session

BATCH_TOKENS = 1024
"""Tokens in a batch, padding included; larger batches take longer for each token."""

MODEL_FILE, TOKENIZER_FILE, INFO_FILE = "model.onnx", "tokenizer.json", "about.json"
"""The files of an exported model, beside its weights."""

CHECKSUMS_FILE = "checksums.json"
"""The CRC-32 of each of the other files, by name: a crash, or a disk, may have zeroed a part of the
weights, which ONNX Runtime would not notice."""


@dataclass(frozen=True, slots=True)
class ExportInfo:
    """The metadata of an exported model.

    Args:
        fingerprint: SHA-256 of the weights that were exported.
        width: of the model's vectors.
        length: the maximum number of tokens; longer texts are truncated.
        query, document: the prompts of questions and of sentences.
        inputs: the names of the ONNX model's inputs.
    """

    fingerprint: str
    width: int
    length: int
    query: str
    document: str
    inputs: tuple[str, ...]


class ExportedModel:
    """A model in a folder written by ``onnx_export.export``. May be used from several threads.

    Raises:
        Exception: one of many, if a file in the folder is missing or damaged.
    """

    max_concurrent_batches = CORES

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        recorded = json.loads((folder / CHECKSUMS_FILE).read_text(encoding="utf-8"))
        damaged = [name for name in recorded if _crc32(folder / name) != recorded[name]]
        if damaged:
            raise ValueError(f"{', '.join(damaged)} changed since it was written")
        fields = json.loads((folder / INFO_FILE).read_text(encoding="utf-8"))
        self.info = ExportInfo(**fields | {"inputs": tuple(fields["inputs"])})
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(self.info.length)
        self._tokenizer.no_padding()
        self._session = open_session(folder / MODEL_FILE, optimize=False)  # done by the export

    @property
    def width(self) -> int:
        """The width of the vectors."""
        return self.info.width

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        """Split sentences into batches, given as their indices: of similar length, of at most
        ``BATCH_TOKENS`` tokens, and of an equal share for each core if there are few."""
        lengths = [len(ids) for ids in self._ids(self.info.document, sentences)]
        limit = min(BATCH_TOKENS, -(-sum(lengths) // CORES))
        batch: list[int] = []
        for index in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
            if batch and (len(batch) + 1) * lengths[batch[0]] > limit:
                yield batch
                batch = []
            batch.append(index)
        if batch:
            yield batch

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences: shape (n, width)."""
        return self._run(self._ids(self.info.document, sentences))

    def encode_queries(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of questions: shape (n, width)."""
        return self._run(self._ids(self.info.query, questions))

    def _ids(self, prompt: str, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        return [encoding.ids for encoding in encodings]

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        if not rows:
            return np.empty((0, self.info.width), dtype=np.float32)
        tokens = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, ids in enumerate(rows):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        available = {
            "input_ids": tokens,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(tokens),
        }
        (vectors,) = self._session.run(None, {name: available[name] for name in self.info.inputs})
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def write_checksums(folder: Path) -> None:
    """Write ``CHECKSUMS_FILE`` for the files in a folder."""
    checksums = {path.name: _crc32(path) for path in sorted(folder.iterdir())}
    (folder / CHECKSUMS_FILE).write_text(json.dumps(checksums), encoding="utf-8")


def _crc32(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
