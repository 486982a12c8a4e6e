"""``/manage articles``: adds, edits, removes and exports a server's articles."""

import json
from functools import partial
from itertools import chain

import discord
from discord import app_commands, ui

from bot.buttons.article_form import ArticleForm, TextForm, draft_of_article, saved_card
from bot.buttons.corrections import add_or_ask
from bot.buttons.failed_jobs import failed_jobs_list
from bot.buttons.history_pages import history_page
from bot.buttons.removal import removal_card, restored_card
from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.collections import own_collection
from bot.errors import Refusal
from bot.language import command_text, translator_for
from bot.markdown import cut, plain
from bot.services import uploads
from bot.services.adding import read_sources
from bot.services.answering import contains_words
from bot.services.editing import edited
from bot.services.filters import (
    MAX_CHOICE_LENGTH,
    MAX_CHOICES,
    AutocompletedText,
    choices_in_scope,
    find_edited_article,
    find_own_article,
)
from bot.services.permissions import is_editor, require_editor
from bot.services.responding import respond
from index import Article, Scope


class ManageArticles(app_commands.Group):
    def __init__(self, bot: Dateline) -> None:
        super().__init__(name="articles", description=command_text("manage-articles-description"))
        self.bot = bot

    @app_commands.command(description=command_text("articles-add-description"))
    @app_commands.describe(
        url=command_text("articles-add-url"),
        file=command_text("articles-add-file"),
        paste=command_text("articles-add-paste"),
    )
    async def add(
        self,
        interaction: Interaction,
        url: uploads.LinkText | None = None,
        file: discord.Attachment | None = None,
        paste: bool = False,
    ) -> None:
        if paste and (url or file):
            raise Refusal("paste-alone")
        if not (url or file):
            await require_editor(interaction)  # before the form, which cannot be deferred
            await interaction.response.send_modal(ArticleForm(translator_for(interaction.locale)))
        else:
            files, links = [file] if file else [], [uploads.with_scheme(url)] if url else []
            await respond(interaction, self._added(interaction, files, links), private=True)

    async def add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Add a message's files; without files, its links; without links, its text."""
        links = [] if message.attachments else uploads.links_in(message.content)
        card = self._added(interaction, message.attachments, links, message)
        await respond(interaction, card, private=True)

    async def _added(
        self,
        interaction: Interaction,
        files: list[discord.Attachment],
        links: list[str],
        message: discord.Message | None = None,
    ) -> ui.LayoutView:
        collection = own_collection(await require_editor(interaction))
        if message is not None and not files and not links:
            if not contains_words(message.content):
                raise Refusal("nothing-to-add")
            sources = [uploads.read_message(message, collection)]
        else:
            sources = [
                await uploads.read_files(files, collection),
                await uploads.read_links(self.bot.fetcher, links, collection),
            ]
        found = await read_sources(lambda: chain.from_iterable(read() for read in sources))
        return await add_or_ask(interaction, collection, found)

    @app_commands.command(description=command_text("articles-edit-description"))
    @app_commands.describe(
        article=command_text("articles-edit-article"),
        text=command_text("articles-edit-text"),
        file=command_text("articles-edit-file"),
    )
    async def edit(
        self,
        interaction: Interaction,
        article: AutocompletedText,
        text: bool = False,
        file: discord.Attachment | None = None,
    ) -> None:
        if file:
            await respond(interaction, self._corrected(interaction, article, file), private=True)
            return
        found = await find_own_article(interaction, article)  # before the form, as in ``add``
        localize = translator_for(interaction.locale)
        form = TextForm(localize, found) if text else ArticleForm(localize, draft_of_article(found))
        await interaction.response.send_modal(form)

    async def _corrected(
        self, interaction: Interaction, wanted: str, file: discord.Attachment
    ) -> ui.LayoutView:
        article = await find_own_article(interaction, wanted)
        sources = await read_sources(await uploads.read_files([file], article.collection))
        if len(sources) != 1:
            raise Refusal("edit-one-text", name=plain(file.filename, 100), count=len(sources))
        (source,) = sources
        if not isinstance(source, Article):
            raise Refusal("refused", reason=plain(str(source), 300))
        return await saved_card(interaction, article, edited(article, text=source.text))

    @app_commands.command(description=command_text("articles-history-description"))
    @app_commands.describe(article=command_text("articles-history-article"))
    async def history(
        self, interaction: Interaction, article: AutocompletedText | None = None
    ) -> None:
        await respond(interaction, self._history(interaction, article), private=True)

    async def _history(self, interaction: Interaction, wanted: str | None) -> ui.LayoutView:
        guild_id = await require_editor(interaction)
        edit = await find_edited_article(interaction, guild_id, wanted) if wanted else None
        return await history_page(interaction, key=edit.key if edit else 0)

    @app_commands.command(description=command_text("articles-undo-description"))
    async def undo(self, interaction: Interaction) -> None:
        await respond(interaction, restored_card(interaction), private=True)

    @app_commands.command(description=command_text("articles-failed-description"))
    async def failed(self, interaction: Interaction) -> None:
        await respond(interaction, failed_jobs_list(interaction), private=True)

    @app_commands.command(description=command_text("articles-remove-description"))
    @app_commands.describe(article=command_text("articles-remove-article"))
    async def remove(self, interaction: Interaction, article: AutocompletedText) -> None:
        await respond(interaction, self._removal(interaction, article), private=True)

    async def _removal(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        own = await find_own_article(interaction, wanted)
        former = await self.bot.executors.run_db(self.bot.library.history, own.id)
        return removal_card(own, len(former), translator_for(interaction.locale))

    @app_commands.command(description=command_text("articles-export-description"))
    async def export(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id = await require_editor(interaction)
        localize, collection = translator_for(interaction.locale), own_collection(guild_id)
        scope = Scope((collection,))
        count = await self.bot.executors.run_db(self.bot.library.count, scope)
        if not count:
            raise Refusal("export-empty")
        limit = interaction.filesize_limit
        file = await self.bot.executors.run_exclusive(
            partial(self._exported, scope, collection, limit)
        )
        if isinstance(file, int):
            size = -(-file // uploads.MEBIBYTE)
            raise Refusal("export-too-large", size=size, collection=collection)
        card = text_card(localize("export-done", count=count))
        card.add_item(ui.File(file))
        await interaction.edit_original_response(view=card, attachments=[file])

    def _exported(self, scope: Scope, name: str, limit: int) -> discord.File | int:
        articles = self.bot.library.every_article(scope)
        lines = (json.dumps(article.as_record(), ensure_ascii=False) for article in articles)
        return uploads.text_file(lines, f"{name}.jsonl", limit)

    @history.autocomplete("article")
    async def edited_titles(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The articles in the history, removed ones included."""
        if interaction.guild_id is None or not await is_editor(interaction):
            return []
        titled = self.bot.storage.edit_log.titled
        found = await self.bot.executors.run_db(titled, interaction.guild_id, typed, MAX_CHOICES)
        return [
            app_commands.Choice(
                name=cut(edit.title, MAX_CHOICE_LENGTH), value=edit.article_id or edit.title
            )
            for edit in found
        ]

    @edit.autocomplete("article")
    @remove.autocomplete("article")
    async def own_titles(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None:
            return []
        own = Scope((own_collection(interaction.guild_id),))
        return await choices_in_scope(own, interaction, typed)
