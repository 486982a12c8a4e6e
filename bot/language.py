"""Translations of the bot's texts.

The folder ``locales`` has a Fluent file (https://projectfluent.org) for each language. Texts that
are missing in a language fall back to English. To add a language, add a file.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from babel.dates import format_date, format_skeleton
from discord import Locale, app_commands
from fluent.runtime import FluentBundle, FluentResource

LOCALES = Path(__file__).parent / "locales"
QUESTIONS = LOCALES / "questions"
"""The folder of languages in which the bot only says that it cannot answer a question."""

ENGLISH = "en"


class Translator:
    """The texts of one language. Call it with a text's key and the values of its variables.

    Args:
        name: the language tag, which is the name of a file in ``locales`` or in ``QUESTIONS``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._bundles = [_read_bundle(tag) for tag in dict.fromkeys([name, ENGLISH])]

    def __call__(self, key: str, **values: Any) -> str:
        """The text with a key. Raises KeyError if there is none."""
        for bundle in self._bundles:
            if bundle.has_message(key) and (pattern := bundle.get_message(key).value):
                text, _ = bundle.format_pattern(pattern, values)
                return cast(str, text)
        raise KeyError(key)

    def has(self, key: str) -> bool:
        """Whether the language has its own text for a key, without the fallback to English."""
        return bool(self._bundles[0].has_message(key))

    def day(self, published: date | datetime | None) -> str:
        """A date such as “9 October 2025”, with the time if it is known; "" for None."""
        if published is None:
            return ""
        day = format_date(published, "long", locale=self._locale)
        return f"{day}, {published:%H:%M}" if isinstance(published, datetime) else day

    def days(self, since: date | None, until: date | None) -> str:
        """Days such as “from 16 to 22 November 2026”; one of the two must be given."""
        if since is None or until is None:
            key = "days-since" if since else "days-until"
            return self(key, day=self.day(since or until))
        if since == until:
            return self("days-on", day=self.day(since))
        first = self.day(since)
        if since.year == until.year:
            skeleton = "d" if since.month == until.month else "MMMMd"
            first = format_skeleton(skeleton, since, locale=self._locale)
        return self("days-from-to", first=first, last=self.day(until))

    @property
    def _locale(self) -> str:
        # British, because an American date is ambiguous to everyone else.
        return "en_GB" if self.name == ENGLISH else self.name


@cache
def languages() -> frozenset[str]:
    """The tags of all available languages."""
    return frozenset(file.stem for file in LOCALES.glob("*.ftl"))


def load_languages() -> None:
    """Load all languages, since the first text in each takes long."""
    for name in languages():
        _cached_translator(name).days(date(2000, 1, 1), date(2000, 2, 2))
    for file in QUESTIONS.glob("*.ftl"):
        question_translator(file.stem)("only-in-english")


def translator_for(locale: Locale | str | None) -> Translator:
    """The translator for a Discord locale, such as "es-419" (Spanish); by default, English."""
    return _cached_translator(_best_language(str(locale or ENGLISH)))


def question_translator(language: str) -> Translator:
    """The translator for texts about a question in a language other than English.

    Args:
        language: such as "fr"; texts that its file lacks are in English.
    """
    return _cached_translator(language)


def command_text(key: str) -> app_commands.locale_str:
    """A text of a command, as discord.py requires it; ``CommandTranslator`` translates it."""
    return app_commands.locale_str(translator_for(ENGLISH)(key), key=key)


class CommandTranslator(app_commands.Translator):
    """Translates the names and descriptions of commands and options for Discord.

    The key of a description is the argument of ``command_text``; the key of a name is the name
    itself with the prefix ``name-``.
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


@lru_cache(maxsize=256)
def _best_language(tag: str) -> str:
    """The longest prefix of a language tag that there are texts for; else English."""
    return next((name for name in _prefixes(tag) if name in languages()), ENGLISH)


@cache
def _cached_translator(name: str) -> Translator:
    return Translator(name)


def _read_bundle(name: str) -> FluentBundle:
    bundle = FluentBundle([name], use_isolating=False)
    folder = LOCALES if name in languages() else QUESTIONS
    bundle.add_resource(FluentResource((folder / f"{name}.ftl").read_text(encoding="utf-8")))
    return bundle


def _prefixes(tag: str) -> Iterator[str]:
    """A language tag followed by its shorter prefixes: "es-419", "es"."""
    subtags = tag.split("-")
    for count in range(len(subtags), 0, -1):
        yield "-".join(subtags[:count])
