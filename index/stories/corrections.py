"""Figures and quotations that the correction of an article has changed."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from index.answering.answer_values import agree
from index.article import Article, Sentence
from index.sentences import split_sentences
from index.stories.changed_statement import ChangedStatement, Span, highlighted
from index.stories.figure_changes import figures_in

MIN_SIMILARITY = 60.0
"""The similarity, from 0 to 100, from which a sentence is the corrected version of another."""

QUOTATION = re.compile(r"“[^“”]{8,}+”|\"[^\"]{8,}+\"")


def corrected_statements(
    former: Article, current: Article, sentences: Sequence[Sentence]
) -> Iterator[ChangedStatement]:
    """The sentences of an article in which a figure or a quotation has been corrected.

    Args:
        former: an earlier version of it.
        sentences: those of the current version.
    """
    before = {former.text[s.start : s.end]: s for s in split_sentences(former.text)}
    after = {current.text[s.start : s.end]: s for s in sentences}
    withdrawn = [text for text in before if text not in after]
    for text, sentence in after.items():
        if text in before:
            continue
        match = process.extractOne(text, withdrawn, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
        spans = _corrected_spans(match[0], text) if match else None
        if match and spans:
            yield ChangedStatement(
                highlighted(former, before[match[0]], spans[0]),
                highlighted(current, sentence, spans[1]),
            )


def _corrected_spans(before: str, after: str) -> tuple[Span, Span] | None:
    """The spans of the first figure, or else quotation, that differs between two sentences; None
    if all are the same."""
    return _changed_figure(before, after) or _changed_quotation(before, after)


def _changed_figure(before: str, after: str) -> tuple[Span, Span] | None:
    earlier, later = figures_in(before), figures_in(after)
    gone = [f for f in earlier if not any(agree(f.quantity, o.quantity) for o in later)]
    come = [f for f in later if not any(agree(f.quantity, o.quantity) for o in earlier)]
    return (gone[0].span, come[0].span) if gone and come else None


def _changed_quotation(before: str, after: str) -> tuple[Span, Span] | None:
    gone = [m.span() for m in QUOTATION.finditer(before) if m[0] not in after]
    come = [m.span() for m in QUOTATION.finditer(after) if m[0] not in before]
    return (gone[0], come[0]) if gone and come else None
