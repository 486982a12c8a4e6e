"""Stories of ``/help``: short at first, with the rest in a menu."""

import pytest

from bot.cards.help import SECTIONS, help_section_card
from bot.language import languages, translator_for
from bot.markdown import length
from tests.bot.conftest import World, answered, buttons_of, components_of, labels_of, text_of, walk

STRING_SELECT = 3


async def test_help_is_short_and_private_with_examples_and_a_menu(world: World) -> None:
    card = await world.slash("help")

    assert card.ephemeral
    assert "three ways to ask" in text_of(card)
    assert len(text_of(card)) < 900
    assert len(labels_of(card)) == 3
    (menu,) = [c for c in components_of(card) if c["type"] == STRING_SELECT]
    assert [option["value"] for option in menu["options"]] == list(SECTIONS)


async def test_an_example_in_the_private_help_is_answered_in_private(world: World) -> None:
    card = await world.slash("help")

    answer = answered(await world.reader.click(card, label=buttons_of(card)[0]["label"]))

    assert answer.ephemeral
    assert "Searched 3 articles" in text_of(answer)


async def test_a_section_takes_the_place_of_the_help_and_leads_to_the_others(world: World) -> None:
    card = await world.slash("help")

    await world.reader.select(card, ["help-feeds"])
    assert "Feeds add new articles automatically." in text_of(card)
    await world.restart()
    await world.reader.select(card, ["help-asking"])

    assert "exact phrase" in text_of(card)
    assert "Feeds" not in text_of(card)


async def test_a_section_leads_back_to_the_three_ways_to_ask(world: World) -> None:
    card = await world.slash("help")
    first = text_of(card)

    await world.reader.select(card, ["help-privacy"])
    assert "180 days" in text_of(card)
    await world.reader.select(card, ["help"])

    assert text_of(card) == first
    assert len(labels_of(card)) == 3


async def test_a_section_that_is_gone_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await world.slash("help")
    monkeypatch.delitem(SECTIONS, "help-feeds")

    result = await world.reader.select(card, ["help-feeds"])

    assert "That section no longer exists." in text_of(result.followups[-1])


async def test_help_names_every_command(world: World) -> None:
    card = await world.slash("help")
    texts = [text_of(card)]
    for key in SECTIONS:
        await world.reader.select(card, [key])
        texts.append(text_of(card))

    for command in world.reader.available_commands(world.channel):
        named = [text for text in texts if command in text]
        assert named or command[0].isupper() or command == "help", command


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_names_its_commands_within_the_limits(key: str, language: str) -> None:
    def mention(command: str) -> str:
        return f"</{command}:1234567890123456789>"

    card = help_section_card(key, mention, translator_for(language))
    components = card.to_components()  # type: ignore[no-untyped-call]
    text = "\n".join(c.get("content", "") for c in walk(components))

    assert all(mention(command) in text for command in SECTIONS[key].commands)
    assert "{" not in text
    assert length(text) < 3000
