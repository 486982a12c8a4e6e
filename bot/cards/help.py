"""The card of ``/help``: how to ask, and sections about the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.cards.layout import container
from bot.cards.welcome import Welcome, example_rows, library_line
from bot.language import Translator
from bot.markdown import small

SELECT_ID = "help-section"
"""The custom id of the menu."""

FIRST_PAGE = "help"
"""The value of the menu's option that leads back from a section to the help."""

GENERAL_COMMANDS = ("ask", "find")


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A section of the help.

    Args:
        title: the key of its title.
        commands: the commands that its text names, with the variables ``$articles-list`` for
            "articles list".
    """

    title: str
    commands: tuple[str, ...]


SECTIONS = {
    "help-asking": HelpSection("help-asking-title", ("ask", "find")),
    "help-reading": HelpSection(
        "help-reading-title", ("articles list", "articles show", "articles overview", "status")
    ),
    "help-following": HelpSection(
        "help-following-title",
        (
            "watch add",
            "watch list",
            "watch pause",
            "watch resume",
            "watch remove",
            "digest",
            "settings digest",
            "timeline",
        ),
    ),
    "help-adding": HelpSection(
        "help-adding-title",
        (
            "manage articles add",
            "manage articles edit",
            "manage articles remove",
            "manage articles undo",
            "manage articles history",
            "manage articles failed",
            "manage articles export",
        ),
    ),
    "help-feeds": HelpSection(
        "help-feeds-title",
        (
            "feeds list",
            "manage feeds add",
            "manage feeds remove",
            "manage feeds announce",
            "manage feeds check",
            "manage feeds import",
            "manage feeds export",
        ),
    ),
    "help-settings": HelpSection(
        "help-settings-title",
        (
            "settings show",
            "settings ask-channel",
            "settings threads",
            "settings editors",
            "settings cooldown",
            "settings digest",
            "settings delete-everything",
        ),
    ),
    "help-privacy": HelpSection("help-privacy-title", ("ask",)),
}
"""The sections, by the keys of their texts."""

Mention = Callable[[str], str]
"""Makes the mention of a command from its name."""


def help_card(welcome: Welcome, mention: Mention, localize: Translator) -> ui.LayoutView:
    """Three ways to ask, example questions, and a menu of the sections."""
    text = localize("help", **_mentions(GENERAL_COMMANDS, mention))
    return container(
        ui.TextDisplay(text),
        *example_rows(welcome, localize),
        ui.TextDisplay(small(library_line(welcome, localize))),
        ui.ActionRow(_menu(localize)),
    )


def help_section_card(key: str, mention: Mention, localize: Translator) -> ui.LayoutView:
    """A section, and the menu to open another one. Raises KeyError if there is no such section."""
    text = localize(key, **_mentions(SECTIONS[key].commands, mention))
    return container(ui.TextDisplay(text), ui.ActionRow(_menu(localize, key)))


def _menu(localize: Translator, shown: str = "") -> ui.Select[Any]:
    """The menu of the sections, with the one that is shown selected; from a section also back."""
    titles = {FIRST_PAGE: "help-title"} if shown else {}
    titles |= {key: section.title for key, section in SECTIONS.items()}
    options = [
        discord.SelectOption(label=localize(title), value=key, default=key == shown)
        for key, title in titles.items()
    ]
    return ui.Select(custom_id=SELECT_ID, placeholder=localize("help-more"), options=options)


def _mentions(commands: tuple[str, ...], mention: Mention) -> Mapping[str, str]:
    return {command.replace(" ", "-"): mention(command) for command in commands}
