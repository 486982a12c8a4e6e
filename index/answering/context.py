"""The context of an earlier answer's passage, even if the article has been corrected since."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from index.article import Article, Context, Passage, Sentence, cite
from index.errors import CorrectedError, NotFoundError
from index.sentences import paragraph_breaks, split_sentences
from index.store import Store

CERTAIN_VERSION_LENGTH = 4
"""Digits of a content hash that identify one of an article's few versions."""


def find_context(store: Store, article_id: str, start: int, end: int, version: str) -> Context:
    """A slice of an article as it was when it was quoted; see ``Library.context``."""
    article = store.articles.get(article_id)
    if article is None:
        raise NotFoundError("That article is no longer in the library.")
    former = cache(partial(store.articles.former, article_id))  # loaded only if it is needed
    # Sentences may be split differently today, so their bounds count only if the hash is too short
    # to identify a version.
    any_slice = len(version) >= CERTAIN_VERSION_LENGTH or (version != "" and not former())
    if article.content_hash.startswith(version):
        sentences = store.articles.sentences(article_id)
        if context := _context(article, sentences, start, end, any_slice):
            return context
    for earlier in former():
        if earlier.article.content_hash.startswith(version):
            sentences = split_sentences(earlier.article.text)
            if context := _context(earlier.article, sentences, start, end, any_slice):
                return replace(context, corrected=earlier.until)
    raise CorrectedError("That article has been corrected since, and no longer says this.")


def paragraph_spans(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The ``(start, end)`` of each paragraph, from an article's sentences."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def _context(
    article: Article, sentences: Sequence[Sentence], start: int, end: int, any_slice: bool
) -> Context | None:
    """The context of a slice of an article, which is cited by the sentences that it touches or
    else the next one.

    None if the article has no such slice, or unless it consists of complete sentences or
    ``any_slice`` is accepted.
    """
    if not sentences or not 0 <= start < end <= len(article.text):
        return None
    bounds = {s.start for s in sentences}, {s.end for s in sentences}
    if not any_slice and (start not in bounds[0] or end not in bounds[1]):
        return None
    touched = [s for s in sentences if s.end > start and s.start < end]
    if not touched:
        touched = [next((s for s in sentences if s.end > start), sentences[-1])]
    citation = cite(article, start, end, touched[0], touched[-1])
    breaks = tuple(place - start for place in paragraph_breaks(article.text, touched))
    passage = Passage(start, end, 0.0, citation, breaks=breaks)
    return Context(passage, paragraph_spans(sentences))
