"""The buttons under an answer: further pages, votes, and asking in private."""

from datetime import timedelta

import discord
import pytest
import simcord

from bot.language import translator_for
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"
ARRIVAL = "the others are due before the weekend is over"
FORGOTTEN = translator_for(None)("forgotten")


async def test_more_turns_the_pages_of_an_answer(world: World) -> None:
    card = await world.mention("how many troops?")
    assert "Page" not in text_of(card)

    turned = await world.reader.click(card, label="More")

    assert not turned.ephemeral
    second = world.last()
    assert second.id == card.id
    lines = text_of(second).splitlines()
    assert lines[:2] == [
        "**how many troops?**",
        "Further passages. They may not answer the question.",
    ]
    assert lines[2].startswith("> ")
    assert "**" not in "".join(lines[1:])  # nothing here is called the answer
    assert TROOPS not in words_of(second)
    assert "\n-# 2 · " in text_of(second)
    assert "Searched 3 articles · Page 2 of" in text_of(second)
    assert "Previous" in labels_of(second)

    await world.restart()
    await world.reader.click(second, label="Previous")
    assert TROOPS in words_of(world.last())
    assert "Previous" not in labels_of(world.last())


async def test_the_last_page_has_no_next_one(world: World) -> None:
    card = await world.mention("how many troops?")
    pages = [text_of(card)]
    while "More" in labels_of(world.last()):
        await world.reader.click(world.last(), label="More")
        pages.append(text_of(world.last()))

    quotes = [line for page in pages for line in page.splitlines() if line.startswith("> ")]
    assert len(quotes) == len(set(quotes)) == 12
    numbers = [line.split()[1] for page in pages for line in page.splitlines() if "· para" in line]
    assert numbers == [str(n) for n in range(1, 13)]


async def test_only_the_asker_turns_the_pages_of_a_public_answer(world: World) -> None:
    card = await world.mention("how many troops?")
    someone_else = world.guild.add_member(world.env.create_user("someone"))

    refused = await someone_else.click(card, label="More")

    assert text_of(world.last()) == text_of(card)
    (told,) = refused.followups
    assert told.ephemeral
    assert text_of(told).startswith("Only the person who asked can turn these pages.")


async def test_turning_pages_counts_as_asking(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, questions=2, seconds=60)
    card = await world.mention("how many troops?")
    await world.reader.click(card, label="More")
    second = text_of(world.last())

    refused = await world.reader.click(world.last(), label="More")

    assert text_of(refused.followups[0]).startswith(
        "You have asked too many questions in a short time."
    )
    assert text_of(world.last()) == second
    await world.env.advance_time(61)
    await world.reader.click(world.last(), label="More")
    assert "Page 3 of" in text_of(world.last())


async def test_a_vote_is_counted_once_for_each_person_and_may_be_changed(world: World) -> None:
    card = await world.mention("how many troops?")
    someone_else = world.guild.add_member(world.env.create_user("someone"))

    voted = await world.reader.click(card, label="Helpful")
    await world.restart()
    await world.reader.click(card, label="Helpful")
    assert voted.ephemeral
    assert text_of(answered(voted)).startswith("Thanks for the feedback! Marked as helpful")
    assert helpful_share(await world.slash("status")) == "100%"

    await someone_else.click(card, label="Not helpful")
    assert helpful_share(await world.slash("status")) == "50%"
    changed = await world.reader.click(card, label="Not helpful")
    assert "Marked as not helpful" in text_of(answered(changed))
    assert helpful_share(await world.slash("status")) == "0%"


def helpful_share(status: simcord.ResponseMessage) -> str:
    line = next(x for x in text_of(status).splitlines() if x.startswith("**Rated helpful**"))
    return line.rpartition(": ")[2]


async def test_a_question_can_be_asked_again_in_private(world: World) -> None:
    card = await world.mention("how many troops?")
    someone_else = world.guild.add_member(world.env.create_user("someone"))

    form = await someone_else.click(card, label="Ask in private")
    assert form.modal is not None
    (label,) = form.modal["components"]
    assert label["component"]["value"] == "how many troops?"
    text = {label["component"]["custom_id"]: "and when do they arrive?"}
    answer = await someone_else.submit_modal(form, text)

    assert answer.ephemeral
    assert ARRIVAL in words_of(answered(answer))
    assert len(world.channel.history(viewer=world.reader)) == 2


async def test_asking_again_stays_in_the_article(world: World) -> None:
    (ferry,) = world.bot.library.articles(title="ferries")
    card = await world.slash("ask", question="how many troops?", article=ferry.id)
    assert "filtered by article" in text_of(card)

    form = await world.reader.click(card, label="Ask in private")
    assert form.modal is not None
    (label,) = form.modal["components"]
    text = {label["component"]["custom_id"]: "and when do the troops arrive?"}
    private = answered(await world.reader.submit_modal(form, text))
    assert "the one article that I searched.\n-# filtered by article" in text_of(private)
    assert ARRIVAL not in words_of(private)


@pytest.mark.parametrize("label", ["More", "Helpful", "Not helpful", "Ask in private"])
async def test_a_button_of_a_deleted_answer_says_so(world: World, label: str) -> None:
    card = await world.mention("how many troops?")
    world.bot.storage.question_log.purge(discord.utils.utcnow() + timedelta(days=1000))

    pressed = await world.reader.click(card, label=label)

    told = pressed.followups[0] if label == "More" else answered(pressed)
    assert told.ephemeral
    assert text_of(told) == FORGOTTEN
    assert text_of(world.last()) == text_of(card)


async def test_a_button_under_another_servers_answer_opens_nothing(world: World) -> None:
    # Discord makes nobody press a button that is not there; should somebody find a way:
    from bot.errors import Refusal
    from bot.services.answering import get_question

    await world.mention("how many troops?")

    class Elsewhere:
        client = world.bot
        guild_id = 1

    with pytest.raises(Refusal):
        await get_question(Elsewhere(), 1)  # type: ignore[arg-type]


async def test_a_page_without_a_removed_article_shows_the_rest(world: World) -> None:
    card = await world.mention("how many troops?")
    for article in world.bot.library.articles():
        if "troops" in article.title:
            world.bot.library.remove(article.id)

    await world.reader.click(card, label="More")

    assert "200 American" not in text_of(world.last())


async def test_buttons_speak_the_language_of_whoever_presses_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await world.mention("how many troops?")
    context = buttons_of(card)[0]["custom_id"]
    speak_spanish(monkeypatch)

    shown = await world.reader.click(card, custom_id=context)
    voted = await world.reader.click(card, label="Helpful")

    assert "párrafo 1, frase 1" in text_of(answered(shown))
    assert text_of(answered(voted)).startswith("¡Gracias por tu opinión! Marcada como útil")
    assert "Página" not in text_of(await world.mention("which countries are involved?"))
    assert "Más" in labels_of(world.last())


def speak_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's Discord is in Spanish from now on; simcord's people have English ones."""
    from simcord import interactions

    base = interactions.base_payload

    def spanish(*args: object, **kwargs: object) -> object:
        record, payload = base(*args, **kwargs)  # type: ignore[arg-type]
        return record, payload | {"locale": "es-ES"}

    monkeypatch.setattr(interactions, "base_payload", spanish)
