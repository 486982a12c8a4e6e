"""The filters of a question: an article, a publisher, a first and a last day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from discord import app_commands

from bot.cards import distinct_names
from bot.client import Dateline, Interaction
from bot.collections import own_collection, readable_collections
from bot.errors import Refusal
from bot.language import translator_for
from bot.markdown import length, plain
from bot.services.permissions import require_editor
from bot.storage import Edit, LoggedQuestion
from index import Article, Scope
from index.text.typed_days import first_day, last_day, lies_ahead
from index.text.words import fold

MAX_CHOICES = 25
MAX_CHOICE_LENGTH = 100
"""Discord's limits for autocompletion."""

MAX_NAMES = 5
"""Names that are listed where more than one matches."""

MAX_NAME_LENGTH = 100

MAX_TITLES_COMPARED = 100
"""Articles among which the one with exactly the typed title is sought."""

AutocompletedText = app_commands.Range[str, 1, 200]
DayText = app_commands.Range[str, 1, 60]

ARTICLE_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a question, as in ``index.Scope``; None: no restriction."""

    articles: tuple[str, ...] | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class TypedFilters:
    """The filters of a command as the user typed them; None: not given."""

    article: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None


def filters_of(question: LoggedQuestion) -> Filters:
    """The filters that a logged question was asked with."""
    return Filters(question.articles, question.publisher, question.since, question.until)


async def article_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The articles whose titles contain the words typed so far, best match first."""
    return await choices_in_scope(readable_scope(interaction), interaction, typed)


