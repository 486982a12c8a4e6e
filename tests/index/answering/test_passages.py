from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Passage
from index.answering.passages import MAX_LENGTH, make_passages
from index.answering.ranking import RankedSentence
from index.answering.retrieval import Candidate
from index.reader import SentencePrediction
from index.sentences import split_sentences
from index.store import StoredSentence

TEXT = "One is here. Two is there. Three is far. Four is gone.\n\nFive is new. Six is old."
ARTICLE = Article("Numbers", TEXT, url="https://coast.example/numbers")


def ranked(
    number: int, score: float, article: Article = ARTICLE, marked: str | None = None
) -> RankedSentence:
    """An article's sentence, counted from 1, as a ranked sentence; ``marked`` is its span."""
    sentence = split_sentences(article.text)[number - 1]
    stored = StoredSentence(number, article, sentence)
    start = stored.text.index(marked) if marked else 0
    prediction = SentencePrediction(score, (start, start + len(marked))) if marked else None
    return RankedSentence(Candidate(stored, score), score, score, prediction)


def passages_of(
    sentences: list[RankedSentence], limit: int = 3, question: str = "?"
) -> tuple[Passage, ...]:
    articles = {r.candidate.stored.article.id: r.candidate.stored.article for r in sentences}
    return make_passages(
        question, sentences, limit, lambda id_: split_sentences(articles[id_].text)
    )


def quotes(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.quote for passage in passages]


def test_passages_come_best_first_with_their_scores_and_citations() -> None:
    first, second = passages_of([ranked(6, 0.9), ranked(1, 0.4)], 3)
    assert (first.quote, first.score) == ("Six is old.", 0.9)
    assert (first.citation.paragraph, first.citation.sentence) == (2, 2)
    assert first.citation.link == "https://coast.example/numbers#:~:text=Six%20is%20old."
    assert (second.quote, second.score) == ("One is here.", 0.4)


def test_neighbours_that_both_match_become_one_passage() -> None:
    (passage,) = passages_of([ranked(2, 0.9), ranked(3, 0.8), ranked(1, 0.7)], 3)
    assert passage.quote == "One is here. Two is there. Three is far."
    assert (passage.score, passage.citation.sentence) == (0.9, 1)


def test_a_neighbour_that_hardly_matches_stays_apart() -> None:
    assert quotes(passages_of([ranked(2, 0.9), ranked(3, 0.2)], 3)) == [
        "Two is there.",
        "Three is far.",
    ]


def test_sentences_with_one_between_them_stay_apart() -> None:
    assert len(passages_of([ranked(1, 0.9), ranked(3, 0.9)], 3)) == 2


def test_paragraphs_are_not_joined() -> None:
    assert len(passages_of([ranked(4, 0.9), ranked(5, 0.9)], 3)) == 2


def test_articles_are_not_joined() -> None:
    other = Article("Letters", TEXT.replace("is", "was"))
    assert len(passages_of([ranked(1, 0.9), ranked(2, 0.9, other)], 3)) == 2


def test_a_passage_grows_no_longer_than_a_reader_can_take_in() -> None:
    long = Article("Long", " ".join(f"Number {n} " + "goes on " * 30 + "here." for n in range(9)))
    passages = passages_of([ranked(n, 0.9, long) for n in range(1, 10)], 9)
    assert len(passages) > 1
    assert all(passage.end - passage.start <= MAX_LENGTH for passage in passages)
    assert len(passages[0].quote) > 300


def test_what_a_republished_article_says_again_is_cited_and_not_said_twice() -> None:
    again = Article("Numbers, again", "ONE is here! Seven is late.")
    found = [ranked(1, 0.9), ranked(1, 0.9, again), ranked(2, 0.8, again)]
    first, second = passages_of(found)
    assert (first.quote, second.quote) == ("One is here.", "Seven is late.")
    assert [(c.article.title, c.sentence) for c in first.also] == [("Numbers, again", 1)]
    assert second.also == ()


