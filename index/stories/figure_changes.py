"""Figures that a newer text states differently: "200 troops" before, "340 troops" after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answering.answer_values import agree
from index.article import Article, Sentence
from index.scope import Scope
from index.store import Store, StoredSentence
from index.stories.changed_statement import ChangedStatement, Span, highlighted
from index.stories.names import names_in
from index.text.quantities import Quantity, find_quantities
from index.text.recency import recency_key
from index.text.units import COUNT
from index.text.words import WORD

MIN_COSINE = 0.65
"""The cosine of two sentences from which they can be about the same figure, chosen by
``benchmarks.stories``."""

NEIGHBORS = 8
"""Earlier sentences that each new one is compared with."""

WORDS_AFTER, WORDS_BEFORE = 3, 3
"""Words beside a figure that are taken to say what it counts or measures."""

INCREASE = re.compile(r"\b(?:another|additional|further|extra)\s\Z|\A\s(?:more|further)\b", re.I)
"""Matches beside a figure that adds to another one."""

CLAUSE_END = re.compile(r"[,;:.()“”\"—–]")
SMALL_WORDS = frozenset(
    "the a an of in at on by for to from with and or as more than less other its their his her new"
    " were was are is have has had be been will who that which it they about some at least only"
    " people person man men woman women".split()
)
"""Words that do not say what a figure counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a sentence.

    Args:
        span: its ``(start, end)`` in the sentence.
        near: the words beside it, which say what it counts or measures.
    """

    quantity: Quantity
    span: Span
    near: frozenset[str]


def figure_changes(
    store: Store, articles: Sequence[Article], scope: Scope
) -> Iterator[ChangedStatement]:
    """Figures of new articles that earlier articles of a scope state differently.

    Args:
        articles: the new articles; they are not compared with each other.
    """
    new_ids = {article.id for article in articles}
    for article in articles:
        for sentence, hits in _nearest_sentences(store, article, scope):
            for earlier in hits:
                if earlier.article.id in new_ids:
                    continue
                text = article.text[sentence.start : sentence.end]
                spans = changed_figure(earlier.text, text)
                if spans and _may_precede(earlier.article, article):  # reads both articles
                    yield ChangedStatement(
                        highlighted(earlier.article, earlier.sentence, spans[0]),
                        highlighted(article, sentence, spans[1]),
                    )
                    break


def changed_figure(before: str, after: str) -> tuple[Span, Span] | None:
    """The spans of the first figure that a sentence states differently than an earlier one; None
    if there is none, or if a figure is the same in both."""
    earlier, later = figures_in(before), figures_in(after)
    if any(agree(one.quantity, other.quantity) for one in earlier for other in later):
        return None
    pairs = ((one, other) for one in earlier for other in later if _same_subject(one, other))
    return next(((one.span, other.span) for one, other in pairs), None)


def _nearest_sentences(
    store: Store, article: Article, scope: Scope
) -> Iterator[tuple[Sentence, list[StoredSentence]]]:
    """The sentences of an article that contain figures, each with the sentences nearest to it."""
    model = store.model
    assert model is not None
    vectors = store.articles.vectors_by_text(article.id, model)
    for sentence in store.articles.sentences(article.id):
        text = article.text[sentence.start : sentence.end]
        if not sentence.is_boilerplate and text in vectors and figures_in(text):
            hits = store.dense.nearest(vectors[text], scope, NEIGHBORS)
            keys = [hit.key for hit in hits if hit.score >= MIN_COSINE]
            stored = store.articles.fetch(keys)
            yield sentence, [stored[key] for key in keys if key in stored]


def figures_in(text: str) -> list[Figure]:
    """The quantities in a sentence, except increases of another quantity."""
    return [
        Figure(quantity, (start, end), _near(text, start, end))
        for quantity, (start, end) in find_quantities(text)
        if not (INCREASE.search(text[:start]) or INCREASE.search(text[end:]))
    ]


def _near(text: str, start: int, end: int) -> frozenset[str]:
    """The significant words on both sides of a figure within its clause."""
    before = CLAUSE_END.split(text[:start])[-1]
    after = CLAUSE_END.split(text[end:])[0]
    words = [*_telling(before)[-WORDS_BEFORE:], *_telling(after)[:WORDS_AFTER]]
    return frozenset(words)


def _telling(text: str) -> list[str]:
    words = (word.casefold() for word in WORD.findall(text))
    return [word.removesuffix("s") for word in words if word not in SMALL_WORDS]


def _same_subject(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit and count or measure the same, by the words beside them."""
    units = one.quantity.unit.base, other.quantity.unit.base
    least = 1 if units[0] != COUNT.base else 2
    return units[0] == units[1] and len(one.near & other.near) >= least


def _may_precede(earlier: Article, later: Article) -> bool:
    """Whether an article is not newer than another, and may be about the same story."""
    dates = earlier.published, later.published
    if dates[0] and dates[1] and recency_key(dates[0]) > recency_key(dates[1]):
        return False
    return not names_in(earlier).isdisjoint(names_in(later))
