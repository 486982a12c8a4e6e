"""More questions than the machine can answer: whoever is not accepted is told so at once."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.language import translator_for
from index import Encoder, Library
from index.answering import concurrent_questions
from index.store import SqliteStore
from tests.bot.conftest import World, answered, text_of, words_of
from tests.index.answering.test_pipeline import FERRY, PATIENCE, SlowReader

QUESTION = "late ferry"
BUSY = translator_for(None)("busy")


async def test_a_question_too_many_is_refused_in_private_until_there_is_room(
    tmp_path: Path,
    encoder: Encoder,
    run_bot: Callable[..., Awaitable[World]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(concurrent_questions, "MAX_CONCURRENT_QUESTIONS", 1)
    monkeypatch.setattr(concurrent_questions, "MAX_WAITING_QUESTIONS", 2)
    reader = SlowReader(places=1)
    with Library(SqliteStore(tmp_path / "library"), encoder, reader) as library:
        library.add(FERRY)
        world = await run_bot(library)
        user = world.reader.user
        accepted = [library.submit(QUESTION) for _ in range(3)]

        for _ in range(2):  # each time, although other refusals are told only now and then
            await world.reader.send(world.channel, f"<@{world.bot_id}> {QUESTION}")
        command = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert [text_of(told) for told in user.dm_channel.history(viewer=user)] == [BUSY, BUSY]
        assert answered(command).ephemeral
        assert text_of(answered(command)) == BUSY
        assert not any(question.done() for question in accepted)
        assert [m for m in world.channel.history() if m.author.id == world.bot_id] == []
        assert not [record for record in caplog.records if record.exc_info]

        reader.go_on.set()
        for question in accepted:
            assert "The ferry was late." in question.result(PATIENCE).passages[0].quote
        assert "The ferry was late." in words_of(await world.mention(QUESTION))
