"""All settings of the bot: the library's, and those of Discord."""

import difflib
import re
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from index.errors import SettingsError
from index.settings import ENV_FILE, LibrarySettings, load_settings, names_in_env_file

TOKEN_SHAPE = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


class Settings(LibrarySettings):
    """The settings of ``python -m bot``, from environment variables and ``.env``."""

    discord_token: SecretStr | None = Field(
        None, description="a bot token, as the Developer Portal's page “Bot” gives it"
    )
    feeds: str = Field(
        "", description="addresses of feeds (https://…), with spaces or commas between them"
    )
    discord_api_url: str | None = Field(
        None, description="an http:// address on this machine (it is for tests only)"
    )
    discord_gateway_url: str | None = Field(
        None, description="a ws:// address on this machine (it is for tests only)"
    )

    @field_validator("discord_token")
    @classmethod
    def _is_in_one_piece(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and re.search(r"\s|[^!-~]", value.get_secret_value()):
            raise ValueError("there is white space in it")
        return value

    @field_validator("feeds")
    @classmethod
    def _names_feeds(cls, value: str) -> str:
        addresses(value)
        return value

    @field_validator("discord_api_url", "discord_gateway_url")
    @classmethod
    def _is_loopback(cls, value: str | None) -> str | None:
        if value is not None and not is_loopback(value):
            raise ValueError("the token would be sent there")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.discord_api_url is None) != (self.discord_gateway_url is None):
            raise SettingsError("DISCORD_API_URL and DISCORD_GATEWAY_URL must be set together.")
        token = self.discord_token
        # A substitute for Discord may use any token.
        if (
            token
            and not self.discord_api_url
            and not TOKEN_SHAPE.fullmatch(token.get_secret_value())
        ):
            raise SettingsError(
                "DISCORD_TOKEN must be a bot token: three parts joined by full stops, as the"
                " Developer Portal's page “Bot” gives it."
            )
        return self


def addresses(text: str) -> tuple[str, ...]:
    """The web addresses in a text, with white space or commas between them.

    Raises:
        ValueError: something else is among them.
    """
    found = tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", text) if part))
    for address in found:
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
            raise ValueError(f"“{address}” is no web address")
    return found


def load_bot_settings() -> Settings:
    """The settings, checked. Raises: SettingsError, with a sentence for each one that is wrong."""
    unknown = [
        _unknown(name) for name in names_in_env_file() if name.lower() not in Settings.model_fields
    ]
    if unknown:
        raise SettingsError("\n".join(unknown))
    return load_settings(Settings)


def is_loopback(url: str) -> bool:
    """Whether an http or ws address is on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "ws") and (
            host == "localhost" or ip_address(host).is_loopback
        )
    except ValueError:
        return False


def _unknown(name: str) -> str:
    known = [field.upper() for field in Settings.model_fields]
    close = difflib.get_close_matches(name.upper(), known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
    return f"{name} in {ENV_FILE} is no setting; {hint}"
