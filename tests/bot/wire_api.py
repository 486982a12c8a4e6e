"""The HTTP API of the stand-in, as Discord documents it; anything else is a recorded 404."""

from __future__ import annotations

import asyncio
import copy
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

from aiohttp import web

from . import wire_payloads as discord
from .wire_faults import Fault, drop
from .wire_gateway import WireGateway
from .wire_payloads import Channel, Json, Person, Refusal

API = "/api/v10"
ANSWERS = {2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}  # interaction -> callbacks
BY_TOKEN = re.compile(r"/interactions/\d+/[^/]+/callback$|/webhooks/\d+/[^/]+(/|$)")

BODY = web.RequestKey("body", dict[str, Any])
FILES = web.RequestKey("files", list[dict[str, Any]])
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Interaction:
    """What a person set off, and all that the bot answered to it."""

    wire: WireGateway
    payload: Json
    deadline: float  # by the loop's clock: when an acknowledgement comes too late
    expires: float  # and when the token is no longer worth anything
    callbacks: list[Json] = field(default_factory=list)
    original: Json | None = None
    edits: list[Json] = field(default_factory=list)
    followups: list[Json] = field(default_factory=list)

    def finished(self) -> bool:
        """The original response says something: it is not (or no longer) a deferral."""
        if not self.callbacks or self.original is None:
            return False
        if self.original["flags"] & discord.LOADING:
            return False
        return self.callbacks[0]["type"] != 6 or bool(self.edits)

    async def callback(self, timeout: float = 5) -> Json:
        """The first thing the bot answered, as it sent it."""
        await self.wire.until(lambda: self.callbacks, "an acknowledgement", timeout)
        return self.callbacks[0]

    async def answer(self, timeout: float = 10) -> Json:
        """The original response, once it is there to read."""
        await self.wire.until(self.finished, "an answer to the interaction", timeout)
        return copy.deepcopy(self.original or {})

    async def followup(self, number: int = 1, timeout: float = 10) -> Json:
        await self.wire.until(lambda: len(self.followups) >= number, "a follow-up", timeout)
        return copy.deepcopy(self.followups[number - 1])

    async def choices(self, timeout: float = 5) -> list[Json]:
        """What the bot offered to an autocomplete."""
        choices: list[Json] = (await self.callback(timeout))["data"]["choices"]
        return choices


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    status: int
    body: Json


def _json(
    data: Any, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> web.Response:
    # Discord names no charset, and discord.py takes only this very type for JSON
    headers = {"Content-Type": "application/json", **headers}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers)


