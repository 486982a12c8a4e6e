"""What an answer says of the period that its question names."""

from bot.language import Translator
from bot.markdown import plain
from index import Period
from index.text.periods import Effect

MAX_WORDS_LENGTH = 60

KEYS: dict[Effect, str] = {
    "narrows": "period-narrows",
    "prefers": "period-prefers",
    "widened": "period-widened",
}
"""The text for each effect."""


def period_text(period: Period, localize: Translator) -> str:
    """What a period did to the search: a filter in words or, for one in which nothing was found, a
    sentence."""
    days = localize.days(period.since, period.until)
    words = plain(period.words, MAX_WORDS_LENGTH)
    return localize(KEYS[period.effect], days=days, words=words)
