"""What Discord says and what it refuses: the payloads and the rules behind `wire`."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
# view channels, send messages, embed links, attach files, read history, slash commands
EVERYONE = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

_EPOCH = 1_420_070_400_000
_numbers = itertools.count()


def snowflake() -> str:
    """A new id in Discord's own form: unique, and it carries the time."""
    return str((time.time_ns() // 1_000_000 - _EPOCH) << 22 | next(_numbers) & 0x3FFFFF)


def now() -> str:
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True)
class Person:
    """A user; in a guild, what they may do there beyond everyone is their own role."""

    name: str
    permissions: int = EVERYONE
    bot: bool = False
    id: str = field(default_factory=snowflake)
    role_id: str = field(default_factory=snowflake)

    def user(self) -> Json:
        return {
            "id": self.id,
            "username": self.name,
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "flags": 0,
            "public_flags": 0,
        }

    def member(self, *, full: bool = True) -> Json:
        roles = [] if self.permissions == EVERYONE else [self.role_id]
        data: Json = {"roles": roles, "joined_at": now(), "deaf": False, "mute": False, "flags": 0}
        return data | {"user": self.user(), "permissions": str(self.permissions)} if full else data


@dataclass
class Channel:
    """A text channel of a guild or, with a recipient, a direct message channel."""

    name: str = "general"
    id: str = field(default_factory=snowflake)
    guild: Guild | None = None
    recipient: Person | None = None
    closed: bool = False  # True: the bot lacks the permission to write here
    last_message_id: str | None = None

    def json(self) -> Json:
        if self.recipient:
            return {"id": self.id, "type": 1, "recipients": [self.recipient.user()], "flags": 0}
        data = {"id": self.id, "type": 0, "name": self.name, "position": 0, "flags": 0}
        data |= {"permission_overwrites": [], "nsfw": False, "topic": None, "parent_id": None}
        return data | {"rate_limit_per_user": 0, "last_message_id": self.last_message_id}


@dataclass
class Guild:
    """A Discord server."""

    name: str = "Newsroom"
    channels: list[Channel] = field(default_factory=lambda: [Channel()])
    members: list[Person] = field(default_factory=list)
    owner: Person = field(default_factory=lambda: Person("owner", permissions=ADMINISTRATOR))
    id: str = field(default_factory=snowflake)

    def __post_init__(self) -> None:
        for channel in self.channels:
            channel.guild = self

    def roles(self) -> list[Json]:
        everyone = _role(self.id, "@everyone", EVERYONE, 0)
        special = (person for person in self.members if person.permissions != EVERYONE)
        return [everyone] + [_role(p.role_id, p.name, p.permissions, 1) for p in special]

    def json(self, members: Iterable[Person]) -> Json:
        """As GUILD_CREATE gives it, with those members that the intents let the bot see."""
        lists = ("emojis", "stickers", "features", "threads", "presences", "voice_states")
        empty = ("stage_instances", "guild_scheduled_events", "soundboard_sounds")
        absent = ("icon", "splash", "banner", "description", "afk_channel_id", "system_channel_id")
        levels = ("verification_level", "explicit_content_filter", "mfa_level", "nsfw_level")
        return {
            **{key: [] for key in (*lists, *empty)},
            **dict.fromkeys(absent),
            **dict.fromkeys((*levels, "premium_tier", "system_channel_flags", "afk_timeout"), 0),
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "preferred_locale": "en-US",
            "default_message_notifications": 1,
            "unavailable": False,
            "large": False,
            "joined_at": now(),
            "member_count": len(self.members),
            "roles": self.roles(),
            "channels": [channel.json() | {"guild_id": self.id} for channel in self.channels],
            "members": [person.member() for person in members],
        }


def _role(id: str, name: str, permissions: int, position: int) -> Json:
    role = {"id": id, "name": name, "permissions": str(permissions), "position": position}
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return role | {"colors": colours, "hoist": False, "managed": False, "mentionable": False}


def application(bot: Person, owner: Person) -> Json:
    return {
        "id": bot.id,
        "name": bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner.user(),
        "verify_key": "0" * 64,
        "flags": 0,
        "team": None,
    }


def blank_message(channel: Channel, author: Person, **more: Any) -> Json:
    """A message as it is before anything was written into it."""
    message: Json = {key: [] for key in ("mentions", "mention_roles", "attachments", "embeds")}
    message |= {"id": snowflake(), "channel_id": channel.id, "author": author.user()}
    message |= {"timestamp": now(), "edited_timestamp": None, "content": "", "components": []}
    message |= {"tts": False, "mention_everyone": False, "pinned": False, "type": 0, "flags": 0}
    return message | more


def parts(message: Json) -> Iterator[tuple[str, Json]]:
    """Every component of a message with its path, however deep."""
    return _walk(message.get("components") or [], "components")


def _walk(components: list[Json], path: str) -> Iterator[tuple[str, Json]]:
    for number, part in enumerate(components):
        here = f"{path}.{number}"
        yield here, part
        yield from _walk(part.get("components") or [], f"{here}.components")
        for key in ("accessory", "component"):
            if key in part:
                yield f"{here}.{key}", part[key]


def text_of(message: Json) -> str:
    """All that a person can read in a message: content, text displays, embeds."""
    texts = [message.get("content") or ""]
    texts += [part["content"] for _, part in parts(message) if part["type"] == 10]
    for embed in message.get("embeds") or []:
        texts += [embed.get("title", ""), embed.get("description", "")]
        texts += [f"{row['name']}\n{row['value']}" for row in embed.get("fields", [])]
        texts.append(embed.get("footer", {}).get("text", ""))
    return "\n".join(text for text in texts if text)


def words_of(message: Json) -> str:
    """The same without what is bold in it."""
    return text_of(message).replace("**", "")


def buttons(message: Json) -> list[Json]:
    """The buttons of a message, in order."""
    return [part for _, part in parts(message) if part["type"] == 2]


def pings(message: Json, allowed: Json | None) -> tuple[set[str], bool]:
    """Whom a message would notify: the users, and whether everyone."""
    text, allowed = (
        text_of(message),
        {"parse": ["users", "everyone"]} if allowed is None else allowed,
    )
    kinds = allowed.get("parse", [])
    users = set(re.findall(r"<@!?(\d+)>", text))
    if "users" not in kinds:
        users &= set(map(str, allowed.get("users", [])))
    return users, "everyone" in kinds and re.search("@(everyone|here)", text) is not None


class Refusal(Exception):
    """An error that Discord answers with."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message} {errors or ''}".strip())
        self.status, self.code = status, code
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def invalid(path: str, code: str, message: str) -> Refusal:
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for key in reversed(path.split(".")):
        errors = {key: errors}
    return Refusal(400, 50035, "Invalid Form Body", errors)


def _length(path: str, value: Any, least: int, most: int) -> None:
    if not least <= len(value or "") <= most:
        words = f"Must be between {least} and {most} in length."
        raise invalid(path, "BASE_TYPE_BAD_LENGTH", words)


def check_message(message: Json, at: str = "") -> None:
    """Refuse what Discord would not show; `at` is where the message stands in the request."""
    v2 = bool(message["flags"] & COMPONENTS_V2)
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if v2 and message.get(key):
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            raise invalid(at + key, code, f"The '{key}' field cannot be used with components V2")
    _length(f"{at}content", message["content"], 0, 2000)
    _length(f"{at}embeds", message["embeds"], 0, 10)
    for number, embed in enumerate(message["embeds"]):
        here = f"{at}embeds.{number}"
        _length(f"{here}.title", embed.get("title"), 0, 256)
        _length(f"{here}.description", embed.get("description"), 0, 4096)
        _length(f"{here}.fields", embed.get("fields"), 0, 25)
        for place, row in enumerate(embed.get("fields", [])):
            _length(f"{here}.fields.{place}.name", row["name"], 1, 256)
            _length(f"{here}.fields.{place}.value", row["value"], 1, 1024)
    if sum(len(text_of({"embeds": [embed]})) for embed in message["embeds"]) > 6000:
        words = "Embed size exceeds maximum size of 6000"
        raise invalid(f"{at}embeds", "MAX_EMBED_SIZE_EXCEEDED", words)
    filled = message["content"] or message["embeds"] or message["attachments"]
    if not filled and not (v2 and message["components"]):
        raise Refusal(400, 50006, "Cannot send an empty message")
    _check_components(message, v2, at)


def _check_components(message: Json, v2: bool, at: str) -> None:
    found = [(at + path, part) for path, part in parts(message)]
    if not v2:
        _length(f"{at}components", message["components"], 0, 5)
    if len(found) > 40:
        raise invalid(f"{at}components", "BASE_TYPE_MAX_LENGTH", "At most 40 components.")
    if sum(len(part["content"]) for _, part in found if part["type"] == 10) > 4000:
        words = "The total displayable text size exceeds the maximum size of 4000"
        raise invalid(f"{at}components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    seen: set[str] = set()
    for path, part in found:
        kind = part["type"]
        if kind >= 9 and not v2:
            raise invalid(
                f"{path}.type", "UNION_TYPE_CHOICES", "Value of field needs components V2"
            )
        if kind in (1, 17):
            _length(f"{path}.components", part["components"], 1, 5 if kind == 1 else 40)
        elif kind == 9:
            _length(f"{path}.components", part["components"], 1, 3)
        elif kind == 10:
            _length(f"{path}.content", part["content"], 1, 4000)
        elif kind == 2 and not (part.get("label") or part.get("emoji")):
            raise invalid(path, "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji")
        _length(f"{path}.label", part.get("label"), 0, 80)
        if kind == 2 and part["style"] == 5:
            _length(f"{path}.url", part.get("url"), 1, 512)
        elif kind in range(2, 9):
            _length(f"{path}.custom_id", part.get("custom_id"), 1, 100)
            if part["custom_id"] in seen:
                words = "Component custom id cannot be duplicated"
                raise invalid(f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", words)
            seen.add(part["custom_id"])
        if kind in (3, 5, 6, 7, 8):
            _length(f"{path}.placeholder", part.get("placeholder"), 0, 150)
            _length(f"{path}.options", part.get("options"), 0, 25)


def number_components(message: Json) -> None:
    """Give every component an id, as Discord does."""
    taken = {part["id"] for _, part in parts(message) if part.get("id")}
    free = (number for number in itertools.count(1) if number not in taken)
    for _, part in parts(message):
        part["id"] = part.get("id") or next(free)


def check_choices(choices: list[Json]) -> None:
    _length("data.choices", choices, 0, 25)
    for number, choice in enumerate(choices):
        _length(f"data.choices.{number}.name", choice["name"], 1, 100)
        if isinstance(choice["value"], str):
            _length(f"data.choices.{number}.value", choice["value"], 1, 100)


def check_modal(modal: Json) -> None:
    _length("data.title", modal.get("title"), 1, 45)
    _length("data.custom_id", modal.get("custom_id"), 1, 100)
    _length("data.components", modal.get("components"), 1, 5)


def fits(value: Any, option: Json) -> bool:
    """Whether Discord's own input would take that value for that option of a command."""
    kinds: dict[int, type | tuple[type, ...]] = {3: str, 4: int, 5: bool, 10: (int, float)}
    if not isinstance(value, kinds.get(option["type"], object)):
        return False
    if option.get("choices"):
        return any(choice["value"] == value for choice in option["choices"])
    if isinstance(value, str) and option["type"] == 3:
        return bool(option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000))
    if option["type"] in (4, 10):
        return bool(option.get("min_value", value) <= value <= option.get("max_value", value))
    return True


