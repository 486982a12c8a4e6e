"""Question to candidate sentences: by meaning, by words, and by what the article is about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.embedding.encoder import Vectors
from index.scope import Scope
from index.store import Hit, Store, StoredSentence

DEPTH = 100
"""How many sentences each way of searching contributes."""

ARTICLES = 100
"""How many articles are compared by their words."""

POOL = 100
"""How many fused candidates are weighed and passed on."""

OVERLAP_WEIGHT = 0.3
ABOUT_WEIGHT = 0.4
"""What a sentence, and its whole article, gain that hold all the question's words, as a cosine."""

RRF_K = 60
"""The constant of reciprocal rank fusion, as its authors set it."""

MAX_WORDS = 64
"""Words of a question that are looked up; a longer one is a text, and says enough by then."""

STOP_WORDS = frozenset(
    "a about after again all also am an and any are as at be because been before being between"
    " both but by can could did do does doing down during each few for from further had has have"
    " having he her here hers him his how i if in into is it its just many may me might more most"
    " much must my no nor not now of off on once one only or other our out over own s same shall"
    " she should so some such t than that the their them then there these they this those through"
    " to too under until up upon us very was we were what when where which while who whom whose"
    " why will with would you your".split()
)
"""Words that stand in every sentence and so tell nothing of one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question.

    Args:
        cosine: of its vector to the question's, -1 to 1.
        overlap: its BM25 as a share of what a sentence with all the question's words gets,
            0 to somewhat over 1; 0 where it is not among the best by BM25.
        about: the same of its whole article, title included.
    """

    stored: StoredSentence
    cosine: float
    overlap: float = 0.0
    about: float = 0.0

    @property
    def match(self) -> float:
        """How well search thinks of it: about -1 to 1.7.

        A convex combination beats reciprocal rank fusion where scores are normalised by what
        could be reached: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
        Retrieval", 2022.
        """
        return self.cosine + OVERLAP_WEIGHT * self.overlap + ABOUT_WEIGHT * self.about


@dataclass(frozen=True, slots=True)
class ByWords:
    """What a question's words find, without its vector.

    Args:
        sentences: the best, by BM25.
        articles: the BM25 of the best whole articles, by their ids.
    """

    sentences: Sequence[Hit]
    articles: Mapping[str, float]


def find_by_words(store: Store, question: str, scope: Scope) -> ByWords:
    """The sentences and the articles of a scope that hold a question's words."""
    words = content_words(question)
    return ByWords(store.lexical(words, scope, DEPTH), store.about(words, scope, ARTICLES))


def find_by_meaning(store: Store, vector: Vectors, scope: Scope) -> list[Hit]:
    """The sentences of a scope nearest to a question's vector, shape (width,)."""
    return store.dense(vector, scope, DEPTH)


def find_candidates(
    store: Store, by_words: ByWords, by_meaning: Sequence[Hit], vector: Vectors
) -> list[Candidate]:
    """The sentences that may answer a question, best first.

    Those that are weighed are found by reciprocal rank: Cormack, Clarke and Büttcher,
    "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods",
    SIGIR 2009.

    Args:
        by_words: what ``find_by_words`` has found for it.
        by_meaning: what ``find_by_meaning`` has.
        vector: the question's, shape (width,).
    """
    keys = _fuse(by_meaning, by_words.sentences)[:POOL]
    overlaps = {hit.key: hit.score for hit in by_words.sentences}
    sentences = store.fetch(keys)
    cosines = {hit.key: hit.score for hit in by_meaning}
    cosines |= store.cosines(vector, [key for key in keys if key not in cosines])
    candidates = [
        Candidate(
            sentences[key],
            cosines[key],
            overlaps.get(key, 0.0),
            by_words.articles.get(sentences[key].article.id, 0.0),
        )
        for key in keys
        if key in sentences and key in cosines
    ]
    return sorted(candidates, key=lambda candidate: -candidate.match)


def plain_rankings(
    store: Store, question: str, vector: Vectors, scope: Scope
) -> dict[str, list[int]]:
    """The keys that each way of searching finds by itself, best first: what to compare with."""
    dense = find_by_meaning(store, vector, scope)
    lexical = store.lexical(content_words(question), scope, DEPTH)
    return {
        "dense": [hit.key for hit in dense],
        "BM25": [hit.key for hit in lexical],
        "fused": _fuse(dense, lexical),
    }


def content_words(question: str) -> list[str]:
    """The words that tell what is asked, lower case, each once.

    A question of nothing but stop words ("who is he?") keeps them all.
    """
    words = list(dict.fromkeys(re.findall(r"\w+", question.lower())))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MAX_WORDS]


def _fuse(*rankings: Sequence[Hit]) -> list[int]:
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, 1):
            scores[hit.key] = scores.get(hit.key, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda key: (-scores[key], key))
