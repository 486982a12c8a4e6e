"""Passages: ranked sentences joined with their neighbors and merged across articles."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.answering.highlights import Span, highlight
from index.answering.quotations import MARK, continued_quotations
from index.answering.ranking import RankedSentence
from index.article import Article, Citation, Passage, Sentence, cite
from index.sentences import paragraph_breaks
from index.text.similarity import are_equivalent, facts_agree, tokenize, word_overlap

JOIN_RATIO = 0.5
"""A neighbor joins a passage if its score is at least this share of the passage's."""

MAX_LENGTH = 700
"""Characters of a passage; a single sentence may be longer."""

MIN_OVERLAP = 0.5
"""The word overlap from which sentences of two articles may state the same."""

ALSO_MIN_OVERLAP = 0.8
"""The same for a sentence of a near-duplicate article that is cited too."""

DEPENDENT_START = re.compile(
    r"[\"“‘']?(?:he|she|it|they|this|that|these|those|his|her|its|their|such|both|neither|either"
    r"|there|then|but|however|instead|still|also|so|yet|nor|and|or)\b(?!\s+(?:is|are|was|were)\s+no\b)",
    re.IGNORECASE,
)
"""Matches the start of a sentence that cannot be understood without the previous one."""

SentencesOf = Callable[[str], Sequence[Sentence]]
"""Returns the sentences of the article with an id, in order."""

NearDuplicatesOf = Callable[[str], Sequence[Article]]
"""Returns the near-duplicates of the article with an id."""


@dataclass(eq=False)
class _PassageBuilder:
    """Adjacent sentences of a passage, around the ranked sentence that it was started with."""

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
        return tokenize(self.text)

    @cached_property
    def answer(self) -> list[str]:
        text, begin = self.article.text, self.best.start
        return tokenize(" ".join(text[begin + a : begin + b] for a, b in self.highlights))

    def accepts(self, article: Article, sentence: Sentence, score: float) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return (
            article.id == self.article.id
            and (sentence.paragraph, sentence.number)
            in ((first.paragraph, first.number - 1), (last.paragraph, last.number + 1))
            and score >= JOIN_RATIO * self.score
            and self._fits(sentence)
        )

    def shows(self, article: Article, sentence: Sentence) -> bool:
        return article.id == self.article.id and sentence in self.sentences

    def states_same_as(
        self, other: "_PassageBuilder", near_duplicates_of: NearDuplicatesOf
    ) -> bool:
        """Whether another passage states the same: in the same words, or in similar ones with the
        same facts if it has the same answer or comes from a near-duplicate."""
        if self.words == other.words:
            return True
        if self.article.id == other.article.id:
            return False
        if self.answer and self.answer == other.answer:
            overlap = word_overlap(self.words, other.words)
            return overlap >= MIN_OVERLAP and facts_agree(self.text, other.text)
        near_duplicates = near_duplicates_of(self.article.id)
        return any(
            article.id == other.article.id for article in near_duplicates
        ) and self.is_stated_in(other.text, MIN_OVERLAP)

    def is_stated_in(self, sentence: str, min_overlap: float) -> bool:
        """Whether a sentence of a near-duplicate states the same, with the same answer."""
        contains_answer = set(self.answer) <= set(tokenize(sentence))
        return contains_answer and are_equivalent(self.text, sentence, min_overlap)

    @property
    def is_dependent(self) -> bool:
        """Whether the first sentence cannot be understood without the previous one."""
        return bool(DEPENDENT_START.match(self.article.text, self.sentences[0].start))

    def find_weaker(
        self, sentence: Sentence, passages: Sequence["_PassageBuilder"]
    ) -> "_PassageBuilder | None":
        """The passage that consists of a sentence of the same article, if it matches so much less
        well that it is not shown beside this one."""
        return next(
            (
                other
                for other in passages
                if other.article.id == self.article.id
                and other.sentences == [sentence]
                and not other.also
                and other.score < JOIN_RATIO * self.score
            ),
            None,
        )

    def prepend(self, sentence: Sentence) -> None:
        """Add the previous sentence, if there is room for it."""
        if self._fits(sentence):
            self.sentences.insert(0, sentence)

    @property
    def cited_articles(self) -> set[str]:
        """The ids of the articles that the passage cites."""
        return {self.article.id, *(citation.article.id for citation in self.also)}

    def complete_quotations(
        self, others: Sequence["_PassageBuilder"], sentences_of: SentencesOf
    ) -> None:
        """Add the rest of quotations that the passage shows in part, if there is room for it and
        no other passage shows it."""
        text, first, last = self.article.text, self.sentences[0], self.sentences[-1]
        if not MARK.search(text, max(0, last.end - MAX_LENGTH), first.start + MAX_LENGTH):
            return
        every = sentences_of(self.article.id)
        if first not in every or last not in every:  # the article has just been corrected
            return
        goes_on = continued_quotations(text, every)
        begin, end = every.index(first), every.index(last)
        while begin and goes_on[begin - 1]:
            begin -= 1
        while goes_on[end]:
            end += 1
        whole = every[begin : end + 1]
        taken = [
            sentence
            for passage in others
            if passage is not self and passage.article.id == self.article.id
            for sentence in passage.sentences
        ]
        fits = whole[-1].end - whole[0].start <= MAX_LENGTH
        if fits and not any(s.is_boilerplate or s in taken for s in whole):
            self.sentences = list(whole)

    def texts(self) -> list[str]:
        return [self.article.text[s.start : s.end] for s in self.sentences]

    def _fits(self, sentence: Sentence) -> bool:
        first, last = self.sentences[0], self.sentences[-1]
        return max(sentence.end, last.end) - min(sentence.start, first.start) <= MAX_LENGTH

    def citation(self) -> Citation:
        first, last = self.sentences[0], self.sentences[-1]
        return cite(self.article, first.start, last.end, first, last)

    def build(self) -> Passage:
        start, end = self.sentences[0].start, self.sentences[-1].end
        offset = self.best.start - start
        highlights = tuple((offset + a, offset + b) for a, b in self.highlights)
        breaks = tuple(at - start for at in paragraph_breaks(self.article.text, self.sentences))
        return Passage(
            start, end, self.score, self.citation(), highlights, tuple(self.also), breaks
        )


