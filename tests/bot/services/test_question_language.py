"""Which questions are in another language than English."""

from pathlib import Path

import pytest

from bot.services.question_language import LANGUAGES, detect_language
from index import Article
from tests.conftest import ROOT

LINES = ROOT / "benchmarks" / "languages"


def lines(language: str) -> list[str]:
    return Path(LINES / f"{language}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_are_distinguished_from_english(language: str) -> None:
    detected = [detect_language(line) for line in lines(language)]

    assert sum(one is not None for one in detected) >= 0.9 * len(detected)
    assert sum(one == language for one in detected) >= 0.8 * len(detected)


@pytest.mark.parametrize(
    "question",
    ["how many troops?", "ferry ticket price", "GAZA?", "", "12 %", "who did dis"],
)
def test_english_is_english(question: str) -> None:
    assert detect_language(question) is None


def test_names_in_the_articles_are_of_no_language() -> None:
    question = "Unión Verde Esmeraldas registro"
    article = Article("Cup", "Unión Verde Esmeraldas left the registro of clubs.")

    assert detect_language(question) == "es"
    assert detect_language(question, [article]) is None
