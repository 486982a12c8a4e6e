"""Whatever happens to the bot's own database, what the library has found is shown."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index import Article, StoreError
from tests.bot.conftest import World, answered, labels_of, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"


@pytest.fixture(params=["a full disk", "a broken file"])
def break_storage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Breaks the bot's storage for good: it can no longer be written or, if broken, read."""

    def fail(*_: object) -> Any:
        raise StoreError("database or disk is full")

    @contextmanager
    def fail_within(*_: object) -> Iterator[sqlite3.Connection]:
        fail()
        yield  # type: ignore[misc]

    def break_it(world: World) -> None:
        database = world.bot.storage._database
        monkeypatch.setattr(database, "transaction", fail_within)
        if request.param == "a broken file":
            monkeypatch.setattr(database, "read", fail)
            monkeypatch.setattr(database, "snapshot", fail_within)

    return break_it


async def test_every_way_to_ask_is_answered(
    world: World, break_storage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    first = await world.mention("how many troops?")
    world.bot.ask_channels.add(world.channel.id)
    break_storage(world)

    assert TROOPS in words_of(await world.mention("how many troops?"))
    await world.reader.send(world.channel, "how many troops?")
    assert TROOPS in words_of(world.last())
    await world.reader.send(world.channel, "how many troops?", reply_to=first)
    assert TROOPS in words_of(world.last())
    for options in ({}, {"private": True}, {"publisher": "Harbor Wire"}):
        card = await world.slash("ask", question="how many troops?", **options)
        assert TROOPS in words_of(card)
    message = await world.reader.send(world.channel, "how many troops?")
    shown = await world.reader.context_menu(world.channel, "Ask the library about this", message)
    assert TROOPS in words_of(answered(shown))
    assert TROOPS in words_of(await world.slash("find", words="troops"))
    assert "Articles" in words_of(await world.slash("status"))
    assert "I answer questions about news articles" in text_of(await world.mention("?!"))

    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert errors
    assert all(record.exc_info is None for record in errors)


async def test_a_direct_message_is_answered(world: World, break_storage: Any) -> None:
    user = world.reader.user
    await world.reader.send_dm("how many troops?")
    break_storage(world)
    await world.reader.send_dm("how many troops?")
    _, first, _, second = user.dm_channel.history(viewer=user)
    assert TROOPS in words_of(first)
    assert TROOPS in words_of(second)


async def test_a_list_that_cannot_be_logged_is_shown(world: World, break_storage: Any) -> None:
    for n in range(30):
        world.bot.library.add(Article(f"Night {n}", "It was long.", "Harbor Wire"))
    break_storage(world)
    card = await world.slash("articles list", publisher="Harbor Wire")
    assert "Night" in text_of(card)
    turned = await world.reader.click(card, label="Next")
    assert "Night" not in text_of(turned.followups[0]), "its filters are not known"


async def test_the_buttons_of_an_answer_that_was_not_logged_say_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        storage: Any = world.bot.storage
        patch.setattr(storage.question_log, "add", _full)
        card = await world.mention("how many troops?")
    assert TROOPS in words_of(card)
    await world.mention("how many troops?")  # which is logged
    for label in labels_of(card):
        if label not in ("Context", "More"):
            pressed = answered(await world.reader.click(card, label=label))
            assert text_of(pressed) == "That answer is no longer stored. Please ask again."


def _full(*_: object) -> Any:
    raise StoreError("database or disk is full")
