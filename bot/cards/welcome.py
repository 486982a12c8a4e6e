"""The card that small talk is answered with, and ``/help``: how to ask, with examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ButtonStyle, ui

from bot.cards.layout import MAX_TITLE_LENGTH, container
from bot.language import Translator
from bot.markdown import bold, cut, small
from index import Article

MAX_EXAMPLES = 3
MAX_LABEL_LENGTH = 80
"""Characters of a button's label that Discord allows."""

EXAMPLE_ID = "example:{number}"
"""The custom id of the button with an example question, which is its label."""

REPLIES = {
    "greeting": "welcome-greeting",
    "farewell": "welcome-farewell",
    "thanks": "welcome-thanks",
    "opinion": "welcome-opinion",
}
"""The keys of the first line, by the topic of the small talk."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The answer to small talk.

    Args:
        topic: of the small talk; "" for none.
        examples: questions that the library answers, at most ``MAX_EXAMPLES``.
        articles: the number of articles that can be read.
        newest: the newest of them, if any.
        commands: mentions of commands, by their names.
        is_ask_channel: questions in the channel are answered without a mention.
    """

    topic: str
    examples: Sequence[str]
    articles: int
    newest: Article | None
    commands: Mapping[str, str]
    is_ask_channel: bool = False


def welcome_card(welcome: Welcome, localize: Translator) -> ui.LayoutView:
    """How to ask, example questions as buttons, and what the library holds."""
    reply = REPLIES.get(welcome.topic)
    about = localize("welcome-about")
    how = "welcome-how-here" if welcome.is_ask_channel else "welcome-how"
    commands = {name: welcome.commands[name] for name in ("ask", "help")}
    return container(
        ui.TextDisplay(f"{localize(reply)} {about}" if reply else about),
        ui.TextDisplay(localize(how, **commands)),
        *example_rows(welcome, localize),
        ui.Separator(),
        ui.TextDisplay(small(library_line(welcome, localize))),
    )


def example_rows(welcome: Welcome, localize: Translator) -> list[ui.Item[Any]]:
    """The example questions, each as a button in its row below a heading; empty without any."""
    rows: list[ui.Item[Any]] = [
        ui.ActionRow(
            ui.Button[ui.LayoutView](
                style=ButtonStyle.primary,
                label=cut(question, MAX_LABEL_LENGTH),
                custom_id=EXAMPLE_ID.format(number=number),
            )
        )
        for number, question in enumerate(welcome.examples, start=1)
    ]
    return [ui.TextDisplay(localize("welcome-examples")), *rows] if rows else []


def library_line(welcome: Welcome, localize: Translator) -> str:
    """What the library holds."""
    if welcome.newest is None:
        return localize("welcome-empty", add=welcome.commands["manage articles add"])
    day = localize.day(welcome.newest.published)
    newest = bold(welcome.newest.title, MAX_TITLE_LENGTH) + (f" ({day})" if day else "")
    return localize("welcome-library", count=welcome.articles, newest=newest)
