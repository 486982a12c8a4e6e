"""The real bot in a simulated Discord: a server, a channel, a reader and the sample articles."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot import errors
from bot.client import Dateline
from bot.preview import simulate
from bot.storage import DailyBackups, Storage
from index import Library
from index.fetching.guard import Guard
from tests.bot import event_loop_guard
from tests.index.site import Site, running_site

Card = discord.Message | simcord.ResponseMessage


@dataclass
class World:
    """A running bot, and where it is asked."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    reader: simcord.MemberActor

    @property
    def bot(self) -> Dateline:
        assert isinstance(self.env.bot, Dateline)
        return self.env.bot

    @property
    def bot_id(self) -> int:
        assert self.bot.user is not None
        return self.bot.user.id

    def replace(self, **parts: Any) -> None:
        """Let the bot use another library or storage, such as one that fails."""
        bot: Any = self.bot
        for name, part in parts.items():
            setattr(bot, name, part)
            for user in (bot.ingest_queue, bot.announcer):
                setattr(user, f"_{name}", part)
            if name == "storage":
                bot.feed_follower._feeds = part.feeds

    async def restart(self) -> None:
        """Stop the bot, and start another one with its storage."""
        old = self.bot
        await self.env.restart_bot(Dateline(old.library, old.storage, guard=old.fetcher.guard))
        old.executors.close()  # simcord does not close bots

    async def pass_time(self, seconds: float) -> None:
        """Let time pass; the longer, the less often the bot polls."""
        polls = [cog.poll for cog in self.bot.cogs.values() if hasattr(cog, "poll")]
        for poll in polls:
            poll.change_interval(seconds=max(30, seconds / 100))
        await self.env.advance_time(seconds)
        for poll in polls:
            poll.change_interval(seconds=30)
        await self.env.advance_time(31)

    async def show_command(self, name: str, *to: Any) -> None:
        """Let roles or members, by default the reader, see a hidden command, as managers can."""
        (command,) = [c for c in await self.bot.tree.fetch_commands() if c.name == name]
        self.guild.set_command_permissions(command, dict.fromkeys(to or [self.reader], True))

    async def mention(self, text: str) -> discord.Message:
        """Ask by mention; returns the bot's reply."""
        await self.reader.send(self.channel, f"<@{self.bot_id}> {text}")
        return self.last()

    def last(self) -> discord.Message:
        """The last message in the channel, which must be the bot's."""
        message = self.channel.last_message
        assert message is not None
        assert message.author.id == self.bot_id
        return message

    async def slash(self, name: str, **options: Any) -> simcord.ResponseMessage:
        """Use a command in the channel; returns what it answered."""
        return answered(await self.reader.slash(self.channel, name, **options))


def answered(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """What an interaction was answered with: a response, or a private refusal in its place."""
    message = result.response or result.followups[-1]
    assert message is not None
    return message


def walk(components: Any) -> list[dict[str, Any]]:
    """All components of a card, however deep, in the order in which they are seen."""
    found: list[dict[str, Any]] = []
    for component in components:
        found.append(component)
        found += walk(component.get("components", []))
        found += walk([component["accessory"]] if component.get("accessory") else [])
    return found


def components_of(card: Card) -> list[dict[str, Any]]:
    return walk([c if isinstance(c, dict) else c.to_dict() for c in card.components])


def text_of(card: Card) -> str:
    """All text of a card, as Markdown."""
    return "\n".join(c["content"] for c in components_of(card) if c["type"] == 10)


def words_of(card: Card) -> str:
    """All text of a card without the marks of bold."""
    return text_of(card).replace("**", "")


def buttons_of(card: Card) -> list[dict[str, Any]]:
    return [c for c in components_of(card) if c["type"] == 2]


def labels_of(card: Card) -> list[str]:
    return [button["label"] for button in buttons_of(card)]


def pressable(card: Card) -> set[str]:
    """The labels of the buttons of a card that can be pressed."""
    return {button["label"] for button in buttons_of(card) if not button.get("disabled")}


@pytest.fixture(autouse=True)
def _event_loop_is_not_blocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bot reads databases and parses texts in threads only, whatever the test is about."""
    with event_loop_guard.watched(monkeypatch) as noted:
        yield
    assert noted == []


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """The errors that the bot reports to users."""
    reported: list[BaseException] = []
    report = errors.report

    async def report_and_note(target: Any, error: BaseException, *localize: Any) -> None:
        await report(target, error, *localize)
        reported.append(error)

    monkeypatch.setattr(errors, "report", report_and_note)
    return reported


@pytest.fixture
async def run_bot(
    tmp_path: Path, reported: list[BaseException]
) -> AsyncIterator[Callable[..., Awaitable[World]]]:
    """Runs a bot over a library; an error that it does not report fails the test."""
    async with AsyncExitStack() as stack:

        async def run(
            library: Library,
            *,
            check_errors: bool = True,
            guard: Guard | None = None,
            articles_folder: Path | None = None,
            feeds: Collection[str] = (),
            backups: DailyBackups | None = None,
            **options: Any,
        ) -> World:
            storage = stack.enter_context(Storage(tmp_path / "bot.sqlite"))
            bot = Dateline(
                library,
                storage,
                guard=guard,
                articles_folder=articles_folder,
                feeds=feeds,
                backups=backups,
            )
            env = simulate(bot, **options)
            await env.start()
            stack.push_async_callback(_end, env, reported if check_errors else None)
            guild = env.create_guild("Newsroom")
            channel = guild.create_text_channel("general")
            reader = guild.add_member(env.create_user("reader"))
            return World(env, guild, channel, reader)

        yield run


async def _end(env: simcord.Env, reported: list[BaseException] | None) -> None:
    await env.shutdown()
    assert isinstance(env.bot, Dateline)
    env.bot.executors.close()  # simcord does not close bots
    if reported is not None:
        unhandled = [error for error in env.errors if error not in reported]
        if unhandled:
            raise BaseExceptionGroup("errors that the bot did not report", unhandled)


@pytest.fixture
async def world(sample: Library, run_bot: Callable[..., Awaitable[World]]) -> World:
    """The bot over the sample articles."""
    return await run_bot(sample)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
async def editor(sample: Library, run_bot: Callable[..., Awaitable[World]], site: Site) -> World:
    """Somebody who manages the server, of a bot that may fetch from the site."""
    world = await run_bot(sample, guard=Guard({("127.0.0.1", site.port)}))
    role = world.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    world.reader = world.guild.add_member(world.env.create_user("editor"), roles=[role])
    return world
