"""The further passages of an answer, page by page."""

from dataclasses import replace

from discord import ui

from bot.cards.answers import MAX_QUESTION_LENGTH, pages_of
from bot.cards.citations import MakeButton, quote_sections
from bot.cards.layout import (
    MakePageButton,
    container,
    navigation_buttons,
    remaining_length,
    row,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, small
from index import Answer, Certainty


def further_card(
    answer: Answer,
    page: int,
    context_button: MakeButton,
    make_page_button: MakePageButton,
    localize: Translator,
) -> ui.LayoutView:
    """A page of the passages that follow those beside the answer, or a text that says that there
    are none.

    Args:
        page: the number of the page, from 0; if it is too large, the last page is shown.
    """
    beside, *pages = pages_of(answer)
    if answer.certainty is Certainty.NONE or not pages:
        return text_card(localize("further-none"))
    page = min(page, len(pages) - 1)
    question = ui.TextDisplay[ui.LayoutView](bold(answer.question, MAX_QUESTION_LENGTH))
    heading = ui.TextDisplay[ui.LayoutView](localize("further-heading"))
    footer: list[ui.Item[ui.LayoutView]] = []
    if len(pages) > 1:
        position = localize("page-of", page=page + 1, pages=len(pages))
        footer = [ui.Separator(), ui.TextDisplay(small(position))]
    # Without highlights, which mark the answer, because these passages are too weak.
    passages = [replace(passage, highlights=()) for passage in pages[page]]
    first = 1 + len(beside) + sum(map(len, pages[:page]))
    limit = remaining_length(question, heading, *footer)
    return container(
        question,
        heading,
        *quote_sections(passages, first, context_button, limit, localize),
        *footer,
        *row(navigation_buttons(page, len(pages), make_page_button, localize)),
    )
