"""The list of failed jobs, as a message."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui
from discord.utils import format_dt

from bot.cards.layout import Turn, container, row, text_card, turns
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import IngestJob
from index import SHARED

FAILED_PAGE_SIZE = 5


def failed_card(
    jobs: Sequence[IngestJob],
    page: int,
    total: int,
    turn: Turn,
    retry_button: Callable[[IngestJob], ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
    localize: Translator,
    note: str = "",
) -> ui.LayoutView:
    """A page of failed jobs, and why they failed.

    Args:
        page, total, turn: as for ``list_card``.
        retry_button: makes the button that retries a job.
        buttons: the buttons for all failed jobs.
        note: a sentence on what has just been done.
    """
    if not total:
        return text_card(note or localize("failed-none"))
    pages = -(-total // FAILED_PAGE_SIZE)
    sections = []
    for job in jobs:
        when = format_dt(job.failed_at, "R") if job.failed_at else ""
        reason = plain(job.reason or "", 400)
        shared = f"{localize('feed-shared')} · " if job.collection == SHARED else ""
        text = f"{bold(job.name, 250)}\n{small(f'{shared}{reason} {when}')}"
        sections.append(
            ui.Section(ui.TextDisplay[ui.LayoutView](text), accessory=retry_button(job))
        )
    turning = turns(page, pages, turn, localize)
    return container(
        *([ui.TextDisplay(note)] if note else []),
        ui.TextDisplay(localize("failed-total", count=total)),
        *sections,
        ui.Separator(),
        *(
            [ui.TextDisplay(small(localize("page-of", page=page + 1, pages=pages)))]
            if turning
            else []
        ),
        *row([*turning, *buttons]),
    )
