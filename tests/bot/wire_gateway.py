"""The gateway of the stand-in: sessions, events, and who is on the other end of the wire."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import WSMsgType, web

from . import wire_payloads as discord
from .wire_payloads import Channel, Guild, Json, Person

PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content

T = TypeVar("T")


class Link:
    """One websocket of the bot's, compressed as it asked for."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket = socket
        self.pong = asyncio.Event()
        self.code: int | None = None  # with which it was closed, by whichever side was first
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None

    async def send(self, text: str) -> None:
        with contextlib.suppress(ConnectionError):
            if self._zlib is None:
                await self.socket.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(data)

    async def close(self, code: int, reason: str = "") -> None:
        self.code = code
        await self.socket.close(code=code, message=reason.encode())

    async def round_trip(self) -> None:
        """Wait until the bot has read all that was sent to it here."""
        with contextlib.suppress(ConnectionError):
            self.pong.clear()
            await self.socket.ping()
            await self.pong.wait()


@dataclass
class Session:
    """A gateway session; it outlives its link, so that the bot can resume it."""

    shard: int
    intents: int
    link: Link | None
    id: str = field(default_factory=discord.snowflake)
    events: list[str] = field(default_factory=list)

    async def dispatch(self, event: str, data: Json) -> None:
        payload = {"op": 0, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(json.dumps(payload))
        if self.link:
            await self.link.send(self.events[-1])


class WireGateway:
    """Discord's gateway, and its knowledge of guilds, channels and people."""

    def __init__(
        self,
        *guilds: Guild,
        token: str = "wire-token",
        privileged_intents: bool = True,
        shards: int = 1,
        advertised_gateway: str | None = None,
    ) -> None:
        self.token, self.shards = token, shards
        self.privileged_intents = privileged_intents
        self.advertised_gateway = advertised_gateway
        self.bot = Person("Dateline", bot=True)
        self.reader = Person("reader")
        self.guilds = guilds or (Guild(),)
        self.channel = self.guilds[0].channels[0]
        self.channels: dict[str, Channel] = {c.id: c for g in self.guilds for c in g.channels}
        self.people: dict[str, Person] = {}
        for guild in self.guilds:
            usual = (guild.owner, self.reader, self.bot)
            guild.members += [person for person in usual if person not in guild.members]
            self.people |= {person.id: person for person in guild.members}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.presences: list[Json] = []
        self.close_codes: list[int | None] = []
        self.sessions: dict[str, Session] = {}
        self.unavailable = 0  # connections that are refused before one is accepted
        self.ended: str | None = None  # how the bot's process ended, if it did
        self.port = 0
        self._links: set[Link] = set()
        self._changed = asyncio.Condition()

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def until(self, probe: Callable[[], T], what: str, timeout: float = 10) -> T:
        """Wait until the probe gives something; it is asked whenever the bot did anything."""
        try:
            async with asyncio.timeout(timeout), self._changed:
                while not (found := probe()):
                    if self.ended is not None:
                        raise RuntimeError(f"waiting for {what}, but {self.ended}")
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise TimeoutError(f"waited {timeout} s for {what}") from None

    async def announce(self) -> None:
        """Something happened: let those who wait look again."""
        async with self._changed:
            self._changed.notify_all()

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        if self.unavailable:
            self.unavailable -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(compress=False, autoping=False)
        await socket.prepare(request)
        link = Link(socket, request.query.get("compress"))
        session: Session | None = None
        self._links.add(link)
        try:
            await link.send(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
            async for frame in socket:
                if frame.type is WSMsgType.PING:
                    await socket.pong(frame.data)
                elif frame.type is WSMsgType.PONG:
                    link.pong.set()
                elif frame.type is WSMsgType.TEXT:
                    session = await self._hear(link, session, json.loads(frame.data)) or session
                    await self.announce()
        finally:
            self._links.discard(link)
            link.pong.set()
            link.code = link.code or socket.close_code
            if session and session.link is link:
                session.link = None
                if link.code == 1000:  # the bot is done with it
                    self.sessions.pop(session.id, None)
            self.close_codes.append(link.code)
            await self.announce()
        return socket

    async def _hear(self, link: Link, session: Session | None, payload: Json) -> Session | None:
        """Obey what the bot says on the gateway; the session it begins or takes up again."""
        match payload["op"], payload["d"]:
            case 1, _:
                await link.send(json.dumps({"op": 11}))
            case 2 | 6, {"token": token} if token != self.token:
                await link.close(4004, "Authentication failed.")
            case 2, {"intents": intents} if intents & PRIVILEGED and not self.privileged_intents:
                await link.close(4014, "Disallowed intent(s).")
            case 2, data:
                self.identifies.append(data)
                return await self._welcome(link, data)
            case 6, data:
                self.resumes.append(data)
                resumed = self.sessions.get(data["session_id"])
                if resumed is None:
                    await link.send(json.dumps({"op": 9, "d": False}))
                    return None
                seen = data["seq"]
                while seen < len(resumed.events):
                    await link.send(resumed.events[seen])
                    seen += 1
                resumed.link = link
                await resumed.dispatch("RESUMED", {})
                return resumed
            case 8, data if session:
                guild = next(g for g in self.guilds if g.id == str(data["guild_id"]))
                chunk: Json = {"guild_id": guild.id, "members": [p.member() for p in guild.members]}
                chunk |= {"chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce")}
                await session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
            case 3, data if session:
                self.presences.append(data)
            case 4, _ if session:
                pass
            case _:
                await link.close(4001 if session else 4003)
        return None

    async def _welcome(self, link: Link, data: Json) -> Session:
        shard, count = data.get("shard", [0, 1])
        session = Session(shard, data["intents"], link)
        guilds = [guild for guild in self.guilds if (int(guild.id) >> 22) % count == shard]
        ready: Json = {"v": 10, "user": self.bot.user(), "session_id": session.id}
        ready["guilds"] = [{"id": guild.id, "unavailable": True} for guild in guilds]
        ready["resume_gateway_url"] = self.advertised_gateway or self.gateway_url
        ready |= {"shard": [shard, count], "application": {"id": self.bot.id, "flags": 0}}
        await session.dispatch("READY", ready | {"private_channels": []})
        for guild in guilds if session.intents & 1 else ():
            visible = guild.members if session.intents & 1 << 1 else [self.bot]
            await session.dispatch("GUILD_CREATE", guild.json(visible))
        self.sessions[session.id] = session
        return session

    def _session(self, channel: Channel) -> Session | None:
        shard = (int(channel.guild.id) >> 22) % self.shards if channel.guild else 0
        sessions = [s for s in self.sessions.values() if s.shard == shard]
        return sessions[-1] if sessions else None

    async def tell(self, event: str, message: Json) -> None:
        """Let the bot know of a message, as far as its intents go."""
        channel = self.channels[message["channel_id"]]
        session = self._session(channel)
        needed = 1 << 9 if channel.guild else 1 << 12
        if session is None or not session.intents & needed or message["flags"] & discord.EPHEMERAL:
            return
        data = dict(message)
        if channel.guild:
            author = self.people.get(message["author"]["id"], self.bot)
            data |= {"guild_id": channel.guild.id, "member": author.member(full=False)}
            addressed = self.bot.id in {u["id"] for u in (message["author"], *message["mentions"])}
            if not (addressed or session.intents & 1 << 15):
                data |= {"content": "", "embeds": [], "attachments": [], "components": []}
        await session.dispatch(event, data)
