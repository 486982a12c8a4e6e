"""All settings of the bot: those of the library, and those for Discord."""

import difflib
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from index.errors import SettingsError
from index.settings import (
    ENV_FILE,
    LibrarySettings,
    is_writable,
    load_settings,
    names_in_env_file,
)

TOKEN_PATTERN = re.compile(r"^[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
NOT_PRINTABLE = re.compile(r"\s|[^!-~]")
SEPARATOR = re.compile(r"[\s,]+")


class Settings(LibrarySettings):
    """The settings of ``python -m bot``, from the environment and ``.env``."""

    discord_token: SecretStr | None = Field(
        None, description="a bot token from the Developer Portal's page “Bot”"
    )
    feeds: str = Field(
        "", description="addresses of feeds (https://…), separated by spaces or commas"
    )
    backup_folder: str | None = Field(None, description="a folder that can be written to")
    discord_api_url: str | None = Field(
        None, description="an http:// address on this machine (for tests only)"
    )
    discord_gateway_url: str | None = Field(
        None, description="a ws:// address on this machine (for tests only)"
    )

    @field_validator("discord_token")
    @classmethod
    def _is_printable_ascii(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and NOT_PRINTABLE.search(value.get_secret_value()):
            raise ValueError("it contains white space or characters outside ASCII")
        return value

    @field_validator("feeds")
    @classmethod
    def _names_feeds(cls, value: str) -> str:
        parse_urls(value)
        return value

    @field_validator("backup_folder")
    @classmethod
    def _can_be_written(cls, value: str | None) -> str | None:
        if value is not None and not is_writable(Path(value)):
            raise ValueError("it cannot be written to")
        return value

    @field_validator("discord_api_url", "discord_gateway_url")
    @classmethod
    def _is_loopback(cls, value: str | None) -> str | None:
        if value is not None and not is_loopback(value):
            raise ValueError("the token would be sent there")
        return value

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.discord_api_url is None) != (self.discord_gateway_url is None):
            raise SettingsError("DISCORD_API_URL and DISCORD_GATEWAY_URL must be set together.")
        if self.backup_folder and Path(self.backup_folder).resolve().is_relative_to(
            Path(self.library).resolve()
        ):
            raise SettingsError(
                "BACKUP_FOLDER must be outside the library's folder, best on another disk."
            )
        token = self.discord_token
        # The substitute for Discord in tests may use any token.
        if (
            token
            and not self.discord_api_url
            and not TOKEN_PATTERN.fullmatch(token.get_secret_value())
        ):
            raise SettingsError(
                "DISCORD_TOKEN must be a bot token from the Developer Portal's page “Bot”: three"
                " parts separated by full stops."
            )
        return self


def parse_urls(text: str) -> tuple[str, ...]:
    """Parse http and https URLs separated by white space or commas; duplicates are dropped.

    Raises:
        ValueError: a part of the text is not such a URL.
    """
    urls = tuple(dict.fromkeys(part for part in SEPARATOR.split(text) if part))
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError(f"“{url}” is not a web address")
    return urls


def load_bot_settings() -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each invalid or unknown one."""
    unknown = [
        _unknown_setting(name)
        for name in names_in_env_file()
        if name.lower() not in Settings.model_fields
    ]
    if unknown:
        raise SettingsError("\n".join(unknown))
    return load_settings(Settings)


def is_loopback(url: str) -> bool:
    """Whether an http or ws URL leads to this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "ws") and (
            host == "localhost" or ip_address(host).is_loopback
        )
    except ValueError:
        return False


def _unknown_setting(name: str) -> str:
    """A sentence about an unknown setting in ``.env``, with a suggestion."""
    known = [field.upper() for field in Settings.model_fields]
    close = difflib.get_close_matches(name.upper(), known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"the settings are {', '.join(known)}."
    return f"{name} in {ENV_FILE} is not a setting; {hint}"
