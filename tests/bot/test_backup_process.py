"""Backups of a running bot, and the restore for which it must be stopped."""

import asyncio
from pathlib import Path

from index import Library
from tests.bot.test_process import LOADING, TOKEN, until
from tests.bot.wire import Guild, WireDiscord, running_bot
from tests.bot.wire_payloads import words_of
from tests.index.subprocesses import Run, run


async def command(*arguments: str) -> Run:
    return await asyncio.to_thread(run, *arguments)


async def test_a_bot_is_backed_up_while_it_runs_and_restored_while_it_does_not(
    sample: Library, tmp_path: Path
) -> None:
    sample.close()
    env = {"LIBRARY": str(tmp_path / "library"), "BACKUP_FOLDER": str(tmp_path / "backups")}
    async with WireDiscord(Guild("Newsroom"), token=TOKEN) as wire:
        async with running_bot(wire, env=env) as process:
            await wire.ready(timeout=LOADING)
            await until(lambda: len(list((tmp_path / "backups").glob("*.zip"))) == 1)
            asked = await wire.send_message(wire.channel, "how many troops?", mentions_bot=True)
            answer = await asked.reply(timeout=LOADING)
            assert (await command("backup", "backup.zip")).code == 0
            refused = await command("restore", "backup.zip", "--replace")
            assert (refused.code, refused.out) == (69, "")
            assert "Stop the bot" in refused.err
            assert await process.stop() == 0
            assert "Traceback" not in process.stderr

        assert (await command("restore", "backup.zip", "--replace")).code == 0
        async with running_bot(wire, env=env):
            await wire.ready(timeout=LOADING)
            # The question is still known, with its passages.
            follow_up = await wire.send_message(
                wire.channel, "which countries are involved?", reply_to=answer
            )
            reply = words_of(await follow_up.reply(timeout=LOADING))
            assert "The countries involved besides" in reply
