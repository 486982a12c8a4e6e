"""The buttons under answers and lists.

All that a button needs stands in its ``custom_id``, so that it works after a restart and on a
message of last month. It is looked up again when it is pressed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from discord import Interaction, ui

from bot.cards import LIST_PAGE, context_card, list_card, nearest_card
from bot.client import Dateline
from bot.responding import respond
from index import Article, Passage, Scope

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
REFERENCE = r"[0-9a-f]{16}:[0-9a-z]+:[0-9a-z]+"

Button = ui.Button[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class PassageReference:
    """Which slice of which article a passage is, in at most 27 characters."""

    article_id: str
    start: int
    end: int

    @classmethod
    def to(cls, passage: Passage) -> Self:
        return cls(passage.citation.article.id, passage.start, passage.end)

    @classmethod
    def parse(cls, text: str) -> Self:
        article_id, start, size = text.split(":")
        return cls(article_id, int(start, 36), int(start, 36) + int(size, 36))

    @property
    def place(self) -> tuple[str, int, int]:
        return self.article_id, self.start, self.end

    def __str__(self) -> str:
        return f"{self.article_id}:{_base36(self.start)}:{_base36(self.end - self.start)}"


class ContextButton(ui.DynamicItem[Button], template=rf"context:(?P<reference>{REFERENCE})"):
    """Shows the paragraph around a passage to whoever presses it."""

    def __init__(self, reference: PassageReference) -> None:
        super().__init__(ui.Button(label="Context", custom_id=f"context:{reference}"))
        self.reference = reference

    @classmethod
    def beside(cls, passage: Passage) -> Self:
        return cls(PassageReference.to(passage))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(PassageReference.parse(match["reference"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        passage = await bot.passage(interaction.guild_id, *self.reference.place)
        paragraphs = await bot.in_thread(bot.library.paragraphs, self.reference.article_id)
        return context_card(passage, paragraphs[passage.citation.paragraph - 1])


class NearestButton(
    ui.DynamicItem[Button], template=rf"nearest:(?P<references>{REFERENCE}(?:,{REFERENCE}){{0,2}})"
):
    """Shows what came nearest to a question that was not answered."""

    def __init__(self, references: Sequence[PassageReference]) -> None:
        joined = ",".join(map(str, references[:3]))
        label = "Show the nearest passages"
        super().__init__(ui.Button(label=label, custom_id=f"nearest:{joined}"))
        self.references = references

    @classmethod
    def below(cls, passages: Sequence[Passage]) -> Self:
        return cls([PassageReference.to(passage) for passage in passages])

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls([PassageReference.parse(text) for text in match["references"].split(",")])

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        passages = [await bot.passage(interaction.guild_id, *r.place) for r in self.references]
        return nearest_card(passages, ContextButton.beside)


class PageButton(ui.DynamicItem[Button], template=r"articles:(?P<page>-?[0-9]{1,9})"):
    """Turns to a page of the list of articles."""

    def __init__(self, page: int, label: str = "", enabled: bool = True) -> None:
        button: Button = ui.Button(label=label, custom_id=f"articles:{page}", disabled=not enabled)
        super().__init__(button)
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        card = page_of_articles(interaction, self.page)
        await respond(interaction, card, private=True, update=True)


async def page_of_articles(interaction: Interaction[Any], page: int) -> ui.LayoutView:
    """A page, from 0, of the articles that can be read where the interaction happens.

    Where there are fewer pages by now, it is the last one.
    """
    bot: Dateline = interaction.client
    scope = Scope(bot.collections(interaction.guild_id))

    def look_up() -> tuple[list[Article], int, int]:
        total = bot.library.count(scope)
        shown = max(0, min(page, (total - 1) // LIST_PAGE))
        found = bot.library.articles(scope, limit=LIST_PAGE, offset=shown * LIST_PAGE)
        return found, shown, total

    return list_card(*await bot.in_thread(look_up), PageButton)


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
