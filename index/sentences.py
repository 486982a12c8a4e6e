"""Splitting an article's text into sentences, with offsets and paragraph numbers."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from index.article import Sentence
from index.text.boilerplate import find_boilerplate
from index.text.datelines import find_dateline
from index.text.paragraphs import BULLET, paragraph_spans
from index.text.sentence_splitter import sentence_spans

MAX_LENGTH = 2000
"""Characters of a sentence; a longer text without full stops is split at spaces."""


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order.

    Each one contains a letter or a digit and lies in one paragraph; a wire dateline is not part of
    any. Boilerplate is flagged.
    """
    dateline = find_dateline(text)
    above, story = (dateline.start, dateline.end) if dateline else (0, 0)
    paragraphs = []
    for start, end in chain(paragraph_spans(text[:above]), paragraph_spans(text, story)):
        # A list item is quoted without its marker.
        bullet = BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
        spans = [
            (start + first, start + last)
            for long_first, long_last in sentence_spans(text[start:end])
            for first, last in _split_long(text[start:end], long_first, long_last)
        ]
        spans = [span for span in spans if any(c.isalnum() for c in text[slice(*span)])]
        if spans:
            paragraphs.append(spans)
    flags = find_boilerplate([[text[slice(*span)] for span in spans] for spans in paragraphs])
    return [
        Sentence(*span, paragraph, number, is_boilerplate)
        for paragraph, (spans, of_spans) in enumerate(zip(paragraphs, flags, strict=True), 1)
        for number, (span, is_boilerplate) in enumerate(zip(spans, of_spans, strict=True), 1)
    ]


def paragraph_breaks(text: str, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The positions in an article's text at which new paragraphs begin among adjacent sentences.

    A list item's marker, which is not part of its sentence, belongs to the new paragraph.
    """
    return tuple(
        text.rfind("\n", one.end, following.start) + 1 or following.start
        for one, following in pairwise(sentences)
        if one.paragraph != following.paragraph
    )


def _split_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, split at spaces into pieces of at most ``MAX_LENGTH`` characters."""
    while end - start > MAX_LENGTH:
        cut = start + MAX_LENGTH
        while cut > start and not text[cut].isspace():
            cut -= 1
        if cut == start:
            cut = start + MAX_LENGTH
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while text[start].isspace():
            start += 1
    yield start, end
