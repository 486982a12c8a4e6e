"""The buttons under an answer: further pages, votes, and asking in private."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Self

from discord import Interaction, TextStyle, ui

from bot import errors
from bot.buttons.passages import ContextButton, NearestButton
from bot.cards import AnswerButtons, answer_card, text_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Language, speaking
from bot.services import answering as asking
from bot.services.responding import respond
from bot.storage import Exchange

KEY = r"(?P<key>[0-9]{1,18})"
QUESTION = 2000
PATIENCE = 3600
"""Seconds for which an open form is waited for."""

Button = ui.Button[ui.LayoutView]


async def answer(bot: Dateline, question: Exchange, say: Language) -> tuple[int, ui.LayoutView]:
    """Answer a question: the key under which that is remembered, and the message."""
    if not asking.holds_words(question.question):
        hint = replace(question, kind="hint")
        return await bot.quickly(bot.memory.exchanges.add, hint), text_card(say("hint"))
    key, found = await asking.ask(bot, question)
    return key, answer_card(found, 0, asking.scope_of(bot, question), buttons_of(key, say), say)


async def remembered(interaction: Interaction[Any], key: int) -> Exchange:
    """The exchange under a key. Raises: Refusal, where it is not remembered here any more."""
    bot: Dateline = interaction.client
    exchange = await bot.quickly(bot.memory.exchanges.get, key)
    if exchange is None or exchange.server != interaction.guild_id:
        raise Refusal("forgotten")
    return exchange


def buttons_of(key: int, say: Language) -> AnswerButtons:
    """What makes the buttons of the answer that is remembered under a key."""

    def below(page: int, pages: int) -> Sequence[ui.Item[Any]]:
        turns: list[ui.Item[Any]] = []
        if page:
            turns.append(MoreButton(key, page - 1, say("button-previous")))
        if page + 1 < pages:
            turns.append(MoreButton(key, page + 1, say("button-more")))
        return [
            *turns,
            VoteButton(key, True, say("button-helpful")),
            VoteButton(key, False, say("button-not-helpful")),
            PrivateButton(key, say("button-private")),
        ]

    return AnswerButtons(
        context=partial(ContextButton.beside, say=say),
        nearest=partial(NearestButton.below, say=say),
        below=below,
    )


class MoreButton(ui.DynamicItem[Button], template=rf"more:{KEY}:(?P<page>[0-9]{{1,4}})"):
    """Turns to another page of an answer, for whoever asked."""

    def __init__(self, key: int, page: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"more:{key}:{page}"))
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
        asked = await remembered(interaction, self.key)
        if asked.person != interaction.user.id:
            raise Refusal("not-your-pages")
        bot.cooldowns.check(replace(asked, asked_at=interaction.created_at))  # it is asked again
        say = speaking(interaction.locale)
        found = await asking.look_up(bot, asked)
        scope = asking.scope_of(bot, asked)
        return answer_card(found, self.page, scope, buttons_of(self.key, say), say)


class VoteButton(ui.DynamicItem[Button], template=rf"vote:{KEY}:(?P<helpful>[01])"):
    """Counts whether an answer helped: a vote for each person, who may change it."""

    def __init__(self, key: int, helpful: bool, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"vote:{key}:{helpful:d}"))
        self.key, self.helpful = key, helpful

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["key"]), match["helpful"] == "1")

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        await remembered(interaction, self.key)
        vote = bot.memory.exchanges.vote
        if not await bot.quickly(vote, self.key, interaction.user.id, self.helpful):
            raise Refusal("forgotten")
        say = speaking(interaction.locale)
        return text_card(say("voted-helpful" if self.helpful else "voted-not-helpful"))


class PrivateButton(ui.DynamicItem[Button], template=rf"private:{KEY}"):
    """Opens a form with the question in it, whose answer only the person sees."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"private:{key}"))
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["key"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        async with errors.told(interaction):
            asked = await remembered(interaction, self.key)
            await interaction.response.send_modal(PrivateForm(asked, speaking(interaction.locale)))


class PrivateForm(ui.Modal):
    """Takes a question in private, which may go on from an answer."""

    def __init__(self, before: Exchange, say: Language) -> None:
        super().__init__(title=say("private-title"), timeout=PATIENCE)
        self.before = before
        self.question = ui.TextInput[Self](
            style=TextStyle.paragraph, default=before.question[:QUESTION], max_length=QUESTION
        )
        label = ui.Label[Self](
            text=say("private-label"), description=say("private-hint"), component=self.question
        )
        self.add_item(label)

    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        async with errors.told(interaction):
            asked = asking.asked_by(
                interaction, self.question.value, private=True, near=self.before.about
            )
            interaction.client.cooldowns.check(asked)
            await respond(interaction, self._card(interaction, asked), private=True)

    async def _card(self, interaction: Interaction[Any], asked: Exchange) -> ui.LayoutView:
        _, card = await answer(interaction.client, asked, speaking(interaction.locale))
        return card
