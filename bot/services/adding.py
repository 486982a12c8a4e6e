"""Who may change a server's articles, and what became of those that were added."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.client import Dateline
from bot.errors import Refusal
from bot.ingest.queue import Later
from bot.language import Language
from bot.markdown import plain
from index import Addition, Article, SourceError

Source = Article | SourceError | Later

ONE = {"added": "added-one", "updated": "updated-one", "unchanged": "unchanged-one"}

REASONS = 5
"""Reasons for refusing that are told."""

PATIENCE = 600.0
"""Seconds for which what becomes of articles is waited for; what then waits goes on by itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of articles: added, updated or unchanged; or refused, and why.

    ``later`` are the reasons of links that will be tried again; ``waiting`` counts the articles
    that still wait to be added.
    """

    additions: Sequence[Addition]
    refused: Sequence[str] = ()
    later: Sequence[str] = ()
    waiting: int = 0


async def require_editor(interaction: discord.Interaction[Any]) -> int:
    """The server whose articles somebody may change.

    Raises:
        Refusal: they may not, or there is no server.
    """
    server = require_server(interaction)
    if interaction.permissions.manage_guild:
        return server
    bot: Dateline = interaction.client
    role = (await bot.quickly(bot.memory.servers.settings, server)).editors
    person = interaction.user
    if isinstance(person, discord.Member) and role and person.get_role(role):
        return server
    raise Refusal("not-an-editor", role=role or 0, mention=f"<@&{role}>")


def require_manager(interaction: discord.Interaction[Any]) -> int:
    """The server that somebody manages. Raises: Refusal, if they do not."""
    server = require_server(interaction)
    if not interaction.permissions.manage_guild:
        raise Refusal("not-a-manager")
    return server


def require_server(interaction: discord.Interaction[Any]) -> int:
    """The server that something happens in. Raises: Refusal, where there is none."""
    if interaction.guild_id is None:
        raise Refusal("only-in-servers")
    return interaction.guild_id


def lacking_to_write(channel: discord.abc.GuildChannel) -> str | None:
    """The name of a permission that the bot needs to write in a channel, and has not."""
    permissions = channel.permissions_for(channel.guild.me)
    needed = {
        "View Channel": permissions.view_channel,
        "Send Messages": permissions.send_messages,
    }
    return next((name for name, held in needed.items() if not held), None)


def require_writable(channel: discord.TextChannel) -> None:
    """Raises: Refusal, where the bot cannot write in a channel."""
    if lacking := lacking_to_write(channel):
        raise Refusal("channel-no-permission", channel=channel.mention, permission=lacking)


async def add(bot: Dateline, collection: str, sources: Callable[[], Iterable[Source]]) -> Outcome:
    """Add what ``sources`` gives; it is read where it holds nobody up."""
    found = await bot.in_turn(lambda: list(sources()))
    articles = [source for source in found if isinstance(source, Article)]
    later = [source for source in found if isinstance(source, Later)]
    await bot.queue.add_later(collection, later)
    additions = await bot.queue.add(articles, PATIENCE)
    return Outcome(
        additions,
        [str(source) for source in found if isinstance(source, SourceError)],
        [source.reason for source in later],
        len(articles) - len(additions),
    )


def in_words(outcome: Outcome, say: Language) -> str:
    """What became of articles, in a line, and the reasons for those that were refused."""
    lines = []
    if len(outcome.additions) == 1:
        (addition,) = outcome.additions
        title = plain(addition.article.title, 200)
        lines.append(say(ONE[addition.change], title=title, count=addition.sentences))
    elif outcome.additions:
        changes = [addition.change for addition in outcome.additions]
        lines.append(
            say(
                "added-many",
                added=changes.count("added"),
                updated=changes.count("updated"),
                unchanged=changes.count("unchanged"),
                count=sum(addition.sentences for addition in outcome.additions),
            )
        )
    if outcome.waiting:
        lines.append(say("added-waiting", count=outcome.waiting))
    lines += [say("added-later", reason=plain(reason, 300)) for reason in outcome.later]
    lines += [say("refused", reason=plain(reason, 300)) for reason in outcome.refused[:REASONS]]
    if len(outcome.refused) > REASONS:
        lines.append(say("refused-more", count=len(outcome.refused) - REASONS))
    return "\n".join(lines)
