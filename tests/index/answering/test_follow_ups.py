"""Follow-up questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Answer, Article, Certainty, Library, Turn
from index.answering.coverage import Coverage
from index.answering.follow_ups import (
    Evidence,
    complete,
    continues_previous,
    is_dependent,
    strip_lead_in,
)


@pytest.mark.parametrize(
    ("question", "standing"),
    [
        ("and when do they arrive?", "when do they arrive?"),
        ("And, so, who pays?", "who pays?"),
        ("but why?", "why?"),
        ("okay, and Qatar?", "Qatar?"),
        ("android phones?", "android phones?"),
        ("how much for a car and a boat?", "how much for a car and a boat?"),
        ("and", "and"),
        ("", ""),
    ],
)
def test_what_ties_a_question_to_the_one_before_is_left_out(question: str, standing: str) -> None:
    assert strip_lead_in(question) == standing


@pytest.mark.parametrize(
    "question",
    [
        *("when do they arrive?", "what about Qatar?", "and Turkey?", "who else?", "why?"),
        *("Is it so?", "for how long?", "how many?", "any others?", "at what time?"),
    ],
)
def test_some_questions_cannot_be_understood_alone(question: str) -> None:
    assert is_dependent(question)
    assert complete(question, "") == question


@pytest.mark.parametrize(
    "question",
    ["Who pays for the new ferry terminal?", "ferry ticket price", "How many troops will go?"],
)
def test_others_are_left_as_they_are(question: str) -> None:
    assert not is_dependent(question)
    assert complete(question, "How many troops?") == question


@pytest.mark.parametrize(
    ("earlier", "question", "completed"),
    [
        ("who signed the agreement?", "when?", "signed the agreement when?"),
        ("Why had the talks stalled?", "for how long?", "for how long had the talks stalled?"),
        ("how much is a ticket?", "for a car?", "how much is a ticket for a car?"),
        ("when do they start?", "at what time?", "at what time do they start?"),
        ("how many ships sail?", "where does she work?", "where does she work?"),
        ("any others?", "why?", "why?"),
    ],
)
def test_what_was_left_out_is_taken_from_the_question_before(
    earlier: str, question: str, completed: str
) -> None:
    assert complete(question, earlier) == completed


@given(st.text(), st.text())
def test_any_question_can_follow_any_other(earlier: str, question: str) -> None:
    assert isinstance(complete(question, earlier), str)


def evidence(confidence: float, words: float = 1.0, missing: int = 0) -> Evidence:
    return Evidence(confidence, Coverage(words, missing))


def test_a_dependent_question_stays_unless_other_articles_know_much_more() -> None:
    assert continues_previous("and why?", evidence(0.1), evidence(0.9))
    assert continues_previous("what did she win?", evidence(0.2, words=0), evidence(0.8))
    assert not continues_previous("what about it?", evidence(0.02, words=0), evidence(0.95))
    assert not continues_previous("what about it?", evidence(0.1, missing=1), evidence(0.9))


def test_an_independent_question_stays_only_if_the_articles_answer_it_about_as_well() -> None:
    asked = "Who pays for the new ferry terminal?"
    assert continues_previous(asked, evidence(0.9), evidence(0.9))
    assert continues_previous(asked, evidence(0.7), evidence(0.9))
    assert not continues_previous(asked, evidence(0.05), evidence(0.9))
    assert not continues_previous(asked, evidence(0.1, words=0.3), evidence(0.9))
    assert not continues_previous(asked, evidence(0.6, missing=1), evidence(0.9))


def first(answer: Answer) -> str:
    return answer.passages[0].quote


def articles_of(answer: Answer) -> list[str]:
    return [answer.passages[0].citation.article.id]


def test_a_conversation_stays_with_its_article(sample: Library) -> None:
    answer = sample.ask("how many troops?")
    near = articles_of(answer)

    def then(question: str) -> Answer:
        return sample.ask(question, near=near)

    arrival = then("and when do they arrive?")
    assert arrival.found
    assert arrival.question == "and when do they arrive?"
    assert "before the weekend is over" in first(arrival)
    assert "weekend" in "".join(first(arrival)[a:b] for a, b in arrival.passages[0].highlights)
    assert "Egypt, Qatar and Turkey" in first(then("who else is involved?"))
    assert "Qatar" in first(then("what about Qatar?"))
    said = then("who said so?")
    assert said.certainty is not Certainty.NONE
    assert articles_of(said) == near
    assert articles_of(sample.ask("who said so?")) != near


def test_a_conversation_may_turn_to_something_else(sample: Library) -> None:
    near = articles_of(sample.ask("how many troops?"))
    alone = sample.ask("How much is a ferry ticket for a car?")

    turned = sample.ask("How much is a ferry ticket for a car?", near=near)

    assert alone.found
    assert turned == alone
    assert not sample.ask("Who won the World Cup?", near=near).found


def test_what_was_removed_or_belongs_to_others_is_no_part_of_a_conversation(
    sample: Library,
) -> None:
    secret = Article("Vault", "They open the vault at nine.", collection="theirs")
    sample.add(secret)
    for near in (["f" * 16], [secret.id]):
        turn = Turn("Who opens the vault?", tuple(near), ((near[0], 0.0), (secret.id, -0.1)))
        for answer in (
            sample.ask("and when do they open it?", near=near),
            sample.ask("and when do they open it?", previous=turn),
        ):
            assert answer.passages
            assert all("vault" not in passage.quote for passage in answer.passages)


def test_a_conversation_keeps_to_the_articles_asked_for(sample: Library) -> None:
    near = articles_of(sample.ask("how many troops?"))
    (ferries,) = [one for one in sample.articles() if "ferries" in one.title]

    answer = sample.ask("and when do they arrive?", articles=[ferries.id], near=near)

    assert articles_of(answer) == [ferries.id]
