"""The filters of a question: an article, a publisher, a first and a last day."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from discord import app_commands

from bot.cards import byline
from bot.client import Dateline, Interaction
from bot.collections import readable_collections
from bot.errors import Refusal
from bot.language import translator_for
from bot.markdown import cut, length, plain
from bot.storage import LoggedQuestion
from index import Article, Scope
from index.text.typed_days import first_day, last_day, lies_ahead

MAX_CHOICES = 25
MAX_CHOICE_LENGTH = 100
"""Discord's limits for autocompletion."""

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

    def choice(article: Article) -> app_commands.Choice[str]:
        about = byline(article, localize)
        suffix = f" ({cut(about, 40)})" if about else ""
        name = cut(article.title, MAX_CHOICE_LENGTH - len(suffix)) + suffix
        return app_commands.Choice(name=name, value=article.id)

    def look_up() -> list[app_commands.Choice[str]]:
        found = bot.library.articles(scope, title=typed.strip(), limit=MAX_CHOICES)
        return [choice(article) for article in found]

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
        publisher=typed.publisher,
        since=await run_db(parse_since, typed.since, now) if typed.since else None,
        until=await run_db(parse_until, typed.until, now) if typed.until else None,
    )
    if filters.since and filters.until and filters.until < filters.since:
        localize = translator_for(interaction.locale)
        first, last = localize.day(filters.since), localize.day(filters.until)
        raise Refusal("until-before-since", since=first, until=last)
    return filters


async def find_article(interaction: Interaction, wanted: str) -> Article:
    """The article whose id was chosen or whose title was typed.

    Raises:
        Refusal: there is none that can be read here.
    """
    article = await interaction.client.executors.run_db(
        _find_article, interaction.client, wanted, readable_scope(interaction)
    )
    if article is None:
        list_ = interaction.client.mention("articles list")
        raise Refusal("article-unknown", title=plain(wanted, 100), list=list_)
    return article


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


def _find_article(bot: Dateline, wanted: str, scope: Scope) -> Article | None:
    if ARTICLE_ID.fullmatch(wanted):
        chosen = bot.library.articles(replace(scope, articles=(wanted,)))
        if chosen:
            return chosen[0]
    titled = bot.library.articles(scope, title=wanted.strip(), limit=1)
    return titled[0] if titled else None
