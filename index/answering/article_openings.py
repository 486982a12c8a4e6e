"""The openings of the articles about a topic: what "tell me about the flood" asks for.

News puts what matters first (the inverted pyramid), so an article's first sentence or two are its
summary in its own words.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answering.ranking import RankedSentence, Ranking
from index.answering.retrieval import STOP_WORDS, Candidate, content_words, dense_search
from index.article import Article
from index.embedding.base import Vectors
from index.embedding.encoder import Encoder
from index.reader.calibration import logistic
from index.scope import Scope
from index.store import Store, StoredSentence
from index.text.recency import recency_key
from index.text.similarity import tokenize

MAX_ARTICLES = 8
"""Articles whose titles are embedded and compared with the topic."""

SHORT_SENTENCE = 160
"""Characters of a first sentence that the second one is shown with."""

MIN_SENTENCE_WORDS = 6
"""Words of a sentence that can open an article; headings have fewer."""

MAX_SKIPPED = 4
"""Sentences at the beginning that may be headings or the title again."""

TIE_MARGIN = 0.05
"""Confidences that differ by less are tied; the newest of tied articles comes first."""

SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*$")

WEIGHTS = (2.6, 3.1, 4.0, 2.1)
INTERCEPT = -6.9
"""A logistic regression (Platt, "Probabilistic Outputs for Support Vector Machines", 1999) on the
four features of an ``Opening``. It was fitted on 71 topics that an article of a collection is about
and 87 that none is about: titles of encyclopedia articles, and topics of the sample articles in
other words."""

MIN_SHARE_OF_BEST = 0.5
"""The share of the best article's confidence that other articles need to be there at all."""

MIN_SHARE_ABOUT = 0.9
"""The share that other articles need to count as being about the topic as well."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of an article, and how well it matches a topic.

    Args:
        sentences: the first sentence, and the second one if the first is short.
        coverage: the share of the topic's words, from 0 to 1, that title and opening contain.
        text_coverage: the share that title and text contain.
        title_cosine, opening_cosine: of the topic's vector to the title's and to the opening's.
    """

    sentences: Sequence[StoredSentence]
    coverage: float
    text_coverage: float
    title_cosine: float
    opening_cosine: float

    @property
    def article(self) -> Article:
        return self.sentences[0].article

    @property
    def confidence(self) -> float:
        """The probability, from 0 to 1, that the article is about the topic."""
        features = (self.coverage, self.text_coverage, self.title_cosine, self.opening_cosine)
        return logistic(INTERCEPT + sum(w * x for w, x in zip(WEIGHTS, features, strict=True)))


def rank_openings(
    store: Store,
    encoder: Encoder,
    topic: str,
    vector_of: Callable[[str], Vectors],
    scope: Scope,
    *,
    is_known: bool = False,
) -> Ranking:
    """The openings of the articles of a scope that may be about a topic, best first.

    Args:
        vector_of: returns the vector of a topic, shape (width,).
        is_known: the articles of the scope are known to be about the topic ("tell me about it").

    Raises:
        EncoderError: the model cannot be loaded.
        StoreError: the store cannot be read.
    """
    if not content_words(topic) or not store.articles.count(scope).sentences:
        return Ranking(topic)
    found = find_openings(store, encoder, topic, vector_of(topic), scope)
    openings = sorted(found, key=lambda opening: -opening.confidence)
    if openings and is_known:
        return _ranking(topic, openings, 1.0)
    best = openings[0].confidence if openings else 0.0
    openings = [o for o in openings if o.confidence >= MIN_SHARE_OF_BEST * best]
    tied = [o for o in openings if o.confidence > best - TIE_MARGIN]
    tied.sort(key=lambda o: recency_key(o.article.published), reverse=True)
    return _ranking(topic, [*tied, *openings[len(tied) :]], best)


def _ranking(topic: str, openings: Sequence[Opening], confidence: float) -> Ranking:
    """The sentences of openings in order, with scores that do not rise."""
    best = openings[0].confidence if openings else 1.0
    ranked = []
    score = confidence
    for opening in openings:
        score = min(score, confidence * opening.confidence / best)
        for sentence in opening.sentences:
            candidate = Candidate(sentence, opening.opening_cosine)
            ranked.append(RankedSentence(candidate, opening.confidence, score))
    return Ranking(topic, tuple(ranked), confidence, is_topic=True)


