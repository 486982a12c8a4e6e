"""The digest of a period: its new articles by story, and statements that have changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice

from index.article import Article, Passage, cite
from index.embedding.encoder import Encoder
from index.scope import Scope
from index.store import Store
from index.stories.changed_statement import ChangedStatement
from index.stories.corrections import corrected_statements
from index.stories.figure_changes import figure_changes
from index.stories.grouping import group_by_story

MAX_ARTICLES = 300
"""New articles that are grouped into stories: the newest ones."""

MAX_COMPARED = 60
"""New articles whose figures are compared with those of earlier articles."""

MAX_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Story:
    """New articles about one story.

    Args:
        articles: newest first.
        opening: the first sentence of the newest one; ``also`` cites those of the others.
    """

    articles: tuple[Article, ...]
    opening: Passage


@dataclass(frozen=True, slots=True)
class Digest:
    """The new articles and the changed statements of a period.

    Args:
        since, until: the first moment of the period and the first one after it.
        added: the number of articles that were added in it.
        stories: those with most articles first. Only the newest 300 articles are in them.
        changes: figures and quotations that have changed, at most five.
    """

    since: datetime
    until: datetime
    added: int
    stories: tuple[Story, ...] = ()
    changes: tuple[ChangedStatement, ...] = ()


def make_digest(
    store: Store, encoder: Encoder, scope: Scope, since: datetime, until: datetime
) -> Digest:
    """The digest of a period, whose bounds are moments with a time zone.

    Raises StoreError, EncoderError.
    """
    articles = store.recent.added(scope, since, until, MAX_ARTICLES)
    groups = group_by_story(store, encoder, articles)
    stories = [Story(tuple(group), o) for group in groups if (o := _opening(store, group))]
    compared = [article for story in stories for article in story.articles][:MAX_COMPARED]
    changes = chain(
        _corrections(store, scope, since, until), figure_changes(store, compared, scope)
    )
    return Digest(
        since,
        until,
        store.recent.count_added(scope, since, until),
        tuple(stories),
        tuple(islice(_distinct(changes), MAX_CHANGES)),
    )


def _corrections(
    store: Store, scope: Scope, since: datetime, until: datetime
) -> Iterator[ChangedStatement]:
    for article, former in store.recent.corrected(scope, since, until, MAX_COMPARED):
        sentences = store.articles.sentences(article.id)
        yield from corrected_statements(former.article, article, sentences)


def _distinct(changes: Iterator[ChangedStatement]) -> Iterator[ChangedStatement]:
    """The changes, only the first for each former statement: other papers report the same."""
    named: set[tuple[str, int, int]] = set()
    for change in changes:
        if change.before.place not in named:
            named.add(change.before.place)
            yield change


def _opening(store: Store, articles: Sequence[Article]) -> Passage | None:
    """The first sentence of the first of some articles, with citations of the others' first
    sentences; None if all sentences are boilerplate."""
    passages = [passage for article in articles if (passage := _first_sentence(store, article))]
    if not passages:
        return None
    return replace(passages[0], also=tuple(passage.citation for passage in passages[1:]))


def _first_sentence(store: Store, article: Article) -> Passage | None:
    sentences = store.articles.sentences(article.id)
    first = next((sentence for sentence in sentences if not sentence.is_boilerplate), None)
    if first is None:
        return None
    citation = cite(article, first.start, first.end, first)
    return Passage(first.start, first.end, 1.0, citation)
