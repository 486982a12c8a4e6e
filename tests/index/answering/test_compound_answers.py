"""Several questions at once: an answer to each, and one for all."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from index import Answer, Article, Certainty, Citation, Encoder, Library, Passage
from index.answering import concurrent_questions
from index.answering.compound_answers import combine_answers
from index.embedding.base import Vectors

TROOPS = "About 200 American troops are on their way to Israel"
COUNTRIES = "The countries involved besides the United States"
BOTH = "How many troops are going, and which countries are involved?"

ARTICLE = Article("Ferry", "The ferry was late. Nobody complained. It rained on Thursday.")


def passage(start: int, end: int, *highlights: tuple[int, int], score: float = 0.9) -> Passage:
    return Passage(start, end, score, Citation(ARTICLE, 1, 1, None), highlights)


def part(
    question: str,
    confidence: float,
    *passages: Passage,
    certainty: Certainty = Certainty.FOUND,
) -> Answer:
    return Answer(question, certainty, confidence, passages, searched=1)


def test_each_question_is_answered_by_itself(sample: Library) -> None:
    answer = sample.ask(BOTH)

    assert answer.question == BOTH
    assert [p.question for p in answer.parts] == [
        "How many troops are going",
        "which countries are involved?",
    ]
    troops, countries = answer.parts
    assert troops.found
    assert countries.found
    assert troops.passages[0].quote.startswith(TROOPS)
    assert countries.passages[0].quote.startswith(COUNTRIES)
    assert answer.found
    assert answer.confidence == max(troops.confidence, countries.confidence)
    assert answer.passages == (troops.passages[0], countries.passages[0])
    assert not troops.parts
    assert answer.searched == 3


def test_one_question_has_no_parts(sample: Library) -> None:
    answer = sample.ask("how many troops?")

    assert answer.parts == ()
    assert answer.as_dict()["parts"] == []


def test_a_part_that_is_not_there_says_so_and_the_others_are_found(sample: Library) -> None:
    answer = sample.ask("Who won the World Cup, and how many troops are going to Israel?")

    assert [p.found for p in answer.parts] == [False, True]
    assert answer.found
    assert [p.quote[:20] for p in answer.passages] == [TROOPS[:20]]


def test_if_none_is_found_the_nearest_of_each_part_are_there(sample: Library) -> None:
    answer = sample.ask("Who won the World Cup? How many goals did the final have?")

    assert not answer.found
    assert [p.found for p in answer.parts] == [False, False]
    assert answer.passages


def test_a_pronoun_means_what_the_part_before_is_about(library: Library) -> None:
    library.add(Article("Zoo", "The zoo of Tarn has nine otters. They arrived in the spring."))
    library.add(Article("Army", "The army sent tanks to Korsvik. They arrived in the autumn."))

    answer = library.ask("How many otters does the zoo have, and when did they arrive?")

    assert "spring" in answer.parts[1].passages[0].quote
    assert "autumn" not in answer.parts[1].passages[0].quote


def test_the_first_part_may_follow_up_on_the_previous_answer(library: Library) -> None:
    zoo = library.add(Article("Zoo", "The zoo of Tarn has nine otters. They came in spring."))
    library.add(Article("Army", "The army sent tanks to Korsvik. They came in autumn."))

    answer = library.ask("and when did they come, and how many are there?", near=[zoo.article.id])

    assert [p.passages[0].citation.article.title for p in answer.parts] == ["Zoo", "Zoo"]


def test_the_parts_are_in_the_json(sample: Library) -> None:
    as_dict = sample.ask(BOTH).as_dict()

    assert [p["question"] for p in as_dict["parts"]] == [
        "How many troops are going",
        "which countries are involved?",
    ]
    assert all(p["found"] and p["passages"] for p in as_dict["parts"])
    assert [p["number"] for p in as_dict["passages"]] == [1, 2]
    assert as_dict["elapsed_ms"] >= max(p["elapsed_ms"] for p in as_dict["parts"])


def test_the_limit_holds_for_the_whole_and_for_each_part(sample: Library) -> None:
    answer = sample.ask(BOTH, limit=1)

    assert len(answer.passages) == 1
    assert [len(p.passages) for p in answer.parts] == [1, 1]


def test_parts_need_no_thread_of_their_own(
    open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent_questions, "MAX_CONCURRENT_QUESTIONS", 1)
    library = open_library()
    library.add(ARTICLE)

    futures = [library.submit("Was the ferry late, and who complained?") for _ in range(4)]

    assert all(len(future.result(60).parts) == 2 for future in futures)


def test_the_parts_are_embedded_together(
    open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    library.add(ARTICLE)
    embedded: list[list[str]] = []
    embed = type(library._encoder).encode_questions

    def noted(encoder: Encoder, questions: Sequence[str]) -> Vectors:
        embedded.append(list(questions))
        return embed(encoder, questions)

    monkeypatch.setattr(type(library._encoder), "encode_questions", noted)
    library.ask("Was the ferry late? Who complained? When did it rain?")
    (together,) = embedded
    assert sorted(together) == ["Was the ferry late?", "When did it rain?", "Who complained?"]


def test_one_answer_is_not_combined() -> None:
    one = part("how many?", 0.8, passage(0, 19))

    combined = combine_answers("So, how many?", [one], 3, 7.0)

    assert (combined.question, combined.parts, combined.elapsed_ms) == ("So, how many?", (), 7.0)
    assert combined.passages == one.passages


def test_a_passage_that_answers_two_parts_is_there_once_with_both_highlights() -> None:
    parts = [
        part("what was late?", 0.8, passage(0, 19, (4, 9), score=0.8)),
        part("how was it?", 0.9, passage(0, 19, (14, 18), score=0.9)),
        part("who complained?", 0.7, passage(20, 38, (0, 6), score=0.7)),
    ]

    combined = combine_answers("all?", parts, 3, 1.0)

    assert [p.place[1:] for p in combined.passages] == [(0, 19), (20, 38)]
    assert combined.passages[0].highlights == ((4, 9), (14, 18))
    assert combined.passages[0].score == 0.9
    assert combined.confidence == 0.9


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ([(0, 4)], [(2, 6)], [(0, 6)]),
        ([(0, 9)], [(2, 4)], [(0, 9)]),
        ([(5, 9)], [(0, 4)], [(0, 4), (5, 9)]),
        ([], [(0, 4)], [(0, 4)]),
    ],
)
def test_highlights_that_overlap_are_joined(one: Any, other: Any, both: Any) -> None:
    parts = [part("a?", 0.8, passage(0, 19, *one)), part("b?", 0.8, passage(0, 19, *other))]

    (merged,) = combine_answers("a? b?", parts, 3, 1.0).passages

    assert merged.highlights == tuple(both)
