"""The buttons under an answer: further pages, votes, and asking in private."""

import re
from datetime import timedelta

import discord
import pytest
import simcord
from discord import ui

from bot.buttons.pagination import PageButton
from bot.language import translator_for
from tests.bot.conftest import (
    World,
    answered,
    buttons_of,
    labels_of,
    pressable,
    text_of,
    words_of,
)

TROOPS = "About 200 American troops are on their way to Israel"
ARRIVAL = "the others are due before the weekend is over"
FORGOTTEN = translator_for(None)("forgotten")


async def test_more_shows_further_passages_and_leaves_the_answer_where_it_is(world: World) -> None:
    card = await world.mention("how many troops?")
    before = text_of(card)
    assert "Page" not in before

    opened = await world.reader.click(card, label="More")

    assert opened.ephemeral
    assert world.last().id == card.id
    assert text_of(world.last()) == before
    further = answered(opened)
    lines = text_of(further).splitlines()
    assert lines[:2] == [
        "**how many troops?**",
        "Further passages. They may not answer the question.",
    ]
    assert lines[2].startswith("> ")
    assert "**" not in "".join(lines[1:])  # nothing here is called the answer
    assert TROOPS not in words_of(further)
    assert "\n-# 2 · " in text_of(further)
    assert lines[-1].startswith("-# Page 1 of ")
    assert pressable(further) == {"Context", "Next"}

    await world.restart()
    await world.reader.click(further, label="Next")
    assert "-# Page 2 of " in text_of(further)
    assert "Previous" in pressable(further)
    await world.reader.click(further, label="Previous")
    assert text_of(further).splitlines() == lines
    assert text_of(world.last()) == before


async def test_all_passages_are_shown_once_with_numbers_that_go_on(world: World) -> None:
    card = await world.mention("how many troops?")
    further = answered(await world.reader.click(card, label="More"))
    pages = [text_of(card), text_of(further)]
    while "Next" in pressable(further):
        await world.reader.click(further, label="Next")
        pages.append(text_of(further))

    quotes = [line for page in pages for line in page.splitlines() if line.startswith("> ")]
    assert len(quotes) == len(set(quotes)) == 12
    numbers = [n for page in pages for n in re.findall(r"^-# (\d+) · ", page, re.MULTILINE)]
    assert numbers == [str(n) for n in range(1, 13)]


async def test_anyone_may_see_the_further_passages_of_a_public_answer(world: World) -> None:
    card = await world.mention("how many troops?")
    someone_else = world.guild.add_member(world.env.create_user("someone"))

    opened = await someone_else.click(card, label="More")

    assert opened.ephemeral
    assert "Further passages." in text_of(answered(opened))
    assert text_of(world.last()) == text_of(card)


async def test_a_button_of_an_earlier_version_opens_the_page_that_it_turned_to(
    world: World,
) -> None:
    card = await world.mention("how many troops?")
    (more,) = [b["custom_id"] for b in buttons_of(card) if b["label"] == "More"]
    key = int(more.removeprefix("page:answer:1:"))
    old: ui.LayoutView = ui.LayoutView(timeout=None)
    old.add_item(ui.ActionRow(PageButton("answer", 0, key, "Previous")))
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    turned = await channel.send(view=old)

    opened = await world.reader.click(turned, label="Previous")

    assert opened.ephemeral
    assert text_of(answered(opened)) == text_of(card)


async def test_further_passages_that_are_gone_say_so(world: World) -> None:
    card = await world.mention("how many troops?")
    for article in world.bot.library.articles():
        world.bot.library.remove(article.id)

    opened = answered(await world.reader.click(card, label="More"))

    assert text_of(opened) == "There are no further passages."


async def test_further_passages_count_as_asking_for_who_wants_them(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, questions=2, seconds=60)
    card = await world.mention("how many troops?")
    further = answered(await world.reader.click(card, label="More"))
    first = text_of(further)

    refused = await world.reader.click(further, label="Next")

    assert text_of(refused.followups[0]).startswith(
        "You have asked too many questions in a short time."
    )
    assert text_of(further) == first
    someone_else = world.guild.add_member(world.env.create_user("someone"))
    assert "Further" in text_of(answered(await someone_else.click(card, label="More")))
    await world.env.advance_time(61)
    await world.reader.click(further, label="Next")
    assert "Page 2 of" in text_of(further)


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

    assert answered(pressed).ephemeral
    assert text_of(answered(pressed)) == FORGOTTEN
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

    opened = await world.reader.click(card, label="More")

    assert "200 American" not in text_of(answered(opened))


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
