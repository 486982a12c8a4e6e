"""What an answer says of the period that its question names."""

from bot.language import Translator
from bot.markdown import plain
from index import Period

MAX_WORDS_LENGTH = 60


def period_text(period: Period, localize: Translator) -> str:
    """What a period did to the search: a filter in words or, for one in which nothing was found, a
    sentence."""
    days = localize.days(period.since, period.until)
    words = plain(period.words, MAX_WORDS_LENGTH)
    return localize(f"period-{period.effect}", days=days, words=words)