def test_another_account_of_the_story_is_not_said_twice_and_cited_even_if_it_was_not_found() -> (
    None
):
    told = "The bridge at Tarn cost 12 million crowns, the council said."
    one, two = Article("One", told), Article("Two", told.replace("said", "has said on Monday"))
    three = Article("Three", f"It rained. {told.replace('council', 'town council')}")
    four, five = Article("Four", told.replace("12", "13")), Article("Five", "It rained.")
    every = {a.id: a for a in (one, two, three, four, five)}
    (passage, other) = make_passages(
        "?",
        [ranked(1, 0.9, one), ranked(1, 0.8, two), ranked(1, 0.7, four)],
        3,
        lambda id_: split_sentences(every[id_].text),
        lambda id_: [a for a in every.values() if a.id != id_],
    )
    assert [(c.article.title, c.sentence) for c in passage.also] == [("Two", 1), ("Three", 2)]
    assert other.citation.article == four
    assert other.also == ()


@pytest.mark.parametrize(
    "change",
    [("12 million", "twelve billion"), ("cost", "never cost"), ("Holm", "Lind"), ("May", "June")],
)
def test_an_account_that_says_something_else_is_not_cited_for_it(change: tuple[str, str]) -> None:
    told = "The new bridge at Tarn cost 12 million crowns since May, said Maria Holm there."
    one, two = Article("One", told), Article("Two", told.replace(*change))
    every = {a.id: a for a in (one, two)}
    found = [ranked(1, 0.9, one), ranked(1, 0.8, two)]
    for sentences in (found[:1], found):
        passages = make_passages(
            "?",
            sentences,
            3,
            lambda id_: split_sentences(every[id_].text),
            lambda id_: [a for a in every.values() if a.id != id_],
        )
        assert len(passages) == len(sentences)
        assert all(passage.also == () for passage in passages)


TOLL = "The health ministry says that 67,000 people have been killed in the war."
SAME = Article("Same", "The war has killed 67,000 people, says the health ministry there.")
OTHER = Article("Other", "The war has killed 68,000 people, says the health ministry there.")


def test_articles_that_say_the_same_in_other_words_are_one_answer_with_their_citations() -> None:
    first = Article("First", TOLL)
    found = [ranked(1, 0.9, first, "67,000"), ranked(1, 0.8, SAME, "67,000")]
    (passage,) = passages_of(found)
    assert passage.citation.article == first
    assert [citation.article for citation in passage.also] == [SAME]


def test_articles_that_disagree_are_shown_side_by_side() -> None:
    found = [ranked(1, 0.9, SAME, "67,000"), ranked(1, 0.8, OTHER, "68,000")]
    assert [p.citation.article.title for p in passages_of(found)] == ["Same", "Other"]


def test_the_same_answer_about_something_else_stays_apart() -> None:
    other = Article("Else", "A stadium in the north of the city seats 67,000 people.")
    first = Article("First", TOLL)
    found = [ranked(1, 0.9, first, "67,000"), ranked(1, 0.8, other, "67,000")]
    assert len(passages_of(found)) == 2


def test_what_the_reader_marks_is_highlighted_in_the_quote() -> None:
    (passage,) = passages_of([ranked(2, 0.9, marked="there"), ranked(1, 0.8, marked="One")])
    assert passage.quote == "One is here. Two is there."
    assert [passage.quote[a:b] for a, b in passage.highlights] == ["there"]


LATE = Article(
    "Late",
    "The mayor spoke on Monday. He said so twice.\n\nBut nobody came. Rain fell. It stopped.",
)


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    (passage,) = passages_of([ranked(2, 0.9, LATE, "twice")])
    assert passage.quote == "The mayor spoke on Monday. He said so twice."
    assert passage.citation.sentence == 1
    assert [passage.quote[a:b] for a, b in passage.highlights] == ["twice"]
    (across,) = passages_of([ranked(3, 0.9, LATE)])
    assert across.quote == "He said so twice.\n\nBut nobody came."


def test_no_boilerplate_is_quoted_with_a_sentence() -> None:
    article = Article("Late", "The mayor spoke.\n\nREAD MORE: The mayor\n\nHe said so twice.")
    assert quotes(passages_of([ranked(3, 0.9, article)])) == ["He said so twice."]
    article = Article("Late", "The mayor spoke. Read more here. He said so twice.")
    found = [ranked(3, 0.9, article), ranked(1, 0.9, article)]
    assert quotes(passages_of(found)) == ["He said so twice.", "The mayor spoke."]


