"""What the bot says, in the language of whoever it speaks to.

All of it stands in ``locales``, a file for each language (https://projectfluent.org); what a file
lacks is said in English. A third language is one more file there.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.dates import format_date
from discord import Locale, app_commands
from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent / "locales"
ENGLISH = "en"


class Language:
    """One language: call it with the name of a text and the values of its variables.

    Args:
        name: of its file in ``locales``, without the ending.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._bundles = [_read(each) for each in dict.fromkeys([name, ENGLISH])]

    def __call__(self, key: str, **values: Any) -> str:
        """A text of the catalogue. Raises: KeyError, if there is none of that name."""
        for bundle in self._bundles:
            if bundle.has_message(key) and (pattern := bundle.get_message(key).value):
                text, _ = bundle.format_pattern(pattern, values)
                return cast(str, text)
        raise KeyError(key)

    def knows(self, key: str) -> bool:
        """Whether the language has a text of that name itself."""
        return bool(self._bundles[0].has_message(key))

    def day(self, published: date | datetime | None) -> str:
        """ "9 October 2025", with the time where it is known; empty for None."""
        if published is None:
            return ""
        # The American order of day and month is misread by everybody else.
        day = format_date(published, "long", locale="en_GB" if self.name == ENGLISH else self.name)
        return f"{day}, {published:%H:%M}" if isinstance(published, datetime) else day


@cache
def languages() -> frozenset[str]:
    """The names of the languages that there are."""
    return frozenset(file.stem for file in FOLDER.glob("*.ftl"))


def speaking(locale: Locale | str | None) -> Language:
    """The language for one of Discord's locales ("es-419": Spanish), or else English."""
    tag = str(locale or ENGLISH)
    return _load(next((name for name in _wider(tag) if name in languages()), ENGLISH))


def said(key: str) -> app_commands.locale_str:
    """A text of the catalogue where discord.py asks for one that it can translate."""
    return app_commands.locale_str(speaking(ENGLISH)(key), key=key)


class CommandTranslator(app_commands.Translator):
    """Names and descriptions of commands and options, as Discord shows them before they are used.

    A description's key was given with ``said``; that of a name is the name, after ``name-``.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        language = speaking(locale)
        key = string.extras.get("key") or f"name-{string.message.lower().replace(' ', '-')}"
        if language.name == ENGLISH or not language.knows(key):
            return None
        return language(key)


@cache
def _load(name: str) -> Language:
    return Language(name)


def _read(name: str) -> FluentBundle:
    bundle = FluentBundle([name], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{name}.ftl").read_text(encoding="utf-8")))
    return bundle


def _wider(tag: str) -> Iterator[str]:
    """A tag, and the same without its last parts: "es-419", "es"."""
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
