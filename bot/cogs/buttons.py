"""Registers the persistent buttons and menus, so that they work under old messages too."""

from bot.buttons.answers import AnyTimeButton, AsTypedButton, PrivateButton, VoteButton
from bot.buttons.article_form import AgainButton
from bot.buttons.corrections import CorrectionButton
from bot.buttons.examples import ExampleButton
from bot.buttons.failed_jobs import DeleteFailedButton, RetryButton
from bot.buttons.help_menu import HelpMenu
from bot.buttons.open_article import OpenButton, OpenMenu, ReadButton
from bot.buttons.overviews import OverviewButton, OverviewMenu
from bot.buttons.pagination import PageButton
from bot.buttons.passages import ContextButton, NearestButton
from bot.buttons.removal import KeepButton, RemoveButton, UndoButton
from bot.buttons.watches import WatchButton, WatchedContextButton
from bot.client import Dateline


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(
        AgainButton,
        AnyTimeButton,
        AsTypedButton,
        ContextButton,
        CorrectionButton,
        DeleteFailedButton,
        ExampleButton,
        HelpMenu,
        KeepButton,
        NearestButton,
        OpenButton,
        OpenMenu,
        OverviewButton,
        OverviewMenu,
        PageButton,
        PrivateButton,
        ReadButton,
        RemoveButton,
        RetryButton,
        UndoButton,
        VoteButton,
        WatchButton,
        WatchedContextButton,
    )
