"""The form in which an article is pasted. What was typed is not lost where it cannot be taken."""

import re
from functools import partial
from typing import Any, Self

import discord
from discord import Interaction, TextStyle, ui

from bot import errors
from bot.cards import text_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Language, speaking
from bot.markdown import plain
from bot.services import adding as editing
from bot.services.filters import read_day
from bot.services.responding import respond
from bot.storage.drafts import Pasted
from index import Article, ArticleError

TITLE = 300
LINE = 200
TEXT = 4000
PATIENCE = 3600
"""Seconds for which an open form is waited for."""


class PasteForm(ui.Modal):
    """Takes an article: its title, publisher, date, link and text."""

    def __init__(self, say: Language, typed: Pasted | None = None) -> None:
        super().__init__(title=say("paste-title"), timeout=PATIENCE)
        typed = typed or Pasted()
        self.title_field = self._field(say("paste-field-title"), typed.title, TITLE, required=True)
        self.publisher = self._field(say("paste-field-publisher"), typed.publisher, LINE)
        self.published = self._field(
            say("paste-field-published"), typed.published, LINE, say("paste-field-published-hint")
        )
        self.url = self._field(say("paste-field-url"), typed.url, TEXT)
        self.text = self._field(
            say("paste-field-text"), typed.text, TEXT, required=True, style=TextStyle.paragraph
        )

    def _field(
        self,
        label: str,
        typed: str,
        length: int,
        hint: str | None = None,
        *,
        required: bool = False,
        style: TextStyle = TextStyle.short,
    ) -> ui.TextInput[Self]:
        field = ui.TextInput[Self](
            default=typed or None,
            max_length=length,
            required=required,
            style=style,
            placeholder=hint,
        )
        self.add_item(ui.Label(text=label, component=field))
        return field

    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        say = speaking(interaction.locale)
        server = await editing.require_editor(interaction)
        typed = Pasted(
            self.title_field.value,
            self.publisher.value,
            self.published.value,
            self.url.value,
            self.text.value,
        )
        try:
            article = _article(typed, bot.own_collection(server), interaction)
        except Refusal as refusal:
            bot.drafts[interaction.id] = typed
            card = text_card(errors.in_words(refusal, say))
            return card.add_item(ui.ActionRow(AgainButton(interaction.id, say("paste-again"))))
        outcome = await editing.add(bot, article.collection, partial(iter, [article]))
        return text_card(editing.in_words(outcome, say))


class AgainButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"again:(?P<key>[0-9]{1,20})"):
    """Opens the form again, with what was typed into it."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"again:{key}"))
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["key"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        async with errors.told(interaction):
            bot: Dateline = interaction.client
            typed = bot.drafts.get(self.key)
            if typed is None:
                raise Refusal("draft-gone", add=bot.mention("articles add"))
            await interaction.response.send_modal(PasteForm(speaking(interaction.locale), typed))


def _article(typed: Pasted, collection: str, interaction: discord.Interaction[Any]) -> Article:
    """The article that was typed. Raises: Refusal, with the reason, where it is none."""
    published = None
    if typed.published.strip():
        published = read_day(typed.published, interaction.created_at)
        if published is None:
            raise Refusal("date-unreadable", date=plain(typed.published, 60))
    try:
        return Article(
            typed.title, typed.text.strip(), typed.publisher, published, typed.url, collection
        )
    except ArticleError as error:
        raise Refusal("refused", reason=plain(str(error), 300)) from error