async def choices_in_scope(
    scope: Scope, interaction: Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """``article_choices`` of a scope."""
    bot, localize = interaction.client, translator_for(interaction.locale)

    def look_up() -> list[app_commands.Choice[str]]:
        found = bot.library.articles(scope, title=typed.strip(), limit=MAX_CHOICES)
        names = distinct_names(found, localize, MAX_CHOICE_LENGTH)
        return [
            app_commands.Choice(name=name, value=article.id)
            for name, article in zip(names, found, strict=True)
        ]

    return await bot.executors.run_db(look_up)


async def publisher_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The publishers whose names contain what has been typed so far, most articles first."""
    bot = interaction.client
    found = await bot.executors.run_db(
        bot.library.publishers, readable_scope(interaction), typed.strip(), MAX_CHOICES
    )
    return [
        app_commands.Choice(name=one, value=one)
        for one in found
        if length(one) <= MAX_CHOICE_LENGTH
    ]


async def parse_filters(interaction: Interaction, typed: TypedFilters) -> Filters:
    """Parse what was typed, in a thread: the first date takes long enough for Discord to give up.

    Raises:
        Refusal: one of them cannot be understood, or ``until`` lies before ``since``.
    """
    now, run_db = interaction.created_at, interaction.client.executors.run_db
    filters = Filters(
        articles=((await find_article(interaction, typed.article)).id,) if typed.article else None,
        publisher=await find_publisher(interaction, typed.publisher) if typed.publisher else None,
        since=await run_db(parse_since, typed.since, now) if typed.since else None,
        until=await run_db(parse_until, typed.until, now) if typed.until else None,
    )
    if filters.since and filters.until and filters.until < filters.since:
        localize = translator_for(interaction.locale)
        first, last = localize.day(filters.since), localize.day(filters.until)
        raise Refusal("until-before-since", since=first, until=last)
    return filters


async def find_article(interaction: Interaction, wanted: str) -> Article:
    """The article whose id was chosen or whose title, or part of it, was typed.

    Raises:
        Refusal: there is none that can be read here, or more than one.
    """
    return await _find_in(interaction, wanted, readable_scope(interaction))


async def find_own_article(interaction: Interaction, wanted: str) -> Article:
    """``find_article`` for an editor: an article of the server's own collection.

    Raises:
        Refusal: as there; or the user is no editor; or it is in the shared collection.
    """
    own = Scope((own_collection(await require_editor(interaction)),))
    try:
        return await _find_in(interaction, wanted, own)
    except Refusal as refusal:
        if refusal.key == "article-unclear":
            raise
    shared = await find_article(interaction, wanted)
    raise Refusal("remove-shared", title=plain(shared.title, MAX_NAME_LENGTH))


async def find_edited_article(interaction: Interaction, guild_id: int, wanted: str) -> Edit:
    """The last edit of the article whose id was chosen or whose title, or part of it, was typed.

    Raises:
        Refusal: nothing was done to such an article, or there is more than one.
    """
    log, run_db = interaction.client.storage.edit_log, interaction.client.executors.run_db
    if ARTICLE_ID.fullmatch(wanted):
        edit = await run_db(log.last_of_article, guild_id, wanted)
        if edit:
            return edit
    found = await run_db(log.titled, guild_id, wanted, MAX_CHOICES)
    found = [edit for edit in found if fold(edit.title) == fold(wanted.strip())] or found
    if len(found) == 1:
        return found[0]
    title = plain(wanted, MAX_NAME_LENGTH)
    if not found:
        raise Refusal("history-unknown", title=title)
    localize = translator_for(interaction.locale)
    names = [f"{edit.title} ({localize.day(edit.at.date())})" for edit in found]
    raise Refusal("article-unclear", title=title, names=list_names(names))


async def find_publisher(interaction: Interaction, typed: str) -> str:
    """The publisher whose name, or part of it, was typed.

    Raises:
        Refusal: there is none, or more than one.
    """
    bot, typed = interaction.client, typed.strip()
    scope, limit = readable_scope(interaction), MAX_CHOICES
    found = await bot.executors.run_db(bot.library.publishers, scope, typed, limit)
    exact = [name for name in found if name.casefold() == typed.casefold()]
    exact = exact or [name for name in found if fold(name) == fold(typed)]
    chosen = exact or found
    if len(chosen) == 1:
        return chosen[0]
    name = plain(typed, MAX_NAME_LENGTH)
    if not chosen:
        raise Refusal("publisher-unknown", name=name, list=bot.mention("articles list"))
    raise Refusal("publisher-unclear", name=name, names=list_names(chosen))


def list_names(names: Sequence[str]) -> str:
    """The first of the matching names, as a Markdown list."""
    shown = [f"- {plain(name, MAX_NAME_LENGTH)}" for name in names[:MAX_NAMES]]
    return "\n".join([*shown, *(["- …"] if len(names) > MAX_NAMES else [])])


async def _find_in(interaction: Interaction, wanted: str, scope: Scope) -> Article:
    bot = interaction.client
    found = await bot.executors.run_db(_find_articles, bot, wanted, scope)
    if len(found) == 1:
        return found[0]
    title = plain(wanted, MAX_NAME_LENGTH)
    if not found:
        raise Refusal("article-unknown", title=title, list=bot.mention("articles list"))
    names = distinct_names(found, translator_for(interaction.locale), MAX_NAME_LENGTH)
    raise Refusal("article-unclear", title=title, names=list_names(names))


def readable_scope(interaction: Interaction) -> Scope:
    """All articles that can be read where an interaction happens."""
    return Scope(readable_collections(interaction.guild_id))


def parse_since(typed: str, now: datetime) -> date:
    """A day, as people write it: "2025-10-09", "9 October", "7d", "last week", "ayer".

    Raises:
        Refusal: it cannot be read, or lies ahead.
    """
    day = parse_day(typed, now)
    if day is None:
        raise Refusal("since-unreadable", since=plain(typed, 60))
    return day


def parse_until(typed: str, now: datetime) -> date:
    """As ``parse_since``, but a month or a year ("October 2025", "2025") means its last day.

    Raises:
        Refusal: it cannot be read, or begins ahead.
    """
    first = parse_since(typed, now)
    return last_day(typed, now) or first


def parse_day(typed: str, now: datetime) -> date | None:
    """A day as people write it; None where it cannot be understood.

    "10/09/2025" is not read: half the world means October.

    Raises:
        Refusal: it lies ahead.
    """
    day = first_day(typed, now)
    if day and lies_ahead(day, now):
        raise Refusal("date-ahead", date=plain(typed, 60))
    return day


def _find_articles(bot: Dateline, wanted: str, scope: Scope) -> list[Article]:
    """The articles with an id, or with a title or part of it."""
    if ARTICLE_ID.fullmatch(wanted):
        chosen = bot.library.articles(replace(scope, articles=(wanted,)))
        if chosen:
            return chosen
    titled = bot.library.articles(scope, title=wanted.strip(), limit=MAX_TITLES_COMPARED)
    sought = " ".join(fold(wanted).split())
    return [article for article in titled if fold(article.title) == sought] or titled
