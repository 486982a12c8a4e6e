"""Ranked sentences to the passages that are shown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.answering.highlights import Span, highlight
from index.answering.ranking import Reading
from index.article import Article, Citation, Passage, Sentence, cite
from index.text.similarity import agree, say_the_same, shared_words, words_of

JOIN_FROM = 0.5
"""A neighbour joins a passage if it matches at least this share of what the passage's best
sentence does: below that it was found, but does not match."""

MAX_LENGTH = 700
"""Characters beyond which a passage takes in no more neighbours."""

ALIKE_FROM = 0.5
"""The share of the shorter sentence's words that the other one has too, if the two say the same."""

SAME_FROM = 0.8
"""As ``ALIKE_FROM``, of a sentence in another account of the same story that is cited as well."""

LEANING = re.compile(
    r"[\"“‘']?(?:he|she|it|they|this|that|these|those|his|her|its|their|such|both|neither|either"
    r"|there|then|but|however|instead|still|also|so|yet|nor|and|or)\b(?!\s+(?:is|are|was|were)\s+no\b)",
    re.IGNORECASE,
)
"""How a sentence begins that cannot be understood without the one before it."""

SentencesOf = Callable[[str], Sequence[Sentence]]
StoryOf = Callable[[str], Sequence[Article]]


@dataclass
class _Growing:
    """A passage in the making: adjacent sentences, and the reading that it began with."""

    article: Article
    best: Sentence
    sentences: list[Sentence]
    score: float
    highlights: tuple[Span, ...]
    also: list[Citation] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.article.text[self.best.start : self.best.end]

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @cached_property
    def answer(self) -> list[str]:
        text, begin = self.article.text, self.best.start
        return words_of(" ".join(text[begin + a : begin + b] for a, b in self.highlights))

    def takes(self, article: Article, sentence: Sentence, score: float) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return (
            article.id == self.article.id
            and sentence.paragraph == first.paragraph
            and sentence.number in (first.number - 1, last.number + 1)
            and score >= JOIN_FROM * self.score
            and self._fits(sentence)
        )

    def says(self, other: "_Growing", story_of: StoryOf) -> bool:
        """Whether another one says the same: in the same words, or in similar ones and with the
        same numbers, if it gives the same answer or is another account of the same story."""
        if self.words == other.words:
            return True
        if self.article.id == other.article.id:
            return False
        if self.answer and self.answer == other.answer:
            alike = shared_words(self.words, other.words) >= ALIKE_FROM
            return alike and agree(self.text, other.text)
        told = any(account.id == other.article.id for account in story_of(self.article.id))
        return told and self.is_said_by(other.text, ALIKE_FROM)

    def is_said_by(self, sentence: str, share: float) -> bool:
        """Whether a sentence of another account says the same, and gives the same answer."""
        gives_it = set(self.answer) <= set(words_of(sentence))
        return gives_it and say_the_same(self.text, sentence, share)

    @property
    def leans(self) -> bool:
        """Whether the first sentence cannot be understood without the one before it."""
        return bool(LEANING.match(self.article.text, self.sentences[0].start))

    def lean_on(self, before: Sentence) -> None:
        """Take in the sentence before, where there is room for it."""
        if self._fits(before):
            self.sentences.insert(0, before)

    @property
    def cites(self) -> set[str]:
        """The ids of the articles that it cites."""
        return {self.article.id, *(citation.article.id for citation in self.also)}

    def texts(self) -> list[str]:
        return [self.article.text[s.start : s.end] for s in self.sentences]

    def _fits(self, sentence: Sentence) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return max(sentence.end, last.end) - min(sentence.start, first.start) <= MAX_LENGTH

    def cited(self) -> Citation:
        start, end = self.sentences[0].start, self.sentences[-1].end
        return cite(self.article, start, end, self.sentences[0])

    def finish(self) -> Passage:
        start, end = self.sentences[0].start, self.sentences[-1].end
        moved = self.best.start - start
        highlights = tuple((moved + a, moved + b) for a, b in self.highlights)
        return Passage(start, end, self.score, self.cited(), highlights, tuple(self.also))


def make_passages(
    question: str,
    readings: Sequence[Reading],
    limit: int,
    sentences_of: SentencesOf,
    story_of: StoryOf = lambda _: (),
) -> tuple[Passage, ...]:
    """At most ``limit`` passages, best first.

    Neighbours in a paragraph that both match become one passage, and a sentence that leans on
    the one before it ("He said so on Monday") brings it along. What several articles say alike
    is one passage that cites them all; so are other accounts of the same story, whether they
    were found or not.

    Args:
        sentences_of: the sentences, in order, of the article with an id.
        story_of: other articles that tell the story of the article with an id.
    """
    passages: list[_Growing] = []
    for reading in readings:
        stored = reading.candidate.stored
        article, sentence, score = stored.article, stored.sentence, reading.score
        span = reading.finding.span if reading.finding else None
        marked = highlight(question, stored.text, span) if span else ()
        new = _Growing(article, sentence, [sentence], score, marked)
        same = next((passage for passage in passages if passage.says(new, story_of)), None)
        if same:
            if article.id not in same.cites:
                same.also.append(new.cited())
            continue
        for passage in passages:
            if passage.takes(article, sentence, score):
                passage.sentences = sorted([*passage.sentences, sentence], key=lambda s: s.start)
                break
        else:
            if len(passages) < limit:
                passages.append(new)
    for passage in passages:
        for account in story_of(passage.article.id):
            if account.id not in passage.cites:
                passage.also += _said_in(account, passage, sentences_of)
    shown = {tuple(words_of(text)) for passage in passages for text in passage.texts()}
    for passage in [passage for passage in passages if passage.leans]:
        before = _before(passage, sentences_of)
        if before and tuple(words_of(passage.article.text[before.start : before.end])) not in shown:
            passage.lean_on(before)
            shown.update(tuple(words_of(text)) for text in passage.texts())
    return tuple(passage.finish() for passage in passages)


def _said_in(article: Article, passage: _Growing, sentences_of: SentencesOf) -> list[Citation]:
    """The citation of the first sentence of an article that says what a passage does; or none."""
    for sentence in sentences_of(article.id):
        if passage.is_said_by(article.text[sentence.start : sentence.end], SAME_FROM):
            return [cite(article, sentence.start, sentence.end, sentence)]
    return []


def _before(passage: _Growing, sentences_of: SentencesOf) -> Sentence | None:
    """The sentence before a passage."""
    start = passage.sentences[0].start
    earlier = [s for s in sentences_of(passage.article.id) if s.end <= start]
    return earlier[-1] if earlier else None
