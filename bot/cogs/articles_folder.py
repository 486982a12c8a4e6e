"""The articles folder: the shared collection is kept in sync with it while the bot runs."""

import asyncio
import logging
import threading

from discord.ext import commands

from bot.client import Dateline
from index.ingest.folder_sync import FolderSync, SyncResult
from index.ingest.watching import watch_folder

log = logging.getLogger(__name__)


class ArticlesFolderCog(commands.Cog):
    """Follows the folder in a thread of its own, which waits for changes and adds articles."""

    def __init__(self, bot: Dateline, folder_sync: FolderSync) -> None:
        self.bot = bot
        self.folder_sync = folder_sync
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder", daemon=True)

    async def cog_load(self) -> None:
        self._thread.start()

    async def cog_unload(self) -> None:
        self._stop.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        health = self.bot.loop_health
        while not self._stop.is_set():
            with health.surviving("articles folder"):
                self._follow()
            self._stop.wait(health.retry_seconds("articles folder"))

    def _follow(self) -> None:
        for batches in watch_folder(self.folder_sync, self._stop):
            # A few articles at a time, so that articles of editors need not wait for all of them.
            while not self._stop.is_set():
                changes = self.bot.executors.run_exclusive_blocking(next, batches, None)
                if changes is None:
                    self.bot.loop_health.record_success("articles folder")
                    break
                _log_changes(changes)


def _log_changes(changes: SyncResult) -> None:
    for addition in changes.additions:
        if addition.change != "unchanged":
            log.info("%s “%s”", addition.change, addition.article.title)
    for article in changes.removed:
        log.info("removed “%s”", article.title)
    for refusal in changes.refused:
        log.warning("refused: %s", refusal)
    for warning in changes.warnings:
        log.warning("%s", warning)


async def setup(bot: Dateline) -> None:
    if bot.folder_sync is not None:
        await bot.add_cog(ArticlesFolderCog(bot, bot.folder_sync))
