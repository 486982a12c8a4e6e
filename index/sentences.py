"""An article's text to its sentences, with offsets and paragraph numbers."""

import re
from collections.abc import Iterator

from index.article import Sentence
from index.text.datelines import find_dateline
from index.text.sentence_splitter import sentence_spans

MAX_LENGTH = 2000
"""Characters beyond which a text without full stops is cut at a space: no quote is longer."""

WRAPPED_FROM = 50
"""Characters from which a line that ends within a sentence is taken to go on in the next."""


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order and apart.

    Each one holds a letter or a digit and lies in one paragraph; a wire dateline belongs to none.
    Paragraphs and the sentences in each are counted from 1.
    """
    dateline = find_dateline(text)
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end in paragraph_spans(text, dateline.end if dateline else 0):
        spans = [
            (start + first, start + last)
            for long_first, long_last in sentence_spans(text[start:end])
            for first, last in _at_most(text[start:end], long_first, long_last, MAX_LENGTH)
        ]
        said = [span for span in spans if any(c.isalnum() for c in text[slice(*span)])]
        paragraph += bool(said)
        sentences += [Sentence(*span, paragraph, number) for number, span in enumerate(said, 1)]
    return sentences


def paragraph_spans(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """The ``(start, end)`` of each paragraph from ``begin`` on.

    A blank line ends a paragraph. A single line break does where the line before it ends a
    sentence or is short (a heading, an item of a list); else the line was only wrapped.
    """
    start = begin
    for line_end in re.finditer(r"\n", text):
        if line_end.start() < begin:
            continue
        line = text[
            max(start, text.rfind("\n", 0, line_end.start()) + 1) : line_end.start()
        ].strip()
        following = text[line_end.end() : line_end.end() + 1]
        wrapped = len(line) >= WRAPPED_FROM and not re.search(r"[.!?…:;][\"'”’)\]]*$", line)
        if not (wrapped and following.strip()):
            yield start, line_end.start()
            start = line_end.end()
    yield start, len(text)


def _at_most(text: str, start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """The span whole or, where it is longer than ``length``, in pieces cut at spaces."""
    while end - start > length:
        cut = start + length
        while cut > start and not text[cut].isspace():
            cut -= 1
        if cut == start:
            cut = start + length
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while text[start].isspace():
            start += 1
    yield start, end
