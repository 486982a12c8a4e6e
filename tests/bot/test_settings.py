"""Settings are checked before anything is loaded; a sentence says what is wrong."""

from pathlib import Path

import pytest

from bot.settings import Settings, is_loopback, load_bot_settings
from index import SettingsError

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789ab"


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_bot_settings()
    return str(refused.value)


def test_without_any_setting_the_defaults_apply() -> None:
    settings = load_bot_settings()

    assert settings.discord_token is None
    assert settings.library == "library"
    assert settings.log_level == "INFO"


def test_settings_are_read_from_the_env_file_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(
        f"DISCORD_TOKEN={TOKEN}\nLIBRARY=here\nLOG_LEVEL=debug\nMIN_CONFIDENCE=\n"
    )
    monkeypatch.setenv("LIBRARY", "there")

    settings = load_bot_settings()

    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.library == "there"
    assert settings.log_level == "DEBUG"
    assert settings.min_confidence == Settings.model_fields["min_confidence"].default


def test_the_token_is_hidden_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = load_bot_settings()

    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)
    assert TOKEN not in settings.model_dump_json()


@pytest.mark.parametrize("token", ["nonsense", "Bot a.b.c", "a.b", 'a.b.c"', "a.b.ç"])
def test_a_malformed_token_is_refused_and_not_repeated(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = refusal(monkeypatch, DISCORD_TOKEN=token)

    assert sentence.startswith("DISCORD_TOKEN must be a bot token")
    assert token not in sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MIN_CONFIDENCE", "high", "MIN_CONFIDENCE must be a number from 0 to 1, not “high”."),
        ("MIN_CONFIDENCE", "1.5", "MIN_CONFIDENCE must be a number from 0 to 1, not “1.5”."),
        ("MIN_CONFIDENCE", "nan", "MIN_CONFIDENCE must be a number from 0 to 1, not “nan”."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not “LOUD”."),
        ("LIBRARY", "postgresql://db/x", "LIBRARY must be a folder"),
    ],
)
def test_a_malformed_setting_is_reported_with_what_it_must_be(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(monkeypatch, **{name: value}).startswith(sentence)


def test_a_library_that_cannot_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")

    for path in (file, file / "below"):
        assert refusal(monkeypatch, LIBRARY=str(path)).startswith("LIBRARY must be a folder")


def test_an_unknown_setting_is_refused_with_a_suggestion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("DISCORD_TOKN=x\n")

    assert refusal(monkeypatch) == (
        "DISCORD_TOKN in .env is not a setting; did you mean DISCORD_TOKEN?"
    )


def test_every_setting_is_explained_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()

    for name, field in Settings.model_fields.items():
        assert f"{name.upper()}={field.default or ''}\n" in example


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:9000/api/v10", True),
        ("ws://localhost:9000", True),
        ("http://[::1]:9000", True),
        ("https://discord.com/api/v10", False),
        ("http://127.0.0.1.evil.example/api", False),
        ("http://127.0.0.1@evil.example/api", False),
        ("http://2130706433/api", False),
        ("http://0.0.0.0/api", False),
        ("ftp://127.0.0.1", False),
        ("nonsense", False),
        ("http://[", False),
    ],
)
def test_discord_can_only_be_replaced_by_this_machine(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback


def test_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(
        monkeypatch,
        DISCORD_API_URL="https://discord.com/api/v10",
        DISCORD_GATEWAY_URL="ws://127.0.0.1:1",
    )

    assert sentence.startswith("DISCORD_API_URL must be an http:// address on this machine")


def test_one_address_without_the_other_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(monkeypatch, DISCORD_API_URL="http://127.0.0.1:1/api")

    assert sentence == "DISCORD_API_URL and DISCORD_GATEWAY_URL must be set together."


def test_backups_go_to_another_folder_that_can_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / "deep" / "backups"))
    assert load_bot_settings().backup_folder == str(tmp_path / "deep" / "backups")

    (tmp_path / "file").touch()
    sentence = refusal(monkeypatch, BACKUP_FOLDER=str(tmp_path / "file"))
    assert sentence.startswith("BACKUP_FOLDER must be a folder that can be written to, not “")
    for inside in ("library", "library/backups", "elsewhere/../library"):
        sentence = refusal(monkeypatch, BACKUP_FOLDER=inside)
        assert sentence.startswith("BACKUP_FOLDER must be outside the library's folder")


def test_an_env_file_that_is_not_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"\xff\xfeL\0I\0B\0")

    assert refusal(monkeypatch) == ".env is not UTF-8 text; save it as UTF-8."
