"""``/watch``: questions about which users get a message when the answer changes."""

from functools import partial

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.passages import ContextButton
from bot.buttons.watches import change_watch, watch_list
from bot.cards import text_card, watching_card
from bot.client import Dateline, Interaction
from bot.collections import readable_collections
from bot.errors import Refusal, is_outage
from bot.language import command_text, translator_for
from bot.markdown import cut, plain
from bot.services.answering import contains_words
from bot.services.filters import MAX_CHOICE_LENGTH, MAX_CHOICES, AutocompletedText
from bot.services.permissions import require_writable
from bot.services.responding import respond
from bot.services.watches import (
    ask,
    get_visible,
    known_passage,
    place_of,
    require_own,
    require_room,
    require_watch_editor,
)
from bot.storage import Watch
from index import BusyError
from index.scope import Scope

MAX_QUESTION_LENGTH = 300

WatchedQuestion = app_commands.Range[str, 1, MAX_QUESTION_LENGTH]


class WatchCog(
    commands.GroupCog, group_name="watch", group_description=command_text("watch-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("watch-add-description"))
    @app_commands.describe(
        question=command_text("watch-add-question"), channel=command_text("watch-add-channel")
    )
    async def add(
        self,
        interaction: Interaction,
        question: WatchedQuestion,
        channel: discord.TextChannel | None = None,
    ) -> None:
        await respond(interaction, self._added(interaction, question, channel), private=True)

    async def _added(
        self, interaction: Interaction, question: str, channel: discord.TextChannel | None
    ) -> ui.LayoutView:
        localize = translator_for(interaction.locale)
        if not contains_words(question):
            raise Refusal("watch-no-words")
        if channel is not None:
            await _require_postable(interaction, channel)
        await require_room(self.bot, interaction.user.id)
        # Before the question is asked, so that articles that arrive meanwhile are checked later.
        mark = await self.bot.executors.run_db(self.bot.library.changes.latest)
        scope = Scope(readable_collections(interaction.guild_id))
        try:
            answer = await ask(self.bot, question, scope)
        except BusyError:
            raise Refusal("busy") from None
        if answer.parts:
            raise Refusal("watch-several-questions")
        known = known_passage(answer)
        watch = Watch(
            interaction.guild_id,
            interaction.user.id,
            channel.id if channel else None,
            question,
            mark,
            interaction.created_at,
            place_of(known) if known else None,
        )
        if channel is None and interaction.guild_id is not None:
            await self._try_direct_message(interaction, question)
        await self.bot.executors.run_db(self.bot.storage.watches.add, watch)
        context_button = partial(ContextButton.beside, localize=localize)
        return watching_card(watch, known, context_button, localize)

    async def _try_direct_message(self, interaction: Interaction, question: str) -> None:
        """Raises: Refusal, if the user takes no direct messages from the bot."""
        localize = translator_for(interaction.locale)
        text = localize("watch-first-message", question=plain(question, MAX_QUESTION_LENGTH))
        try:
            await interaction.user.send(view=text_card(text))
        except discord.HTTPException as error:
            if is_outage(error):
                raise
            raise Refusal("watch-no-direct-messages") from error

    @app_commands.command(name="list", description=command_text("watch-list-description"))
    async def list_(self, interaction: Interaction) -> None:
        await respond(interaction, watch_list(interaction), private=True)

    @app_commands.command(description=command_text("watch-pause-description"))
    @app_commands.describe(watch=command_text("watch-pause-watch"))
    async def pause(self, interaction: Interaction, watch: AutocompletedText) -> None:
        await self._change(interaction, watch, "pause")

    @app_commands.command(description=command_text("watch-resume-description"))
    @app_commands.describe(watch=command_text("watch-resume-watch"))
    async def resume(self, interaction: Interaction, watch: AutocompletedText) -> None:
        await self._change(interaction, watch, "resume")

    @app_commands.command(description=command_text("watch-remove-description"))
    @app_commands.describe(watch=command_text("watch-remove-watch"))
    async def remove(self, interaction: Interaction, watch: AutocompletedText) -> None:
        await self._change(interaction, watch, "remove")

    async def _change(self, interaction: Interaction, wanted: str, action: str) -> None:
        async def card() -> ui.LayoutView:
            watch = await self._find(interaction, wanted)
            return text_card(await change_watch(interaction, watch, action))

        await respond(interaction, card(), private=True)

    async def _find(self, interaction: Interaction, wanted: str) -> Watch:
        """The watch that was chosen, or whose question was typed, in part.

        Raises:
            Refusal: there is none, or more than one.
        """
        watches = await get_visible(interaction)
        typed = wanted.casefold().strip()
        chosen = [watch for watch in watches if wanted == _choice_value(watch)]
        exact = [watch for watch in watches if watch.question.casefold() == typed]
        partly = [watch for watch in watches if typed in watch.question.casefold()]
        found = chosen or exact or partly
        if len(found) == 1:
            return await require_own(interaction, found[0].key)
        key, list_ = "watch-unclear" if found else "watch-unknown", self.bot.mention("watch list")
        raise Refusal(key, question=plain(wanted, 100), list=list_)

    @pause.autocomplete("watch")
    @resume.autocomplete("watch")
    @remove.autocomplete("watch")
    async def questions(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The watched questions that contain what has been typed so far."""
        sought = typed.casefold().strip()
        return [
            app_commands.Choice(
                name=cut(watch.question, MAX_CHOICE_LENGTH), value=_choice_value(watch)
            )
            for watch in await get_visible(interaction)
            if sought in watch.question.casefold()
        ][:MAX_CHOICES]


def _choice_value(watch: Watch) -> str:
    """The value of an autocomplete choice, which cannot be mistaken for a typed question."""
    return f"watch:{watch.key}"


async def _require_postable(interaction: Interaction, channel: discord.TextChannel) -> None:
    """Raises: Refusal, if the user is no editor, or the user or the bot cannot write in a
    channel."""
    await require_watch_editor(interaction, "watch-channel-editors")
    require_writable(channel)
    user = interaction.user
    if not isinstance(user, discord.Member) or not channel.permissions_for(user).send_messages:
        raise Refusal("channel-not-yours", channel=channel.mention)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(WatchCog(bot))
