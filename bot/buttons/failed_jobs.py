"""The buttons under what could not be added."""

import re
from typing import Any, Self

from discord import ButtonStyle, Interaction, ui
from discord.utils import utcnow

from bot.buttons.pagination import pages_of, turn_to
from bot.cards import failed_card, text_card
from bot.cards.feeds import FAILED_PAGE
from bot.client import Dateline
from bot.language import speaking
from bot.services import adding as editing
from bot.services.responding import respond
from bot.storage import Arrival

Button = ui.Button[ui.LayoutView]


class RetryButton(
    ui.DynamicItem[Button], template=r"retry:(?P<key>[0-9]{1,18}):(?P<page>[0-9]{1,9})"
):
    """Tries something again, or (0) everything that could not be added."""

    def __init__(self, key: int, page: int, label: str = "…") -> None:
        super().__init__(Button(label=label, custom_id=f"retry:{key}:{page}"))
        self.key, self.page = key, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["key"]), int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True, update=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        collections = await kept_collections(interaction)
        retry = bot.memory.arrivals.retry
        count = await bot.quickly(retry, collections, utcnow(), self.key or None)
        bot.queue.wake()
        note = speaking(interaction.locale)("failed-retried", count=count)
        return await page_of_failed(interaction, self.page, note)


class ForgetButton(ui.DynamicItem[Button], template="forget-failed"):
    """Forgets all that could not be added."""

    def __init__(self, label: str = "…") -> None:
        super().__init__(Button(label=label, custom_id="forget-failed", style=ButtonStyle.danger))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls()

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True, update=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        collections = await kept_collections(interaction)
        count = await bot.quickly(bot.memory.arrivals.drop, collections)
        return text_card(speaking(interaction.locale)("failed-forgotten", count=count))


async def kept_collections(interaction: Interaction[Any]) -> tuple[str, ...]:
    """The collections that somebody may change where an interaction happens: the server's and,
    if they are the operator, the shared one.

    Raises:
        Refusal: they may change none.
    """
    bot: Dateline = interaction.client
    if await bot.is_owner(interaction.user):
        return bot.collections(interaction.guild_id)
    return (bot.own_collection(await editing.require_editor(interaction)),)


@pages_of("failed")
async def page_of_failed(interaction: Interaction[Any], page: int, note: str = "") -> ui.LayoutView:
    """A page, from 0, of what could not be added; the last one, where there are fewer.

    Args:
        note: what has just been done.

    Raises:
        Refusal: it is not shown to who asks.
    """
    bot: Dateline = interaction.client
    say, collections = speaking(interaction.locale), await kept_collections(interaction)

    def look_up() -> tuple[int, int, list[Arrival]]:
        _, total = bot.memory.arrivals.count(collections)
        shown = max(0, min(page, (total - 1) // FAILED_PAGE))
        found = bot.memory.arrivals.failed(collections, FAILED_PAGE, shown * FAILED_PAGE)
        return total, shown, found

    total, shown, arrivals = await bot.quickly(look_up)

    def again(arrival: Arrival) -> ui.Item[Any]:
        return RetryButton(arrival.key, shown, say("button-retry"))

    buttons = [RetryButton(0, 0, say("button-retry-all")), ForgetButton(say("button-forget"))]
    return failed_card(arrivals, shown, total, turn_to("failed"), again, buttons, say, note)
