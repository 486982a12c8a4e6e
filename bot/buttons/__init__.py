"""The buttons under answers and lists.

All that a button needs stands in its ``custom_id``, or in the bot's memory under a key that stands
there: so it works after a restart and on a message of last month. What it shows is looked up again
when it is pressed.
"""

from bot.buttons.answers import MoreButton, PrivateButton, VoteButton
from bot.buttons.articles import PageButton
from bot.buttons.passages import ContextButton, NearestButton
from bot.buttons.phrase_search import FoundButton

__all__ = [
    "ContextButton",
    "FoundButton",
    "MoreButton",
    "NearestButton",
    "PageButton",
    "PrivateButton",
    "VoteButton",
]
