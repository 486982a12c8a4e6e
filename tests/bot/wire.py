"""A stand-in for Discord on loopback, with people in it, for a bot in a process of its own.

async with WireDiscord() as wire, running_bot(wire) as bot:
    await wire.ready()
    asked = await wire.slash("ask", {"question": "how many troops?"})
    assert "200" in text_of(await asked.answer())
    assert await bot.stop() == 0
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from . import wire_payloads as discord
from .wire_api import Interaction, WireApi
from .wire_payloads import Channel, Guild, Json, Person, buttons, text_of

__all__ = [
    "BotProcess",
    "Channel",
    "Guild",
    "Interaction",
    "Person",
    "Sent",
    "WireDiscord",
    "buttons",
    "running_bot",
    "text_of",
]

ROOT = Path(__file__).resolve().parents[2]
INHERITED = (
    "PATH",
    "HOME",
    "XDG_CACHE_HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
)


@dataclass
class Sent:
    """A message that a person wrote."""

    wire: WireDiscord
    message: Json

    async def reply(self, timeout: float = 10) -> Json:
        """The bot's message that replies to it."""

        def replies() -> list[Json]:
            return [m for m in self.wire.posted if _target(m) == self.message["id"]]

        return copy.deepcopy((await self.wire.until(replies, "a reply", timeout))[0])


def _target(message: Json) -> str | None:
    target: str | None = message.get("message_reference", {}).get("message_id")
    return target