def may_use(command: Json, person: Person, channel: Channel) -> bool:
    """Whether Discord offers a command: by its contexts and, in a guild, default permissions."""
    if channel.guild is None:
        contexts = command.get("contexts")
        return command.get("dm_permission") is not False if contexts is None else 1 in contexts
    if 0 not in (command.get("contexts") or (0,)):
        return False
    needed = command.get("default_member_permissions")
    if needed is None or person.permissions & ADMINISTRATOR:
        return True
    return int(needed) != 0 and not int(needed) & ~person.permissions


def find_command(commands: list[Json], path: str) -> tuple[Json, list[Json], list[Json]]:
    """The command of a path such as "articles list", its subcommands, and its options."""
    name, *rest = path.split()
    command = next((c for c in commands if c["name"] == name and c.get("type", 1) == 1), None)
    if command is None:
        raise LookupError(f"no command /{name} among {sorted(c['name'] for c in commands)}")
    steps: list[Json] = []
    options: list[Json] = command.get("options", [])
    for word in rest:
        step = next((o for o in options if o["name"] == word and o["type"] in (1, 2)), None)
        if step is None:
            raise LookupError(f"no subcommand {word!r} in /{path}")
        steps.append(step)
        options = step.get("options", [])
    if any(option["type"] in (1, 2) for option in options):
        raise LookupError(f"/{path} needs a subcommand: {[o['name'] for o in options]}")
    return command, steps, options
