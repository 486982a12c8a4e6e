"""Corrected typing errors on an answer's card, and the button that searches as typed."""

import pytest

from bot.language import translator_for
from index import Article
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of, words_of

LABEL = "Search as typed"
SAID = "Searched for **troops** instead of *troosp*."


async def test_an_answer_says_what_was_corrected_and_can_be_asked_as_typed(world: World) -> None:
    card = await world.mention("how many troosp?")

    assert text_of(card).splitlines()[:2] == ["**how many troosp?**", SAID]
    assert "About 200 American troops are on their way to Israel" in words_of(card)
    assert labels_of(card).count(LABEL) == 1

    await world.restart()
    as_typed = answered(await world.reader.click(card, label=LABEL))

    assert as_typed.ephemeral
    assert text_of(as_typed).splitlines()[0] == "**how many troosp?**"
    assert "Searched for" not in text_of(as_typed)
    assert LABEL not in labels_of(as_typed)


async def test_pages_of_an_answer_as_typed_are_as_typed_too(world: World) -> None:
    card = await world.mention("how many American trooops will help in Israel and Gaza?")
    assert LABEL in labels_of(card)
    as_typed = answered(await world.reader.click(card, label=LABEL))
    if "More" in labels_of(as_typed):
        further = answered(await world.reader.click(as_typed, label="More"))
        assert "instead of" not in text_of(further)


async def test_an_answer_that_was_not_found_can_be_asked_as_typed_too(world: World) -> None:
    card = await world.mention("who sank the feries in 1803?")
    assert "Searched for **ferries** instead of *feries*." in text_of(card)
    assert LABEL in labels_of(card)


async def test_without_errors_nothing_is_said(world: World) -> None:
    card = await world.mention("how many troops?")
    assert "Searched for" not in text_of(card)
    assert LABEL not in labels_of(card)


async def test_the_words_of_another_server_are_never_suggested(world: World) -> None:
    other = world.env.create_guild("Elsewhere")
    collection = f"server-{other.id}"
    world.bot.library.add(Article("Secret", "A locomotive was smuggled.", collection=collection))

    card = await world.mention("where is the locomtive?")

    assert "locomotive" not in text_of(card)
    assert LABEL not in labels_of(card)


async def test_the_button_answers_from_the_same_filters(world: World) -> None:
    asked = await world.slash("ask", question="how many troosp?", since="2025-10-01")
    assert "since 1 October 2025" in text_of(asked)
    as_typed = answered(await world.reader.click(asked, label=LABEL))
    assert "since 1 October 2025" in text_of(as_typed)


async def test_the_button_of_a_forgotten_question_says_so(world: World) -> None:
    card = await world.mention("how many troosp?")
    (button,) = [b for b in buttons_of(card) if b["label"] == LABEL]
    key = int(button["custom_id"].removeprefix("typed:"))
    question = world.bot.storage.question_log.get(key)
    assert question is not None
    assert question.message_id is not None
    world.bot.storage.question_log.delete_by_message(question.message_id)

    refused = await world.reader.click(card, label=LABEL)

    told = refused.followups[0] if refused.followups else answered(refused)
    assert text_of(told) == translator_for(None)("forgotten")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_both_languages_say_it(locale: str) -> None:
    localize = translator_for(locale)
    for key in ("corrected", "corrected-word", "button-as-typed"):
        assert localize.has(key)
