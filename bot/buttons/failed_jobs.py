"""The list of failed jobs with its buttons: retry one or all, or delete them."""

from typing import Any

from discord import ButtonStyle, Interaction, ui
from discord.utils import utcnow

from bot.buttons.base import KEY, PersistentButton
from bot.buttons.pagination import page_buttons, paginated
from bot.cards import failed_card, text_card
from bot.cards.failed_jobs import FAILED_PAGE_SIZE
from bot.cards.layout import clamp_page
from bot.client import Dateline
from bot.language import translator_for
from bot.services.permissions import editable_collections
from bot.services.responding import respond
from bot.storage import IngestJob


class RetryButton(PersistentButton, template=rf"retry:{KEY}:(?P<page>[0-9]{{1,9}})"):
    """Retries a failed job or, with key 0, all of them."""

    def __init__(self, key: int, page: int, label: str = "…") -> None:
        super().__init__(f"retry:{key}:{page}", label)
        self.key, self.page = key, page

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._retry(interaction), private=True, update=True)

    async def _retry(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        collections = await editable_collections(interaction)
        count = await bot.executors.run_db(
            bot.storage.ingest_jobs.retry, collections, utcnow(), self.key or None
        )
        bot.ingest_queue.wake()
        note = translator_for(interaction.locale)("failed-retried", count=count)
        return await failed_jobs_list(interaction, self.page, note)


class DeleteFailedButton(PersistentButton, template="forget-failed"):
    """Deletes all failed jobs."""

    def __init__(self, label: str = "…") -> None:
        super().__init__("forget-failed", label, style=ButtonStyle.danger)

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._delete(interaction), private=True, update=True)

    async def _delete(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        collections = await editable_collections(interaction)
        count = await bot.executors.run_db(bot.storage.ingest_jobs.delete_failed, collections)
        return text_card(translator_for(interaction.locale)("failed-forgotten", count=count))


@paginated("failed")
async def failed_jobs_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of the list. Raises: as ``failed_jobs_list``."""
    return await failed_jobs_list(interaction, page)


async def failed_jobs_list(
    interaction: Interaction[Any], page: int = 0, note: str = ""
) -> ui.LayoutView:
    """A page of the failed jobs of the collections that the user may change.

    Args:
        page: from 0; where there are fewer, the last one is shown.
        note: a sentence on what has just been done.

    Raises:
        Refusal: the user may change none.
    """
    bot: Dateline = interaction.client
    localize = translator_for(interaction.locale)
    collections = await editable_collections(interaction)
    jobs = bot.storage.ingest_jobs

    def look_up() -> tuple[int, int, list[IngestJob]]:
        _, total = jobs.count(collections)
        shown = clamp_page(page, total, FAILED_PAGE_SIZE)
        return total, shown, jobs.failed(collections, FAILED_PAGE_SIZE, shown * FAILED_PAGE_SIZE)

    total, shown, found = await bot.executors.run_db(look_up)

    def retry_button(job: IngestJob) -> ui.Item[Any]:
        return RetryButton(job.key, shown, localize("button-retry"))

    buttons = [
        RetryButton(0, 0, localize("button-retry-all")),
        DeleteFailedButton(localize("button-forget")),
    ]
    turn = page_buttons("failed")
    return failed_card(found, shown, total, turn, retry_button, buttons, localize, note)
