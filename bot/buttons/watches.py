"""The list of watches and their buttons, which are also below each alarm."""

import re
from functools import partial
from typing import Any

from discord import ButtonStyle, Interaction, ui

from bot.buttons.base import KEY, PersistentButton
from bot.buttons.pagination import page_buttons, paginated
from bot.buttons.passages import (
    REFERENCE,
    ContextButton,
    PassageReference,
    context_view,
)
from bot.cards import text_card, watches_card
from bot.cards.citations import MakeButton
from bot.cards.layout import clamp_page
from bot.cards.watches import WATCHES_PAGE_SIZE
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Translator, translator_for
from bot.markdown import plain
from bot.services.responding import respond
from bot.services.watches import get_visible, is_member, require_own
from bot.storage import Watch
from index import Passage

TITLE_LENGTH = 100

DONE = {"pause": "watch-paused", "resume": "watch-resumed", "remove": "watch-removed"}
"""The sentence for what a button did."""


class WatchButton(
    PersistentButton,
    template=rf"watch:(?P<action>pause|resume|remove):{KEY}(?::(?P<page>[0-9]{{1,9}}))?",
):
    """Pauses, resumes or removes a watch.

    Args:
        page: the page of the list, from 0, that the button is on; None below an alarm.
    """

    def __init__(self, action: str, key: int, page: int | None = None, label: str = "…") -> None:
        style = ButtonStyle.danger if action == "remove" else ButtonStyle.secondary
        place = "" if page is None else f":{page}"
        super().__init__(f"watch:{action}:{key}{place}", label, style=style)
        self.action, self.key, self.page = action, key, page

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        page = match["page"]
        return {
            "action": match["action"],
            "key": int(match["key"]),
            "page": None if page is None else int(page),
        }

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = self._card(interaction)
        await respond(interaction, card, private=True, update=self.page is not None)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        watch = await require_own(interaction, self.key)
        done = await change_watch(interaction, watch, self.action)
        if self.page is None:
            return text_card(done)
        return await watch_list(interaction, self.page, done)


class WatchedContextButton(PersistentButton, template=rf"watched:{KEY}:(?P<reference>{REFERENCE})"):
    """Shows the paragraph around a passage of a direct message to the user who set up the watch, as
    long as they are in the server whose articles it searches."""

    def __init__(self, key: int, reference: PassageReference, label: str = "…") -> None:
        super().__init__(f"watched:{key}:{reference}", label)
        self.key, self.reference = key, reference

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        reference = PassageReference.parse(match["reference"])
        return {"key": int(match["key"]), "reference": reference}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        watch = await require_own(interaction, self.key)
        guild_id = watch.guild_id
        if guild_id is not None and not await is_member(bot, guild_id, interaction.user.id):
            raise Refusal("watch-left")
        localize = translator_for(interaction.locale)
        return await context_view(bot, guild_id, self.reference, localize)


def context_buttons(watch: Watch, localize: Translator) -> MakeButton:
    """Makes the buttons next to the passages of an alarm, which work where it is read."""
    if watch.guild_id is None or watch.channel_id is not None:
        return partial(ContextButton.beside, localize=localize)

    def make(passage: Passage) -> WatchedContextButton:
        reference = PassageReference.to(passage)
        return WatchedContextButton(watch.key, reference, localize("button-context"))

    return make


def alarm_buttons(watch: Watch, localize: Translator) -> list[WatchButton]:
    """The buttons below an alarm."""
    return [
        WatchButton("pause", watch.key, label=localize("button-pause")),
        WatchButton("remove", watch.key, label=localize("button-stop-watching")),
    ]


async def change_watch(interaction: Interaction[Any], watch: Watch, action: str) -> str:
    """Pause, resume or remove a watch; returns a sentence on what was done."""
    bot: Dateline = interaction.client
    watches = bot.storage.watches
    if action == "remove":
        await bot.executors.run_db(watches.remove, watch.key)
    elif action == "pause":
        await bot.executors.run_db(watches.pause, watch.key)
    else:
        mark = await bot.executors.run_db(bot.library.changes.latest)
        await bot.executors.run_db(watches.resume, watch.key, mark)
        bot.dispatch("schedule")  # alarms that could not be sent may be due now
    localize = translator_for(interaction.locale)
    return localize(
        DONE[action],
        question=plain(watch.question, TITLE_LENGTH),
        list=bot.mention("watch list"),
    )


@paginated("watches")
async def watch_list_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of the list."""
    return await watch_list(interaction, page)


async def watch_list(interaction: Interaction[Any], page: int = 0, note: str = "") -> ui.LayoutView:
    """A page of the watches that the user may change.

    Args:
        page: from 0; where there are fewer, the last one is shown.
        note: a sentence on what has just been done.
    """
    watches = await get_visible(interaction)
    page = clamp_page(page, len(watches), WATCHES_PAGE_SIZE)
    localize = translator_for(interaction.locale)

    def buttons(watch: Watch) -> list[WatchButton]:
        action, label = ("resume", "button-resume") if watch.paused else ("pause", "button-pause")
        return [
            WatchButton(action, watch.key, page, localize(label)),
            WatchButton("remove", watch.key, page, localize("button-remove")),
        ]

    shown = watches[page * WATCHES_PAGE_SIZE :][:WATCHES_PAGE_SIZE]
    turn = page_buttons("watches")
    return watches_card(shown, page, len(watches), turn, buttons, localize, note)
