"""Discord fails, on the wire: each question is answered once, or who asked is told why not."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest

from bot import client
from bot.client import Dateline
from bot.storage import Storage
from index import Library
from tests.bot.test_process import LOADING, TOKEN
from tests.bot.wire import BotProcess, Channel, Guild, Sent, WireDiscord, running_bot
from tests.bot.wire_faults import Fault, rate_limited, server_error
from tests.bot.wire_payloads import EVERYONE, MANAGE_GUILD, Json, Person, text_of, words_of

POST, TYPING, EDIT = (
    "POST /channels/*/messages",
    "POST /channels/*/typing",
    "PATCH /webhooks/*",
)
QUESTION = "how many troops?"
ANSWER = "About 200"
EDITOR = Person("editor", permissions=EVERYONE | MANAGE_GUILD)
WAIT = 60.0
"""Seconds that may pass on a busy machine, with the pauses that discord.py makes."""


class Story:
    """A Discord and the bot's process, with what all these tests do."""

    def __init__(self, wire: WireDiscord, process: BotProcess) -> None:
        self.wire, self.process = wire, process

    def fail(self, requests: str, response: Json | None = None, **more: object) -> Fault:
        fault = Fault(requests, response, **more)  # type: ignore[arg-type]
        self.wire.faults.append(fault)
        return fault

    async def struck(self, fault: Fault) -> None:
        await self.wire.until(lambda: fault.struck >= fault.times, "the fault", WAIT)

    async def ask(self, channel: Channel | None = None) -> Sent:
        return await self.wire.send_message(
            channel or self.wire.channel, QUESTION, mentions_bot=True
        )

    async def answer(self, asked: Sent) -> Json:
        reply = await asked.reply(WAIT)
        assert ANSWER in words_of(reply)
        return reply

    def answers(self) -> list[Json]:
        return [message for message in self.wire.posted if ANSWER in words_of(message)]

    @property
    def elsewhere(self) -> Channel:
        return self.wire.guilds[0].channels[1]

    async def goes_on(self, channel: Channel | None = None) -> None:
        await self.answer(await self.ask(channel))


@pytest.fixture
async def story(sample: Library, tmp_path: Path) -> AsyncIterator[Story]:
    """Whatever happens, the bot is well afterwards and has logged no traceback."""
    channels = [Channel("general"), Channel("elsewhere")]
    guild = Guild("Newsroom", channels=channels, members=[EDITOR])
    async with WireDiscord(guild, token=TOKEN) as wire:
        env = {"LIBRARY": str(tmp_path / "library"), "LOG_LEVEL": "INFO"}
        async with running_bot(wire, env=env) as process:
            await wire.ready(timeout=LOADING)
            limits = {"questions": 1000, "seconds": 0}
            await (await wire.slash("settings cooldown", limits, author=EDITOR)).answer(WAIT)
            yield Story(wire, process)
            assert await process.stop() == 0
            assert "Traceback" not in process.stderr
            assert wire.unknown_routes == []


# One process for several stories each: starting one takes seconds.


async def test_questions_survive_a_connection_that_is_lost(story: Story) -> None:
    wire = story.wire
    for how in ("close", "reconnect"):  # what is asked in the gap is told on resuming
        await wire.disrupt(how)
        await story.answer(await story.ask())
    assert len(wire.identifies) == 1
    assert wire.resumes

    wire.unavailable = 2
    await wire.disrupt("close")
    await story.process.logged("Attempting a reconnect", WAIT)
    await wire.until(lambda: len(wire.identifies) == 2, "a new session", WAIT)
    await wire.ready(timeout=WAIT)
    await story.goes_on()

    before = len(wire.identifies)
    await wire.disrupt("invalidate")
    await wire.until(lambda: len(wire.identifies) > before, "a new session", WAIT)
    await wire.ready(timeout=WAIT)
    await story.goes_on()
    assert len(story.answers()) == 4


async def test_what_was_asked_between_two_sessions_is_answered_once(story: Story) -> None:
    wire, direct = story.wire, story.wire.direct()
    before = [await story.ask(), await story.ask(direct)]
    for asked in before:
        await story.answer(asked)
    identified = len(wire.identifies)

    await wire.disrupt("invalidate")
    missed = [await story.ask(channel) for channel in (wire.channel, story.elsewhere, direct)]
    talk = await wire.send_message(wire.channel, "Nobody asked anything.")
    assert len(wire.identifies) == identified
    for asked in missed:
        await story.answer(asked)

    await story.goes_on()
    assert len(story.answers()) == len([*before, *missed]) + 1
    assert not any(talk.message["id"] in str(message) for message in wire.posted)


