"""The card for the list of failed jobs."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui
from discord.utils import format_dt

from bot.cards.layout import (
    MakePageButton,
    container,
    count_pages,
    navigation_buttons,
    row,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import IngestJob
from index import SHARED

FAILED_PAGE_SIZE = 5
MAX_JOB_NAME_LENGTH = 250
MAX_JOB_REASON_LENGTH = 400


def failed_card(
    jobs: Sequence[IngestJob],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    retry_button: Callable[[IngestJob], ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
    localize: Translator,
    note: str = "",
) -> ui.LayoutView:
    """A page of the list of failed jobs, with the reasons.

    Args:
        page, total: as for ``list_card``.
        retry_button: makes the button that retries a job.
        buttons: the buttons for all jobs.
        note: the result of the last button press, shown above the list.
    """
    if not total:
        return text_card(note or localize("failed-none"))
    pages = count_pages(total, FAILED_PAGE_SIZE)
    sections = []
    for job in jobs:
        when = format_dt(job.failed_at, "R") if job.failed_at else ""
        reason = plain(job.reason or "", MAX_JOB_REASON_LENGTH)
        shared = f"{localize('feed-shared')} · " if job.collection == SHARED else ""
        text = f"{bold(job.name, MAX_JOB_NAME_LENGTH)}\n{small(f'{shared}{reason} {when}')}"
        sections.append(
            ui.Section(ui.TextDisplay[ui.LayoutView](text), accessory=retry_button(job))
        )
    navigation = navigation_buttons(page, pages, make_page_button, localize)
    return container(
        *([ui.TextDisplay(note)] if note else []),
        ui.TextDisplay(localize("failed-total", count=total)),
        *sections,
        ui.Separator(),
        *(
            [ui.TextDisplay(small(localize("page-of", page=page + 1, pages=pages)))]
            if navigation
            else []
        ),
        *row([*navigation, *buttons]),
    )
