"""The forms of articles: for pasting a new one, editing the details of one, or correcting its text.

A form with errors is kept as a draft.
"""

from datetime import date, datetime
from typing import Any

from discord import Interaction, TextStyle, ui

from bot.buttons.base import Form, PersistentButton
from bot.buttons.corrections import add_or_ask
from bot.cards import text_card
from bot.client import Dateline
from bot.collections import own_collection
from bot.errors import Refusal, describe_error
from bot.language import Translator, translator_for
from bot.markdown import length, plain
from bot.services.editing import TITLE_LIMIT, edited, save_edited
from bot.services.filters import parse_day
from bot.services.permissions import require_editor
from bot.services.readable_articles import get_own_article
from bot.services.responding import respond
from bot.storage.drafts import ArticleDraft
from index import Article, ArticleError

MAX_TITLE_LENGTH = 300
MAX_LINE_LENGTH = 200
MAX_TEXT_LENGTH = 4000


class ArticleForm(Form):
    """A form for the title, publisher, date and link of an article, and for the text of a new one
    or the author of one that is edited."""

    def __init__(self, localize: Translator, draft: ArticleDraft | None = None) -> None:
        draft = draft or ArticleDraft()
        super().__init__(localize("edit-title" if draft.article_id else "paste-title"))
        self.draft = draft
        self.title_field = self.add_field(
            localize("paste-field-title"), draft.title, MAX_TITLE_LENGTH, required=True
        )
        self.publisher = self.add_field(
            localize("paste-field-publisher"), draft.publisher, MAX_LINE_LENGTH
        )
        self.author = (
            self.add_field(localize("edit-field-author"), draft.author, MAX_LINE_LENGTH)
            if draft.article_id
            else None
        )
        self.published = self.add_field(
            localize("paste-field-published"),
            draft.published,
            MAX_LINE_LENGTH,
            localize("paste-field-published-hint"),
        )
        self.url = self.add_field(localize("paste-field-url"), draft.url, MAX_TEXT_LENGTH)
        self.text = None if draft.article_id else _add_text_field(self, draft.text, localize)

    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        localize = translator_for(interaction.locale)
        guild_id = await require_editor(interaction)
        draft = ArticleDraft(
            self.title_field.value,
            self.publisher.value,
            self.published.value,
            self.url.value,
            self.text.value if self.text else "",
            self.author.value if self.author else "",
            self.draft.article_id,
        )
        try:
            if draft.article_id:
                return await self._edited(interaction, draft)
            article = await bot.executors.run_db(
                article_of_draft, draft, own_collection(guild_id), interaction.created_at
            )
        except Refusal as refusal:
            bot.drafts[interaction.id] = draft
            card = text_card(describe_error(refusal, localize))
            return card.add_item(ui.ActionRow(AgainButton(interaction.id, localize("paste-again"))))
        return await add_or_ask(interaction, article.collection, [article])

    async def _edited(self, interaction: Interaction[Any], draft: ArticleDraft) -> ui.LayoutView:
        article = await get_own_article(interaction, draft.article_id)
        published = article.published
        if draft.published.strip() != (published.isoformat() if published else ""):
            bot: Dateline = interaction.client
            now = interaction.created_at
            published = await bot.executors.run_db(_published, draft.published, now)
        new = edited(
            article,
            title=draft.title,
            publisher=draft.publisher or None,
            published=published,
            url=draft.url or None,
            author=draft.author or None,
        )
        return await saved_card(interaction, article, new)


class TextForm(Form):
    """A form for the text of an article.

    Raises:
        Refusal: the text is too long for a form.
    """

    def __init__(self, localize: Translator, article: Article) -> None:
        super().__init__(localize("edit-text-title"))
        if length(article.text) > MAX_TEXT_LENGTH:
            raise Refusal("edit-text-too-long", limit=MAX_TEXT_LENGTH)
        self.article_id = article.id
        self.text = _add_text_field(self, article.text, localize)

    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        article = await get_own_article(interaction, self.article_id)
        new = edited(article, text=self.text.value)
        return await saved_card(interaction, article, new)


def _add_text_field(form: Form, text: str, localize: Translator) -> ui.TextInput[Any]:
    return form.add_field(
        localize("paste-field-text"),
        text,
        MAX_TEXT_LENGTH,
        required=True,
        style=TextStyle.paragraph,
    )


class AgainButton(PersistentButton, template=r"again:(?P<key>[0-9]{1,20})"):
    """Opens the form again, filled in with the draft."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(f"again:{key}", label)
        self.key = key

    async def on_press(self, interaction: Interaction[Any]) -> None:
        bot: Dateline = interaction.client
        draft = bot.drafts.get(self.key)
        if draft is None:
            raise Refusal("draft-gone", add=bot.mention("manage articles add"))
        form = ArticleForm(translator_for(interaction.locale), draft)
        await interaction.response.send_modal(form)


async def saved_card(
    interaction: Interaction[Any], article: Article, new: Article
) -> ui.LayoutView:
    """Saves an edited article; returns a card that says so. Raises as ``save_edited``."""
    key = await save_edited(interaction, article, new)
    localize, title = translator_for(interaction.locale), plain(new.title, TITLE_LIMIT)
    return text_card(localize(key or "edit-nothing", title=title))


def draft_of_article(article: Article) -> ArticleDraft:
    """The details of an article, to be edited."""
    return ArticleDraft(
        article.title,
        article.publisher or "",
        article.published.isoformat() if article.published else "",
        article.url or "",
        author=article.author or "",
        article_id=article.id,
    )


def article_of_draft(draft: ArticleDraft, collection: str, now: datetime) -> Article:
    """The article of a draft. Raises Refusal, with the reason, if the draft is not valid."""
    published = _published(draft.published, now)
    try:
        return Article(
            draft.title, draft.text.strip(), draft.publisher, published, draft.url, collection
        )
    except ArticleError as error:
        raise Refusal("refused", reason=plain(str(error), 300)) from error


def _published(typed: str, now: datetime) -> date | None:
    """The day that was typed; None, if the field is empty."""
    if not typed.strip():
        return None
    published = parse_day(typed, now)
    if published is None:
        raise Refusal("date-unreadable", date=plain(typed, 60))
    return published