class WireApi(WireGateway):
    """Discord's HTTP API. Everything the bot did stands in the public lists."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.commands: dict[str, list[Json]] = {}  # by guild id; "" holds the global ones
        self.messages: dict[str, Json] = {}
        self.posted: list[Json] = []  # what the bot wrote into channels, in order
        self.unread: list[Json] = []  # those of them that no test has taken yet
        self.edits: dict[str, list[Json]] = {}  # message id -> what the bot changed, in order
        self.typing: list[str] = []
        self.files: dict[str, bytes] = {}
        self.interactions: dict[str, Interaction] = {}  # by token
        self.requests: list[Request] = []
        self.refusals: list[Refusal] = []
        self.refusing: dict[str, Refusal] = {}  # what to answer to "PUT /path", instead of serving
        self.faults: list[Fault] = []  # the first that matches a request happens to it
        self.unknown_routes: list[str] = []
        self._nonces: dict[tuple[str, str], Json] = {}
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._serve], client_max_size=32 << 20)
        message, webhook = "/channels/{channel}/messages", "/webhooks/{app}/{token}"
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("GET", "/gateway", self._gateway_url),
            ("GET", "/gateway/bot", self._gateway_url),
            ("POST", "/users/@me/channels", self._open_dm),
            ("POST", "/channels/{channel}/typing", self._type),
            ("POST", "/interactions/{id}/{token}/callback", self._callback),
            ("POST", webhook, self._follow_up),
            ("GET", "/channels/{channel}", self._get_channel),
            ("GET", message, self._history),
            ("POST", message, self._post),
        ]
        for path in ("/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands"):
            routes += [("GET", path, self._commands), ("PUT", path, self._sync)]
        for path in (message + "/{message}", webhook + "/messages/{message}"):
            routes += [("GET", path, self._get), ("PATCH", path, self._edit)]
            routes += [("DELETE", path, self._delete)]
        for method, path, handler in routes:
            app.router.add_route(method, API + path, handler)
        app.router.add_get("/gateway", self.gateway)
        app.router.add_get("/attachments/{id}/{name}", self._download)
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        return app

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for link in list(self._links):
            await link.close(1001)
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{API}"

    @property
    def environment(self) -> dict[str, str]:
        """What a bot needs to be told in order to come here."""
        urls = {"DISCORD_API_URL": self.api_url, "DISCORD_GATEWAY_URL": self.gateway_url}
        return urls | {"DISCORD_TOKEN": self.token}

    def direct(self, person: Person | None = None) -> Channel:
        """The direct message channel of a person and the bot."""
        who = person or self.reader
        self.people[who.id] = who
        for channel in self.channels.values():
            if channel.recipient == who:
                return channel
        channel = Channel(name=who.name, recipient=who)
        self.channels[channel.id] = channel
        return channel

    def upload(self, name: str, data: bytes, content_type: str = "text/plain") -> Json:
        """A file on Discord, to attach to a message or to give as a command's option."""
        file: Json = {"id": discord.snowflake(), "filename": name, "size": len(data)}
        url = f"http://127.0.0.1:{self.port}/attachments/{file['id']}/{name}"
        self.files[file["id"]] = data
        return file | {"url": url, "proxy_url": url, "content_type": content_type}

    # The API: every request passes through here

    @web.middleware
    async def _serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(API + "/"):
            return await handler(request)
        path = request.path.removeprefix(API)
        request[BODY], request[FILES] = {}, []
        response: web.StreamResponse
        fault = next((f for f in self.faults if f.strikes(request.method, path)), None)
        if fault is not None:
            await self.announce()
            if fault.until is not None:
                await fault.until.wait()
            if not fault.served:
                return drop(request) if fault.response is None else _json(**fault.response)
        try:
            authorization = request.headers.get("Authorization")
            if not BY_TOKEN.match(path) and authorization != f"Bot {self.token}":
                raise Refusal(401, 0, "401: Unauthorized")
            if (ordered := self.refusing.get(f"{request.method} {path}")) is not None:
                raise ordered
            if request.can_read_body:
                await self._read_body(request)
            response = await handler(request)
        except (Refusal, KeyError, TypeError, ValueError) as error:
            malformed = f"Invalid Form Body: {error!r}"
            refusal = error if isinstance(error, Refusal) else Refusal(400, 50035, malformed)
            self.refusals.append(refusal)
            response = _json(refusal.body, status=refusal.status)
        if fault is not None:
            return drop(request)
        await response.prepare(request)
        await response.write_eof()
        self.requests.append(Request(request.method, path, response.status, request[BODY]))
        await self.announce()
        return response

    async def _read_body(self, request: web.Request) -> None:
        if not request.content_type.startswith("multipart/"):
            request[BODY] = await request.json()
            return
        form = await request.post()
        request[BODY] = json.loads(str(form["payload_json"]))
        for key, part in form.items():
            if isinstance(part, web.FileField) and key.startswith("files["):
                file = self.upload(part.filename, part.file.read(), part.content_type)
                request[FILES].append(file)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.unknown_routes.append(f"{request.method} {request.path}")
        raise Refusal(404, 0, "404: Not Found")

    async def _download(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["id"]])

    async def _me(self, _: web.Request) -> web.Response:
        return _json(self.bot.user() | {"verified": True, "mfa_enabled": False})

    async def _application(self, _: web.Request) -> web.Response:
        return _json(discord.application(self.bot, self.guilds[0].owner))

    async def _gateway_url(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url: Json = {"url": self.advertised_gateway or self.gateway_url}
        bot = {"shards": self.shards, "session_start_limit": limit}
        return _json(url | bot if request.path.endswith("bot") else url)

    async def _commands(self, request: web.Request) -> web.Response:
        return _json(self.commands.get(request.match_info.get("guild", ""), []))

    async def _sync(self, request: web.Request) -> web.Response:
        guild = request.match_info.get("guild", "")
        more: Json = {"application_id": self.bot.id, "version": discord.snowflake()}
        more |= {"guild_id": guild} if guild else {}
        self.commands[guild] = [
            {"id": discord.snowflake(), "type": 1, "description": ""} | command | more
            for command in await request.json()
        ]
        return _json(self.commands[guild])

    async def _open_dm(self, request: web.Request) -> web.Response:
        person = self.people.get(str(request[BODY].get("recipient_id")))
        if person is None:
            raise Refusal(404, 10013, "Unknown User")
        return _json(self.direct(person).json())

    async def _type(self, request: web.Request) -> web.Response:
        self.typing.append(self._channel(request).id)
        return web.Response(status=204)

    async def _get_channel(self, request: web.Request) -> web.Response:
        return _json(self._channel(request).json())

    async def _history(self, request: web.Request) -> web.Response:
        id, limit = self._channel(request).id, int(request.query.get("limit", 50))
        after = int(request.query.get("after", 0))
        found = [
            m for m in self.messages.values() if m["channel_id"] == id and int(m["id"]) > after
        ]
        return _json([m for m in found if not m["flags"] & discord.EPHEMERAL][: -limit - 1 : -1])

    async def _post(self, request: web.Request) -> web.Response:
        channel, body = self._channel(request), request[BODY]
        if channel.closed:
            raise Refusal(403, 50013, "Missing Permissions")
        nonce = (channel.id, str(body.get("nonce")))
        if body.get("enforce_nonce") and nonce in self._nonces:
            return _json(self._nonces[nonce])
        message = discord.blank_message(channel, self.bot)
        if reference := body.get("message_reference"):
            if str(reference["message_id"]) in self.messages:
                self.refer(message, str(reference["message_id"]))
            elif reference.get("fail_if_not_exists", True):
                raise discord.invalid(
                    "message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"
                )
        self._write(message, request, body)
        message["flags"] &= ~discord.EPHEMERAL
        self._nonces[nonce] = message
        self.posted.append(message)
        self.unread.append(message)
        return await self._publish(message)

    async def _get(self, request: web.Request) -> web.Response:
        return _json(self._target(request))

    async def _edit(self, request: web.Request) -> web.Response:
        message, body = self._target(request), request[BODY]
        if message["author"]["id"] != self.bot.id:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        self._write(message, request, body)
        message["edited_timestamp"] = discord.now()
        self.edits.setdefault(message["id"], []).append(body)
        interaction = self.interactions.get(request.match_info.get("token", ""))
        if interaction and message is interaction.original:
            interaction.edits.append(body)
        await self.tell("MESSAGE_UPDATE", message)
        return _json(message)

    async def _delete(self, request: web.Request) -> web.Response:
        message = self._target(request)
        if message["author"]["id"] != self.bot.id:
            raise Refusal(403, 50013, "Missing Permissions")
        del self.messages[message["id"]]
        await self.tell("MESSAGE_DELETE", message)
        return web.Response(status=204)

    async def _callback(self, request: web.Request) -> web.Response:
        interaction = self.interactions.get(request.match_info["token"])
        late = interaction and asyncio.get_running_loop().time() > interaction.deadline
        if interaction and interaction.callbacks:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if interaction is None or late or interaction.payload["id"] != request.match_info["id"]:
            raise Refusal(404, 10062, "Unknown interaction")
        source, body = interaction.payload, request[BODY]
        kind, data = body["type"], body.get("data") or {}
        if kind not in ANSWERS[source["type"]]:
            raise discord.invalid(
                "type", "BASE_TYPE_CHOICES", f"Not one of {ANSWERS[source['type']]}"
            )
        if kind == 8:
            discord.check_choices(data["choices"])
        elif kind == 9:
            discord.check_modal(data)
        elif kind in (6, 7):
            interaction.original = self.messages[source["message"]["id"]]
        else:
            interaction.original = self._response(interaction)
            asked = data.get("flags", 0) & discord.EPHEMERAL
            interaction.original["flags"] = asked | (discord.LOADING if kind == 5 else 0)
        message = interaction.original
        if message is not None and kind in (4, 7):
            try:
                self._write(message, request, data, "data.")
            except Refusal:
                interaction.original = None
                raise
        interaction.callbacks.append(body)
        answer: Json = {"interaction": {"id": source["id"], "type": source["type"]}}
        answer["resource"] = {"type": kind}
        if message is not None:
            answer["interaction"] |= {
                "response_message_id": message["id"],
                "response_message_loading": bool(message["flags"] & discord.LOADING),
                "response_message_ephemeral": bool(message["flags"] & discord.EPHEMERAL),
            }
            if kind in (4, 7):
                answer["resource"]["message"] = message
            if kind in (4, 5):
                await self._publish(message)
            elif kind == 7:
                self.edits.setdefault(message["id"], []).append(data)
                await self.tell("MESSAGE_UPDATE", message)
        if request.query.get("with_response", "").lower() in ("1", "true"):
            return _json(answer)
        return web.Response(status=204)

    async def _follow_up(self, request: web.Request) -> web.Response:
        interaction, body = self._webhook(request), request[BODY]
        waiting = interaction.original
        if waiting is not None and waiting["flags"] & discord.LOADING:
            self._write(waiting, request, body)  # the first follow-up to a deferral fills it in
            interaction.followups.append(waiting)
            await self.tell("MESSAGE_UPDATE", waiting)
            return _json(waiting)
        message = self._response(interaction)
        self._write(message, request, body)
        interaction.followups.append(message)
        return await self._publish(message)

    def _response(self, interaction: Interaction) -> Json:
        source = interaction.payload
        who = source["user"] if "user" in source else source["member"]["user"]
        cause = {"id": source["id"], "type": source["type"], "user": who}
        cause["authorizing_integration_owners"] = source["authorizing_integration_owners"]
        message = discord.blank_message(self.channels[source["channel_id"]], self.bot)
        message |= {"application_id": self.bot.id, "webhook_id": self.bot.id}
        return message | {"type": 20 if source["type"] == 2 else 0, "interaction_metadata": cause}

    async def _publish(self, message: Json) -> web.Response:
        await self.create(message)
        return _json(message)

    async def create(self, message: Json) -> None:
        """Keep a new message, and tell the bot of it if it is connected."""
        self.messages[message["id"]] = message
        self.channels[message["channel_id"]].last_message_id = message["id"]
        await self.tell("MESSAGE_CREATE", message)

    def _write(self, message: Json, request: web.Request, body: Json, at: str = "") -> None:
        """Put into a message what the bot wrote, if Discord's rules let it."""
        draft, body = dict(message), copy.deepcopy(body)
        for key, nothing in (("content", ""), ("embeds", []), ("components", [])):
            if key in body:
                draft[key] = body[key] or nothing
        draft |= {key: body[key] for key in ("poll", "sticker_ids") if key in body}
        draft["flags"] = draft["flags"] & ~discord.LOADING | (body.get("flags") or 0)
        if "attachments" in body:
            kept = {str(attachment["id"]) for attachment in body["attachments"] or ()}
            draft["attachments"] = [file for file in draft["attachments"] if file["id"] in kept]
        draft["attachments"] = draft["attachments"] + request[FILES]
        discord.check_message(draft, at)
        discord.number_components(draft)
        users, everyone = discord.pings(draft, body.get("allowed_mentions"))
        draft["mentions"] = [self.people[id].user() for id in sorted(users) if id in self.people]
        message.update(draft, mention_everyone=everyone)

    def refer(self, message: Json, id: str) -> None:
        """Make a message a reply to that one."""
        target = {k: v for k, v in self.messages[id].items() if k != "referenced_message"}
        reference = {"type": 0, "message_id": id, "channel_id": target["channel_id"]}
        message |= {"type": 19, "message_reference": reference, "referenced_message": target}

    def _channel(self, request: web.Request) -> Channel:
        if request.match_info["channel"] not in self.channels:
            raise Refusal(404, 10003, "Unknown Channel")
        return self.channels[request.match_info["channel"]]

    def _webhook(self, request: web.Request) -> Interaction:
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None or not interaction.callbacks:
            raise Refusal(404, 10015, "Unknown Webhook")
        if asyncio.get_running_loop().time() > interaction.expires:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return interaction

    def _target(self, request: web.Request) -> Json:
        """The message that a request is about."""
        id = request.match_info["message"]
        if "token" in request.match_info:
            interaction = self._webhook(request)
            own = [interaction.original or {}, *interaction.followups]
            id = next((m["id"] for m in own if m and id in (m["id"], "@original")), id)
        else:
            self._channel(request)
        if id not in self.messages:
            raise Refusal(404, 10008, "Unknown Message")
        return self.messages[id]
