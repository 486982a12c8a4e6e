"""Small talk is distinguished from questions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.small_talk import is_small_talk, small_talk_topic
from tests.conftest import ROOT

CASES = [
    json.loads(line)
    for line in (ROOT / "benchmarks" / "small_talk.jsonl").read_text(encoding="utf-8").splitlines()
]
QUESTIONS = [case["text"] for case in CASES if not case["small_talk"]]


def test_no_question_is_small_talk() -> None:
    asked = list(QUESTIONS)
    for name in ("questions", "dialogues"):
        lines = (ROOT / "benchmarks" / "news" / f"{name}.jsonl").read_text(encoding="utf-8")
        asked += [json.loads(line)["question"] for line in lines.splitlines()]

    assert [question for question in asked if is_small_talk(question)] == []


def test_small_talk_is_recognized() -> None:
    talk = [case["text"] for case in CASES if case["small_talk"]]

    assert sum(map(is_small_talk, talk)) >= 0.95 * len(talk)


@pytest.mark.parametrize(
    "text",
    [
        "Hellooo!!",
        "HAHAHAHA",
        "what’s up?",
        "¡Múchas gracias!",
        "hi <@123456789012345678> 👋",
        "who r u",
        "",
        "?!",
        "<:otter:123456789012345678>",
        "hi there, can you help me please?",
        "ok thanks lol",
    ],
)
def test_how_it_is_spelled_does_not_matter(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text", ["there", "<#5> troops", "hi all the troops", "thanks for the war"]
)
def test_every_word_must_be_small_talk(text: str) -> None:
    assert not is_small_talk(text)


@given(st.sampled_from(["hi", "thanks!", "hola,", "ok"]), st.sampled_from(QUESTIONS))
def test_small_talk_before_a_question_is_a_question(talk: str, question: str) -> None:
    assert not is_small_talk(f"{talk} {question}")


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    assert is_small_talk(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("hi!", "greeting"),
        ("hi, thanks a lot", "thanks"),
        ("you are so stupid", "opinion"),
        ("hello, who are you?", "identity"),
        ("🙂", ""),
        ("how many troops?", None),
    ],
)
def test_the_last_phrase_tells_the_topic(text: str, topic: str | None) -> None:
    assert small_talk_topic(text) == topic
