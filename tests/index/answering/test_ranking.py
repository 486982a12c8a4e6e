from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Sentence
from index.answering.ranking import Ranking, ReadCandidates, extract_top_span, rank
from index.answering.retrieval import Candidate
from index.reader import Excerpt, Reader, SentencePrediction
from index.reader.calibration import Calibration, Calibrator, load_calibration, logistic
from index.store import StoredSentence

QUESTION = "Was the ferry late?"
CALIBRATION = Calibration(
    "",
    5.0,
    Calibrator((1.0, 0.5, 2.0, -0.2, 0.1, -0.7), -1.0, 0.5, 0.2),
    Calibrator((4.0, -0.2), -2, 0.5, 0.2),
)


def candidate(
    cosine: float, bm25_score: float = 0.0, key: int = 1, published: date | None = None
) -> Candidate:
    article = Article("Ferry", "The ferry was late.", published=published)
    return Candidate(StoredSentence(key, article, Sentence(0, 19, 1, 1)), cosine, bm25_score)


def ranked(
    *read: tuple[Candidate, float],
    unread: tuple[Candidate, ...] = (),
    searched: int = 100,
    calibrated: bool = True,
    question: str = QUESTION,
) -> Ranking:
    predictions = [(one, SentencePrediction(logit)) for one, logit in read]
    return rank(
        question,
        ReadCandidates(predictions, unread, searched),
        CALIBRATION,
        calibrated=calibrated,
    )


def order(ranking: Ranking) -> list[Candidate]:
    return [sentence.candidate for sentence in ranking.sentences]


def test_a_sentence_with_the_same_answer_takes_no_lead_away() -> None:
    first = candidate(0.5)

    def confidence(text: str, words: str) -> float:
        """With a second sentence that answers nearly as well, with some of its words."""
        article = Article("Delays", text)
        stored = StoredSentence(2, article, Sentence(0, len(text), 1, 1))
        start = text.index(words)
        read = [
            (first, SentencePrediction(1.0, (14, 18))),  # "late"
            (Candidate(stored, 0.5), SentencePrediction(0.9, (start, start + len(words)))),
        ]
        candidates = ReadCandidates(read, searched=100)
        return rank(QUESTION, candidates, CALIBRATION, calibrated=True).confidence

    again = confidence("It was very late indeed.", "very late")
    assert again > confidence("It was on time today.", "on time")
    assert again == ranked((first, 1.0)).confidence


def test_an_article_without_a_name_of_the_question_is_less_sure() -> None:
    one = candidate(0.6)

    def confidence(question: str) -> float:
        return ranked((one, 1.0), question=question).confidence

    assert confidence("Was the ferry late?") > confidence("Was the Oslo ferry late?")
    assert confidence("Was the ferry late?") == confidence("Was the boat late?")


def test_without_candidates_nothing_is_sure() -> None:
    assert ranked() == Ranking(QUESTION)


def test_the_reader_and_search_decide_together() -> None:
    answers, matches, both = candidate(0.2), candidate(0.8), candidate(0.7)
    found = ranked((answers, 2.5), (matches, -2.0), (both, 1.0))
    assert order(found) == [both, answers, matches]


def test_what_was_not_read_comes_last_in_its_order() -> None:
    read, near, far = candidate(0.1), candidate(0.9), candidate(0.5)
    found = ranked((read, -9.0), unread=(near, far))
    assert order(found) == [read, near, far]
    assert [sentence.prediction is None for sentence in found.sentences] == [False, True, True]


def test_where_nothing_was_read_search_decides() -> None:
    near, far = candidate(0.9), candidate(0.5)
    assert order(ranked(unread=(near, far))) == [near, far]


def test_of_two_that_tie_the_newer_comes_first() -> None:
    old = candidate(0.5, published=date(2025, 1, 1))
    new = candidate(0.5, published=date(2025, 6, 1))
    undated = candidate(0.5)
    assert order(ranked((undated, 1.0), (old, 1.0), (new, 1.001))) == [new, old, undated]
    assert order(ranked((old, 2.0), (new, 1.0))) == [old, new]


def account(text: str, day: int) -> Candidate:
    article = Article(f"Report of day {day}", text, published=date(2025, 11, day))
    return Candidate(StoredSentence(day, article, Sentence(0, len(text), 1, 1)), 0.5)


def test_of_two_accounts_that_disagree_the_newer_comes_first() -> None:
    old = account("The war in Marland has killed 67,000 people.", 3)
    new = account("The war in Marland has killed 68,000 people, they say.", 4)
    other = account("Nobody knows how many have died in Marland.", 5)
    found = ranked((old, 2.5), (other, 2.2), (new, 2.0))
    assert order(found) == [new, old, other]
    scores = [sentence.score for sentence in found.sentences]
    assert scores[0] == scores[1] == found.confidence
    assert scores == sorted(scores, reverse=True)
    assert order(ranked((old, 3.0), (new, 2.0))) == [old, new]  # too much better for a tie


