"""Scheduling the digest of a server: its channel, its days and its time of day."""

import re
from datetime import time
from functools import cache
from typing import Literal, get_args
from zoneinfo import available_timezones

import discord
from discord import app_commands, ui
from discord.utils import format_dt, utcnow

from bot.cards import text_card
from bot.client import Interaction
from bot.errors import Refusal
from bot.language import Translator, translator_for
from bot.markdown import plain
from bot.services.permissions import require_manager, require_writable
from bot.storage.digest_schedules import DigestSchedule

Frequency = Literal["day", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "never"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
WEEKDAYS = FREQUENCIES[1:-1]
FREQUENCY_KEYS: dict[Frequency, str] = {
    "day": "every-day",
    "mon": "every-mon",
    "tue": "every-tue",
    "wed": "every-wed",
    "thu": "every-thu",
    "fri": "every-fri",
    "sat": "every-sat",
    "sun": "every-sun",
    "never": "every-never",
}
"""The text for each frequency."""

TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?")
DEFAULT_TIME = "08:00"
MAX_CHOICES = 25


async def schedule_digest(
    interaction: Interaction,
    every: Frequency,
    channel: discord.TextChannel | None,
    at: str | None,
    zone: str | None,
) -> ui.LayoutView:
    """Schedule, change or cancel the digest of a server.

    Args:
        channel, at, zone: None: as before; without an earlier schedule, missing, 08:00 and UTC.

    Raises:
        Refusal: the user does not manage the server, the bot may not write in the channel, or the
            time or the time zone is unknown.
    """
    guild_id, bot = require_manager(interaction), interaction.client
    localize, digests = translator_for(interaction.locale), bot.storage.digests
    before = await bot.executors.run_db(digests.get, guild_id)
    if every == "never":
        await bot.executors.run_db(digests.delete, guild_id)
        return text_card(localize("digest-canceled" if before else "digest-none-scheduled"))
    channel_id = channel.id if channel else before.channel_id if before else None
    if channel_id is None:
        raise Refusal("digest-channel-missing")
    if channel:
        require_writable(channel)
    schedule = DigestSchedule(
        guild_id,
        channel_id,
        WEEKDAYS.index(every) if every in WEEKDAYS else None,
        _parse_time(at) if at or not before else before.at,
        await bot.executors.run_db(_find_zone, zone) if zone else before.zone if before else "UTC",
        utcnow(),
    )
    await bot.executors.run_db(digests.set, schedule)
    first = format_dt(schedule.due_at(), "R")
    described = describe_schedule(schedule, localize)
    return text_card(localize("digest-scheduled", schedule=described, first=first))


def describe_schedule(schedule: DigestSchedule, localize: Translator) -> str:
    """When and where a digest is posted, as Markdown: "every Monday at 08:00 (UTC) in #news"."""
    frequency = FREQUENCIES[0 if schedule.weekday is None else 1 + schedule.weekday]
    return localize(
        "digest-schedule",
        frequency=localize(FREQUENCY_KEYS[frequency]),
        at=f"{schedule.at:%H:%M}",
        zone=schedule.zone,
        channel=f"<#{schedule.channel_id}>",
    )


async def zone_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The time zones whose names contain what has been typed so far."""
    found = await interaction.client.executors.run_db(_matching_zones, typed)
    return [app_commands.Choice(name=name, value=name) for name in found[:MAX_CHOICES]]


@cache
def _zones() -> dict[str, str]:
    """The names of all time zones of cities, and UTC, by their case-folded form."""
    names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in names if not name.startswith(("Etc/", "SystemV/"))}


def _matching_zones(typed: str) -> list[str]:
    """The time zones whose names contain what was typed, the one with just that name first."""
    wanted = _folded(typed)
    found = [name for folded, name in _zones().items() if wanted in folded]
    return sorted(found, key=lambda name: name.casefold() != wanted)


def _folded(typed: str) -> str:
    return typed.strip().casefold().replace(" ", "_")


def _find_zone(typed: str) -> str:
    """The time zone that is meant. Raises: Refusal, if there is none or more than one."""
    found = _matching_zones(typed)
    if len(found) != 1 and _folded(typed) not in _zones():
        raise Refusal("digest-zone-unknown", zone=plain(typed, 60))
    return found[0]


def _parse_time(typed: str | None) -> time:
    match = TIME.fullmatch((typed or DEFAULT_TIME).strip())
    if match is None:
        raise Refusal("digest-time-unreadable", at=plain(typed or "", 60))
    return time(int(match["hour"]), int(match["minute"] or 0))
