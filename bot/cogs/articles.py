"""``/articles``: what the library holds, and what a server keeps in it."""

import json
from functools import partial
from itertools import chain

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import errors
from bot.buttons import PageButton
from bot.buttons.articles import page_of_articles
from bot.buttons.failed_jobs import ForgetButton, RetryButton, page_of_failed
from bot.buttons.pagination import TurnButton
from bot.buttons.paste_form import AgainButton, PasteForm
from bot.buttons.removal import KeepButton, RemoveButton, own_article, removal_card
from bot.cards import article_card, text_card
from bot.client import Dateline, Interaction
from bot.cogs.ask import Chosen, Day
from bot.errors import Refusal
from bot.language import said, speaking
from bot.services import adding as editing
from bot.services import answering as asking
from bot.services import uploads
from bot.services.filters import (
    article_choices,
    choices_among,
    find_article,
    narrow,
    publisher_choices,
)
from bot.services.responding import respond
from index import Scope

Link = app_commands.Range[str, 1, 2000]


class Articles(
    commands.GroupCog, group_name="articles", group_description=said("articles-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Add to the library", callback=self.add_message)
        self.menu.default_permissions = discord.Permissions(manage_guild=True)
        self.menu.guild_only = True

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(name="list", description=said("articles-list-description"))
    @app_commands.describe(
        publisher=said("articles-list-publisher"), since=said("articles-list-since")
    )
    @app_commands.autocomplete(publisher=publisher_choices)
    async def list_(
        self, interaction: Interaction, publisher: Chosen | None = None, since: Day | None = None
    ) -> None:
        async with errors.told(interaction):
            narrowed = await narrow(interaction, None, publisher, since)
            asked = asking.asked_by(interaction, "", kind="list", **narrowed)
            await respond(interaction, page_of_articles(interaction, 0, asked), private=True)

    @app_commands.command(description=said("articles-show-description"))
    @app_commands.describe(article=said("articles-show-article"))
    @app_commands.autocomplete(article=article_choices)
    async def show(self, interaction: Interaction, article: Chosen) -> None:
        await respond(interaction, self._article(interaction, article), private=True)

    async def _article(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        found = await find_article(interaction, wanted)
        paragraphs = await self.bot.quickly(self.bot.library.paragraphs, found.id)
        return article_card(found, paragraphs, speaking(interaction.locale))

    @app_commands.command(description=said("articles-add-description"))
    @app_commands.describe(
        url=said("articles-add-url"),
        file=said("articles-add-file"),
        paste=said("articles-add-paste"),
    )
    async def add(
        self,
        interaction: Interaction,
        url: Link | None = None,
        file: discord.Attachment | None = None,
        paste: bool = False,
    ) -> None:
        async with errors.told(interaction):
            await editing.require_editor(interaction)
            if paste or not (url or file):
                await interaction.response.send_modal(PasteForm(speaking(interaction.locale)))
            else:
                files, links = [file] if file else [], [uploads.with_scheme(url)] if url else []
                await respond(interaction, self._added(interaction, files, links), private=True)

    async def add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Add a message's files; where it has none, what it links to or, else, its text."""
        async with errors.told(interaction):
            await editing.require_editor(interaction)
            links = [] if message.attachments else uploads.links_in(message.content)
            if not (message.attachments or links or asking.holds_words(message.content)):
                raise Refusal("nothing-to-add")
            card = self._added(interaction, message.attachments, links, message)
            await respond(interaction, card, private=True)

    async def _added(
        self,
        interaction: Interaction,
        files: list[discord.Attachment],
        links: list[str],
        message: discord.Message | None = None,
    ) -> ui.LayoutView:
        collection = self.bot.own_collection(editing.require_server(interaction))
        if message is not None and not files and not links:
            sources = [uploads.read_message(message, collection)]
        else:
            sources = [
                await uploads.read_files(files, collection),
                await uploads.read_links(self.bot.fetcher, links, collection),
            ]
        outcome = await editing.add(
            self.bot, collection, lambda: chain.from_iterable(read() for read in sources)
        )
        return text_card(editing.in_words(outcome, speaking(interaction.locale)))

    @app_commands.command(description=said("articles-failed-description"))
    async def failed(self, interaction: Interaction) -> None:
        await respond(interaction, page_of_failed(interaction, 0), private=True)

    @app_commands.command(description=said("articles-remove-description"))
    @app_commands.describe(article=said("articles-remove-article"))
    async def remove(self, interaction: Interaction, article: Chosen) -> None:
        await respond(interaction, self._removal(interaction, article), private=True)

    async def _removal(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        await editing.require_editor(interaction)
        found = await find_article(interaction, wanted)
        own = await own_article(interaction, found.id)
        return removal_card(own, speaking(interaction.locale))

    @app_commands.command(description=said("articles-export-description"))
    async def export(self, interaction: Interaction) -> None:
        async with errors.told(interaction):
            server = await editing.require_editor(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            say, collection = speaking(interaction.locale), self.bot.own_collection(server)
            scope = Scope((collection,))
            count = await self.bot.quickly(self.bot.library.count, scope)
            if not count:
                raise Refusal("export-empty")
            limit = interaction.filesize_limit
            file = await self.bot.in_turn(partial(self._exported, scope, collection, limit))
            if isinstance(file, int):
                size = -(-file // uploads.MEBIBYTE)
                raise Refusal("export-too-large", size=size, collection=collection)
            card = text_card(say("export-done", count=count))
            card.add_item(ui.File(file))
            await interaction.edit_original_response(view=card, attachments=[file])

    def _exported(self, scope: Scope, name: str, limit: int) -> discord.File | int:
        articles = self.bot.library.every_article(scope)
        lines = (json.dumps(article.as_record(), ensure_ascii=False) for article in articles)
        return uploads.as_file(lines, f"{name}.jsonl", limit)

    @remove.autocomplete("article")
    async def own_titles(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None:
            return []
        own = Scope((self.bot.own_collection(interaction.guild_id),))
        return await choices_among(own, interaction, typed)


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(PageButton, RemoveButton, KeepButton, AgainButton)
    bot.add_dynamic_items(TurnButton, RetryButton, ForgetButton)
    await bot.add_cog(Articles(bot))
