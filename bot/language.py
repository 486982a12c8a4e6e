"""The texts of the bot in the languages of its users.

They are in ``locales``, in a Fluent file (https://projectfluent.org) for each language; messages
that a file lacks are shown in English. To add a language, add a file.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.dates import format_date
from discord import Locale, app_commands
from fluent.runtime import FluentBundle, FluentResource

LOCALES = Path(__file__).parent / "locales"
ENGLISH = "en"


class Translator:
    """The texts of one language: call it with the key of a text and the values of its variables.

    Args:
        name: of the language, and of its file in ``locales``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._bundles = [_read(each) for each in dict.fromkeys([name, ENGLISH])]

    def __call__(self, key: str, **values: Any) -> str:
        """A text. Raises: KeyError, if there is none with the key."""
        for bundle in self._bundles:
            if bundle.has_message(key) and (pattern := bundle.get_message(key).value):
                text, _ = bundle.format_pattern(pattern, values)
                return cast(str, text)
        raise KeyError(key)

    def has(self, key: str) -> bool:
        """Whether the language has a text itself, and does not fall back to English."""
        return bool(self._bundles[0].has_message(key))

    def day(self, published: date | datetime | None) -> str:
        """ "9 October 2025", with the time where it is known; empty for None."""
        if published is None:
            return ""
        # The American order of day and month is misread elsewhere.
        day = format_date(published, "long", locale="en_GB" if self.name == ENGLISH else self.name)
        return f"{day}, {published:%H:%M}" if isinstance(published, datetime) else day


@cache
def languages() -> frozenset[str]:
    """The names of all languages."""
    return frozenset(file.stem for file in LOCALES.glob("*.ftl"))


def translator_for(locale: Locale | str | None) -> Translator:
    """The translator for one of Discord's locales ("es-419": Spanish); English by default."""
    tag = str(locale or ENGLISH)
    return _load(next((name for name in _prefixes(tag) if name in languages()), ENGLISH))


def command_text(key: str) -> app_commands.locale_str:
    """A description of a command for discord.py, to be translated by ``CommandTranslator``."""
    return app_commands.locale_str(translator_for(ENGLISH)(key), key=key)


class CommandTranslator(app_commands.Translator):
    """Translates the names and descriptions of commands and options for Discord.

    The key of a description was given to ``command_text``; that of a name is the name, after
    ``name-``.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        translator = translator_for(locale)
        key = string.extras.get("key") or f"name-{string.message.lower().replace(' ', '-')}"
        if translator.name == ENGLISH or not translator.has(key):
            return None
        return translator(key)


@cache
def _load(name: str) -> Translator:
    return Translator(name)


def _read(name: str) -> FluentBundle:
    bundle = FluentBundle([name], use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / f"{name}.ftl").read_text(encoding="utf-8")))
    return bundle


def _prefixes(tag: str) -> Iterator[str]:
    """A language tag, and the same without its last parts: "es-419", "es"."""
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
