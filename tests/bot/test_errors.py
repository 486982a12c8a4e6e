"""Internal errors: the user gets a sentence, the operator a traceback."""

import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

import pytest

from bot.services import delivery
from index import Answer, Library, ModelMismatchError, StoreError
from tests.bot.conftest import World, answered, text_of, words_of

RunBot = Callable[..., Awaitable[World]]


@pytest.fixture
def failing(sample: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], Library]:
    """Makes a library whose questions and lists of articles fail with an error."""

    def make(error: Exception) -> Library:
        def fail(*_: object, **__: object) -> None:
            raise error

        def submit(*_: object, **__: object) -> Future[Answer]:
            failed: Future[Answer] = Future()
            failed.set_exception(error)
            return failed

        monkeypatch.setattr(sample, "submit", submit)
        monkeypatch.setattr(sample, "articles", fail)
        return sample

    return make


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ZeroDivisionError("the secret inside"), "Something went wrong on my side."),
        (StoreError("disk full at /home/secret"), "I can't read the library right now."),
        (ModelMismatchError("other model"), "The library has been rebuilt"),
    ],
)
async def test_an_error_is_reported_in_a_sentence_with_a_reference_to_the_log(
    error: Exception,
    sentence: str,
    failing: Callable[[Exception], Library],
    run_bot: RunBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = await run_bot(failing(error))

    by_mention = text_of(await world.mention("how many troops?"))
    by_command = text_of(await world.slash("ask", question="how many troops?"))

    for text in (by_mention, by_command):
        assert text.startswith(sentence)
        assert "secret" not in text
        found = re.search(r"under ([0-9A-F]{6})\.$", text)
        assert found is not None
        (record,) = [r for r in caplog.records if f"[{found[1]}]" in r.getMessage()]
        assert record.levelno == logging.ERROR
        assert record.exc_info is not None
        assert record.exc_info[1] is error


async def test_a_command_that_fails_says_so(
    failing: Callable[[Exception], Library], run_bot: RunBot, sample: Library
) -> None:
    world = await run_bot(failing(ZeroDivisionError()))

    listed = await world.reader.slash(world.channel, "articles list")

    assert listed.ephemeral
    assert text_of(answered(listed)).startswith("Something went wrong on my side.")


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/channels/*/messages"), ("POST", "/interactions/*/callback")],
)
async def test_an_error_of_discord_is_logged_and_the_bot_keeps_working(
    world: World, method: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error(method, path, status=403, code=50013, message="Missing Permissions")

    await world.reader.send(world.channel, f"<@{world.bot_id}> how many troops?")
    await world.reader.slash(world.channel, "ask", question="how many troops?")

    assert [r for r in caplog.records if r.name in ("bot.errors", "bot.cogs.messages")]
    assert "About 200" in words_of(await world.mention("how many troops?"))


async def test_after_a_long_outage_the_person_is_told_without_a_traceback(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "RETRY_DELAYS", (0, 0))
    fault = ("POST", "/channels/*/messages")
    world.env.inject_error(*fault, times=2)
    assert "About 200" in words_of(await world.mention("how many troops?"))

    world.env.inject_error(*fault, times=3)
    told = text_of(await world.mention("how many troops?"))
    assert told.startswith("Discord has not accepted my answer.")
    assert not [record for record in caplog.records if record.exc_info]
    assert "About 200" in words_of(await world.mention("how many troops?"))


async def test_an_answer_is_kept_even_if_it_cannot_be_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(world.bot.storage.question_log, "set_answer", fail)

    asked = await world.slash("ask", question="how many troops?")
    before = len(world.channel.history())
    mentioned = await world.mention("how many troops?")

    assert "About 200" in words_of(asked)
    assert "About 200" in words_of(mentioned)
    assert len(world.channel.history()) == before + 2
    assert caplog.text.count("sent but not logged") == 2


async def test_closing_waits_for_the_answers_in_flight(world: World) -> None:
    with world.bot.in_flight():
        closing = world.env._loop.create_task(world.bot.close())  # type: ignore[union-attr]
        await world.env.settle()
        assert not world.bot.is_closed()
    await closing
    assert world.bot.is_closed()
