"""Who may change a server's articles, and what became of those that were added."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Language
from bot.markdown import plain
from index import Addition, Article, SourceError

Source = Article | SourceError

ONE = {"added": "added-one", "updated": "updated-one", "unchanged": "unchanged-one"}

REASONS = 5
"""Reasons for refusing that are told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of articles: added, updated or unchanged; or refused, and why."""

    additions: Sequence[Addition]
    refused: Sequence[str]


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


async def add(bot: Dateline, sources: Callable[[], Iterable[Source]]) -> Outcome:
    """Add what ``sources`` gives; it is read where it holds nobody up."""

    def work() -> Outcome:
        refused: list[str] = []

        def taken() -> Iterator[Article]:
            for source in sources():
                if isinstance(source, SourceError):
                    refused.append(str(source))
                else:
                    yield source

        return Outcome(list(bot.library.add_all(taken())), refused)

    return await bot.in_turn(work)


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
    lines += [say("refused", reason=plain(reason, 300)) for reason in outcome.refused[:REASONS]]
    if len(outcome.refused) > REASONS:
        lines.append(say("refused-more", count=len(outcome.refused) - REASONS))
    return "\n".join(lines)
