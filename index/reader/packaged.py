"""The reader that Dateline brings along, run by ONNX Runtime.

``training/`` makes it; ``index/reader/weights/README.md`` tells what it is and what it can do.
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
from index.reader.base import Finding, Reader
from index.reader.calibration import load_calibration
from index.reader.inputs import QUESTION_TOKENS, Floats, Ids, InputMaker, Tokens, alike
from index.reader.spans import expected_span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).parent / "weights" / "reader.onnx"
DEFAULT_READER = "dateline"
"""The name of the packaged reader."""

RELEVANCE, START, END = range(3)
"""What the model's three numbers for a token stand for; see ``training.model``."""


class PackagedReader(Reader):
    """Dateline's own reader, loaded when it is first needed.

    Args:
        path: the ONNX file.
        checked: refuse weights that the calibration does not know.
    """

    name = DEFAULT_READER
    calibrated = True

    def __init__(self, path: Path = MODEL, *, checked: bool = True) -> None:
        self._path = path
        self._checked = checked
        self._lock = Lock()

    def load(self) -> None:
        with self._lock:
            _ = self._session, self._maker

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        if not windows:
            return []
        self.load()
        (asked,) = self._maker.tokens([question], QUESTION_TOKENS)
        cut = iter(self._maker.tokens([sentence for window in windows for sentence in window]))
        rows = [[next(cut) for _ in window] for window in windows]
        read: dict[int, list[Finding]] = {}
        for some in alike([sum(map(len, row)) + len(asked) for row in rows]):
            findings = iter(self._run(asked, [rows[n] for n in some]))
            for n in some:
                read[n] = [next(findings) for _ in rows[n]]
        return [read[n] for n in range(len(rows))]

    def mark(self, question: str, sentence: str, read: Finding) -> tuple[int, int] | None:
        """By the mean of both readings: what they agree on is right more often than either."""
        ((again,),) = self.read(question, [[sentence]])
        if read.boundaries is None or again.boundaries is None:
            return again.span
        (tokens,) = self._maker.tokens([sentence])
        # Within a long window, less of a sentence may have been read.
        both = min(len(read.boundaries), len(again.boundaries))
        mean = np.float32(0.5) * (read.boundaries[:both] + again.boundaries[:both])
        return _place(tokens.spans, expected_span(mean[:, 0], mean[:, 1]))

    def _run(self, asked: Tokens, rows: Sequence[Sequence[Tokens]]) -> Iterator[Finding]:
        """The findings of all sentences of all windows."""
        batch = self._maker.lay_out(asked.ids, [[t.ids for t in row] for row in rows])
        inputs = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        logits: Floats = self._session.run(None, inputs)[0]
        inside = batch.sentence >= 0
        of_sentence, logits = batch.sentence[inside], logits[inside]
        tokens = [t for row in rows for t in row]
        ends = np.searchsorted(of_sentence, np.arange(len(tokens) + 1))
        for n, one in enumerate(tokens):
            yield self._finding(logits[ends[n] : ends[n + 1]], one.spans)

    @staticmethod
    def _finding(logits: Floats, places: Ids) -> Finding:
        if not len(logits):  # nothing that the model knows a token for
            return Finding(-100.0)
        relevance = logits[:, RELEVANCE]
        most = relevance.max()
        logit = float(most + np.log(np.exp(relevance - most).sum()))
        boundaries = logits[:, [START, END]]
        span = expected_span(boundaries[:, 0], boundaries[:, 1])
        return Finding(logit, _place(places, span), boundaries)

    @cached_property
    def _maker(self) -> InputMaker:
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
                f"The reader's weights {self._path} are not those that they should be;"
                " install Dateline again."
            )
        return open_session(content)


def _place(places: Ids, span: tuple[int, int]) -> tuple[int, int]:
    """Tokens, the first and the last, to characters."""
    return int(places[span[0], 0]), int(places[span[1], 1])
