"""Which messages are questions."""

from collections.abc import Callable

import pytest

from bot.services.question_detection import evidence, is_question, is_wanted
from index import Article, Library


@pytest.mark.parametrize(
    "text",
    [
        "how many troops?",
        "How many troops are there",
        "and when do they arrive",
        "hey, who is involved here",
        "Did they sign it",
        "They signed?",
        "多少士兵？",
        "cuántos soldados hay",
        "¿Cuántos soldados?",
        "quién lo dijo ayer",
        "tell me about the flood",
        "list the countries that signed.",
        "please tell me who signed",
        "is this true https://a.example/x",
    ],
)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "?!",
        "good morning",
        "lol",
        "why",
        "what a day!",
        "see https://a.example/b?c=d",
        "I wonder how many",
        "they arrive on Monday.",
        "who knows…",
        "the question is closed",
        "tell me about it!",
        "summer is here",
        "list price, I think",
    ],
)
def test_talk(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "how many troops?",
        "which countries are involved",
        "ferry ticket price",
        "tell me about the flood",
        "how much is a ticket for a car on the ferry",
    ],
)
def test_a_message_about_the_articles_is_wanted(sample: Library, text: str) -> None:
    assert is_wanted(sample.ask(text))


@pytest.mark.parametrize(
    "text",
    [
        "anyone want lunch?",
        "lol really??",
        "what a day",
        "good morning",
        "who has the stream link?",
        "are you coming tonight?",
        "did anyone watch the match?",
        "my ticket was 20 euros",
        "the flood was crazy",
    ],
)
def test_talk_is_not_wanted(sample: Library, text: str) -> None:
    assert not is_wanted(sample.ask(text))


@pytest.mark.parametrize("text", ["lol really??", "what a day", "thanks a lot", "are you there?"])
def test_talk_in_a_conversation_is_not_wanted(sample: Library, text: str) -> None:
    answer = sample.ask(text, previous=sample.ask("how many troops?").turn)

    assert not is_wanted(answer, in_conversation=True)


def test_common_words_that_the_article_has_as_a_phrase_name_a_topic(
    open_library: Callable[..., Library],
) -> None:
    asked = "what is the key rate?"
    as_phrase, apart = open_library("phrase"), open_library("apart")
    as_phrase.add(Article("Bank", "The central bank left its key rate at 4 percent on Monday."))
    apart.add(Article("Bank", "The key is the rate of growth, 4 percent, said the bank."))

    assert evidence(as_phrase.ask(asked)).topic > evidence(apart.ask(asked)).topic + 1
    assert is_wanted(as_phrase.ask(asked))


def test_a_conversation_goes_on_without_naming_its_topic(sample: Library) -> None:
    answer = sample.ask("and when?", previous=sample.ask("how many troops?").turn)

    assert is_wanted(answer, in_conversation=True)
    assert not is_wanted(answer)
