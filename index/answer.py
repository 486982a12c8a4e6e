"""The answer to a question, as the public interface gives it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import Any

from index.article import Citation, Passage
from index.conversation import NO_TURN, Turn
from index.text.periods import Period
from index.text.typing_errors import Correction

MIN_SHARE_OF_BEST_SCORE = 0.5
"""The share of the best passage's score that others need to be shown beside it."""


class Certainty(StrEnum):
    """How certain an answer is, by its confidence: see ``docs/quality.md`` for the precision."""

    FOUND = "found"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DifferingValue:
    """A figure or date on which sources differ.

    Args:
        text: a slice of the newest article that states it.
        citations: where it is stated, newest article first.
    """

    text: str
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, Any]:
        """The value in the command line's JSON."""
        return {
            "value": self.text,
            "citations": [citation.as_dict() for citation in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    Args:
        question: as it was typed.
        certainty: whether the first passage is the answer, may be it, or is merely the nearest one.
        confidence: the probability, from 0 to 1, that the first passage answers the question.
        searched: the number of articles that were searched.
        query: the question as it was searched: corrected, and completed by the previous question.
        corrections: the typing errors that were corrected, in order; their offsets count from the
            start of the question, or of the part that they belong to.
        period: the period that the question names; None without one, or where it is ignored.
        turn: the turn of the conversation that it makes, for the question that follows up on it.
        about: the ids of the articles that are about the topic, where one was asked for ("tell me
            about the flood") and found, best first; the passages are their openings.
        parts: an answer for each question if several were asked at once, or else empty. The answer
            as a whole then has the highest certainty and confidence of the parts, and the first
            passage of each part that has an answer (of each part if none has).
        differing: the values that sources state, newest first, if they differ on the answer; else
            empty. Of an answer with parts, each part has its own.
    """

    question: str
    certainty: Certainty
    confidence: float
    passages: tuple[Passage, ...] = ()
    searched: int = 0
    elapsed_ms: float = field(default=0.0, compare=False)
    query: str = ""
    corrections: tuple[Correction, ...] = ()
    period: Period | None = None
    turn: Turn = field(default=NO_TURN, repr=False)
    about: tuple[str, ...] = ()
    parts: "tuple[Answer, ...]" = ()
    differing: tuple[DifferingValue, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the confidence reaches ``MIN_CONFIDENCE``."""
        return self.certainty is Certainty.FOUND

    @property
    def differs_over_time(self) -> bool:
        """Whether one publisher states the differing values on different days, as it does for a
        price that changes; otherwise sources contradict each other."""
        articles = [c.article for value in self.differing for c in value.citations]
        publishers = {article.publisher for article in articles}
        days = {value.citations[0].article.published for value in self.differing}
        return len(publishers) == 1 and None not in publishers | days and len(days) > 1

    @property
    def strong_passages(self) -> tuple[Passage, ...]:
        """The first passages whose score is at least half of the best one's. The others would
        distract from the answer."""
        return strong_passages(self.passages)

    def as_dict(self) -> dict[str, Any]:
        """The answer in the command line's JSON."""
        return {
            "question": self.question,
            "found": self.found,
            "certainty": self.certainty.value,
            "confidence": round(self.confidence, 4),
            "elapsed_ms": round(self.elapsed_ms, 1),
            "searched": self.searched,
            "period": self.period.as_dict() if self.period else None,
            "corrections": [{"typed": c.typed, "searched": c.searched} for c in self.corrections],
            "about": list(self.about),
            "differing": [value.as_dict() for value in self.differing],
            "passages": [p.as_dict(n) for n, p in enumerate(self.passages, 1)],
            "parts": [part.as_dict() for part in self.parts],
        }


def strong_passages(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The first of some passages, best first; see ``Answer.strong_passages``."""
    least = MIN_SHARE_OF_BEST_SCORE * passages[0].score if passages else 0.0
    return tuple(takewhile(lambda passage: passage.score >= least, passages))
