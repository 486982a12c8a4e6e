"""The context of an earlier answer's passage, even if the article has been corrected since."""

from collections.abc import Sequence
from dataclasses import replace

from index.article import Article, Context, Passage, Sentence, cite
from index.errors import CorrectedError, NotFoundError
from index.sentences import split_sentences
from index.store import Store


def find_context(store: Store, article_id: str, start: int, end: int, version: str) -> Context:
    """A slice of an article as it was when it was quoted; see ``Library.context``."""
    article = store.articles.get(article_id)
    if article is None:
        raise NotFoundError("That article is no longer in the library.")
    if article.content_hash.startswith(version):
        context = _context(article, store.articles.sentences(article_id), start, end)
        if context:
            return context
    for former in store.articles.former(article_id):
        if former.article.content_hash.startswith(version):
            text = former.article.text
            context = _context(former.article, split_sentences(text), start, end)
            if context:
                return replace(context, corrected=former.until)
    raise CorrectedError("That article has been corrected since, and no longer says this.")


def paragraph_spans(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The ``(start, end)`` of each paragraph, from an article's sentences."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def _context(
    article: Article, sentences: Sequence[Sentence], start: int, end: int
) -> Context | None:
    """The context of a slice of an article; None unless it consists of complete sentences."""
    slice_ = [s for s in sentences if start <= s.start and s.end <= end]
    if not slice_ or (slice_[0].start, slice_[-1].end) != (start, end):
        return None
    passage = Passage(start, end, 0.0, cite(article, start, end, slice_[0]))
    return Context(passage, paragraph_spans(sentences))
