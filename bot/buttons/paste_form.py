"""The form for pasting an article; a form with errors is kept as a draft."""

from datetime import datetime
from functools import partial
from typing import Any, Self

from discord import Interaction, TextStyle, ui

from bot.buttons.base import Form, PersistentButton
from bot.cards import text_card
from bot.client import Dateline
from bot.collections import own_collection
from bot.errors import Refusal, describe_error
from bot.language import Translator, translator_for
from bot.markdown import plain
from bot.services.adding import add_articles, describe_outcome
from bot.services.filters import parse_day
from bot.services.permissions import require_editor
from bot.services.responding import respond
from bot.storage.drafts import ArticleDraft
from index import Article, ArticleError

MAX_TITLE_LENGTH = 300
MAX_LINE_LENGTH = 200
MAX_TEXT_LENGTH = 4000


class PasteForm(Form):
    """A form for an article: its title, publisher, date, link and text."""

    def __init__(self, localize: Translator, draft: ArticleDraft | None = None) -> None:
        super().__init__(localize("paste-title"))
        draft = draft or ArticleDraft()
        self.title_field = self._field(
            localize("paste-field-title"), draft.title, MAX_TITLE_LENGTH, required=True
        )
        self.publisher = self._field(
            localize("paste-field-publisher"), draft.publisher, MAX_LINE_LENGTH
        )
        self.published = self._field(
            localize("paste-field-published"),
            draft.published,
            MAX_LINE_LENGTH,
            localize("paste-field-published-hint"),
        )
        self.url = self._field(localize("paste-field-url"), draft.url, MAX_TEXT_LENGTH)
        self.text = self._field(
            localize("paste-field-text"),
            draft.text,
            MAX_TEXT_LENGTH,
            required=True,
            style=TextStyle.paragraph,
        )

    def _field(
        self,
        label: str,
        value: str,
        length: int,
        hint: str | None = None,
        *,
        required: bool = False,
        style: TextStyle = TextStyle.short,
    ) -> ui.TextInput[Self]:
        field = ui.TextInput[Self](
            default=value or None,
            max_length=length,
            required=required,
            style=style,
            placeholder=hint,
        )
        self.add_item(ui.Label(text=label, component=field))
        return field

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
            self.text.value,
        )
        try:
            article = await bot.executors.run_db(
                article_of_draft, draft, own_collection(guild_id), interaction.created_at
            )
        except Refusal as refusal:
            bot.drafts[interaction.id] = draft
            card = text_card(describe_error(refusal, localize))
            return card.add_item(ui.ActionRow(AgainButton(interaction.id, localize("paste-again"))))
        outcome = await add_articles(bot, article.collection, partial(iter, [article]))
        return text_card(describe_outcome(outcome, localize))


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
        await interaction.response.send_modal(PasteForm(translator_for(interaction.locale), draft))


def article_of_draft(draft: ArticleDraft, collection: str, now: datetime) -> Article:
    """The article of a draft. Raises Refusal, with the reason, if the draft is not valid."""
    published = None
    if draft.published.strip():
        published = parse_day(draft.published, now)
        if published is None:
            raise Refusal("date-unreadable", date=plain(draft.published, 60))
    try:
        return Article(
            draft.title, draft.text.strip(), draft.publisher, published, draft.url, collection
        )
    except ArticleError as error:
        raise Refusal("refused", reason=plain(str(error), 300)) from error
