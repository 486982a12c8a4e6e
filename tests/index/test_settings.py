from pathlib import Path

import pytest
from pydantic import Field, SecretStr

from index import DEFAULT_MODEL, SettingsError
from index.reader import DEFAULT_READER
from index.settings import LibrarySettings, load_settings


def write_env(content: str | bytes) -> None:
    Path(".env").write_bytes(content.encode() if isinstance(content, str) else content)


def test_without_any_settings_the_defaults_hold() -> None:
    settings = load_settings(LibrarySettings)
    assert settings.model_dump() == {
        "library": "library",
        "articles_folder": "articles",
        "embedding_model": DEFAULT_MODEL,
        "reader_model": DEFAULT_READER,
        "min_confidence": None,
        "fetch_allow": "",
        "fetch_ports": "80,443",
        "fetch_proxy": "",
        "log_level": "INFO",
    }


def test_settings_are_read_from_the_env_file() -> None:
    write_env("LIBRARY=news\nMIN_CONFIDENCE=0.5\nlog_level=debug\n# a comment\nOTHER=1\n")
    settings = load_settings(LibrarySettings)
    assert (settings.library, settings.min_confidence) == ("news", 0.5)
    assert settings.log_level == "DEBUG"


def test_the_environment_comes_before_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write_env("LIBRARY=news\n")
    monkeypatch.setenv("LIBRARY", "papers")
    assert load_settings(LibrarySettings).library == "papers"


def test_a_setting_left_empty_keeps_its_default() -> None:
    write_env("LIBRARY=\nMIN_CONFIDENCE=\nLOG_LEVEL=\n")
    assert load_settings(LibrarySettings) == LibrarySettings()


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings(LibrarySettings).library = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MIN_CONFIDENCE", "much", "MIN_CONFIDENCE must be a number from 0 to 1, not “much”."),
        ("MIN_CONFIDENCE", "1.1", "MIN_CONFIDENCE must be a number from 0 to 1, not “1.1”."),
        ("MIN_CONFIDENCE", "-0.1", "MIN_CONFIDENCE must be a number from 0 to 1, not “-0.1”."),
        ("MIN_CONFIDENCE", "nan", "MIN_CONFIDENCE must be a number from 0 to 1, not “nan”."),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not “LOUD”."),
        (
            "LIBRARY",
            "postgresql://x/y",
            "LIBRARY must be a folder that can be written to, not “postgresql://x/y”.",
        ),
        (
            "LIBRARY",
            __file__,
            f"LIBRARY must be a folder that can be written to, not “{__file__}”.",
        ),
    ],
)
def test_a_malformed_setting_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load_settings(LibrarySettings)
    assert str(refusal.value) == sentence
    assert refusal.value.exit_code == 78


def test_each_malformed_setting_gets_its_sentence() -> None:
    write_env("MIN_CONFIDENCE=2\nLOG_LEVEL=LOUD\n")
    with pytest.raises(SettingsError, match=r"MIN_CONFIDENCE.*\nLOG_LEVEL"):
        load_settings(LibrarySettings)


def test_an_env_file_in_another_encoding_is_refused() -> None:
    write_env("LIBRARY=Fähre\n".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"^\.env is not UTF-8 text"):
        load_settings(LibrarySettings)


def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithSecret(LibrarySettings):
        password: SecretStr | None = Field(None, max_length=3, description="three letters")

    monkeypatch.setenv("PASSWORD", "hunter2")
    with pytest.raises(SettingsError) as refusal:
        load_settings(WithSecret)
    assert str(refusal.value) == "PASSWORD must be three letters."
