"""Buttons with example questions: pressing one asks it."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot.buttons.asking import ask
from bot.buttons.base import PersistentButton


class ExampleButton(PersistentButton, template="example:(?P<number>[0-9])"):
    """Asks the question on its label for the person who presses it: publicly, unless the card with
    the button is private. The question needs no place in the bot's storage, so the button works
    as long as its message exists."""

    def __init__(self, number: int, label: str = "…") -> None:
        super().__init__(f"example:{number}", label)
        self.question = label

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(int(match["number"]), item.label or "…")

    async def on_press(self, interaction: Interaction[Any]) -> None:
        is_private = interaction.message is not None and interaction.message.flags.ephemeral
        await ask(interaction, self.question, private=is_private)
