"""Readers over any cross-encoder or extractive question-answering model."""

import logging
from collections.abc import Sequence
from functools import cached_property
from threading import RLock
from typing import Any

import numpy as np

from index.embedding.model_files import require_findable
from index.errors import ReaderError
from index.reader.base import Excerpt, Reader, SentencePrediction
from index.reader.spans import best_span
from index.reader.tokenization import Floats

DEFAULT_MAX_TOKENS = 512
"""The maximum input length of models that do not declare one."""

UNREAD = SentencePrediction(-100.0)
"""The prediction for a sentence that was truncated or has no tokens."""

log = logging.getLogger(__name__)


class TransformerReader(Reader):
    """A model from the hub or a folder, loaded when it is first needed.

    A cross-encoder scores each sentence on its own and extracts no span. A question-answering model
    reads a window as one text: a sentence's logit is that of the best span in it, minus that of
    no answer (Devlin et al., "BERT", 2019, section 4.3).

    Args:
        name: the name or the folder of a model.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = RLock()

    def load(self) -> None:
        with self._lock:
            _ = self._model

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        windows = [excerpt.sentences for excerpt in excerpts]
        with self._lock:
            return self._model.read(question, windows) if windows else []

    @cached_property
    def _model(self) -> "_QuestionAnsweringModel | _CrossEncoderModel":
        try:
            require_findable(self.name)
            # Imported here, since these take seconds.
            from transformers import AutoConfig
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
            config = AutoConfig.from_pretrained(self.name)
            architectures = " ".join(config.architectures or ())
            if "QuestionAnswering" in architectures:
                return _QuestionAnsweringModel(self.name)
            if "SequenceClassification" in architectures:
                return _CrossEncoderModel(self.name)
            raise ValueError(f"it is a {architectures or 'model of unknown kind'}")
        except Exception as error:  # the hub, the file system and the model's code raise many
            log.debug("loading %s failed", self.name, exc_info=True)
            first = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
            raise ReaderError(
                f"The reader “{self.name}” cannot be loaded: {first}. READER_MODEL takes the name"
                " or the folder of a cross-encoder or of a question-answering model."
            ) from error


class _CrossEncoderModel:
    """A cross-encoder."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder
        from torch.nn import Identity

        self._model: CrossEncoder = CrossEncoder(name, activation_fn=Identity())
        if self._model.num_labels != 1:
            raise ValueError(f"it has {self._model.num_labels} outputs, not one score")

    def read(
        self, question: str, windows: Sequence[Sequence[str]]
    ) -> list[list[SentencePrediction]]:
        pairs = [(question, sentence) for window in windows for sentence in window]
        scores = iter(self._model.predict(pairs, show_progress_bar=False).tolist())
        return [[SentencePrediction(next(scores)) for _ in window] for window in windows]


class _QuestionAnsweringModel:
    """An extractive question-answering model."""

    def __init__(self, name: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(name, use_fast=True)
        self._model: Any = AutoModelForQuestionAnswering.from_pretrained(name).eval()
        positions = getattr(self._model.config, "max_position_embeddings", DEFAULT_MAX_TOKENS)
        self._max_tokens = min(self._tokenizer.model_max_length, positions, DEFAULT_MAX_TOKENS)

    def read(
        self, question: str, windows: Sequence[Sequence[str]]
    ) -> list[list[SentencePrediction]]:
        import torch

        encoded = self._tokenizer(
            [question] * len(windows),
            [" ".join(window) for window in windows],
            truncation="longest_first",
            max_length=self._max_tokens,
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
    ) -> list[SentencePrediction]:
        context = np.array([sequence == 1 for sequence in sequences])
        no_answer = float(starts[0] + ends[0])
        predictions = []
        start = 0
        for sentence in window:
            end = start + len(sentence)
            inside = np.flatnonzero(context & (offsets[:, 1] > start) & (offsets[:, 1] <= end))
            if len(inside):
                first, last = inside[list(best_span(starts[inside], ends[inside]))]
                # A token may include the space before it.
                span = (max(int(offsets[first, 0]) - start, 0), int(offsets[last, 1]) - start)
                predictions.append(
                    SentencePrediction(float(starts[first] + ends[last]) - no_answer, span)
                )
            else:
                predictions.append(UNREAD)
            start = end + 1  # the space that joins sentences
        return predictions
