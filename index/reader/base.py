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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Neighboring sentences of an article, which are read together.

    Args:
        title: of the article, which often names what its sentences are about; may be empty.
    """

    sentences: Sequence[str]
    title: str = ""


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
    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        """Predictions for the sentences of excerpts.

        Raises:
            ReaderError: the model cannot be loaded.
        """

    def extract_span(
        self, question: str, sentence: Excerpt, in_context: SentencePrediction
    ) -> tuple[int, int] | None:
        """The ``(start, end)`` characters of the answer in a sentence that was read in context.

        The sentence is read again on its own: its neighbors help to predict whether it answers,
        and distract from where.

        Args:
            sentence: an excerpt of one sentence.
            in_context: the prediction for the sentence among its neighbors.

        Raises:
            ReaderError: the model cannot be loaded.
        """
        ((prediction,),) = self.read(question, [sentence])
        return prediction.span
