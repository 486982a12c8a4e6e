"""Asking whether an added article is a corrected version of one with its title."""

import re
from collections.abc import Sequence
from typing import Any

from discord import Interaction, ui

from bot.buttons.base import PersistentButton
from bot.cards import byline, text_card
from bot.cards.layout import row
from bot.client import Dateline
from bot.collections import own_collection
from bot.errors import Refusal
from bot.language import Translator, translator_for
from bot.markdown import plain
from bot.services.adding import Source, add_articles, describe_outcome
from bot.services.corrections import corrected, find_corrections
from bot.services.editing import TITLE_LIMIT, record_additions, save_edited
from bot.services.permissions import require_editor
from bot.services.readable_articles import get_own_article
from bot.services.responding import respond
from bot.storage.drafts import Correction

MAX_TITLES_SHOWN = 5

CHOICES = {"correct": "button-correct", "another": "button-another", "cancel": "button-cancel"}
"""What the user can decide, and the keys of the labels."""


async def add_or_ask(
    interaction: Interaction[Any], collection: str, found: Sequence[Source]
) -> ui.LayoutView:
    """Adds what was found in an upload. Articles whose title is in the collection already are kept
    until the user has decided whether they are corrections."""
    bot: Dateline = interaction.client
    localize = translator_for(interaction.locale)
    corrections = await find_corrections(bot, collection, found)
    if not corrections:
        return text_card(await _add(interaction, collection, found))
    asked = {id(correction.article) for correction in corrections}
    others = [source for source in found if id(source) not in asked]
    lines = [await _add(interaction, collection, others)] if others else []
    bot.corrections[interaction.id] = corrections
    card = text_card("\n\n".join([*lines, _question(corrections, localize)]))
    count = len(corrections)
    buttons = [
        CorrectionButton(choice, interaction.id, localize(label, count=count))
        for choice, label in CHOICES.items()
    ]
    for item in row(buttons):
        card.add_item(item)
    return card


class CorrectionButton(
    PersistentButton,
    template=rf"correction:(?P<choice>{'|'.join(CHOICES)}):(?P<key>[0-9]{{1,20}})",
):
    """Adds the articles that were kept, as corrections or as separate articles, or drops them."""

    def __init__(self, choice: str, key: int, label: str = "…") -> None:
        super().__init__(f"correction:{choice}:{key}", label)
        self.choice, self.key = choice, key

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return {"choice": match["choice"], "key": int(match["key"])}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._chosen(interaction), private=True, update=True)

    async def _chosen(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        localize = translator_for(interaction.locale)
        collection = own_collection(await require_editor(interaction))
        corrections = bot.corrections.get(self.key, ())
        if not corrections or corrections[0].article.collection != collection:
            raise Refusal("draft-gone", add=bot.mention("manage articles add"))
        if self.choice == "correct":
            told = "\n".join([await _correct(interaction, each) for each in corrections])
        elif self.choice == "another":
            told = await _add(interaction, collection, [each.article for each in corrections])
        else:
            told = localize("correction-canceled")
        bot.corrections.pop(self.key, None)
        return text_card(told)


async def _add(interaction: Interaction[Any], collection: str, found: Sequence[Source]) -> str:
    """Adds articles; returns the outcome in words."""
    outcome = await add_articles(interaction.client, collection, found)
    await record_additions(interaction, outcome.additions)
    return describe_outcome(outcome, translator_for(interaction.locale))


async def _correct(interaction: Interaction[Any], correction: Correction) -> str:
    """Saves an article as a correction; returns what was done in words."""
    existing = await get_own_article(interaction, correction.existing.id)
    new = corrected(Correction(correction.article, existing))
    key = await save_edited(interaction, existing, new)
    title = plain(new.title, TITLE_LIMIT)
    return translator_for(interaction.locale)(key or "edit-nothing", title=title)


def _question(corrections: Sequence[Correction], localize: Translator) -> str:
    existing = [correction.existing for correction in corrections]
    about = [byline(article, localize) for article in existing]
    titles = [
        f"“{plain(article.title, 100)}”" + (f" ({plain(known, 100)})" if known else "")
        for article, known in zip(existing, about, strict=True)
    ]
    shown = ", ".join(titles[:MAX_TITLES_SHOWN]) + ", …" * (len(titles) > MAX_TITLES_SHOWN)
    return localize("correction-question", count=len(titles), titles=shown)
