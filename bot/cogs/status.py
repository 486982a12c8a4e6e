"""``/status``."""

from contextlib import suppress
from datetime import timedelta
from importlib.metadata import version

import psutil
from discord import app_commands, ui
from discord.ext import commands

from bot.cards import facts_card
from bot.client import Dateline, Interaction
from bot.collections import readable_collections
from bot.errors import Refusal
from bot.ingest.loops import LoopName
from bot.language import Translator, command_text, translator_for
from bot.markdown import plain
from bot.services.bookkeeping import bookkeep
from bot.services.permissions import editable_collections
from bot.services.responding import respond
from bot.storage import DailyBackups, Usage
from index import Article, Scope, StoreError

USAGE_WINDOW = timedelta(days=1)

LOOP_KEYS: dict[LoopName, str] = {
    "announcements": "loop-announcements",
    "articles folder": "loop-articles-folder",
    "digests": "loop-digests",
    "corrections": "loop-corrections",
    "failing feeds": "loop-failing-feeds",
    "feeds": "loop-feeds",
    "indexes": "loop-indexes",
    "links": "loop-links",
    "queue": "loop-queue",
    "retention": "loop-retention",
    "schedule": "loop-schedule",
    "shared feeds": "loop-shared-feeds",
    "watch alarms": "loop-watch-alarms",
    "watches": "loop-watches",
}
"""The keys of texts that say what a loop does."""


class StatusCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("status-description"))
    async def status(self, interaction: Interaction) -> None:
        await respond(interaction, self._status(interaction), private=True)

    async def _status(self, interaction: Interaction) -> ui.LayoutView:
        is_operator = await self.bot.is_owner(interaction.user)
        log_, guild_id, since = self.bot.storage.question_log, interaction.guild_id, USAGE_WINDOW
        usage = await bookkeep(
            self.bot,
            None,
            log_.usage,
            guild_id,
            interaction.user.id,
            interaction.created_at - since,
        )
        facts = await self.bot.executors.run_db(
            self._facts, interaction, is_operator, await self._waiting(interaction), usage
        )
        return facts_card(translator_for(interaction.locale)("status-heading"), facts)

    async def _waiting(self, interaction: Interaction) -> str:
        """The number of queued articles and, for users who can list them, of failed jobs."""
        localize, count = translator_for(interaction.locale), self.bot.storage.ingest_jobs.count
        nothing = (None, None)
        waiting, _ = await bookkeep(
            self.bot, nothing, count, readable_collections(interaction.guild_id)
        )
        if waiting is None:
            return localize("nothing")
        if self.bot.folder_sync is not None:
            waiting += self.bot.folder_sync.remaining
        editable: tuple[str, ...] = ()
        with suppress(Refusal, StoreError):
            editable = await editable_collections(interaction)
        _, failed = await bookkeep(self.bot, nothing, count, editable)
        if not failed:
            return f"{waiting:,}"
        return localize("status-waiting-failed", waiting=waiting, failed=failed)

    def _facts(
        self, interaction: Interaction, is_operator: bool, waiting: str, usage: Usage | None
    ) -> list[tuple[str, str]]:
        localize, library = translator_for(interaction.locale), self.bot.library
        scope = Scope(readable_collections(interaction.guild_id))
        newest = [
            self._title_and_day(article, localize) for article in library.articles(scope, limit=1)
        ]
        changed = library.last_change(scope)
        model, nothing = library.model, localize("nothing")
        median = usage.median_ms if usage else None
        helpful = usage.helpful if usage else None
        facts = {
            "status-articles": f"{library.count(scope):,}",
            "status-newest": "".join(newest) or nothing,
            "status-waiting": waiting,
            "status-last-added": f"{localize.day(changed)} UTC" if changed else nothing,
            "status-model": model.name if model else nothing,
            "status-questions": f"{usage.questions:,}" if usage else nothing,
            "status-median": nothing if median is None else f"{median:.0f} ms",
            "status-helpful": nothing if helpful is None else f"{helpful:.0%}",
        }
        if is_operator:
            mebibytes = psutil.Process().memory_info().rss / (1 << 20)
            facts["status-generation"] = f"{library.generation:,}"  # it counts all servers' changes
            facts |= {
                "status-memory": f"{mebibytes:,.0f} MiB",
                "status-version": version("dateline"),
            }
            if self.bot.backups is not None:
                facts["status-backup"] = _latest_backup(self.bot.backups, localize)
            folder_sync = self.bot.folder_sync
            if folder_sync and (held := folder_sync.held_articles()):
                facts["status-held"] = localize("status-held-articles", count=held)
        if not self.bot.intents.message_content:
            facts["status-unseen"] = localize("unseen-messages")
        lines = [(localize(name), value) for name, value in facts.items()]
        return [*lines, *(self._failing(localize) if is_operator else ())]

    def _failing(self, localize: Translator) -> list[tuple[str, str]]:
        """What fails in the background: a line for each loop."""
        return [
            (
                localize("status-failing"),
                localize(
                    "failing-since",
                    work=localize(LOOP_KEYS[name]),
                    since=localize.day(failure.since),
                    reason=failure.reason,
                ),
            )
            for name, failure in self.bot.loop_health.failures.items()
        ]

    def _title_and_day(self, article: Article, localize: Translator) -> str:
        published = localize.day(article.published)
        return f"{article.title} ({published})" if published else article.title


def _latest_backup(backups: DailyBackups, localize: Translator) -> str:
    """The day of the latest backup and, if there has been a failure since, its reason."""
    latest = localize.day(backups.latest()) or localize("nothing")
    if backups.failure is None:
        return latest
    return localize("status-backup-failed", latest=latest, reason=plain(backups.failure, 500))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(StatusCog(bot))