def test_boilerplate_of_another_account_is_not_cited() -> None:
    told = "Contributing: Ada Lund, Per Holm, Coast Post; The Associated Press"
    one, two = Article("One", told), Article("Two", f"It rained all day.\n\n{told}")
    every = {a.id: a for a in (one, two)}
    (passage,) = make_passages(
        "?",
        [ranked(1, 0.9, one)],
        3,
        lambda id_: split_sentences(every[id_].text),
        lambda id_: [a for a in every.values() if a.id != id_],
    )
    assert passage.also == ()


def test_a_passage_over_a_break_names_its_last_sentence_and_tells_where_the_break_is() -> None:
    (across,) = passages_of([ranked(3, 0.9, LATE)])
    assert (across.citation.paragraph, across.citation.sentence) == (1, 2)
    assert across.citation.last == (2, 1)
    (at,) = across.breaks
    assert across.quote[at:] == "But nobody came."
    (within,) = passages_of([ranked(2, 0.9, LATE)])
    assert (within.citation.last, within.breaks) == ((1, 2), ())
    (one,) = passages_of([ranked(4, 0.9, LATE)])
    assert (one.citation.last, one.breaks) == (None, ())


HARBOR = Article(
    "Harbor",
    "The harbor is shut. The mayor told people: “Go home. Stay there until Monday.\n\n"
    "“We will call you,” she added. Rain fell. “It is wet.",
)


def test_a_quotation_that_is_cut_is_shown_whole() -> None:
    whole = HARBOR.text[HARBOR.text.index("The mayor") : HARBOR.text.index(" Rain fell")]
    for number, marked in ((2, "Go home"), (3, "Monday"), (4, "call you")):
        (passage,) = passages_of([ranked(number, 0.9, HARBOR, marked)])
        assert passage.quote == whole
        assert [passage.quote[a:b] for a, b in passage.highlights] == [marked]
        assert passage.citation.last == (2, 1)


def test_a_quotation_that_is_never_closed_stays_as_it_is() -> None:
    article = Article("Open", "“Go home. Nobody stayed. Rain fell.")
    assert quotes(passages_of([ranked(1, 0.9, article)])) == ["“Go home."]


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1)), unique_by=lambda r: r[0]))
def test_quotations_of_passages_never_overlap(found: list[tuple[int, float]]) -> None:
    sentences = sorted((ranked(*one, HARBOR) for one in found), key=lambda r: -r.score)
    passages = passages_of(sentences, 3)
    spans = sorted((passage.start, passage.end) for passage in passages)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    starts = [start for start, _ in spans]
    assert not any(HARBOR.text[at:].startswith(("Stay", "“We")) for at in starts)


def test_a_quotation_without_room_for_it_stays_cut() -> None:
    long = Article("Long", "She said: “Go home. " + "Stay there for now, please. " * 40 + "Now.”")
    (passage,) = passages_of([ranked(1, 0.9, long)])
    assert passage.quote == "She said: “Go home."


def test_a_sentence_that_stands_by_itself_comes_alone() -> None:
    assert quotes(passages_of([ranked(4, 0.9, LATE)])) == ["Rain fell."]


def test_what_leans_takes_nothing_that_another_passage_shows() -> None:
    found = [ranked(4, 0.9, LATE), ranked(5, 0.2, LATE)]
    assert quotes(passages_of(found)) == ["Rain fell.", "It stopped."]


def test_a_dependent_sentence_takes_the_one_before_it_from_a_much_weaker_passage() -> None:
    found = [ranked(2, 0.9, LATE), ranked(1, 0.2, LATE)]
    assert quotes(passages_of(found)) == ["The mayor spoke on Monday. He said so twice."]


def test_there_are_no_more_than_asked_for_and_neighbours_still_join() -> None:
    found = [ranked(1, 0.9), ranked(6, 0.8), ranked(4, 0.7), ranked(2, 0.7)]
    assert quotes(passages_of(found, 2)) == ["One is here. Two is there.", "Six is old."]
    assert passages_of([], 3) == ()


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1)), unique_by=lambda r: r[0]))
def test_passages_are_slices_in_order_and_never_overlap(found: list[tuple[int, float]]) -> None:
    sentences = sorted((ranked(*one) for one in found), key=lambda r: -r.score)
    passages = passages_of(sentences, 3)
    assert len(passages) == min(3, len(passages))
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    spans = sorted((passage.start, passage.end) for passage in passages)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(p.quote == TEXT[p.start : p.end] for p in passages)
