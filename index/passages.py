"""Ranked sentences to the passages that are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Passage, Sentence, cite
from index.reader import Reading

JOIN_FROM = 0.6
"""A neighbour joins a passage if it is at least this many times as likely to answer as the
passage's best sentence: below that it was found, but does not match."""

MAX_LENGTH = 700
"""Characters beyond which a passage takes in no more neighbours."""


@dataclass
class _Growing:
    """A passage in the making: adjacent sentences, and the one that it began with."""

    article: Article
    sentences: list[Sentence]
    best: Sentence
    probability: float

    def takes(self, article: Article, sentence: Sentence, probability: float) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return (
            article.id == self.article.id
            and sentence.paragraph == first.paragraph
            and sentence.number in (first.number - 1, last.number + 1)
            and probability >= JOIN_FROM * self.probability
            and max(sentence.end, last.end) - min(sentence.start, first.start) <= MAX_LENGTH
        )

    def finish(self) -> Passage:
        start, end = self.sentences[0].start, self.sentences[-1].end
        highlights = ()
        if len(self.sentences) > 1:
            highlights = ((self.best.start - start, self.best.end - start),)
        citation = cite(self.article, start, end, self.sentences[0])
        return Passage(start, end, self.probability, citation, highlights)


def make_passages(readings: Sequence[Reading], limit: int) -> tuple[Passage, ...]:
    """At most ``limit`` passages, best first.

    Neighbours in a paragraph that both match become one passage, in which the better sentence
    is highlighted. What a republished article says again is not said twice.
    """
    passages: list[_Growing] = []
    said: set[str] = set()
    for reading in readings:
        stored = reading.candidate.stored
        words = " ".join(re.findall(r"\w+", stored.text.casefold()))
        if words in said:
            continue
        article, sentence, probability = stored.article, stored.sentence, reading.probability
        for passage in passages:
            if passage.takes(article, sentence, probability):
                passage.sentences = sorted([*passage.sentences, sentence], key=lambda s: s.start)
                break
        else:
            if len(passages) == limit:
                continue
            passages.append(_Growing(article, [sentence], sentence, probability))
        said.add(words)
    return tuple(passage.finish() for passage in passages)