def test_the_first_score_is_the_confidence_and_the_others_follow() -> None:
    found = ranked((candidate(0.5), 2.0), (candidate(0.5), 1.0), unread=(candidate(0.4),))
    scores = [sentence.score for sentence in found.sentences]
    assert scores[0] == found.confidence
    assert scores == sorted(scores, reverse=True)


def test_the_better_it_answers_the_surer_it_is() -> None:
    def sure(logit: float, rival: float = -5.0, searched: int = 100) -> float:
        return ranked(
            (candidate(0.5), logit), (candidate(0.4), rival), searched=searched
        ).confidence

    assert sure(2.0) > sure(1.0)
    assert sure(2.0) > sure(2.0, rival=1.9)
    assert sure(2.0) > sure(2.0, searched=100_000)


def test_among_more_sentences_a_match_has_to_be_better() -> None:
    def loss(cosine: float) -> float:
        """How many times surer it is among a few sentences than among many."""
        read = [(candidate(cosine), SentencePrediction(0.0))]
        few, many = (
            rank(
                QUESTION,
                ReadCandidates(read, [], searched),
                load_calibration(),
                calibrated=True,
            ).confidence
            for searched in (20, 100_000)
        )
        return few / many

    assert loss(0.1) > 2 * loss(0.8) > 2


def test_of_a_reader_that_was_not_calibrated_only_the_order_is_taken() -> None:
    def sure(logit: float) -> float:
        return ranked((candidate(0.5), logit), calibrated=False).confidence

    assert sure(20.0) == sure(-20.0)


numbers = st.floats(-1, 1)
some = st.lists(st.tuples(st.builds(candidate, numbers, numbers), st.floats(-30, 30)), max_size=5)


@given(
    some, st.lists(st.builds(candidate, numbers), max_size=3), st.integers(0, 10**7), st.booleans()
)
def test_confidence_and_scores_are_from_zero_to_one(
    read: list[tuple[Candidate, float]], unread: list[Candidate], searched: int, calibrated: bool
) -> None:
    found = ranked(*read, unread=tuple(unread), searched=searched, calibrated=calibrated)
    assert 0 <= found.confidence <= 1
    assert all(0 <= sentence.score <= found.confidence for sentence in found.sentences)
    assert len(found.sentences) == len(read) + len(unread)


class FirstWord(Reader):
    """Predicts the same span for every sentence, and records what it reads."""

    name = "first word"

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def load(self) -> None:
        pass

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        self.seen += [list(excerpt.sentences) for excerpt in excerpts]
        return [[SentencePrediction(0.0, (0, 3)) for _ in e.sentences] for e in excerpts]


def test_the_first_answer_is_marked_in_its_sentence_alone() -> None:
    pairs = [(candidate(0.9 - n / 10), SentencePrediction(1.0 - n, (4, 9))) for n in range(4)]
    found = rank(
        QUESTION,
        ReadCandidates(pairs, [candidate(0.1)], 100),
        CALIBRATION,
        calibrated=True,
    )
    reader = FirstWord()
    marked = extract_top_span(reader, "?", found.sentences)
    spans = [sentence.prediction.span if sentence.prediction else None for sentence in marked]
    assert spans == [(0, 3), (4, 9), (4, 9), (4, 9), None]
    assert reader.seen == [["The ferry was late."]]
    assert [r.score for r in marked] == [r.score for r in found.sentences]


def test_what_has_no_marks_is_not_read_again() -> None:
    reader = FirstWord()
    found = ranked((candidate(0.5), 1.0), unread=(candidate(0.4),))
    assert extract_top_span(reader, "?", found.sentences) == list(found.sentences)
    assert extract_top_span(reader, "?", ()) == []
    assert reader.seen == []


def test_logistic_is_a_half_at_zero_and_never_overflows() -> None:
    assert logistic(0) == 0.5
    assert logistic(2) == pytest.approx(1 - logistic(-2))
    assert (logistic(-1e6), logistic(1e6)) == (0.0, 1.0)


def test_the_shipped_numbers_make_sense() -> None:
    shipped = load_calibration()
    assert len(shipped.sha256) == 64
    assert shipped.hybrid_weight > 0
    for calibrator, count in ((shipped.read, 6), (shipped.plain, 2)):
        assert len(calibrator.weights) == count
        assert 0 < calibrator.weak_threshold < calibrator.threshold < 1
