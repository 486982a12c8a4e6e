"""Adding articles to a store: embedded in batches, each in its own transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article, Sentence
from index.embedding.base import ModelInfo, Vectors
from index.embedding.encoder import Encoder
from index.ingest.moved_articles import at_its_address
from index.sentences import split_sentences
from index.store import Change, Store

ADD_BATCH_SIZE = 32
"""Articles whose sentences are embedded together."""


@dataclass(frozen=True, slots=True)
class Addition:
    """The result of adding an article.

    Args:
        sentences: the number of its sentences.
        embedded: how many of them had to be embedded.
    """

    article: Article
    change: Change
    sentences: int
    embedded: int


AddAll = Callable[[Iterable[Article]], Iterator[Addition]]
"""``Library.add_all``."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A new or changed article.

    Args:
        texts: of its sentences.
        known: the vectors of sentences that the stored version has too, by text.
    """

    article: Article
    sentences: Sequence[Sentence]
    texts: Sequence[str]
    known: dict[str, Vectors]


def add_batch(
    store: Store, encoder: Encoder, model: Callable[[], ModelInfo], articles: Sequence[Article]
) -> Iterator[Addition]:
    """Add some articles; only sentences that an article did not have before are embedded.

    Args:
        model: returns the encoder's identity; called only if something is embedded or stored, so
            that the model need not be loaded otherwise.
    """
    batch: list[_Change | Article] = []  # an Article is unchanged
    for given in articles:
        article = at_its_address(store, given)
        if store.articles.content_hash(article.id) == article.content_hash:
            batch.append(article)
        else:
            known = store.articles.vectors_by_text(article.id, model())
            sentences = split_sentences(article.text)
            texts = [article.text[sentence.start : sentence.end] for sentence in sentences]
            batch.append(_Change(article, sentences, texts, known))
    changed = [item for item in batch if isinstance(item, _Change)]
    missing = list(dict.fromkeys(t for one in changed for t in one.texts if t not in one.known))
    new = dict(zip(missing, encoder.encode(missing), strict=True)) if missing else {}
    added: set[str] = set()
    for item in batch:
        if isinstance(item, Article):
            if store.articles.content_hash(item.id) != item.content_hash:  # changed since
                yield from add_batch(store, encoder, model, [item])
                continue
            sentence_count = len(store.articles.sentences(item.id))
            yield Addition(item, "unchanged", sentence_count, embedded=0)
            continue
        if item.article.text in added:  # perhaps at another address
            article = at_its_address(store, item.article)
            if article is not item.article:
                yield from add_batch(store, encoder, model, [article])
                continue
        added.add(item.article.text)
        vectors = np.stack([item.known[t] if t in item.known else new[t] for t in item.texts])
        change = store.articles.put(item.article, item.sentences, vectors, model())
        embedded = len({text for text in item.texts if text not in item.known})
        yield Addition(item.article, change, len(item.sentences), embedded)
