"""Registering the commands with Discord, only when they have changed."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.executors import Executors
from bot.storage import Storage

HASH_KEY = "commands hash"
IDS_KEY = "commands ids"
"""Keys in the storage: the hash of the registered commands, and their ids as JSON."""

log = logging.getLogger(__name__)


async def sync(
    tree: app_commands.CommandTree[Any], storage: Storage, executors: Executors
) -> dict[str, int]:
    """Register the commands, unless identical ones are already registered.

    If Discord refuses them, those that were registered before stay, and the next start tries again.

    Returns:
        The id of each command by name, for mentions.
    """
    translator = tree.translator
    commands = sorted(tree.get_commands(), key=lambda command: command.name)
    if translator:
        payload = [await each.get_translated_payload(tree, translator) for each in commands]
    else:
        payload = [command.to_dict(tree) for command in commands]
    serialized = json.dumps([tree.client.application_id, payload], sort_keys=True)
    digest = hashlib.sha256(serialized.encode()).hexdigest()
    if await executors.run_db(storage.get_value, HASH_KEY) != digest:
        try:
            registered = await tree.client.http.bulk_upsert_global_commands(
                tree.client.application_id, payload=payload
            )
        except discord.Forbidden as error:
            log.error(
                "Discord does not allow the bot to register its commands: %s. Invite it again with"
                " the scopes “bot” and “applications.commands” (README.md says how), and restart"
                " it. Until then, it answers messages.",
                error,
            )
        except discord.HTTPException as error:
            log.error(
                "the commands could not be registered: %s. The next start tries again; until then,"
                " those that were registered before may be missing or outdated.",
                error,
            )
        else:
            ids = {command["name"]: int(command["id"]) for command in registered}
            await executors.run_db(storage.set_value, IDS_KEY, json.dumps(ids))
            await executors.run_db(storage.set_value, HASH_KEY, digest)
    stored = await executors.run_db(storage.get_value, IDS_KEY)
    return dict(json.loads(stored or "{}"))
