"""The settings of the library and its command line, from the environment and ``.env``."""

import os
from pathlib import Path
from typing import Any, Literal, TypeVar

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedding.model_files import DEFAULT_MODEL
from index.errors import SettingsError
from index.fetching.guard import Guard, parse_hosts, parse_ports, parse_proxy
from index.reader import DEFAULT_READER

ENV_FILE = ".env"


class LibrarySettings(BaseSettings):
    """The library's settings. A field's description completes the error "… must be …"."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    library: str = Field("library", description="a folder that can be written to")
    articles_folder: str = Field("articles", description="a folder")
    embedding_model: str = Field(
        DEFAULT_MODEL, description="the name or folder of a sentence-transformers model"
    )
    reader_model: str = Field(
        DEFAULT_READER,
        description="the name or folder of a cross-encoder or a question-answering model",
    )
    min_confidence: float | None = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="a number from 0 to 1"
    )
    fetch_allow: str = Field(
        "",
        description="hosts such as intranet.example or 10.0.0.8:8080, separated by commas",
    )
    fetch_ports: str = Field("80,443", description="ports from 1 to 65535, separated by commas")
    fetch_proxy: str = Field(
        "", description="a proxy without a password, such as http://proxy.example:3128"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("fetch_allow")
    @classmethod
    def _names_hosts(cls, value: str) -> str:
        parse_hosts(value)
        return value

    @field_validator("fetch_ports")
    @classmethod
    def _names_ports(cls, value: str) -> str:
        parse_ports(value)
        return value

    @field_validator("fetch_proxy")
    @classmethod
    def _names_a_proxy(cls, value: str) -> str:
        parse_proxy(value)
        return value

    @field_validator("library", "articles_folder")
    @classmethod
    def _is_a_path(cls, value: str) -> str:
        if "\0" in value:
            raise ValueError("it has a NUL character")
        return value

    @field_validator("library")
    @classmethod
    def _can_be_used(cls, value: str) -> str:
        folder = Path(value)
        if "://" in value or not (is_writable(folder) or has_readable_library(folder)):
            raise ValueError("it cannot be used")
        return value

    @property
    def guard(self) -> Guard:
        """The hosts that may be fetched from."""
        return Guard(
            parse_hosts(self.fetch_allow),
            parse_ports(self.fetch_ports),
            parse_proxy(self.fetch_proxy),
        )


Settings = TypeVar("Settings", bound=LibrarySettings)


def load_settings(kind: type[Settings]) -> Settings:
    """Read settings from the environment and ``.env``.

    Raises:
        SettingsError: settings are invalid; a sentence for each, without the value of a secret.
    """
    names_in_env_file()  # raises if the file cannot be read
    try:
        return kind()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentences(kind, error))) from None


def names_in_env_file() -> list[str]:
    """The names of the settings in ``.env``; empty without one. Raises SettingsError."""
    try:
        return list(dotenv_values(ENV_FILE))
    except OSError as error:
        raise SettingsError(f"{ENV_FILE} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{ENV_FILE} is not UTF-8 text; save it as UTF-8.") from error


def _sentences(kind: type[LibrarySettings], error: ValidationError) -> list[str]:
    sentences = []
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0])
        field = kind.model_fields[name]
        secret = field.annotation is not None and SecretStr in _types(field.annotation)
        given = "" if secret else f", not “{problem['input']}”"
        sentences.append(f"{name.upper()} must be {field.description}{given}.")
    return sentences


def has_readable_library(folder: Path) -> bool:
    """Whether there is a library in a folder that can be read."""
    return os.access(folder / "library.sqlite", os.R_OK)


def is_writable(folder: Path) -> bool:
    """Whether a folder can be written to, or created."""
    if "\0" in str(folder):
        return False
    try:
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    except OSError:
        return False


def _types(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *getattr(annotation, "__args__", ()))
