"""A figure or quotation that was stated otherwise before."""

from dataclasses import dataclass

from index.article import Article, Passage, Sentence, cite

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """What is stated now, and what was stated before: a passage each, the change highlighted."""

    before: Passage
    after: Passage


def highlighted(article: Article, sentence: Sentence, span: Span) -> Passage:
    """A sentence of an article with one of its spans, given by offsets into it, highlighted."""
    citation = cite(article, sentence.start, sentence.end, sentence)
    return Passage(sentence.start, sentence.end, 1.0, citation, (span,))
