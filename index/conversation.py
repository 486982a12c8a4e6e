"""What a conversation is about: the articles that fit all of its questions so far.

The first question of a conversation often does not say what it is about ("what was his style?"), so
that another article answers it. Later questions add to what is known, until their articles' scores
together single out the right one.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

MAX_ARTICLES = 30
"""Articles whose scores are kept."""

UNRETRIEVED_GAP = 0.1
"""An article that a question does not retrieve scores this much less than the last one that it
retrieves."""

PREVIOUS_BONUS = 0.3
"""Added to the score of the article that answered the previous question: the best of .1, .3 and .6,
on dialogues of CANARD and about news."""

ArticleScores = tuple[tuple[str, float], ...]
"""The ids of articles with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of a conversation before a question.

    Args:
        question: as it was asked, or as it was completed.
        articles: the ids of the articles that answered it.
        scores: of the articles that fit the conversation best: the sum of their hybrid scores for
            its questions, each relative to the best article's.
    """

    question: str = ""
    articles: tuple[str, ...] = ()
    scores: ArticleScores = ()

    def topic(self, later: ArticleScores) -> tuple[str, ...]:
        """The ids of the articles that the conversation is about: the previous answer's, unless
        another article has a better score.

        Args:
            later: the scores for the question that follows.
        """
        if not self.scores:
            return self.articles
        scores = dict(add_scores(self.scores, later))
        best = max(scores, key=scores.__getitem__)
        previous = max((scores.get(a, -math.inf) for a in self.articles), default=-math.inf)
        return self.articles if previous + PREVIOUS_BONUS >= scores[best] else (best,)


NO_TURN = Turn()


def add_scores(earlier: ArticleScores, later: ArticleScores) -> ArticleScores:
    """The scores of a conversation with those of one more question."""
    if not earlier or not later:
        return earlier or later
    before, after = dict(earlier), dict(later)
    unknown_before, unknown_after = (
        min(scores.values()) - UNRETRIEVED_GAP for scores in (before, after)
    )
    return best_first(
        {
            article: before.get(article, unknown_before) + after.get(article, unknown_after)
            for article in before | after
        }
    )


def best_first(scores: Mapping[str, float]) -> ArticleScores:
    """The best articles of a question, with their scores relative to the best one's."""
    best = max(scores.values(), default=0.0)
    order = sorted(scores, key=lambda article: -scores[article])[:MAX_ARTICLES]
    return tuple((article, round(scores[article] - best, 4)) for article in order)
