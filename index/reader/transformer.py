"""Any cross-encoder, or any extractive question-answering model, as the reader."""

import logging
from collections.abc import Sequence
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ReaderError
from index.reader.base import Finding, Reader
from index.reader.inputs import Floats
from index.reader.spans import best_span

if TYPE_CHECKING:
    pass

LONGEST = 512
"""Tokens of a question with a window, for models that do not say how many they take."""

UNREAD = Finding(-100.0)
"""What is made of a sentence that the model has no room or no tokens for."""

log = logging.getLogger(__name__)


class TransformerReader(Reader):
    """A model from the hub or a folder, loaded when it is first needed.

    A cross-encoder scores each sentence by itself and marks no answer in it. A
    question-answering model reads each window whole: a sentence's logit is that of the best
    answer in it, less that of there being none (Devlin et al., "BERT", 2019, section 4.3).

    Args:
        name: the name or the folder of a model.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = RLock()

    def load(self) -> None:
        with self._lock:
            _ = self._model

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        with self._lock:
            return self._model.read(question, windows) if windows else []

    @cached_property
    def _model(self) -> "_Answers | _Scores":
        # Imported here: this is what takes seconds.
        from transformers import AutoConfig
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            config = AutoConfig.from_pretrained(self.name)
            kinds = " ".join(config.architectures or ())
            if "QuestionAnswering" in kinds:
                return _Answers(self.name)
            if "SequenceClassification" in kinds:
                return _Scores(self.name)
            raise ValueError(f"it is a {kinds or 'model of no known kind'}")
        except Exception as error:  # whatever the hub, the file system or the model's code raises
            log.debug("loading %s failed", self.name, exc_info=True)
            first = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
            raise ReaderError(
                f"The reader “{self.name}” cannot be loaded: {first}. READER_MODEL takes the name"
                " or the folder of a cross-encoder or of a question-answering model."
            ) from error


class _Scores:
    """A cross-encoder."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder
        from torch.nn import Identity

        self._model: CrossEncoder = CrossEncoder(name, activation_fn=Identity())
        if self._model.num_labels != 1:
            raise ValueError(f"it has {self._model.num_labels} outputs, not one score")

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        pairs = [(question, sentence) for window in windows for sentence in window]
        scores = iter(self._model.predict(pairs, show_progress_bar=False).tolist())
        return [[Finding(next(scores)) for _ in window] for window in windows]


class _Answers:
    """An extractive question-answering model."""

    def __init__(self, name: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(name, use_fast=True)
        self._model: Any = AutoModelForQuestionAnswering.from_pretrained(name).eval()
        positions = getattr(self._model.config, "max_position_embeddings", LONGEST)
        self._longest = min(self._tokenizer.model_max_length, positions, LONGEST)

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        import torch

        encoded = self._tokenizer(
            [question] * len(windows),
            [" ".join(window) for window in windows],
            truncation="longest_first",
            max_length=self._longest,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = encoded.pop("offset_mapping").numpy()
        with torch.inference_mode():
            logits = self._model(**encoded)
        starts, ends = logits.start_logits.numpy(), logits.end_logits.numpy()
        return [
            self._window(window, encoded.sequence_ids(row), offsets[row], starts[row], ends[row])
            for row, window in enumerate(windows)
        ]

    @staticmethod
    def _window(
        window: Sequence[str],
        sequences: Sequence[int | None],
        offsets: Any,
        starts: Floats,
        ends: Floats,
    ) -> list[Finding]:
        context = np.array([sequence == 1 for sequence in sequences])
        none = float(starts[0] + ends[0])
        findings = []
        begin = 0
        for sentence in window:
            finish = begin + len(sentence)
            inside = np.flatnonzero(context & (offsets[:, 1] > begin) & (offsets[:, 1] <= finish))
            if len(inside):
                first, last = inside[list(best_span(starts[inside], ends[inside]))]
                # A token may hold the space before it.
                start = max(int(offsets[first, 0]) - begin, 0)
                span = (start, int(offsets[last, 1]) - begin)
                findings.append(Finding(float(starts[first] + ends[last]) - none, span))
            else:
                findings.append(UNREAD)
            begin = finish + 1
        return findings