def articles_about(
    ranking: Ranking, near_duplicates: Callable[[str], Sequence[Article]]
) -> tuple[str, ...]:
    """The ids of the articles that are about the topic of a ranking of openings, best first,
    without near-duplicates of better ones.

    Args:
        near_duplicates: returns those of the article with an id.
    """
    least = MIN_SHARE_ABOUT * ranking.confidence
    ids = dict.fromkeys(
        one.candidate.stored.article.id for one in ranking.sentences if one.score >= least
    )
    chosen: list[str] = []
    if len(ids) < 2:
        return tuple(ids)
    for id_ in ids:
        if not {article.id for article in near_duplicates(id_)} & set(chosen):
            chosen.append(id_)
    return tuple(chosen)


def find_openings(
    store: Store,
    encoder: Encoder,
    topic: str,
    vector: Vectors,
    scope: Scope,
    max_articles: int = MAX_ARTICLES,
) -> list[Opening]:
    """The openings of the articles that match a topic best, in no order.

    Args:
        vector: of the topic, shape (width,).
        max_articles: articles that each of the two searches contributes.

    Raises as ``rank_openings``.
    """
    words = content_words(topic)
    lexical = store.bm25.articles(words, scope, max_articles)
    hits = dense_search(store, vector, scope)
    nearest = store.articles.fetch([hit.key for hit in hits])
    dense = dict.fromkeys(nearest[hit.key].article.id for hit in hits if hit.key in nearest)
    ids = list(dict.fromkeys([*lexical, *list(dense)[:max_articles]]))
    first_keys = [
        [key for key, sentence in sentences if not sentence.is_boilerplate][: MAX_SKIPPED + 2]
        for sentences in store.articles.keyed_sentences(ids).values()
    ]
    stored = store.articles.fetch([key for keys in first_keys for key in keys])
    found = [
        opening_sentences([stored[key] for key in keys])
        for keys in first_keys
        if keys and all(key in stored for key in keys)
    ]
    if not found:
        return []
    cosines = store.dense.cosines(vector, [one.key for sentences in found for one in sentences])
    titles = encoder.encode([sentences[0].article.title for sentences in found])
    wanted = {_stem(word) for word in words if word not in STOP_WORDS} or {_stem(w) for w in words}
    return [
        Opening(
            sentences,
            _coverage(wanted, [sentences[0].article.title, *(s.text for s in sentences)]),
            _coverage(wanted, [sentences[0].article.title, sentences[0].article.text]),
            float(np.dot(title, vector)),
            max(cosines.get(one.key, 0.0) for one in sentences),
        )
        for sentences, title in zip(found, titles, strict=True)
    ]


def opening_sentences(sentences: Sequence[StoredSentence]) -> Sequence[StoredSentence]:
    """Those of an article's first sentences that open it, after its headings.

    Args:
        sentences: of the story, in order; at least one.
    """
    candidates = sentences[: MAX_SKIPPED + 1]
    first = next((n for n, one in enumerate(candidates) if _can_open(one)), 0)
    one, *following = sentences[first : first + 2]
    short = one.sentence.end - one.sentence.start < SHORT_SENTENCE
    is_next = following and (following[0].sentence.paragraph, following[0].sentence.number) == (
        one.sentence.paragraph,
        one.sentence.number + 1,
    )
    return [one, *following] if short and is_next else [one]


def _can_open(stored: StoredSentence) -> bool:
    """Whether a sentence is neither a heading nor the title."""
    text = stored.text
    words = tokenize(text)
    return (
        len(words) >= MIN_SENTENCE_WORDS
        and words != tokenize(stored.article.title)
        and SENTENCE_END.search(text) is not None
    )


def _coverage(wanted: set[str], texts: Sequence[str]) -> float:
    """The share of some stems, from 0 to 1, that texts contain."""
    stems = {_stem(word) for text in texts for word in tokenize(text)}
    return len(wanted & stems) / max(1, len(wanted))


def _stem(word: str) -> str:
    """A word without the commonest endings, so that "ferries" and "ferry" are the same."""
    for ending, replacement in (("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + replacement
    return word
