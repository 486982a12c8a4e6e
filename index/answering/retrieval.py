"""Hybrid retrieval: from a question to candidate sentences, by vectors and by BM25."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.conversation import ArticleScores, best_first
from index.embedding.base import Vectors
from index.scope import Scope
from index.store import Hit, Store, StoredSentence
from index.text.words import WORD

RETRIEVAL_DEPTH = 100
"""Sentences that each search contributes."""

ARTICLE_DEPTH = 100
"""Articles whose BM25 scores are used."""

MAX_CANDIDATES = 100
"""Candidates that are scored and passed on."""

BM25_WEIGHT = 0.3
ARTICLE_WEIGHT = 0.4
"""The weights of a sentence's and its article's normalized BM25 beside the cosine."""

RRF_K = 60
"""The constant of reciprocal rank fusion, as in its paper."""

MAX_WORDS = 64
"""Words of a question that are searched for."""

STOP_WORDS = frozenset(
    "a about after again all also am an and any are as at be because been before being between"
    " both but by can could did do does doing down during each few for from further had has have"
    " having he her here hers him his how i if in into is it its just many may me might more most"
    " much must my no nor not now of off on once one only or other our out over own s same shall"
    " she should so some such t than that the their them then there these they this those through"
    " to too under until up upon us very was we were what when where which while who whom whose"
    " why will with would you your".split()
)
"""Words too common to tell sentences apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question.

    Args:
        cosine: of its vector to the question's, -1 to 1.
        bm25_score: its normalized BM25, 0 to slightly over 1 (see ``BM25Search``); 0 if it is not
            among the best.
        article_score: the same for its whole article, title included.
    """

    stored: StoredSentence
    cosine: float
    bm25_score: float = 0.0
    article_score: float = 0.0

    @property
    def hybrid_score(self) -> float:
        """The score of hybrid search, about -1 to 1.7.

        A convex combination of normalized scores beats reciprocal rank fusion: Bruch, Gai and
        Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2022.
        """
        return self.cosine + BM25_WEIGHT * self.bm25_score + ARTICLE_WEIGHT * self.article_score


@dataclass(frozen=True, slots=True)
class LexicalHits:
    """What a question's words find.

    Args:
        sentences: the best sentences by BM25.
        articles: the normalized BM25 of the best articles, by article id.
    """

    sentences: Sequence[Hit]
    articles: Mapping[str, float]


def lexical_search(store: Store, question: str, scope: Scope) -> LexicalHits:
    """The sentences and articles of a scope that contain a question's words."""
    words = content_words(question)
    return LexicalHits(
        store.bm25.sentences(words, scope, RETRIEVAL_DEPTH),
        store.bm25.articles(words, scope, ARTICLE_DEPTH),
    )


def dense_search(store: Store, vector: Vectors, scope: Scope) -> list[Hit]:
    """The sentences of a scope nearest to a question's vector, shape (width,)."""
    return store.dense.nearest(vector, scope, RETRIEVAL_DEPTH)


def hybrid_candidates(
    store: Store, lexical: LexicalHits, dense: Sequence[Hit], vector: Vectors
) -> list[Candidate]:
    """The sentences that may answer a question, by hybrid score, best first.

    Which sentences are scored is decided by reciprocal rank fusion: Cormack, Clarke and Büttcher,
    "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods", SIGIR 2009.

    Args:
        lexical, dense: what the searches have found.
        vector: of the question, shape (width,).
    """
    keys = _fuse(dense, lexical.sentences)[:MAX_CANDIDATES]
    bm25_scores = {hit.key: hit.score for hit in lexical.sentences}
    sentences = store.articles.fetch(keys)
    cosines = {hit.key: hit.score for hit in dense}
    cosines |= store.dense.cosines(vector, [key for key in keys if key not in cosines])
    candidates = [
        Candidate(
            sentences[key],
            cosines[key],
            bm25_scores.get(key, 0.0),
            lexical.articles.get(sentences[key].article.id, 0.0),
        )
        for key in keys
        if key in sentences and key in cosines
    ]
    return sorted(candidates, key=lambda candidate: -candidate.hybrid_score)


def score_articles(candidates: Sequence[Candidate]) -> ArticleScores:
    """The articles of candidates, each with its best hybrid score, relative to the best one's."""
    scores: dict[str, float] = {}
    for candidate in candidates:
        article = candidate.stored.article.id
        scores[article] = max(candidate.hybrid_score, scores.get(article, candidate.hybrid_score))
    return best_first(scores)


def baseline_rankings(
    store: Store, question: str, vector: Vectors, scope: Scope
) -> dict[str, list[int]]:
    """The keys that dense search, BM25 and their fusion find on their own, best first."""
    dense = dense_search(store, vector, scope)
    bm25 = store.bm25.sentences(content_words(question), scope, RETRIEVAL_DEPTH)
    return {
        "dense": [hit.key for hit in dense],
        "BM25": [hit.key for hit in bm25],
        "fused": _fuse(dense, bm25),
    }


def content_words(question: str) -> list[str]:
    """The distinct words of a question in lower case, without stop words unless there are no others
    ("who is he?")."""
    words = list(dict.fromkeys(WORD.findall(question.lower())))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MAX_WORDS]


def _fuse(*rankings: Sequence[Hit]) -> list[int]:
    """Reciprocal rank fusion: the keys of all rankings, best first."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, 1):
            scores[hit.key] = scores.get(hit.key, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda key: (-scores[key], key))
