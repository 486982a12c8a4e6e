"""A figure or quotation that has changed."""

from dataclasses import dataclass

from index.article import Article, Passage, Sentence, cite

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """A statement before and after a change: a passage each, with the change highlighted."""

    before: Passage
    after: Passage


def highlighted(article: Article, sentence: Sentence, span: Span) -> Passage:
    """A sentence of an article with one of its spans, given by offsets into it, highlighted."""
    citation = cite(article, sentence.start, sentence.end, sentence)
    return Passage(sentence.start, sentence.end, 1.0, citation, (span,))
