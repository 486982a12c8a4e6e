"""What the bot remembers outlives it, and is forgotten as a whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import Exchange, Memory, ServerSettings
from index import DamagedLibraryError

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ASKED = Exchange(
    server=1,
    channel=2,
    person=3,
    question="how many?\n“☃”",
    asked_at=NOW,
    asking=4,
    answering=5,
    articles=("a" * 16,),
    publisher="Post",
    since=date(2026, 1, 1),
    near=("b" * 16,),
    found=True,
    confidence=0.8,
    passages=(("c" * 16, 0, 9, 0.8), ("d" * 16, 3, 4, 0.1), ("c" * 16, 9, 12, 0.1)),
    elapsed_ms=12.5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite"


def test_an_exchange_comes_back_as_it_was(path: Path) -> None:
    plain = Exchange(server=None, channel=2, person=3, question="why?", asked_at=NOW, kind="find")
    with Memory(path) as memory:
        keys = [memory.exchanges.add(one) for one in (ASKED, plain)]
    with Memory(path) as memory:
        exchanges = memory.exchanges
        assert [exchanges.get(key) for key in keys] == [ASKED, plain]
        assert exchanges.asked_by(4) == exchanges.answered_by(5) == ASKED
        assert exchanges.last_in(2) == ASKED  # what was looked up is no question
        assert exchanges.get(99) is exchanges.asked_by(99) is exchanges.last_in(99) is None


def test_what_a_question_goes_on_from_is_what_answered() -> None:
    assert ASKED.about == ("c" * 16, "d" * 16)
    assert replace(ASKED, found=False).about == ASKED.near


def test_the_same_message_asks_one_thing(path: Path) -> None:
    with Memory(path) as memory:
        key = memory.exchanges.add(replace(ASKED, answering=None))
        memory.exchanges.answered(key, 5, 7)
        assert memory.exchanges.add(replace(ASKED, question="why?", answering=None)) == key
        again = memory.exchanges.get(key)
        assert again is not None
        assert (again.question, again.answering) == ("why?", 5)


def test_a_forgotten_exchange_is_gone_with_its_votes_and_its_key(path: Path) -> None:
    with Memory(path) as memory:
        exchanges = memory.exchanges
        key = exchanges.add(ASKED)
        assert exchanges.vote(key, 3, True)
        exchanges.forget_before(NOW + timedelta(seconds=1))
        assert exchanges.get(key) is None
        assert not exchanges.vote(key, 3, True)
        assert exchanges.usage(1, 3, NOW).helpful is None
        assert exchanges.add(ASKED) != key


def test_usage_counts_a_server_or_a_person_alone(path: Path) -> None:
    with Memory(path) as memory:
        for number, server, elapsed in ((1, 1, 10.0), (2, 1, 30.0), (3, 1, 20.0), (4, None, 5.0)):
            one = replace(ASKED, asking=number, answering=None, server=server, elapsed_ms=elapsed)
            key = memory.exchanges.add(one)
            memory.exchanges.vote(key, 3, number == 1)
        here = memory.exchanges.usage(1, 99, NOW)
        assert (here.questions, here.median_ms) == (3, 20)
        assert here.helpful == pytest.approx(1 / 3)
        assert memory.exchanges.usage(None, 3, NOW).questions == 1
        assert memory.exchanges.usage(None, 99, NOW).questions == 0
        assert memory.exchanges.usage(1, 99, NOW + timedelta(seconds=1)).questions == 0


def test_settings_people_and_notes_outlive_the_bot(path: Path) -> None:
    with Memory(path) as memory:
        assert memory.servers.settings(1) == memory.servers.settings(None) == ServerSettings()
        changed = memory.servers.change(1, threads=True, editors=7)
        assert changed == ServerSettings(threads=True, editors=7)
        memory.servers.set_ask_channels(1, [5, 6])
        memory.servers.set_ask_channels(2, [8])
        memory.people.spoke(3, "es-ES")
        memory.write_note("name", "value")
    with Memory(path) as memory:
        assert memory.servers.settings(1) == changed
        assert memory.servers.ask_channels() == {5, 6, 8}
        assert memory.servers.ask_channels(1) == {5, 6}
        assert memory.people.locale(3) == "es-ES"
        assert memory.people.locale(4) is None
        assert memory.note("name") == "value"
        memory.exchanges.add(ASKED)
        memory.servers.forget(1)
        assert memory.servers.settings(1) == ServerSettings()
        assert memory.servers.ask_channels() == {8}
        assert memory.exchanges.asked_by(4) is None


def test_a_server_was_left_when_it_was_first_noticed(path: Path) -> None:
    with Memory(path) as memory:
        memory.servers.left(1, NOW)
        memory.servers.left(1, NOW + timedelta(days=5))
        assert memory.servers.left_before(NOW) == []
        assert memory.servers.left_before(NOW + timedelta(seconds=1)) == [1]
        memory.servers.came_back(1)
        assert memory.servers.left_before(NOW + timedelta(days=9)) == []


def test_a_library_is_no_memory(tmp_path: Path) -> None:
    from index.store import SqliteStore

    SqliteStore(tmp_path).close()
    with pytest.raises(DamagedLibraryError, match="is not a memory of Dateline's bot"):
        Memory(tmp_path / "library.sqlite")
