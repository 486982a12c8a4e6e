"""Which messages are questions."""

import pytest

from bot.services.question_detection import is_question


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
