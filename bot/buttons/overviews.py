"""The button and the menu that show overviews of articles."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Self

from discord import Interaction, SelectOption, ui

from bot.buttons.base import PersistentButton, PersistentMenu
from bot.buttons.passages import ContextButton
from bot.cards import byline
from bot.cards.layout import row
from bot.cards.overviews import overview_card
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.markdown import cut
from bot.services.readable_articles import get_overview
from bot.services.responding import respond
from index import Article

MENU_ID = "overviews"

MAX_OPTIONS = 25
MAX_OPTION_LENGTH = 100
"""Discord's limits for a menu."""


async def open_overview(interaction: Interaction[Any], article_id: str) -> ui.LayoutView:
    """The overview of an article that can be read where the interaction happens.

    Raises:
        NotFoundError: there is no such article.
        DamagedArticleError: it is damaged.
    """
    bot: Dateline = interaction.client
    localize = translator_for(interaction.locale)
    overview = await get_overview(bot, interaction.guild_id, article_id)
    return overview_card(overview, partial(ContextButton.beside, localize=localize), localize)


class OverviewButton(PersistentButton, template=r"overview:(?P<article_id>[0-9a-f]{16})"):
    """Shows the overview of an article to the person who presses it."""

    def __init__(self, article_id: str, label: str = "…") -> None:
        super().__init__(f"overview:{article_id}", label)
        self.article_id = article_id

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return match.groupdict()

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, open_overview(interaction, self.article_id), private=True)


def with_overview_button(
    card: ui.LayoutView, article_id: str, localize: Translator
) -> ui.LayoutView:
    """A card of an article with the button that shows its overview below it."""
    return card.add_item(row([OverviewButton(article_id, localize("button-overview"))])[0])


class OverviewMenu(PersistentMenu, template=MENU_ID):
    """A menu of articles; the overview of the chosen one is shown to the person who chose it."""

    @classmethod
    def of(cls, articles: Sequence[Article], localize: Translator) -> Self:
        """The menu of some articles, the first 25 of them."""
        options = [
            SelectOption(
                label=cut(article.title, MAX_OPTION_LENGTH),
                value=article.id,
                description=cut(byline(article, localize), MAX_OPTION_LENGTH) or None,
            )
            for article in articles[:MAX_OPTIONS]
        ]
        placeholder = localize("overview-menu")
        return cls(ui.Select(custom_id=MENU_ID, placeholder=placeholder, options=options))

    async def on_choose(self, interaction: Interaction[Any], value: str) -> None:
        await respond(interaction, open_overview(interaction, value), private=True)