class WireDiscord(WireApi):
    """Discord with people in it, as far as one bot can tell."""

    async def ready(self, *, commands: bool = True, timeout: float = 30) -> None:
        """Wait until every shard has its guilds and, unless told not to, commands are synced."""

        def online() -> bool:
            linked = {session.shard for session in self.sessions.values() if session.link}
            return len(linked) == self.shards and (bool(self.commands) or not commands)

        await self.until(online, "the bot to come online", timeout)

    async def next_message(self, channel: Channel | None = None, timeout: float = 10) -> Json:
        """The next message, not yet handed out, that the bot wrote into that (or any) channel."""

        def fresh() -> list[Json]:
            return [m for m in self.unread if channel is None or m["channel_id"] == channel.id]

        message = (await self.until(fresh, "a message", timeout))[0]
        self.unread.remove(message)
        return copy.deepcopy(message)

    async def disrupt(self, how: Literal["close", "reconnect", "invalidate"]) -> None:
        """Cut the bot off: it should resume after the first two, identify again after the last."""
        if how == "invalidate":
            self.sessions.clear()
        for link in list(self._links):
            if how == "close":
                await link.close(4000)
            else:
                await link.send(json.dumps({"op": 7 if how == "reconnect" else 9, "d": False}))

    # What people do

    async def send_message(
        self,
        channel: Channel,
        content: str,
        *,
        author: Person | None = None,
        mentions_bot: bool = False,
        reply_to: Json | None = None,
        attachments: Sequence[Json] = (),
    ) -> Sent:
        who = author or self.reader
        message = discord.blank_message(channel, who, attachments=list(attachments))
        message["content"] = f"<@{self.bot.id}> {content}" if mentions_bot else content
        mentioned = [self.bot] if mentions_bot else []
        if reply_to:
            self.refer(message, reply_to["id"])
            mentioned += [self.bot] if reply_to["author"]["id"] == self.bot.id else []
        message["mentions"] = [person.user() for person in dict.fromkeys(mentioned)]
        await self.create(message)
        return Sent(self, message)

    async def edit_message(self, sent: Sent, content: str) -> None:
        """Write something else in place of a message's text."""
        sent.message |= {"content": content, "edited_timestamp": discord.now()}
        await self.tell("MESSAGE_UPDATE", sent.message)

    async def delete_message(self, sent: Sent) -> None:
        del self.messages[sent.message["id"]]
        await self.tell("MESSAGE_DELETE", sent.message)

    async def delete_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        if session := self._session(channel):
            await session.dispatch("CHANNEL_DELETE", channel.json())

    async def menu(self, name: str, sent: Sent, *, author: Person | None = None) -> Interaction:
        """Choose a command of a message's menu."""
        who, where = author or self.reader, self.channels[sent.message["channel_id"]]
        found = next(c for c in self.commands[""] if (c["type"], c["name"]) == (3, name))
        if not discord.may_use(found, who, where):
            raise PermissionError(f"{who.name} is not offered “{name}” in {where.name}")
        data = {"id": found["id"], "name": name, "type": 3, "target_id": sent.message["id"]}
        data["resolved"] = {"messages": {sent.message["id"]: sent.message}}
        return await self._interact(2, data, who, where)

    async def slash(
        self,
        command: str,
        options: Mapping[str, Any] | None = None,
        *,
        author: Person | None = None,
        channel: Channel | None = None,
        focused: str | None = None,
    ) -> Interaction:
        """Use a command, such as "ask" or "articles list", as its synced definition allows.

        A user, role, channel or attachment is given as a Person, Json or Channel.
        """
        where, who, given = channel or self.channel, author or self.reader, dict(options or {})
        known = self.commands.get("", [])
        if where.guild:
            known = self.commands.get(where.guild.id, []) + known
        found, steps, definitions = discord.find_command(known, command)
        if not discord.may_use(found, who, where):
            raise PermissionError(f"{who.name} is not offered /{command} in {where.name}")
        values, resolved = self._options(definitions, given, focused)
        for step in reversed(steps):
            values = [{"name": step["name"], "type": step["type"], "options": values}]
        data = {"id": found["id"], "name": found["name"], "type": 1, "options": values}
        if "guild_id" in found:
            data["guild_id"] = found["guild_id"]
        if resolved:
            data["resolved"] = resolved
        return await self._interact(4 if focused else 2, data, who, where)

    async def autocomplete(
        self, command: str, options: Mapping[str, Any], *, focused: str, **who: Any
    ) -> Interaction:
        """Type into an option: `focused` is its name, its value is what was typed so far."""
        return await self.slash(command, options, focused=focused, **who)

    async def click(
        self, message: Json, custom_id: str, *, author: Person | None = None
    ) -> Interaction:
        """Press a button of a message of the bot's, as it looks now."""
        message = self.messages[message["id"]]
        ready = {b.get("custom_id"): b for b in buttons(message) if not b.get("disabled")}
        if custom_id not in ready:
            raise LookupError(f"no button {custom_id!r} to press in {text_of(message)!r}")
        channel = self.channels[message["channel_id"]]
        for link in [link for link in self._links for _ in range(3)]:
            await link.round_trip()  # no person clicks before the bot knows that its view is up
        data = {"custom_id": custom_id, "component_type": 2, "id": ready[custom_id]["id"]}
        return await self._interact(3, data, author or self.reader, channel, message=message)

    def _options(
        self, definitions: list[Json], given: dict[str, Any], focused: str | None
    ) -> tuple[list[Json], Json]:
        required = {option["name"] for option in definitions if option.get("required")}
        known = {option["name"]: option for option in definitions}
        if given.keys() - known.keys() or (focused is None and required - given.keys()):
            raise LookupError(
                f"options {sorted(known)}, of them needed {sorted(required)}: {given}"
            )
        if focused and not known[focused].get("autocomplete"):
            raise LookupError(f"option {focused!r} has no autocomplete")
        values: list[Json] = []
        resolved: dict[str, dict[str, Json]] = {}
        for name, value in given.items():
            kind = known[name]["type"]
            if focused is None and not discord.fits(value, known[name]):
                raise ValueError(f"Discord lets nobody enter {value!r} into {known[name]}")
            if isinstance(value, Person):
                resolved.setdefault("users", {})[value.id] = value.user()
                resolved.setdefault("members", {})[value.id] = value.member(full=False)
                value = value.id
            elif isinstance(value, Channel):
                partial = value.json() | {"permissions": str(discord.EVERYONE)}
                resolved.setdefault("channels", {})[value.id] = partial
                value = value.id
            elif kind in (8, 11):
                group = "roles" if kind == 8 else "attachments"
                resolved.setdefault(group, {})[value["id"]] = value
                value = value["id"]
            values.append({"name": name, "type": kind, "value": value})
            if name == focused:
                values[-1]["focused"] = True
        return values, resolved

    async def _interact(
        self, kind: int, data: Json, who: Person, channel: Channel, message: Json | None = None
    ) -> Interaction:
        session = self._session(channel)
        if session is None:
            raise RuntimeError("the bot is not connected")
        payload: Json = {"id": discord.snowflake(), "token": f"wire-{discord.snowflake()}"}
        payload |= {"application_id": self.bot.id, "type": kind, "version": 1, "data": data}
        payload |= {"channel_id": channel.id, "channel": channel.json(), "locale": "en-US"}
        payload |= {"app_permissions": str(discord.EVERYONE), "attachment_size_limit": 10 << 20}
        payload |= {"entitlements": [], "context": 0 if channel.guild else 1}
        payload["authorizing_integration_owners"] = {
            "0": channel.guild.id if channel.guild else "0"
        }
        if channel.guild:
            guild = {"id": channel.guild.id, "locale": "en-US", "features": []}
            payload |= {"guild_id": channel.guild.id, "guild": guild, "guild_locale": "en-US"}
            payload["channel"] |= {"permissions": str(who.permissions)}
            payload["member"] = who.member()
        else:
            payload["user"] = who.user()
        if message:
            payload["message"] = message
        clock = asyncio.get_running_loop().time()
        interaction = Interaction(self, payload, deadline=clock + 3, expires=clock + 15 * 60)
        self.interactions[payload["token"]] = interaction
        await session.dispatch("INTERACTION_CREATE", payload)
        return interaction

    async def submit(self, asked: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Fill in the modal that an interaction was answered with, and send it off."""
        modal, source = (await asked.callback())["data"], asked.payload
        rows: list[Json] = []
        for row in copy.deepcopy(modal["components"]):
            for field in [row["component"]] if "component" in row else row.get("components", []):
                value = values[field["custom_id"]]
                field["value" if isinstance(value, str | bool) else "values"] = value
            rows.append(row)
        who = self.people[(source.get("member") or source)["user"]["id"]]
        data = {"custom_id": modal["custom_id"], "components": rows}
        return await self._interact(5, data, who, self.channels[source["channel_id"]])


class BotProcess:
    """The bot as a process of the operating system; its output is collected all along."""

    def __init__(self, process: asyncio.subprocess.Process, wire: WireApi) -> None:
        self.process, self.wire = process, wire
        self._output = {"stdout": b"", "stderr": b""}
        self._watch = asyncio.create_task(self._follow())

    @property
    def stdout(self) -> str:
        return self._output["stdout"].decode(errors="replace")

    @property
    def stderr(self) -> str:
        return self._output["stderr"].decode(errors="replace")

    async def _follow(self) -> int:
        readers = [asyncio.create_task(self._collect(name)) for name in self._output]
        code = await self.process.wait()
        await asyncio.wait(readers, timeout=2)
        tail = "\n".join(self.stderr.splitlines()[-20:])
        self.wire.ended = f"the bot ended with exit code {code}\n{tail}"
        await self.wire.announce()
        return code

    async def _collect(self, name: str) -> None:
        stream: asyncio.StreamReader = getattr(self.process, name)
        while chunk := await stream.read(1 << 16):
            self._output[name] += chunk
            await self.wire.announce()

    async def logged(self, text: str, timeout: float = 10) -> None:
        """Wait until the bot wrote that text to either stream."""
        await self.wire.until(
            lambda: text in self.stdout or text in self.stderr,
            f"{text!r} in the bot's output",
            timeout,
        )

    async def wait(self, timeout: float = 30) -> int:
        """The exit code, once the bot ended of itself."""
        async with asyncio.timeout(timeout):
            return await asyncio.shield(self._watch)

    async def stop(self, by: signal.Signals = signal.SIGTERM, timeout: float = 15) -> int:
        """Send it a signal; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(by)
        return await self.wait(timeout)

    async def kill(self) -> None:
        """End it, and whatever it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.wait()


@contextlib.asynccontextmanager
async def running_bot(
    wire: WireApi,
    *args: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    root: Path = ROOT,
) -> AsyncIterator[BotProcess]:
    """Run `python -m bot` against the wire, away from the developer's folder and settings."""
    kept = {k: v for k, v in os.environ.items() if k in INHERITED or k.startswith("COVERAGE_")}
    paths = {"PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryDirectory() as empty:
        wire.ended = None
        bot = BotProcess(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *args),
                cwd=cwd or empty,
                env=kept | paths | wire.environment | dict(env or {}),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            ),
            wire,
        )
        try:
            yield bot
        finally:
            await bot.kill()
