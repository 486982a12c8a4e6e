from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index import Article, Passage
from index.passages import MAX_LENGTH, make_passages
from index.reader import Reading
from index.search import Candidate
from index.sentences import split_sentences
from index.store import StoredSentence

TEXT = "One is here. Two is there. Three is far. Four is gone.\n\nFive is new. Six is old."
ARTICLE = Article("Numbers", TEXT, url="https://coast.example/numbers")


def reading(number: int, score: float, article: Article = ARTICLE) -> Reading:
    """The reading of an article's sentence, counted from 1."""
    sentence = split_sentences(article.text)[number - 1]
    return Reading(Candidate(StoredSentence(number, article, sentence), score, 0.0), score)


def quotes(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.quote for passage in passages]


def test_passages_come_best_first_with_their_scores_and_citations() -> None:
    first, second = make_passages([reading(6, 0.9), reading(1, 0.4)], 3)
    assert (first.quote, first.score) == ("Six is old.", 0.9)
    assert (first.citation.paragraph, first.citation.sentence) == (2, 2)
    assert first.citation.link == "https://coast.example/numbers#:~:text=Six%20is%20old."
    assert (second.quote, second.score) == ("One is here.", 0.4)


def test_neighbours_that_both_match_become_one_passage() -> None:
    (passage,) = make_passages([reading(2, 0.9), reading(3, 0.8), reading(1, 0.7)], 3)
    assert passage.quote == "One is here. Two is there. Three is far."
    assert (passage.score, passage.citation.sentence) == (0.9, 1)


def test_a_neighbour_that_hardly_matches_stays_apart() -> None:
    assert quotes(make_passages([reading(2, 0.9), reading(3, 0.2)], 3)) == [
        "Two is there.",
        "Three is far.",
    ]


def test_sentences_with_one_between_them_stay_apart() -> None:
    assert len(make_passages([reading(1, 0.9), reading(3, 0.9)], 3)) == 2


def test_paragraphs_are_not_joined() -> None:
    assert len(make_passages([reading(4, 0.9), reading(5, 0.9)], 3)) == 2


def test_articles_are_not_joined() -> None:
    other = Article("Letters", TEXT.replace("is", "was"))
    assert len(make_passages([reading(1, 0.9), reading(2, 0.9, other)], 3)) == 2


def test_a_passage_grows_no_longer_than_a_reader_can_take_in() -> None:
    long = Article("Long", " ".join(f"Number {n} " + "goes on " * 30 + "here." for n in range(9)))
    passages = make_passages([reading(n, 0.9, long) for n in range(1, 10)], 9)
    assert len(passages) > 1
    assert all(passage.end - passage.start <= MAX_LENGTH for passage in passages)
    assert len(passages[0].quote) > 300


def test_what_a_republished_article_says_again_is_not_said_twice() -> None:
    again = Article("Numbers, again", "ONE is here! Seven is late.")
    found = [reading(1, 0.9), reading(1, 0.9, again), reading(2, 0.8, again)]
    assert quotes(make_passages(found, 3)) == ["One is here.", "Seven is late."]


def test_there_are_no_more_than_asked_for_and_neighbours_still_join() -> None:
    found = [reading(1, 0.9), reading(6, 0.8), reading(4, 0.7), reading(2, 0.7)]
    assert quotes(make_passages(found, 2)) == ["One is here. Two is there.", "Six is old."]
    assert make_passages([], 3) == ()


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1)), unique_by=lambda r: r[0]))
def test_passages_are_slices_in_order_and_never_overlap(found: list[tuple[int, float]]) -> None:
    ranked = sorted((reading(*one) for one in found), key=lambda r: -r.score)
    passages = make_passages(ranked, 3)
    assert len(passages) == min(3, len(passages))
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    spans = sorted((passage.start, passage.end) for passage in passages)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(p.quote == TEXT[p.start : p.end] for p in passages)
