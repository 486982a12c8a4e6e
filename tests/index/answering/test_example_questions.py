"""Example questions, from invented openings of articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Library
from index.answering.example_questions import MAX_LENGTH, propose_questions
from index.sentences import split_sentences

PRINTABLE = st.text(st.characters(exclude_categories=["C"]), max_size=200)


def questions(text: str, title: str = "An invented story") -> list[str]:
    article = Article(title, text)
    return [one.text for one in propose_questions(article, split_sentences(article.text))]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Seven people died on Sunday, the police said.", "How many people died?"),
        ("Some 1,200 red tents were handed out by noon.", "How many red tents were handed out?"),
        ("About 40 divers searched the harbor.", "How many divers searched the harbor?"),
        ("The fair is open. A day pass costs €14.", "How much does a day pass cost?"),
        ("“It leaks,” said Deputy Mayor Ruth Vane.", "What did Ruth Vane say?"),
        ("The plan of Mayor Odd Brekke failed.", "Who is Odd Brekke?"),
        ("The winner is Lena Maria Ott, 31, of Vik.", "Who is Lena Maria Ott?"),
    ],
)
def test_a_question_is_asked_as_a_person_would(text: str, question: str) -> None:
    assert question in questions(text)


@pytest.mark.parametrize(
    "text",
    [
        "It took 40 years and 300 euros to mend it.",
        "Two men held in the city were released.",
        "Another 16 people with a very long story that nobody can follow to its end are there.",
        "Twelve such places were known.",
        "Girls aged 6 came, and 9 girls aged 7 did.",
        "It costs 3 euros.",
    ],
)
def test_a_sentence_without_a_certain_pattern_gives_no_question(text: str) -> None:
    assert questions(text) == []


def test_a_story_told_from_a_place_about_it_asks_what_happened_there() -> None:
    text = "KELBURG (Daily) — The bells of Kelburg rang. All was well in Kelburg by noon."
    assert "What happened in Kelburg?" in questions(text)

    assert questions("KELBURG (Daily) — The bells rang at sea.") == []


@pytest.mark.parametrize(
    ("title", "text", "question"),
    [
        ("Storm Agda nears", "Forecasters fear Storm Agda.", "Tell me about Storm Agda"),
        ("Blue Lake dries", "Fish die in the Blue Lake.", "Tell me about the Blue Lake"),
        ("Blue Lake’s fish die", "The Blue Lake is dry.", "Tell me about the Blue Lake"),
    ],
)
def test_the_name_in_the_title_is_asked_about(title: str, text: str, question: str) -> None:
    assert question in questions(text, title)


def test_a_part_of_a_name_is_not_asked_about() -> None:
    assert questions("The Blue Lake ferry sank.", "Blue Lake ferry sinks") == []


def test_most_questions_about_the_sample_articles_are_answered(sample: Library) -> None:
    proposed = {
        question.text: sample.ask(question.text).found
        for article in sample.articles()
        for question in propose_questions(article, sample.sentences(article.id))
    }

    assert len(proposed) >= 8
    assert sum(proposed.values()) >= 0.75 * len(proposed)


@given(PRINTABLE, PRINTABLE)
def test_any_article_can_be_asked_about(title: str, text: str) -> None:
    for question in questions(f"Yes, {text}.", f"Story {title}"):
        assert 0 < len(question) <= MAX_LENGTH
