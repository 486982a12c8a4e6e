import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Sentence
from index.reader import logistic, match, read
from index.search import Candidate
from index.store import StoredSentence

ARTICLE = Article("Ferry", "The ferry was late.")


def candidate(cosine: float, overlap: float = 0.0, key: int = 1) -> Candidate:
    return Candidate(StoredSentence(key, ARTICLE, Sentence(0, 19, 1, 1)), cosine, overlap)


numbers = st.floats(-1, 1)
overlaps = st.floats(0, 1.5)
some = st.lists(st.builds(candidate, numbers, overlaps), min_size=1, max_size=5)


def test_without_candidates_nothing_is_sure() -> None:
    ranking = read([], 100)
    assert (ranking.readings, ranking.confidence) == ((), 0.0)


def test_the_best_match_comes_first_by_meaning_and_words_together() -> None:
    near, wordy, both = candidate(0.6), candidate(0.3, 1.0), candidate(0.5, 0.9)
    ranking = read([near, wordy, both], 100)
    assert [reading.candidate for reading in ranking.readings] == [both, wordy, near]


def test_of_two_that_match_alike_the_earlier_stays_first() -> None:
    first, second = candidate(0.5, key=2), candidate(0.5, key=1)
    assert [r.candidate for r in read([first, second], 9).readings] == [first, second]


def test_a_stray_word_counts_less_than_its_share() -> None:
    all_words = match(candidate(0.3, 1.0)) - 0.3
    assert match(candidate(0.3, 0.5)) - 0.3 < 0.4 * all_words


@given(some, st.integers(0, 10**7))
def test_confidence_and_scores_are_from_zero_to_one(found: list[Candidate], searched: int) -> None:
    ranking = read(found, searched)
    assert 0 <= ranking.confidence <= 1
    scores = [reading.score for reading in ranking.readings]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(found)


@given(st.floats(0, 0.8), st.floats(0.05, 0.2))
def test_the_nearer_the_first_is_the_surer_it_is(cosine: float, step: float) -> None:
    assert (
        read([candidate(cosine + step)], 100).confidence > read([candidate(cosine)], 100).confidence
    )


def test_a_rival_makes_it_less_sure() -> None:
    alone = read([candidate(0.6), candidate(0.1)], 100).confidence
    assert read([candidate(0.6), candidate(0.59)], 100).confidence < alone


def test_the_more_was_searched_the_less_a_match_says() -> None:
    confidences = [read([candidate(0.6)], size).confidence for size in (0, 10, 1000, 100_000)]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[-1] < confidences[0]


def test_logistic_is_a_half_at_zero() -> None:
    assert logistic(0) == 0.5
    assert logistic(2) == pytest.approx(1 - logistic(-2))
