"""The pages of a digest, whose period is in their buttons."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from discord import Interaction, ui
from discord.utils import format_dt, utcnow

from bot.buttons.open_article import OpenButton
from bot.buttons.pagination import page_buttons, paginated
from bot.buttons.passages import ContextButton
from bot.cards import text_card
from bot.cards.digest import DigestButtons, digest_card
from bot.client import Dateline
from bot.collections import readable_collections
from bot.language import Translator, translator_for
from bot.services.answering import question_from_interaction
from bot.services.cooldowns import enforce_cooldown
from index import Digest, Scope

MINUTE = timedelta(minutes=1)
MINUTES_DIGITS = 10**7
"""A page key is the time in seconds at which the period begins, followed by seven digits for its
length in minutes."""


@paginated("digest")
async def digest_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of a digest. Raises: Refusal, if the user exceeds the cooldown."""
    bot: Dateline = interaction.client
    seconds, minutes = divmod(key, MINUTES_DIGITS)
    since = datetime.fromtimestamp(min(seconds, utcnow().timestamp()), UTC)
    until = min(since + minutes * MINUTE, utcnow() + MINUTE)
    await enforce_cooldown(bot, question_from_interaction(interaction, ""))
    digest = await make_digest(bot, interaction.guild_id, since, until)
    return card_of(digest, translator_for(interaction.locale), page)


async def make_digest(
    bot: Dateline, guild_id: int | None, since: datetime, until: datetime
) -> Digest:
    """The digest of the articles that can be read in a server, or (None) in direct messages.

    Args:
        since, until: moments (UTC); the period is extended to whole minutes.
    """
    since = since.replace(microsecond=0)
    minutes = -((since - until) // MINUTE)
    scope = Scope(readable_collections(guild_id))
    make = bot.library.digest
    return await bot.executors.run_db(make, scope, since, since + minutes * MINUTE)


def card_of(digest: Digest, localize: Translator, page: int = 0) -> ui.LayoutView:
    """A page (from 0) of a digest with its buttons, or a text if nothing is new in it."""
    if not digest.stories and not digest.changes:
        return text_card(localize("digest-nothing", since=format_dt(digest.since, "f")))
    minutes = (digest.until - digest.since) // MINUTE
    key = int(digest.since.timestamp()) * MINUTES_DIGITS + min(minutes, MINUTES_DIGITS - 1)
    buttons = DigestButtons(
        read=partial(OpenButton.beside, localize=localize),
        context=partial(ContextButton.beside, localize=localize),
        page=page_buttons("digest", key),
    )
    return digest_card(digest, page, buttons, localize)
