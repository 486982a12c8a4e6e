"""The folder whose articles the operator's collection holds: it is followed while the bot runs."""

import asyncio
import logging
import threading

from discord.ext import commands

from bot.client import Dateline
from index import DatelineError
from index.ingest.folder_sync import Caught, Mirror, follow

AGAIN = 60.0

log = logging.getLogger(__name__)


class Folder(commands.Cog):
    """Follows the folder in a thread, which waits for files and for its turn to add them.

    Args:
        again: seconds after which a folder that could not be followed is tried again.
    """

    def __init__(self, bot: Dateline, mirror: Mirror, again: float = AGAIN) -> None:
        self.bot = bot
        self.mirror = mirror
        self._again = again
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._keep_following, name="folder", daemon=True)

    async def cog_load(self) -> None:
        self._thread.start()

    async def cog_unload(self) -> None:
        self._end.set()
        await asyncio.to_thread(self._thread.join)

    def _keep_following(self) -> None:
        told = ""
        while not self._end.is_set():
            try:
                self._follow()
            except (DatelineError, OSError) as error:
                if str(error) != told:
                    told = str(error)
                    log.warning("the articles in %s are not followed: %s", self.mirror.folder, told)
            self._end.wait(self._again)

    def _follow(self) -> None:
        for catching_up in follow(self.mirror, self._end):
            # A few articles at a time, so that what editors add need not wait for all.
            while not self._end.is_set():
                caught = self.bot.wait_for_turn(next, catching_up, None)
                if caught is None:
                    break
                _tell(caught)


def _tell(caught: Caught) -> None:
    for addition in caught.additions:
        if addition.change != "unchanged":
            log.info("%s “%s”", addition.change, addition.article.title)
    for article in caught.removed:
        log.info("removed “%s”", article.title)
    for refusal in caught.refused:
        log.warning("refused: %s", refusal)


async def setup(bot: Dateline) -> None:
    if bot.mirror is not None:
        await bot.add_cog(Folder(bot, bot.mirror))
