"""Registers the commands with Discord if they have changed."""

import hashlib
import json
from typing import Any

from discord import app_commands

from bot.storage import Storage

HASH_KEY = "commands hash"
IDS_KEY = "commands ids"


async def sync(tree: app_commands.CommandTree[Any], storage: Storage) -> dict[str, int]:
    """Register the commands, unless they are registered already.

    Returns:
        The id of each command by its name, for mentions of it.
    """
    translator = tree.translator
    commands = sorted(tree.get_commands(), key=lambda command: command.name)
    if translator:
        payload = [await one.get_translated_payload(tree, translator) for one in commands]
    else:
        payload = [one.to_dict(tree) for one in commands]
    registered = json.dumps([tree.client.application_id, payload], sort_keys=True)
    digest = hashlib.sha256(registered.encode()).hexdigest()
    if storage.get_value(HASH_KEY) != digest:
        ids = {command.name: command.id for command in await tree.sync()}
        storage.set_value(IDS_KEY, json.dumps(ids))
        storage.set_value(HASH_KEY, digest)
    return dict(json.loads(storage.get_value(IDS_KEY) or "{}"))
