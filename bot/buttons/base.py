"""Base classes of buttons, menus and forms."""

import re
from typing import Any, Self

from discord import ButtonStyle, Interaction, TextStyle, ui

from bot import errors
from bot.client import Dateline

KEY_DIGITS = r"[0-9]{1,18}"
KEY = rf"(?P<key>{KEY_DIGITS})"
"""The pattern of the key of a row in the bot's storage."""

FORM_TIMEOUT_SECONDS = 3600.0

NOTHING = r"(?!)"
"""A pattern that matches nothing."""


class PersistentButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=NOTHING):
    """A button that is recognized by its ``custom_id``, which matches ``template``.

    The pattern's groups are the arguments of the subclass. What ``on_press`` raises is
    reported to the user.
    """

    def __init__(
        self,
        custom_id: str,
        label: str,
        *,
        style: ButtonStyle = ButtonStyle.secondary,
        enabled: bool = True,
    ) -> None:
        button = ui.Button[ui.LayoutView](
            label=label, custom_id=custom_id, style=style, disabled=not enabled
        )
        super().__init__(button)

    async def on_press(self, interaction: Interaction[Any]) -> None:
        """Respond to whoever presses the button."""
        raise NotImplementedError

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        """The arguments in a ``custom_id``; integers by default."""
        return {name: int(value) for name, value in match.groupdict().items()}

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(**cls.arguments(match))

    async def callback(self, interaction: Interaction[Any]) -> None:
        bot: Dateline = interaction.client
        with bot.in_flight():
            try:
                await self.on_press(interaction)
            except Exception as error:
                await errors.report(interaction, error)


class PersistentMenu(ui.DynamicItem[ui.Select[ui.LayoutView]], template=NOTHING):
    """A menu that is recognized by its ``custom_id``, which matches ``template``.

    What ``on_choose`` raises is reported to the user.
    """

    async def on_choose(self, interaction: Interaction[Any], value: str) -> None:
        """Respond to the user who chose the option with a value."""
        raise NotImplementedError

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: Interaction[Any]) -> None:
        bot: Dateline = interaction.client
        with bot.in_flight():
            try:
                (chosen,) = self.item.values
                await self.on_choose(interaction, chosen)
            except Exception as error:
                await errors.report(interaction, error)


class Form(ui.Modal):
    """A form; what ``on_submit`` raises is reported to the user."""

    def __init__(self, title: str, timeout: float = FORM_TIMEOUT_SECONDS) -> None:
        super().__init__(title=title, timeout=timeout)

    def add_field(
        self,
        label: str,
        value: str,
        length: int,
        hint: str | None = None,
        *,
        required: bool = False,
        style: TextStyle = TextStyle.short,
    ) -> ui.TextInput[Self]:
        """Add a field for a text of at most ``length`` characters, filled in with ``value``."""
        field = ui.TextInput[Self](
            default=value or None,
            max_length=length,
            required=required,
            style=style,
            placeholder=hint,
        )
        self.add_item(ui.Label(text=label, component=field))
        return field

    async def on_error(  # type: ignore[override]  # as in ui.Modal
        self, interaction: Interaction[Any], error: Exception, /
    ) -> None:
        bot: Dateline = interaction.client
        with bot.in_flight():
            await errors.report(interaction, error)
