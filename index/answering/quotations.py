"""Quotations: words in quotation marks, often over several sentences."""

import re
from collections.abc import Iterator, Sequence

from index.article import Sentence

MARK = re.compile('[“”«»"]')
OPENING, CLOSING = "“«", "”»"


def continued_quotations(text: str, sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence of an article's text, whether a quotation goes on after it.

    A quotation of several paragraphs is opened anew in each, and closed in the last one. One that
    is never closed counts as none.
    """
    goes_on = [False] * len(sentences)
    opened: int | None = None  # the number of the sentence in which a quotation was opened
    for number, sentence in enumerate(sentences):
        if opened is not None:
            is_new = sentence.paragraph != sentences[number - 1].paragraph
            if is_new and text[sentence.start] not in OPENING + '"':
                goes_on[opened:number] = [False] * (number - opened)
                opened = None
            else:
                goes_on[number - 1] = True
        for is_opening in _marks(text, sentence):
            if not is_opening:
                opened = None
            elif opened is None:
                opened = number
    if opened is not None:
        goes_on[opened:] = [False] * (len(sentences) - opened)
    return goes_on


def _marks(text: str, sentence: Sentence) -> Iterator[bool]:
    """For each quotation mark of a sentence in order, whether it opens a quotation."""
    for mark in MARK.finditer(text, sentence.start, sentence.end):
        if mark[0] in OPENING or mark[0] in CLOSING:
            yield mark[0] in OPENING
        else:  # a straight one opens before a word and closes after one
            before, after = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
            yield (not before.strip() or before in "([—–-") and bool(after.strip())