async def test_an_answer_that_is_hard_to_send_is_sent_once(story: Story) -> None:
    faults = [
        Fault(POST, rate_limited(0.1), times=2),
        Fault(POST, server_error(500)),
        Fault(POST, server_error(503)),  # discord.py makes no second attempt
        Fault(POST),
        Fault(POST, served=True),
        Fault(TYPING, server_error(403)),
        Fault(TYPING, server_error(503)),
        Fault(TYPING),
    ]
    for fault in faults:
        story.wire.faults.append(fault)
        await story.answer(await story.ask())
        assert fault.struck == fault.times
    assert len(story.answers()) == len(faults)

    for fault in (
        Fault(EDIT, rate_limited(0.1)),
        Fault(EDIT, server_error(503)),
        Fault(EDIT),
        Fault(EDIT, served=True),
    ):
        story.wire.faults.append(fault)
        command = await story.wire.slash("ask", {"question": QUESTION})
        assert ANSWER in words_of(await command.answer(WAIT))
        assert fault.struck == 1
        assert command.followups == []

    release = asyncio.Event()
    hanging = [story.fail(POST, until=release), story.fail(TYPING, until=release)]
    held = await story.ask()
    for fault in hanging:
        await story.struck(fault)
    await story.goes_on(story.elsewhere)
    release.set()
    await story.answer(held)
    assert len(story.answers()) == len(faults) + 2


async def test_nothing_is_sent_where_nobody_waits_for_it(story: Story) -> None:
    wire, elsewhere = story.wire, story.elsewhere

    async def meanwhile(requests: str, channel: Channel | None = None) -> tuple[Sent, Fault]:
        """A question whose answer is held up."""
        fault = story.fail(requests, server_error(503), until=asyncio.Event())
        asked = await story.ask(channel)
        await story.struck(fault)
        return asked, fault

    # The question is deleted before, and while, the answer is sent.
    for requests in (TYPING, POST):
        asked, fault = await meanwhile(requests)
        await wire.delete_message(asked)
        assert fault.until is not None
        fault.until.set()
    await wire.until(lambda: any(r.method == "DELETE" for r in wire.requests), "deletion", WAIT)
    await story.goes_on()
    left = [message for message in story.answers() if message["id"] in wire.messages]
    assert len(left) == 1

    # The response to a command is deleted.
    gone = {"data": {"message": "Unknown Message", "code": 10008}, "status": 404}
    story.fail(EDIT, gone)
    await wire.slash("ask", {"question": QUESTION})
    await story.process.logged("is gone: 404 Not Found (error code: 10008)", WAIT)

    # Discord lets nobody write, of which the permissions that the bot knows say nothing.
    elsewhere.closed = True
    await story.ask(elsewhere)
    told = await wire.next_message(wire.direct(), WAIT)
    assert text_of(told) == (
        f"I can't answer in <#{elsewhere.id}> because Discord doesn't let me write there."
    )

    # The channel is deleted.
    elsewhere.closed = False
    _, fault = await meanwhile(POST, elsewhere)
    await wire.delete_channel(elsewhere)
    assert fault.until is not None
    fault.until.set()
    await story.process.logged("is gone: 404 Not Found (error code: 10003)", WAIT)
    await story.goes_on()


async def test_a_request_without_a_response_ends(
    sample: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SILENCE_TIMEOUT_SECONDS", 0.1)
    with Storage(tmp_path / "bot.sqlite") as storage:
        bot = Dateline(sample, storage)
        async with WireDiscord(token=TOKEN) as wire:
            monkeypatch.setattr(discord.http.Route, "BASE", wire.api_url)
            release = asyncio.Event()
            wire.faults.append(Fault(TYPING, until=release))
            await bot.http.static_login(TOKEN)
            bot._limit_silence()
            with pytest.raises((TimeoutError, aiohttp.ClientError)):
                await asyncio.wait_for(bot.http.send_typing(int(wire.channel.id)), WAIT)
            release.set()
            await bot.http.close()
        bot.executors.close()
