"""``/settings``: the settings of a server."""

from collections.abc import Collection
from typing import Any, cast

import discord
from discord import Interaction as AnyInteraction
from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.base import Form
from bot.cards import facts_card, text_card
from bot.client import Dateline, Interaction
from bot.errors import Refusal
from bot.language import Translator, command_text, translator_for
from bot.markdown import plain
from bot.services.digest_scheduling import (
    FREQUENCY_KEYS,
    Frequency,
    describe_schedule,
    schedule_digest,
    zone_choices,
)
from bot.services.permissions import require_manager, require_writable
from bot.services.responding import respond
from bot.storage import ServerSettings
from bot.storage.digest_schedules import DigestSchedule

MAX_QUESTIONS = 1000
MAX_SECONDS = 3600

MAX_CHANNELS_SHOWN = 20

DELETE_FORM_TIMEOUT_SECONDS = 900.0

AskChannel = discord.TextChannel | discord.ForumChannel


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SettingsCog(
    commands.GroupCog, group_name="settings", group_description=command_text("settings-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("settings-show-description"))
    async def show(self, interaction: Interaction) -> None:
        await respond(interaction, self._shown(interaction), private=True)

    @app_commands.command(description=command_text("settings-threads-description"))
    @app_commands.describe(on=command_text("settings-threads-on-option"))
    async def threads(self, interaction: Interaction, on: bool) -> None:
        await respond(interaction, self._threads(interaction, on), private=True)

    @app_commands.command(
        name="ask-channel", description=command_text("settings-channel-description")
    )
    @app_commands.describe(
        channel=command_text("settings-channel-channel"), on=command_text("settings-channel-on")
    )
    async def ask_channel(
        self, interaction: Interaction, channel: AskChannel, on: bool = True
    ) -> None:
        await respond(interaction, self._ask_channel(interaction, channel, on), private=True)

    @app_commands.command(description=command_text("settings-editors-description"))
    @app_commands.describe(role=command_text("settings-editors-option"))
    async def editors(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        changed = self._changed(interaction, editors=role.id if role else None)
        await respond(interaction, changed, private=True)

    @app_commands.command(description=command_text("settings-cooldown-description"))
    @app_commands.describe(
        questions=command_text("settings-cooldown-questions"),
        seconds=command_text("settings-cooldown-seconds"),
    )
    async def cooldown(
        self,
        interaction: Interaction,
        questions: app_commands.Range[int, 1, MAX_QUESTIONS],
        seconds: app_commands.Range[int, 0, MAX_SECONDS],
    ) -> None:
        changed = self._cooldown(interaction, questions=questions, seconds=seconds)
        await respond(interaction, changed, private=True)

    @app_commands.command(description=command_text("settings-digest-description"))
    @app_commands.describe(
        every=command_text("settings-digest-every"),
        channel=command_text("settings-digest-channel"),
        at=command_text("settings-digest-at"),
        zone=command_text("settings-digest-zone"),
    )
    @app_commands.choices(
        every=[
            app_commands.Choice(name=command_text(key), value=frequency)
            for frequency, key in FREQUENCY_KEYS.items()
        ]
    )
    @app_commands.autocomplete(zone=zone_choices)
    async def digest(
        self,
        interaction: Interaction,
        every: app_commands.Choice[str],
        channel: discord.TextChannel | None = None,
        at: app_commands.Range[str, 1, 20] | None = None,
        zone: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        frequency = cast(Frequency, every.value)
        card = schedule_digest(interaction, frequency, channel, at, zone)
        await respond(interaction, card, private=True)

    @app_commands.command(
        name="delete-everything", description=command_text("settings-delete-description")
    )
    async def delete_everything(self, interaction: Interaction) -> None:
        require_manager(interaction)
        assert interaction.guild is not None
        form = DeleteForm(interaction.guild.name, translator_for(interaction.locale))
        await interaction.response.send_modal(form)

    async def _shown(self, interaction: Interaction) -> ui.LayoutView:
        guild_id = require_manager(interaction)
        server_settings = self.bot.storage.server_settings
        settings = await self.bot.executors.run_db(server_settings.get, guild_id)
        channels = await self.bot.executors.run_db(server_settings.ask_channels, guild_id)
        digest = await self.bot.executors.run_db(self.bot.storage.digests.get, guild_id)
        return self._card("settings-heading", interaction, settings, channels, digest)

    def _card(
        self,
        heading: str,
        interaction: Interaction,
        settings: ServerSettings,
        channels: Collection[int],
        digest: DigestSchedule | None,
    ) -> ui.LayoutView:
        localize = translator_for(interaction.locale)
        guild = interaction.guild
        existing = [n for n in sorted(channels) if guild and guild.get_channel(n)]
        named = ", ".join(f"<#{channel}>" for channel in existing[:MAX_CHANNELS_SHOWN])
        named += ", …" if len(existing) > MAX_CHANNELS_SHOWN else ""
        facts = {
            "settings-threads": localize(
                "settings-threads-on" if settings.threads else "settings-threads-off"
            ),
            "settings-channels": named or localize("settings-channels-none"),
            "settings-digest": describe_schedule(digest, localize)
            if digest
            else localize("settings-digest-none"),
            "settings-editors": localize("settings-editors-role", role=f"<@&{settings.editors}>")
            if settings.editors
            else localize("settings-editors-managers"),
            "settings-cooldown": localize(
                "settings-cooldown-some", questions=settings.questions, seconds=settings.seconds
            )
            if settings.seconds
            else localize("settings-cooldown-none"),
        }
        lines = [(localize(name), value) for name, value in facts.items()]
        assert self.bot.user is not None
        name = plain(self.bot.user.name, 100)
        hint = localize("settings-hint", manage="`/manage`", bot=name)
        return facts_card(localize(heading), lines, hint, is_markdown=True)

    async def _changed(self, interaction: Interaction, **changes: Any) -> ui.LayoutView:
        guild_id = require_manager(interaction)
        server_settings = self.bot.storage.server_settings
        channels = await self.bot.executors.run_db(server_settings.ask_channels, guild_id)
        digest = await self.bot.executors.run_db(self.bot.storage.digests.get, guild_id)
        settings = await self.bot.executors.run_db(server_settings.update, guild_id, **changes)
        return self._card("settings-saved", interaction, settings, channels, digest)

    async def _cooldown(self, interaction: Interaction, **changes: int) -> ui.LayoutView:
        saved = await self._changed(interaction, **changes)
        self.bot.rate_limits.reset(require_manager(interaction))
        return saved

    async def _threads(self, interaction: Interaction, on: bool) -> ui.LayoutView:
        saved = await self._changed(interaction, threads=on)
        assert interaction.guild is not None
        me = interaction.guild.me
        for channel in interaction.guild.text_channels if on else ():
            permissions = channel.permissions_for(me)
            if permissions.send_messages and not permissions.create_public_threads:
                localize = translator_for(interaction.locale)
                name = "Create Public Threads"
                return text_card(localize("threads-no-permission", permission=name))
        return saved

    async def _ask_channel(
        self, interaction: Interaction, channel: AskChannel, on: bool
    ) -> ui.LayoutView:
        guild_id, localize = require_manager(interaction), translator_for(interaction.locale)
        if on:
            require_writable(channel)
        server_settings = self.bot.storage.server_settings
        settings = await self.bot.executors.run_db(server_settings.get, guild_id)
        others = await self.bot.executors.run_db(server_settings.ask_channels, guild_id) - {
            channel.id
        }
        digest = await self.bot.executors.run_db(self.bot.storage.digests.get, guild_id)
        chosen = others | {channel.id} if on else others
        await self.bot.executors.run_db(server_settings.set_ask_channels, guild_id, chosen)
        (self.bot.ask_channels.add if on else self.bot.ask_channels.discard)(channel.id)
        if on and not self.bot.intents.message_content:
            return text_card(localize("channel-unseen"))
        return self._card("settings-saved", interaction, settings, chosen, digest)


class DeleteForm(Form):
    """Deletes all data of a server, after its name has been typed as a confirmation."""

    def __init__(self, name: str, localize: Translator) -> None:
        super().__init__(localize("delete-title"), DELETE_FORM_TIMEOUT_SECONDS)
        self.name = name
        self.typed = ui.TextInput[ui.Modal](placeholder=localize("delete-hint", name=name)[:100])
        self.add_item(ui.TextDisplay(localize("delete-explained")))
        self.add_item(ui.Label(text=localize("delete-label"), component=self.typed))

    async def on_submit(self, interaction: AnyInteraction[Any], /) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: AnyInteraction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        guild_id = require_manager(interaction)
        if self.typed.value.strip().casefold() != self.name.strip().casefold():
            raise Refusal("delete-mistyped")
        count = await bot.delete_server(guild_id)
        return text_card(translator_for(interaction.locale)("deleted", count=count))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(SettingsCog(bot))
