"""Buttons that show passages: in their context, or those that came nearest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from discord import Interaction, ui

from bot.cards import context_card, nearest_card
from bot.client import Dateline
from bot.language import Language, speaking
from bot.services.responding import respond
from index import Context, Passage

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
VERSION = 2
"""Digits of an article's hash that tell its versions apart: three references fit on a button."""

REFERENCE = rf"[0-9a-f]{{16}}:[0-9a-z]+:[0-9a-z]+(?::[0-9a-f]{{{VERSION}}})?"

Button = ui.Button[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class PassageReference:
    """Which slice of which article a passage is, in at most 30 characters.

    ``version`` begins the hash of what the article said then; "" in the oldest messages.
    """

    article_id: str
    start: int
    end: int
    version: str = ""

    @classmethod
    def to(cls, passage: Passage) -> Self:
        article = passage.citation.article
        return cls(article.id, passage.start, passage.end, article.content_hash[:VERSION])

    @classmethod
    def parse(cls, text: str) -> Self:
        article_id, start, size, *version = text.split(":")
        return cls(article_id, int(start, 36), int(start, 36) + int(size, 36), *version)

    @property
    def place(self) -> tuple[str, int, int, str]:
        return self.article_id, self.start, self.end, self.version

    def __str__(self) -> str:
        size = self.end - self.start
        parts = (self.article_id, _base36(self.start), _base36(size), self.version)
        return ":".join(part for part in parts if part)


class ContextButton(ui.DynamicItem[Button], template=rf"context:(?P<reference>{REFERENCE})"):
    """Shows the paragraph around a passage to whoever presses it."""

    def __init__(self, reference: PassageReference, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"context:{reference}"))
        self.reference = reference

    @classmethod
    def beside(cls, passage: Passage, say: Language) -> Self:
        return cls(PassageReference.to(passage), say("button-context"))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(PassageReference.parse(match["reference"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        found = await bot.context(interaction.guild_id, *self.reference.place)
        return context_card(found, _around(found), speaking(interaction.locale))


class NearestButton(
    ui.DynamicItem[Button], template=rf"nearest:(?P<references>{REFERENCE}(?:,{REFERENCE}){{0,2}})"
):
    """Shows what came nearest to a question that was not answered."""

    def __init__(self, references: Sequence[PassageReference], label: str = "…") -> None:
        joined = ",".join(map(str, references[:3]))
        super().__init__(ui.Button(label=label, custom_id=f"nearest:{joined}"))
        self.references = references

    @classmethod
    def below(cls, passages: Sequence[Passage], say: Language) -> Self:
        return cls([PassageReference.to(passage) for passage in passages], say("button-nearest"))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls([PassageReference.parse(text) for text in match["references"].split(",")])

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        found = [await bot.context(interaction.guild_id, *r.place) for r in self.references]
        passages, say = [context.passage for context in found], speaking(interaction.locale)
        return nearest_card(passages, lambda passage: ContextButton.beside(passage, say), say)


def _around(context: Context) -> Sequence[tuple[int, int]]:
    """The paragraph of a passage; where that is no more than it, those beside it as well."""
    passage, paragraphs = context.passage, context.paragraphs
    number = passage.citation.paragraph - 1
    start, end = paragraphs[number]
    if start < passage.start or passage.end < end:
        return paragraphs[number : number + 1]
    return paragraphs[max(0, number - 1) : number + 2]


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
