"""Ranked sentences to the passages that are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Passage, Sentence, cite
from index.reader import Reading

JOIN_FROM = 0.6
"""A neighbour joins a passage if it matches at least this share of what the passage's best
sentence does: below that it was found, but does not match."""

MAX_LENGTH = 700
"""Characters beyond which a passage takes in no more neighbours."""


@dataclass
class _Growing:
    """A passage in the making: adjacent sentences, and the score of the one it began with."""

    article: Article
    sentences: list[Sentence]
    score: float

    def takes(self, article: Article, sentence: Sentence, score: float) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return (
            article.id == self.article.id
            and sentence.paragraph == first.paragraph
            and sentence.number in (first.number - 1, last.number + 1)
            and score >= JOIN_FROM * self.score
            and max(sentence.end, last.end) - min(sentence.start, first.start) <= MAX_LENGTH
        )

    def finish(self) -> Passage:
        start, end = self.sentences[0].start, self.sentences[-1].end
        return Passage(start, end, self.score, cite(self.article, start, end, self.sentences[0]))


def make_passages(readings: Sequence[Reading], limit: int) -> tuple[Passage, ...]:
    """At most ``limit`` passages, best first.

    Neighbours in a paragraph that both match become one passage. What a republished article
    says again is not said twice.
    """
    passages: list[_Growing] = []
    said: set[str] = set()
    for reading in readings:
        stored = reading.candidate.stored
        words = " ".join(re.findall(r"\w+", stored.text.casefold()))
        if words in said:
            continue
        article, sentence, score = stored.article, stored.sentence, reading.score
        for passage in passages:
            if passage.takes(article, sentence, score):
                passage.sentences = sorted([*passage.sentences, sentence], key=lambda s: s.start)
                break
        else:
            if len(passages) == limit:
                continue
            passages.append(_Growing(article, [sentence], score))
        said.add(words)
    return tuple(passage.finish() for passage in passages)
