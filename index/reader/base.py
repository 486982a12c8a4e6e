"""What every reader does: it takes a question and sentences, and tells which answer, and where."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.reader.inputs import Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader makes of one sentence.

    Args:
        logit: how well it answers the question. More is better; where the reader can tell,
            0 is as likely as not.
        span: the part of the sentence that is the answer, as ``(start, end)`` characters of it;
            None where the reader marks none.
        boundaries: what the span was chosen by, where a reader keeps it for ``Reader.mark``: the
            logits, shape (tokens, 2), of the answer's starting and ending with each token.
    """

    logit: float
    span: tuple[int, int] | None = None
    boundaries: Floats | None = field(default=None, compare=False, repr=False)


class Reader(ABC):
    """Tells how well sentences answer a question. May be used from several threads.

    ``calibrated`` tells whether the logits of any two questions compare, so that they say how
    sure an answer is.
    """

    name: str
    calibrated = False

    @abstractmethod
    def load(self) -> None:
        """Load the model now rather than with the first question. Raises: ReaderError."""

    @abstractmethod
    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        """What it makes of each sentence of some windows, runs of sentences of one article.

        Raises:
            ReaderError: the model cannot be loaded.
        """

    def mark(self, question: str, sentence: str, read: Finding) -> tuple[int, int] | None:
        """Where the answer is in a sentence that was read in its window before.

        It is read once more, alone: neighbours help to tell whether a sentence answers, and
        distract from where.

        Raises:
            ReaderError: the model cannot be loaded.
        """
        ((finding,),) = self.read(question, [[sentence]])
        return finding.span