def make_passages(
    question: str,
    ranked: Sequence[RankedSentence],
    limit: int,
    sentences_of: SentencesOf,
    near_duplicates_of: NearDuplicatesOf = lambda _: (),
) -> tuple[Passage, ...]:
    """At most ``limit`` passages, best first.

    Neighbors in a paragraph become one passage if both score well, and a sentence that depends on
    the previous one ("He said so on Monday") brings it along, and so does a part of a quotation the
    rest of it. A statement that occurs in several articles becomes one passage that cites them
    all, near-duplicates that were not retrieved included.
    """
    passages: list[_PassageBuilder] = []
    for one in ranked:
        stored = one.candidate.stored
        article, sentence, score = stored.article, stored.sentence, one.score
        span = one.prediction.span if one.prediction else None
        highlights = highlight(question, stored.text, span) if span else ()
        new = _PassageBuilder(article, sentence, [sentence], score, highlights)
        same = next(
            (passage for passage in passages if passage.states_same_as(new, near_duplicates_of)),
            None,
        )
        if same:
            if article.id not in same.cited_articles:
                same.also.append(new.citation())
            continue
        if any(passage.shows(article, sentence) for passage in passages):
            continue
        for passage in passages:
            if passage.accepts(article, sentence, score):
                passage.sentences = sorted([*passage.sentences, sentence], key=lambda s: s.start)
                passage.complete_quotations(passages, sentences_of)
                break
        else:
            if len(passages) < limit:
                new.complete_quotations(passages, sentences_of)
                passages.append(new)
    for passage in passages:
        for duplicate in near_duplicates_of(passage.article.id):
            if duplicate.id not in passage.cited_articles:
                passage.also += _cite_statement(duplicate, passage, sentences_of)
    shown = {tuple(tokenize(text)) for passage in passages for text in passage.texts()}
    for passage in [passage for passage in passages if passage.is_dependent]:
        if passage not in passages:  # a better one has it now
            continue
        previous = _previous_sentence(passage, sentences_of)
        if previous is None:
            continue
        text = passage.article.text[previous.start : previous.end]
        weaker = passage.find_weaker(previous, passages)
        if weaker or tuple(tokenize(text)) not in shown:
            passage.prepend(previous)
            shown.update(tuple(tokenize(text)) for text in passage.texts())
        if weaker and passage.shows(passage.article, previous):
            passages.remove(weaker)
    for passage in passages:
        passage.complete_quotations(passages, sentences_of)
    return tuple(passage.build() for passage in passages)


def _cite_statement(
    article: Article, passage: _PassageBuilder, sentences_of: SentencesOf
) -> list[Citation]:
    """The citation of the first sentence of an article that states the same, if there is one."""
    story = [sentence for sentence in sentences_of(article.id) if not sentence.is_boilerplate]
    for sentence in story:
        if passage.is_stated_in(article.text[sentence.start : sentence.end], ALSO_MIN_OVERLAP):
            return [cite(article, sentence.start, sentence.end, sentence)]
    return []


def _previous_sentence(passage: _PassageBuilder, sentences_of: SentencesOf) -> Sentence | None:
    """The sentence before a passage; None if that is boilerplate, which is never quoted."""
    start = passage.sentences[0].start
    earlier = [s for s in sentences_of(passage.article.id) if s.end <= start]
    return earlier[-1] if earlier and not earlier[-1].is_boilerplate else None
