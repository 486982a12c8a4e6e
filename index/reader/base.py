"""The contract of a reader."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.reader.tokenization import Floats


@dataclass(frozen=True, slots=True)
class SentencePrediction:
    """A reader's prediction for one sentence.

    Args:
        logit: how well the sentence answers the question (higher is better); with a calibrated
            reader, 0 is a probability of one half.
        span: the ``(start, end)`` characters of the answer in the sentence; None if the reader
            extracts no spans.
        boundary_logits: the logits, shape (tokens, 2), that the answer starts and ends with each
            token, if the reader needs them in ``Reader.extract_span``.
    """

    logit: float
    span: tuple[int, int] | None = None
    boundary_logits: Floats | None = field(default=None, compare=False, repr=False)


class Reader(ABC):
    """Predicts how well sentences answer a question. May be used from several threads.

    Attributes:
        name: the reader's name, as in the setting READER_MODEL.
        calibrated: whether the calibration was fitted for the reader's logits, so that they can
            be turned into a confidence.
    """

    name: str
    calibrated = False

    @abstractmethod
    def load(self) -> None:
        """Load the model now rather than with the first question. Raises ReaderError."""

    @abstractmethod
    def read(
        self, question: str, windows: Sequence[Sequence[str]]
    ) -> list[list[SentencePrediction]]:
        """Predictions for the sentences of windows, which are runs of sentences of one article.

        Raises:
            ReaderError: the model cannot be loaded.
        """

    def extract_span(
        self, question: str, sentence: str, in_window: SentencePrediction
    ) -> tuple[int, int] | None:
        """The ``(start, end)`` characters of the answer in a sentence that was read in a window.

        The sentence is read again on its own: its neighbors help to predict whether it answers,
        and distract from where.

        Args:
            in_window: the prediction for the sentence in its window.

        Raises:
            ReaderError: the model cannot be loaded.
        """
        ((prediction,),) = self.read(question, [[sentence]])
        return prediction.span
