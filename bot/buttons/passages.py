"""Buttons that show passages: one in its context, or those nearest to a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from discord import Interaction, ui

from bot.buttons.base import PersistentButton
from bot.cards import context_card, nearest_card
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.services.readable_articles import get_context
from bot.services.responding import respond
from index import Context, Passage

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
VERSION_LENGTH, SHORT_VERSION_LENGTH = 8, 4
"""Digits of a content hash that tell an article's versions apart: of a single reference, and of
several."""

MAX_REFERENCES = 3
MAX_CUSTOM_ID_LENGTH = 100
"""Characters that Discord allows."""

REFERENCE = r"[0-9a-f]{16}:[0-9a-z]+:[0-9a-z]+(?::[0-9a-f]{2,8})?"
"""The pattern of a reference; older messages have two digits of a content hash, or none."""


@dataclass(frozen=True, slots=True)
class PassageReference:
    """The position of a passage in an article.

    ``version`` is a prefix of the article's content hash at that time; "" in the oldest messages.
    """

    article_id: str
    start: int
    end: int
    version: str = ""

    @classmethod
    def to(cls, passage: Passage, version_length: int = VERSION_LENGTH) -> Self:
        article = passage.citation.article
        return cls(article.id, passage.start, passage.end, article.content_hash[:version_length])

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


class ContextButton(PersistentButton, template=rf"context:(?P<reference>{REFERENCE})"):
    """Shows the paragraph around a passage to whoever presses it."""

    def __init__(self, reference: PassageReference, label: str = "…") -> None:
        super().__init__(f"context:{reference}", label)
        self.reference = reference

    @classmethod
    def beside(cls, passage: Passage, localize: Translator) -> Self:
        return cls(PassageReference.to(passage), localize("button-context"))

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return {"reference": PassageReference.parse(match["reference"])}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        localize = translator_for(interaction.locale)
        return await context_view(
            interaction.client, interaction.guild_id, self.reference, localize
        )


async def context_view(
    bot: Dateline, guild_id: int | None, reference: PassageReference, localize: Translator
) -> ui.LayoutView:
    """The paragraph around a passage that can be read in a server, or (None) in direct messages.
    Raises NotFoundError."""
    found = await get_context(bot, guild_id, *reference.place)
    return context_card(found, _paragraphs_around(found), localize)


class NearestButton(
    PersistentButton, template=rf"nearest:(?P<references>{REFERENCE}(?:,{REFERENCE}){{0,2}})"
):
    """Shows the passages nearest to a question that was not answered."""

    def __init__(self, references: Sequence[PassageReference], label: str = "…") -> None:
        super().__init__(_nearest_id(references), label)
        self.references = references

    @classmethod
    def below(cls, passages: Sequence[Passage], localize: Translator) -> Self:
        """The button for as many of the passages as it can refer to."""
        references = [
            PassageReference.to(passage, SHORT_VERSION_LENGTH)
            for passage in passages[:MAX_REFERENCES]
        ]
        while len(_nearest_id(references)) > MAX_CUSTOM_ID_LENGTH:
            references.pop()
        return cls(references, localize("button-nearest"))

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return {"references": [*map(PassageReference.parse, match["references"].split(","))]}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        passages = [
            (await get_context(bot, interaction.guild_id, *reference.place)).passage
            for reference in self.references
        ]
        localize = translator_for(interaction.locale)
        return nearest_card(passages, partial(ContextButton.beside, localize=localize), localize)


def _nearest_id(references: Sequence[PassageReference]) -> str:
    return "nearest:" + ",".join(map(str, references))


def _paragraphs_around(context: Context) -> Sequence[tuple[int, int]]:
    """The paragraphs that a passage touches and, if they have no other text, those beside them.

    They hold the whole passage, even if paragraphs were told apart differently when it was quoted.
    """
    passage, paragraphs = context.passage, context.paragraphs
    touched = [
        number
        for number, (start, end) in enumerate(paragraphs)
        if start < passage.end and passage.start < end
    ] or [passage.citation.paragraph - 1]
    first, last = touched[0], touched[-1]
    whole = passage.start <= paragraphs[first][0] and paragraphs[last][1] <= passage.end
    shown = list(paragraphs[max(0, first - whole) : last + 1 + whole])
    shown[0] = min(shown[0][0], passage.start), shown[0][1]
    shown[-1] = shown[-1][0], max(shown[-1][1], passage.end)
    return shown


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
