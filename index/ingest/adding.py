"""Articles into the store: several are embedded in one go, each is its own transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article, Sentence
from index.embedding.encoder import Encoder, ModelInfo, Vectors
from index.sentences import split_sentences
from index.store import Change, Store

ADD_TOGETHER = 32
"""Articles whose sentences are embedded in one go."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of an article that was added.

    ``sentences`` counts those that it has now, ``embedded`` those that were embedded for it.
    """

    article: Article
    change: Change
    sentences: int
    embedded: int


AddAll = Callable[[Iterable[Article]], Iterator[Addition]]
"""``Library.add_all``."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A new or changed article: its sentences, and the vectors that it has already, by text."""

    article: Article
    sentences: Sequence[Sentence]
    texts: Sequence[str]  # of the sentences
    known: dict[str, Vectors]


def add_together(
    store: Store, encoder: Encoder, model: Callable[[], ModelInfo], articles: Sequence[Article]
) -> Iterator[Addition]:
    """Add some articles; only sentences that an article did not have before are embedded.

    Args:
        model: the encoder's identity; asked only where something is embedded or stored.
    """
    plans: list[_Plan | Article] = []  # an article as it is: unchanged
    for article in articles:
        if store.content_hash(article.id) == article.content_hash:
            plans.append(article)
        else:
            known = store.vectors_by_text(article.id, model())
            sentences = split_sentences(article.text)
            texts = [article.text[sentence.start : sentence.end] for sentence in sentences]
            plans.append(_Plan(article, sentences, texts, known))
    changed = [plan for plan in plans if isinstance(plan, _Plan)]
    wanted = list(dict.fromkeys(t for plan in changed for t in plan.texts if t not in plan.known))
    fresh = dict(zip(wanted, encoder.encode(wanted), strict=True)) if wanted else {}
    for plan in plans:
        if isinstance(plan, Article):
            yield Addition(plan, "unchanged", len(store.sentences(plan.id)), 0)
            continue
        vectors = np.stack([plan.known[t] if t in plan.known else fresh[t] for t in plan.texts])
        change = store.put(plan.article, plan.sentences, vectors, model())
        embedded = len({text for text in plan.texts if text not in plan.known})
        yield Addition(plan.article, change, len(plan.sentences), embedded)
