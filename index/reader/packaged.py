"""Dateline's own reader, on ONNX Runtime.

``training/`` trains it; ``index/reader/weights/README.md`` is its model card.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.model_files import packaged_model
from index.embedding.onnx_runtime import open_session
from index.errors import EncoderError, ReaderError
from index.reader.base import Reader, SentencePrediction
from index.reader.calibration import load_calibration
from index.reader.spans import expected_span
from index.reader.tokenization import (
    MAX_QUESTION_TOKENS,
    Floats,
    Ids,
    InputMaker,
    Tokens,
    batches_by_length,
)

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).parent / "weights" / "reader.onnx"

DEFAULT_READER = "dateline"
"""The name of the packaged reader."""

RELEVANCE, START, END = range(3)
"""The model's three outputs for a token; see ``training.model``."""


class PackagedReader(Reader):
    """The packaged reader, loaded when it is first needed.

    Args:
        path: the ONNX file.
        checked: refuse weights that the calibration was not fitted for.
    """

    name = DEFAULT_READER
    calibrated = True

    def __init__(self, path: Path = MODEL, *, checked: bool = True) -> None:
        self._path = path
        self._checked = checked
        self._lock = Lock()

    def load(self) -> None:
        with self._lock:
            _ = self._session, self._inputs

    def read(
        self, question: str, windows: Sequence[Sequence[str]]
    ) -> list[list[SentencePrediction]]:
        if not windows:
            return []
        self.load()
        (question_tokens,) = self._inputs.tokenize([question], MAX_QUESTION_TOKENS)
        sentences = [sentence for window in windows for sentence in window]
        tokens = iter(self._inputs.tokenize(sentences))
        rows = [[next(tokens) for _ in window] for window in windows]
        predicted: dict[int, list[SentencePrediction]] = {}
        lengths = [len(question_tokens) + sum(map(len, row)) for row in rows]
        for batch in batches_by_length(lengths):
            predictions = iter(self._run(question_tokens, [rows[n] for n in batch]))
            for n in batch:
                predicted[n] = [next(predictions) for _ in rows[n]]
        return [predicted[n] for n in range(len(rows))]

    def extract_span(
        self, question: str, sentence: str, in_window: SentencePrediction
    ) -> tuple[int, int] | None:
        """By the mean of the logits in the window and alone, which is right more often than
        either."""
        ((alone,),) = self.read(question, [[sentence]])
        if in_window.boundary_logits is None or alone.boundary_logits is None:
            return alone.span
        (tokens,) = self._inputs.tokenize([sentence])
        # In a long window, the sentence may have been truncated.
        length = min(len(in_window.boundary_logits), len(alone.boundary_logits))
        logits = in_window.boundary_logits[:length] + alone.boundary_logits[:length]
        mean = np.float32(0.5) * logits
        return _characters(tokens.spans, expected_span(mean[:, 0], mean[:, 1]))

    def _run(
        self, question: Tokens, rows: Sequence[Sequence[Tokens]]
    ) -> Iterator[SentencePrediction]:
        """The predictions for all sentences of all windows."""
        batch = self._inputs.batch([(question.ids, [t.ids for t in row]) for row in rows])
        inputs = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        logits: Floats = self._session.run(None, inputs)[0]
        inside = batch.sentence >= 0
        sentence, logits = batch.sentence[inside], logits[inside]
        sentences = [tokens for row in rows for tokens in row]
        bounds = np.searchsorted(sentence, np.arange(len(sentences) + 1))
        for n, tokens in enumerate(sentences):
            yield self._prediction(logits[bounds[n] : bounds[n + 1]], tokens.spans)

    @staticmethod
    def _prediction(logits: Floats, spans: Ids) -> SentencePrediction:
        if not len(logits):  # the sentence has no tokens
            return SentencePrediction(-100.0)
        relevance = logits[:, RELEVANCE]
        highest = relevance.max()
        logit = float(highest + np.log(np.exp(relevance - highest).sum()))
        boundary_logits = logits[:, [START, END]]
        span = expected_span(boundary_logits[:, 0], boundary_logits[:, 1])
        return SentencePrediction(logit, _characters(spans, span), boundary_logits)

    @cached_property
    def _inputs(self) -> InputMaker:
        try:
            return InputMaker(packaged_model())
        except EncoderError as error:
            raise ReaderError(str(error)) from error

    @cached_property
    def _session(self) -> "InferenceSession":
        try:
            content = self._path.read_bytes()
        except OSError as error:
            raise ReaderError(
                f"The reader's weights {self._path} cannot be read ({error.strerror});"
                " install Dateline again."
            ) from error
        sha256 = hashlib.sha256(content).hexdigest()
        if self._checked and sha256 != load_calibration().sha256:
            raise ReaderError(
                f"The reader's weights {self._path} have an unexpected checksum;"
                " install Dateline again."
            )
        return open_session(content)


def _characters(spans: Ids, tokens: tuple[int, int]) -> tuple[int, int]:
    """The characters of a span given by its first and last token."""
    first, last = tokens
    return int(spans[first, 0]), int(spans[last, 1])
