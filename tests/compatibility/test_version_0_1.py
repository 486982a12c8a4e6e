"""A library and a bot database of version 0.1 are used as they are: see version_0_1/README.md."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Article, Encoder, Library, Scope
from tests.bot.wire import Channel, Guild, Person, WireDiscord, buttons, running_bot
from tests.bot.wire_payloads import EVERYONE, MANAGE_GUILD, Json, words_of

FIXTURE = Path(__file__).parent / "version_0_1"
DISCORD: dict[str, Any] = json.loads((FIXTURE / "discord.json").read_text(encoding="utf-8"))
SERVER = f"server-{DISCORD['guild']}"
TIMEOUT = 90.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the library's folder."""
    copy = tmp_path / "library"
    shutil.copytree(FIXTURE / "library", copy)
    return copy


def state_of(database: Path) -> tuple[Any, ...]:
    """The version of a database, the columns of its tables and views, and the vectors in it."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()
        schema = connection.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c"
            " WHERE t.type IN ('table', 'view') ORDER BY t.name"
        ).fetchall()
        names = {name for name, _ in schema}
        columns = "SELECT sentence, model, vector FROM vectors ORDER BY sentence"
        vectors = connection.execute(columns).fetchall() if "vectors" in names else []
    finally:
        connection.close()
    return version, schema, vectors


def faiss_files(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (folder / "faiss").iterdir()
    }


@pytest.fixture
def no_embedding_of_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(*_: object) -> None:
        raise AssertionError("sentences were embedded")

    monkeypatch.setattr(Encoder, "encode", encode)


@pytest.mark.usefixtures("no_embedding_of_sentences")
def test_the_library_answers_without_embedding(folder: Path) -> None:
    (_, schema, vectors), files = state_of(folder / "library.sqlite"), faiss_files(folder)
    with Library.open(folder, create=False) as library:
        assert library.count() == 15
        assert list(library.problems()) == []
        answer = library.ask("How much of the pier broke?", ("shared", SERVER))
        assert answer.found
        assert "40 metres" in answer.passages[0].quote
        publishers = {c.article.publisher for p in answer.passages for c in (p.citation, *p.also)}
        assert {None, "Bay Herald"} <= publishers, "near-duplicates are still known"
        (found,) = library.articles(Scope((SERVER,)), title="Korsvik")
        (former,) = library.history(found.id)
        assert "12 fishing boats" in former.article.text
        assert library.find('"31 years"', Scope(None)).total == 1
    _, migrated, same_vectors = state_of(folder / "library.sqlite")
    assert set(schema) <= set(migrated), "migrations only add"
    assert same_vectors == vectors
    assert faiss_files(folder) == files


def test_a_new_article_is_compared_with_stored_signatures(folder: Path) -> None:
    with Library.open(folder, create=False) as library:
        (stored,) = library.articles(Scope((SERVER,)), title="Storm damages pier")
        again = Article("Pier broken by storm", stored.text, "Cape Times", collection=SERVER)
        library.add(again)
        answer = library.ask("How much of the pier broke?", ("shared", SERVER))
    assert len({c.article.publisher for p in answer.passages for c in p.also}) >= 2


@pytest.fixture
async def wire(folder: Path) -> AsyncIterator[WireDiscord]:
    """The bot over the old library, in the old server, with the old messages in its channel."""
    manager, reader = (
        Person(name, permissions, id=DISCORD[name][0], role_id=DISCORD[name][1])
        for name, permissions in (("manager", EVERYONE | MANAGE_GUILD), ("reader", EVERYONE))
    )
    channel = Channel(id=DISCORD["channel"])
    owner = Person("owner", id=DISCORD["owner"])
    guild = Guild("Harbour Room", [channel], [manager, reader], owner, DISCORD["guild"])
    env = {"LIBRARY": str(folder), "ARTICLES_FOLDER": str(folder.parent / "none")}
    async with WireDiscord(guild) as wire:
        for message in DISCORD["messages"]:
            wire.messages[message["id"]] = message | {"author": wire.bot.user()}
        async with running_bot(wire, env=env) as process:
            await wire.ready(timeout=TIMEOUT)
            yield wire
            assert await process.stop() == 0
            assert "Traceback" not in process.stderr


def old_buttons(wire: WireDiscord) -> Iterator[tuple[Json, str]]:
    """The messages and custom_ids of all buttons that can be pressed, each custom_id once."""
    pressed = set()
    for message in list(wire.messages.values()):
        for button in buttons(message):
            custom_id = button["custom_id"]
            if not button.get("disabled") and custom_id not in pressed:
                pressed.add(custom_id)
                yield message, custom_id


ANSWERS = {
    "context": "paragraph",
    "nearest": "The nearest passages",
    "more": "Further passages",
    "vote": "Thanks for the feedback",
    "found": "Page 2 of 3",
    "articles": "Page 2 of 2",
    "turn": "Page 2 of 2",
    "retry": "being tried again",
    "keep": "Nothing was removed",
    "remove": "Removed “Redcliff counts its boats”",
    "again": "draft",
    "forget-failed": "discarded",
}
"""A part of what each kind of button is answered with."""


async def test_every_old_button_answers(wire: WireDiscord) -> None:
    manager, reader = (wire.people[DISCORD[name][0]] for name in ("manager", "reader"))
    kinds = set()
    # Removing and discarding come last, since other buttons need what they delete.
    order = sorted(old_buttons(wire), key=lambda b: b[1].startswith(("remove:", "forget")))
    for message, custom_id in order:
        kind = custom_id.split(":")[0]
        kinds.add(kind)
        # A press of a page button replaces the message, so each gets a fresh copy.
        wire.messages[message["id"]] = json.loads(json.dumps(message))
        who = manager if kind in ("turn", "retry", "forget-failed", "remove", "again") else reader
        pressed = await wire.click(message, custom_id, author=who)
        if kind == "private":
            modal = (await pressed.callback(TIMEOUT))["data"]
            assert modal["title"] == "Ask in private"
            continue
        words = words_of(await pressed.answer(TIMEOUT))
        assert "Something went wrong" not in words
        assert ANSWERS[kind] in words, custom_id
    assert kinds == {*ANSWERS, "private"}
    assert not wire.refusals
    await asyncio.sleep(0)
