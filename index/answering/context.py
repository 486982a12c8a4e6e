"""What an earlier answer showed, with the text around it: also where that was corrected since."""

from collections.abc import Sequence

from index.article import Article, Context, Passage, Sentence, cite
from index.errors import CorrectedError, NotFoundError
from index.sentences import split_sentences
from index.store import Store


def find_context(store: Store, article_id: str, start: int, end: int, version: str) -> Context:
    """The slice of an article, as it stood when it was shown; see ``Library.context``."""
    article = store.get(article_id)
    if article is None:
        raise NotFoundError("That article is no longer in the library.")
    if article.content_hash.startswith(version):
        now = _context(article, store.sentences(article_id), start, end)
        if now:
            return now
    for former in store.former(article_id):
        if former.article.content_hash.startswith(version):
            then = _context(former.article, split_sentences(former.article.text), start, end)
            if then:
                return Context(then.passage, then.paragraphs, former.until)
    raise CorrectedError("That article has been corrected since, and no longer says this.")


def paragraphs_of(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Where each paragraph of an article starts and ends, by its sentences."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        start, _ = spans.get(sentence.paragraph, (sentence.start, 0))
        spans[sentence.paragraph] = (start, sentence.end)
    return list(spans.values())


def _context(
    article: Article, sentences: Sequence[Sentence], start: int, end: int
) -> Context | None:
    """A slice of an article; None where it is not one of whole sentences."""
    some = [s for s in sentences if start <= s.start and s.end <= end]
    if not some or (some[0].start, some[-1].end) != (start, end):
        return None
    passage = Passage(start, end, 0.0, cite(article, start, end, some[0]))
    return Context(passage, paragraphs_of(sentences))
