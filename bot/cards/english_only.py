"""The card for a question in a language that the library's model does not understand."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.cards.answers import ANSWER_PAGE_SIZE, MAX_QUESTION_LENGTH
from bot.cards.layout import container, row
from bot.language import Translator
from bot.markdown import bold
from index import Answer, Passage


def english_only_card(
    answer: Answer,
    nearest_button: Callable[[Sequence[Passage]], ui.Item[Any]],
    localize: Translator,
) -> ui.LayoutView:
    """The card that says that questions are answered in English, and offers the nearest passages.

    Args:
        answer: not a certain one.
        localize: for the language of the question.
    """
    nearest = answer.passages[:ANSWER_PAGE_SIZE]
    return container(
        ui.TextDisplay(bold(answer.question, MAX_QUESTION_LENGTH)),
        ui.TextDisplay(localize("only-in-english")),
        *row([nearest_button(nearest)] if nearest else []),
    )
