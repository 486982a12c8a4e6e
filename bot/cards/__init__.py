"""Cards: messages made of components, within Discord's limits."""

from bot.cards.announcement import announcement_card
from bot.cards.answers import AnswerButtons, answer_card, context_card, lookup_card, nearest_card
from bot.cards.articles import article_card, byline, distinct_names, list_card, paginate
from bot.cards.edit_history import history_card
from bot.cards.failed_jobs import failed_card
from bot.cards.feed_list import feeds_card
from bot.cards.further_passages import further_card
from bot.cards.layout import facts_card, text_card
from bot.cards.watches import alarm_card, watches_card, watching_card

__all__ = [
    "AnswerButtons",
    "alarm_card",
    "announcement_card",
    "answer_card",
    "article_card",
    "byline",
    "context_card",
    "distinct_names",
    "facts_card",
    "failed_card",
    "feeds_card",
    "further_card",
    "history_card",
    "list_card",
    "lookup_card",
    "nearest_card",
    "paginate",
    "text_card",
    "watches_card",
    "watching_card",
]
