"""The commands, told to Discord when they have changed."""

import hashlib
import json
from typing import Any

from discord import app_commands

from bot.storage import Memory

HASH = "commands hash"
IDS = "commands ids"


async def sync(tree: app_commands.CommandTree[Any], memory: Memory) -> dict[str, int]:
    """Tell Discord the commands, unless it has been told the very same before.

    Returns:
        The id of each command, by its name, for mentions of it.
    """
    translator = tree.translator
    commands = sorted(tree.get_commands(), key=lambda command: command.name)
    if translator:
        payload = [await one.get_translated_payload(tree, translator) for one in commands]
    else:
        payload = [one.to_dict(tree) for one in commands]
    told = json.dumps([tree.client.application_id, payload], sort_keys=True)
    digest = hashlib.sha256(told.encode()).hexdigest()
    if memory.note(HASH) != digest:
        ids = {command.name: command.id for command in await tree.sync()}
        memory.write_note(IDS, json.dumps(ids))
        memory.write_note(HASH, digest)
    return dict(json.loads(memory.note(IDS) or "{}"))
