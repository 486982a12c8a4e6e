"""``/settings``: how the bot behaves in a server."""

from collections.abc import Collection
from typing import Any

import discord
from discord import Interaction as AnyInteraction
from discord import app_commands, ui
from discord.ext import commands

from bot import errors
from bot.cards import facts_card, text_card
from bot.client import Dateline, Interaction
from bot.errors import Refusal
from bot.language import Language, said, speaking
from bot.services.adding import require_manager, require_writable
from bot.services.responding import respond
from bot.storage import ServerSettings

QUESTIONS = 1000
SECONDS = 3600

CHANNELS = 20
"""Ask channels that are named."""

PATIENCE = 900
"""Seconds for which the open form is waited for."""


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Settings(
    commands.GroupCog, group_name="settings", group_description=said("settings-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=said("settings-show-description"))
    async def show(self, interaction: Interaction) -> None:
        await respond(interaction, self._shown(interaction), private=True)

    @app_commands.command(description=said("settings-threads-description"))
    @app_commands.describe(on=said("settings-threads-on-option"))
    async def threads(self, interaction: Interaction, on: bool) -> None:
        await respond(interaction, self._threads(interaction, on), private=True)

    @app_commands.command(name="ask-channel", description=said("settings-channel-description"))
    @app_commands.describe(channel=said("settings-channel-channel"), on=said("settings-channel-on"))
    async def ask_channel(
        self, interaction: Interaction, channel: discord.TextChannel, on: bool = True
    ) -> None:
        await respond(interaction, self._ask_channel(interaction, channel, on), private=True)

    @app_commands.command(description=said("settings-editors-description"))
    @app_commands.describe(role=said("settings-editors-option"))
    async def editors(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        changed = self._changed(interaction, editors=role.id if role else None)
        await respond(interaction, changed, private=True)

    @app_commands.command(description=said("settings-cooldown-description"))
    @app_commands.describe(
        questions=said("settings-cooldown-questions"), seconds=said("settings-cooldown-seconds")
    )
    async def cooldown(
        self,
        interaction: Interaction,
        questions: app_commands.Range[int, 1, QUESTIONS],
        seconds: app_commands.Range[int, 0, SECONDS],
    ) -> None:
        changed = self._changed(interaction, questions=questions, seconds=seconds)
        await respond(interaction, changed, private=True)

    @app_commands.command(name="delete-everything", description=said("settings-delete-description"))
    async def delete_everything(self, interaction: Interaction) -> None:
        async with errors.told(interaction):
            require_manager(interaction)
            assert interaction.guild is not None
            form = DeleteForm(interaction.guild.name, speaking(interaction.locale))
            await interaction.response.send_modal(form)

    async def _shown(self, interaction: Interaction) -> ui.LayoutView:
        server, servers = require_manager(interaction), self.bot.memory.servers
        settings = await self.bot.quickly(servers.settings, server)
        channels = await self.bot.quickly(servers.ask_channels, server)
        return self._card("settings-heading", interaction, settings, channels)

    def _card(
        self,
        heading: str,
        interaction: Interaction,
        settings: ServerSettings,
        channels: Collection[int],
    ) -> ui.LayoutView:
        say = speaking(interaction.locale)
        there = [
            n for n in sorted(channels) if interaction.guild and interaction.guild.get_channel(n)
        ]
        named = ", ".join(f"<#{channel}>" for channel in there[:CHANNELS])
        named += ", …" if len(there) > CHANNELS else ""
        facts = {
            "settings-threads": say(
                "settings-threads-on" if settings.threads else "settings-threads-off"
            ),
            "settings-channels": named or say("settings-channels-none"),
            "settings-editors": say("settings-editors-role", role=f"<@&{settings.editors}>")
            if settings.editors
            else say("settings-editors-managers"),
            "settings-cooldown": say(
                "settings-cooldown-some", questions=settings.questions, seconds=settings.seconds
            )
            if settings.seconds
            else say("settings-cooldown-none"),
        }
        told = [(say(name), value) for name, value in facts.items()]
        return facts_card(say(heading), told, say("settings-hint"), marked=True)

    async def _changed(self, interaction: Interaction, **changes: Any) -> ui.LayoutView:
        server, servers = require_manager(interaction), self.bot.memory.servers
        channels = await self.bot.quickly(servers.ask_channels, server)
        settings = await self.bot.quickly(servers.change, server, **changes)
        self.bot.cooldowns.forget()
        return self._card("settings-saved", interaction, settings, channels)

    async def _threads(self, interaction: Interaction, on: bool) -> ui.LayoutView:
        saved = await self._changed(interaction, threads=on)
        assert interaction.guild is not None
        me = interaction.guild.me
        for channel in interaction.guild.text_channels if on else ():
            permissions = channel.permissions_for(me)
            if permissions.send_messages and not permissions.create_public_threads:
                say = speaking(interaction.locale)
                name = "Create Public Threads"
                return text_card(say("threads-no-permission", permission=name))
        return saved

    async def _ask_channel(
        self, interaction: Interaction, channel: discord.TextChannel, on: bool
    ) -> ui.LayoutView:
        server, say = require_manager(interaction), speaking(interaction.locale)
        if on:
            require_writable(channel)
        servers = self.bot.memory.servers
        settings = await self.bot.quickly(servers.settings, server)
        others = await self.bot.quickly(servers.ask_channels, server) - {channel.id}
        chosen = others | {channel.id} if on else others
        await self.bot.quickly(servers.set_ask_channels, server, chosen)
        (self.bot.ask_channels.add if on else self.bot.ask_channels.discard)(channel.id)
        if on and not self.bot.intents.message_content:
            return text_card(say("channel-unseen"))
        return self._card("settings-saved", interaction, settings, chosen)


class DeleteForm(ui.Modal):
    """Deletes all that is known of a server, once its name was typed."""

    def __init__(self, name: str, say: Language) -> None:
        super().__init__(title=say("delete-title"), timeout=PATIENCE)
        self.name = name
        self.typed = ui.TextInput[ui.Modal](placeholder=say("delete-hint", name=name)[:100])
        self.add_item(ui.TextDisplay(say("delete-explained")))
        self.add_item(ui.Label(text=say("delete-label"), component=self.typed))

    async def on_submit(self, interaction: AnyInteraction[Any], /) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: AnyInteraction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        server = require_manager(interaction)
        if self.typed.value.strip().casefold() != self.name.strip().casefold():
            raise Refusal("delete-mistyped")
        count = await bot.forget_server(server)
        return text_card(speaking(interaction.locale)("deleted", count=count))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Settings(bot))
