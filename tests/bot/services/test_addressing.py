"""Which replies only point at the message they reply to."""

import pytest

from bot.services.addressing import only_points


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "^",
        "this",
        "can you answer this?",
        "help him please",
        "any idea?",
        "¿puedes responder a esta pregunta?",
        "ayúdale",
    ],
)
def test_pointing(text: str) -> None:
    assert only_points(text)


@pytest.mark.parametrize("text", ["and when?", "how many troops?", "who said this?", "¿y cuándo?"])
def test_a_question_of_its_own(text: str) -> None:
    assert not only_points(text)
