"""The bot's storage is persistent, and data is deleted as a whole."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import LoggedQuestion, ServerSettings, Storage
from bot.storage.drafts import MAX_DRAFTS, ArticleDraft, Drafts
from bot.storage.rate_limits import RateLimits
from index import Certainty, DamagedLibraryError, Turn
from tests.conftest import ROOT

VERSION_0_1 = ROOT / "tests/compatibility/version_0_1/library/bot.sqlite"

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ASKED = LoggedQuestion(
    guild_id=1,
    channel_id=2,
    user_id=3,
    text="how many?\n“☃”",
    asked_at=NOW,
    message_id=4,
    answer_id=5,
    articles=("a" * 16,),
    publisher="Post",
    since=date(2026, 1, 1),
    until=date(2026, 2, 1),
    any_time=True,
    as_typed=True,
    previous=Turn("who?", ("b" * 16,)),
    turn=Turn("who? how many?", ("c" * 16,), (("c" * 16, 0.0), ("d" * 16, -0.25))),
    certainty=Certainty.WEAK,
    confidence=0.8,
    passages=(("c" * 16, 0, 9, 0.8), ("d" * 16, 3, 4, 0.1), ("c" * 16, 9, 12, 0.1)),
    elapsed_ms=12.5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite"


def test_a_question_is_stored_unchanged(path: Path) -> None:
    plain = LoggedQuestion(
        guild_id=None, channel_id=2, user_id=3, text="why?", asked_at=NOW, kind="find"
    )
    with Storage(path) as storage:
        keys = [storage.question_log.add(one) for one in (ASKED, plain)]
    with Storage(path) as storage:
        log = storage.question_log
        assert [log.get(key) for key in keys] == [ASKED, plain]
        assert log.get_by_message(4) == log.get_by_answer(5) == ASKED
        assert log.get_last(2) == ASKED  # what was looked up is no question
        assert log.get(99) is log.get_by_message(99) is log.get_last(99) is None


def test_questions_of_version_0_1_are_kept(path: Path) -> None:
    shutil.copy(VERSION_0_1, path)
    for _ in range(2):  # migrated once, and opened as it is from then on
        with Storage(path) as storage:
            old = storage.question_log.get(1)
            assert old is not None
            assert old.text
            assert (old.until, old.any_time, old.as_typed) == (None, False, False)
            assert old.certainty in (Certainty.FOUND, Certainty.NONE)
            assert old.turn.articles == (old.passages[0][0],)
    with Storage(path) as storage:
        assert storage.question_log.get(storage.question_log.add(ASKED)) == ASKED


def test_the_same_message_asks_one_thing(path: Path) -> None:
    with Storage(path) as storage:
        key = storage.question_log.add(replace(ASKED, answer_id=None))
        storage.question_log.set_answer(key, 5, 7)
        assert storage.question_log.add(replace(ASKED, text="why?", answer_id=None)) == key
        again = storage.question_log.get(key)
        assert again is not None
        assert (again.text, again.answer_id) == ("why?", 5)


def test_a_purged_question_is_gone_with_its_votes_and_its_key(path: Path) -> None:
    with Storage(path) as storage:
        log = storage.question_log
        key = log.add(ASKED)
        assert log.vote(key, 3, True)
        log.purge(NOW + timedelta(seconds=1))
        assert log.get(key) is None
        assert not log.vote(key, 3, True)
        assert log.usage(1, 3, NOW).helpful is None
        assert log.add(ASKED) != key


def test_usage_counts_a_server_or_a_person_alone(path: Path) -> None:
    with Storage(path) as storage:
        for number, guild_id, elapsed in ((1, 1, 10.0), (2, 1, 30.0), (3, 1, 20.0), (4, None, 5.0)):
            one = replace(
                ASKED, message_id=number, answer_id=None, guild_id=guild_id, elapsed_ms=elapsed
            )
            key = storage.question_log.add(one)
            storage.question_log.vote(key, 3, number == 1)
        here = storage.question_log.usage(1, 99, NOW)
        assert (here.questions, here.median_ms) == (3, 20)
        assert here.helpful == pytest.approx(1 / 3)
        assert storage.question_log.usage(None, 3, NOW).questions == 1
        assert storage.question_log.usage(None, 99, NOW).questions == 0
        assert storage.question_log.usage(1, 99, NOW + timedelta(seconds=1)).questions == 0


def test_settings_locales_and_values_are_persistent(path: Path) -> None:
    with Storage(path) as storage:
        assert (
            storage.server_settings.get(1) == storage.server_settings.get(None) == ServerSettings()
        )
        changed = storage.server_settings.update(1, threads=True, editors=7)
        assert changed == ServerSettings(threads=True, editors=7)
        storage.server_settings.set_ask_channels(1, [5, 6])
        storage.server_settings.set_ask_channels(2, [8])
        storage.user_locales.set(3, "es-ES")
        storage.set_value("name", "value")
    with Storage(path) as storage:
        assert storage.server_settings.get(1) == changed
        assert storage.server_settings.ask_channels() == {5, 6, 8}
        assert storage.server_settings.ask_channels(1) == {5, 6}
        assert storage.user_locales.get(3) == "es-ES"
        assert storage.user_locales.get(4) is None
        assert storage.get_value("name") == "value"
        storage.question_log.add(ASKED)
        storage.server_settings.delete(1)
        assert storage.server_settings.get(1) == ServerSettings()
        assert storage.server_settings.ask_channels() == {8}
        assert storage.question_log.get_by_message(4) is None


def test_the_locales_of_a_deleted_server_are_deleted_unless_known_elsewhere(path: Path) -> None:
    with Storage(path) as storage:
        for person, guild_id in ((1, 7), (2, 8), (3, None), (4, 7), (5, 8), (6, 7)):
            storage.user_locales.set(person, "fr", guild_id)
        for number, (person, asked) in enumerate(((4, 8), (5, 7), (6, None), (3, 7), (3, None))):
            question = replace(ASKED, user_id=person, guild_id=asked, message_id=number)
            storage.question_log.add(replace(question, answer_id=None))
        storage.server_settings.delete(7)
        assert [n for n in range(7) if storage.user_locales.get(n)] == [2, 3, 4, 6]
        storage.user_locales.set(2, "fr", 7)  # seen in another server since
        storage.server_settings.delete(8)
        assert storage.user_locales.get(2) == "fr"


def test_questions_that_went_wrong_are_listed_latest_first(path: Path) -> None:
    with Storage(path) as storage:
        log = storage.question_log
        keys = {}
        for number, (text, certainty, kind) in enumerate(
            (
                ("weak", Certainty.WEAK, "ask"),
                ("found", Certainty.FOUND, "ask"),
                ("looked up", Certainty.NONE, "find"),
                ("disliked", Certainty.FOUND, "ask"),
                ("none", Certainty.NONE, "ask"),
            )
        ):
            one = replace(ASKED, text=text, certainty=certainty, message_id=number, answer_id=None)
            keys[text] = log.add(replace(one, kind=kind))  # type: ignore[arg-type]
        log.vote(keys["found"], 1, True)
        for person, helpful in ((1, False), (2, True), (3, False)):
            log.vote(keys["disliked"], person, helpful)
        found = [
            (one.text, helpful, not_helpful) for one, helpful, not_helpful in log.unsuccessful()
        ]
        assert found == [("none", 0, 0), ("disliked", 1, 2), ("weak", 0, 0)]
        assert [one.text for one, *_ in log.unsuccessful(1)] == ["none"]
        last = log.get_last(ASKED.channel_id)
        assert last is not None
        assert last.text == "none"
        log.delete_by_message(4)
        log.add(replace(ASKED, kind="hint", message_id=9, answer_id=None))
        last = log.get_last(ASKED.channel_id)
        assert last is not None
        assert last.text == "disliked", "a hint and a search are no questions to follow up on"


def test_the_latest_drafts_are_kept() -> None:
    drafts = Drafts[ArticleDraft]()
    for number in range(MAX_DRAFTS + 5):
        drafts[number] = ArticleDraft(str(number))
    assert list(drafts) == list(range(5, MAX_DRAFTS + 5))


def test_a_limit_is_for_each_person_in_each_server(path: Path) -> None:
    with Storage(path) as storage:
        storage.server_settings.update(1, questions=1, seconds=60)
        storage.server_settings.update(3, seconds=0)
        limits = RateLimits()

        def hit(guild_id: int | None, user_id: int, seconds: float = 0) -> float:
            asked_at = NOW + timedelta(seconds=seconds)
            one = replace(ASKED, guild_id=guild_id, user_id=user_id, asked_at=asked_at)
            return limits.hit(one, storage.server_settings.get(guild_id))

        assert (hit(1, 5), hit(1, 6), hit(2, 5), hit(2, 5), hit(None, 5)) == (0, 0, 0, 0, 0)
        assert hit(1, 5) == 60
        assert hit(1, 5, seconds=20) == 40
        assert {hit(3, 5) for _ in range(99)} == {0}
        assert [bool(hit(None, 5)) for _ in range(20)] == [False] * 19 + [True]
        limits.reset(2)
        assert hit(1, 6) == 60
        limits.reset(1)
        assert hit(1, 6) == 0
        assert hit(1, 6, seconds=59) == 1
        assert hit(1, 6, seconds=61) == 0


def test_a_server_was_left_when_it_was_first_noticed(path: Path) -> None:
    with Storage(path) as storage:
        storage.server_settings.mark_left(1, NOW)
        storage.server_settings.mark_left(1, NOW + timedelta(days=5))
        assert storage.server_settings.left_before(NOW) == []
        assert storage.server_settings.left_before(NOW + timedelta(seconds=1)) == [1]
        storage.server_settings.rejoined(1)
        assert storage.server_settings.left_before(NOW + timedelta(days=9)) == []


def test_a_library_is_not_a_storage(tmp_path: Path) -> None:
    from index.store import SqliteStore

    SqliteStore(tmp_path).close()
    with pytest.raises(DamagedLibraryError, match="is not a Dateline bot database"):
        Storage(tmp_path / "library.sqlite")
