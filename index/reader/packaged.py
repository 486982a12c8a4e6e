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
from index.reader.base import Excerpt, Reader, SentencePrediction
from index.reader.calibration import load_calibration
from index.reader.spans import expected_span
from index.reader.tokenization import (
    MAX_QUESTION_TOKENS,
    MAX_TITLE_TOKENS,
    Floats,
    Ids,
    InputMaker,
    Row,
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

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        if not excerpts:
            return []
        self.load()
        (asked,) = self._inputs.tokenize([question], MAX_QUESTION_TOKENS)
        titles = self._inputs.tokenize([e.title for e in excerpts], MAX_TITLE_TOKENS)
        tokens = iter(self._inputs.tokenize([s for e in excerpts for s in e.sentences]))
        sentences = [[next(tokens) for _ in excerpt.sentences] for excerpt in excerpts]
        rows = [
            Row(asked.ids, title.ids, [sentence.ids for sentence in own])
            for title, own in zip(titles, sentences, strict=True)
        ]
        predicted: dict[int, list[SentencePrediction]] = {}
        for batch in batches_by_length([len(row) for row in rows]):
            logits = iter(self._run([rows[n] for n in batch]))
            for n in batch:
                predicted[n] = [self._prediction(next(logits), one.spans) for one in sentences[n]]
        return [predicted[n] for n in range(len(rows))]

    def extract_span(
        self, question: str, sentence: Excerpt, in_context: SentencePrediction
    ) -> tuple[int, int] | None:
        """By the mean of the logits in context and alone, which is right more often than either."""
        ((alone,),) = self.read(question, [sentence])
        if in_context.boundary_logits is None or alone.boundary_logits is None:
            return alone.span
        (tokens,) = self._inputs.tokenize(sentence.sentences)
        # In a long excerpt, the sentence may have been truncated.
        length = min(len(in_context.boundary_logits), len(alone.boundary_logits))
        logits = in_context.boundary_logits[:length] + alone.boundary_logits[:length]
        mean = np.float32(0.5) * logits
        return _characters(tokens.spans, expected_span(mean[:, 0], mean[:, 1]))

    def _run(self, rows: Sequence[Row]) -> Iterator[Floats]:
        """The outputs for the tokens of each sentence of all rows."""
        batch = self._inputs.batch(rows)
        inputs = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        logits: Floats = self._session.run(None, inputs)[0]
        inside = batch.sentence >= 0
        sentence, logits = batch.sentence[inside], logits[inside]
        count = sum(len(row.sentences) for row in rows)
        bounds = np.searchsorted(sentence, np.arange(count + 1))
        for n in range(count):
            yield logits[bounds[n] : bounds[n + 1]]

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
