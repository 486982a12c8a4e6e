"""The catalogues: each language is complete, and each text is used."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import discord
import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.language import LOCALES, Translator, command_text, languages, translator_for
from tests.bot.conftest import World
from tests.conftest import ROOT

OTHERS = sorted(languages() - {"en"})


class Variables(Visitor):
    """Collects the variables of a text."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def variables_of(name: str) -> dict[str, set[str]]:
    """The texts of a language, each with its variables."""
    found = {}
    for entry in FluentParser().parse((LOCALES / f"{name}.ftl").read_text(encoding="utf-8")).body:
        assert not isinstance(entry, fluent.Junk), entry.content
        if isinstance(entry, fluent.Message):
            variables = Variables()
            variables.visit(entry)
            assert entry.id.name not in found
            found[entry.id.name] = variables.names
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_every_language_has_every_text_with_the_same_variables(name: str) -> None:
    english, other = variables_of("en"), variables_of(name)
    names = {key for key in other if key.startswith("name-")}

    assert other.keys() - names == english.keys()
    for key in english:
        assert other[key] == english[key], key


def keys_in_the_code() -> set[str]:
    """Every text in quotation marks in the bot's code."""
    files = Path(ROOT / "bot").rglob("*.py")
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_text_is_used() -> None:
    assert variables_of("en").keys() - keys_in_the_code() == set()


@pytest.mark.parametrize("name", sorted(languages()))
def test_every_text_can_be_formatted(name: str) -> None:
    localize = Translator(name)
    for key, variables in variables_of(name).items():
        text = localize(key, **dict.fromkeys(variables, 7))
        assert text.strip()
        assert "{" not in text, key


def test_numbers_and_plurals_follow_the_language() -> None:
    english, spanish = translator_for("en-US"), translator_for("es-ES")

    assert english("searched", count=1) == "Searched one article"
    assert english("searched", count=12345) == "Searched 12,345 articles"
    assert spanish("searched", count=1) == "Un artículo consultado"
    assert spanish("searched", count=12345) == "12.345 artículos consultados"


def test_dates_follow_the_language() -> None:
    english, spanish = translator_for("en-GB"), translator_for("es-419")

    assert english.day(date(2025, 10, 9)) == "9 October 2025"
    assert spanish.day(date(2025, 10, 9)) == "9 de octubre de 2025"
    assert english.day(datetime(2025, 10, 9, 8, 5, tzinfo=UTC)) == "9 October 2025, 08:05"
    assert english.day(None) == ""


@pytest.mark.parametrize(
    ("since", "until", "english", "spanish"),
    [
        (
            date(2026, 11, 16),
            date(2026, 11, 22),
            "from 16 to 22 November 2026",
            "del 16 al 22 de noviembre de 2026",
        ),
        (
            date(2026, 10, 30),
            date(2026, 11, 2),
            "from 30 October to 2 November 2026",
            "del 30 de octubre al 2 de noviembre de 2026",
        ),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            "from 30 December 2025 to 2 January 2026",
            "del 30 de diciembre de 2025 al 2 de enero de 2026",
        ),
        (date(2026, 1, 2), date(2026, 1, 2), "on 2 January 2026", "del 2 de enero de 2026"),
        (date(2026, 1, 2), None, "since 2 January 2026", "desde el 2 de enero de 2026"),
        (None, date(2026, 1, 2), "until 2 January 2026", "hasta el 2 de enero de 2026"),
    ],
)
def test_days_are_written_without_repetition(
    since: date | None, until: date | None, english: str, spanish: str
) -> None:
    assert Translator("en").days(since, until) == english
    assert Translator("es").days(since, until) == spanish


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        (discord.Locale.spain_spanish, "es"),
        (discord.Locale.latin_american_spanish, "es"),
        (discord.Locale.american_english, "en"),
        (discord.Locale.german, "en"),
        ("es", "es"),
        ("??", "en"),
        (None, "en"),
    ],
)
def test_a_locale_gets_its_language_or_english(
    locale: discord.Locale | str | None, name: str
) -> None:
    assert translator_for(locale).name == name


def test_an_unknown_key_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        translator_for("es-ES")("no such text")
    assert str(command_text("ask-private")) == "Show the answer only to you."


async def test_commands_are_registered_in_spanish(world: World) -> None:
    commands = {
        command.name: command.to_dict() for command in await world.bot.tree.fetch_commands()
    }
    tree = world.bot.tree
    for command in tree.get_commands():
        assert tree.translator is not None
        payload = await command.get_translated_payload(tree, tree.translator)
        assert command.name in commands
        _check_translated(payload)


def _check_translated(payload: dict[str, object]) -> None:
    """Whether names and descriptions, of options as well, are there in Spanish, as Discord takes
    them."""
    names, descriptions = payload["name_localizations"], payload.get("description_localizations")
    assert isinstance(names, dict)
    for locale in ("es-ES", "es-419"):
        if payload.get("type") == 3:  # a message's menu, where anything goes
            assert 1 <= len(names[locale]) <= 32
            continue
        assert isinstance(descriptions, dict)
        assert re.fullmatch(r"[-_\w]{1,32}", names[locale])
        assert names[locale] == names[locale].lower()
        assert 1 <= len(descriptions[locale]) <= 100
    options = payload.get("options", [])
    assert isinstance(options, list)
    for option in options:
        _check_translated(option)
