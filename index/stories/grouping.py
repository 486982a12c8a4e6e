"""Groups articles that are about the same story."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.article import Article
from index.embedding.encoder import Encoder
from index.store import Store
from index.stories.names import names_of

OPENING_SENTENCES, NAMED_SENTENCES = 3, 6
"""First sentences of an article whose meaning and whose names are compared: news puts what matters
first."""

TITLE_WEIGHT = 2
"""Sentences that a title counts for."""

MAX_DISTANCE = 0.68
"""The average distance, from 0 to 1, from which two groups of articles are two stories, chosen by
``benchmarks.stories``."""

Matrix = npt.NDArray[np.float64]


def group_by_story(
    store: Store, encoder: Encoder, articles: Sequence[Article]
) -> list[list[Article]]:
    """Articles grouped into stories: agglomerative clustering with average linkage (Sokal and
    Michener, "A statistical method for evaluating systematic relationships", 1958) by the meaning
    of their titles and openings and by the names in them, in equal parts.

    Stories with most articles come first, and those with equally many, like the articles in a
    story, in the given order.

    Raises StoreError, EncoderError.
    """
    if len(articles) < 2:
        return [[article] for article in articles]
    openings = [_opening(store, article) for article in articles]
    names = [
        names_of(article.title, " ".join(opening))
        for article, opening in zip(articles, openings, strict=True)
    ]
    alike = (_semantic_similarity(store, encoder, articles, openings) + _name_similarity(names)) / 2
    stories: dict[int, list[Article]] = {}
    for article, label in zip(articles, _cluster(1 - alike), strict=True):
        stories.setdefault(label, []).append(article)
    return sorted(stories.values(), key=len, reverse=True)


def _opening(store: Store, article: Article) -> list[str]:
    """The first sentences of an article, without boilerplate."""
    sentences = (s for s in store.articles.sentences(article.id) if not s.is_boilerplate)
    return [article.text[s.start : s.end] for s in sentences][:NAMED_SENTENCES]


def _semantic_similarity(
    store: Store,
    encoder: Encoder,
    articles: Sequence[Article],
    openings: Sequence[Sequence[str]],
) -> Matrix:
    """The cosines of the articles' vectors, shape (articles, articles)."""
    titles = encoder.encode([article.title for article in articles])
    rows = []
    for article, title, opening in zip(articles, titles, openings, strict=True):
        by_text = store.articles.vectors_by_text(article.id, encoder.info)
        sentences = [by_text[text] for text in opening[:OPENING_SENTENCES] if text in by_text]
        rows.append(np.mean([*sentences, *[title] * TITLE_WEIGHT], axis=0))
    matrix = np.stack(rows).astype(np.float64)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix @ matrix.T)


def _name_similarity(names: Sequence[Sequence[str]]) -> Matrix:
    """The cosines of the names' TF-IDF vectors, shape (articles, articles)."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import, rarely needed

    if not any(names):
        return np.zeros((len(names), len(names)))
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    weights = vectorizer.fit_transform(names)
    return np.asarray((weights @ weights.T).toarray())


def _cluster(distances: Matrix) -> list[int]:
    """The number of each article's story."""
    from sklearn.cluster import AgglomerativeClustering

    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=MAX_DISTANCE
    )
    return [int(label) for label in clustering.fit_predict(np.clip(distances, 0, None))]
