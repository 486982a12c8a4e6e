"""Stories of several questions in one message, and of requests."""

import re

import pytest

from index import Article
from tests.bot.conftest import Card, World, answered, buttons_of, labels_of, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"
COUNTRIES = "are Egypt, Qatar and Turkey, and perhaps the United Arab Emirates."
FLOOD = "The only road into Sel Valley is open again"
BOTH = "How many troops are going, and which countries are involved?"


def numbers(card: Card) -> list[str]:
    return re.findall(r"^-# (\d+) · ", text_of(card), re.MULTILINE)


async def test_each_question_is_answered_below_itself_in_one_message(world: World) -> None:
    card = await world.mention(BOTH)

    lines = text_of(card).splitlines()
    assert lines[0] == "**How many troops are going**"
    assert lines[1] == "-# Answer: About 200"
    assert lines[2].startswith("> **About 200** American troops")
    assert lines[3].startswith("-# 1 · Harbor Wire · ")
    assert lines[4] == "**which countries are involved?**"
    assert lines[5].startswith("-# Answer: Egypt; Qatar; Turkey")
    assert "**Egypt**, **Qatar** and **Turkey**" in lines[6]
    assert lines[7].startswith("-# 2 · same article as 1 · ")
    assert lines[-1] == "-# Searched 3 articles"
    assert len(world.channel.history()) == 2


async def test_slash_ask_and_a_direct_message_answer_each_as_well(world: World) -> None:
    by_slash = await world.slash("ask", question=BOTH)
    await world.reader.send_dm("Who led the talks? How much does a ticket cost?")

    assert TROOPS in words_of(by_slash)
    assert COUNTRIES in words_of(by_slash)
    user = world.reader.user
    _, by_message = user.dm_channel.history(viewer=user)
    assert "Ilse Varga" in words_of(by_message)
    assert "28 euros" in words_of(by_message)


async def test_words_that_are_shared_are_in_each_heading(world: World) -> None:
    text = text_of(await world.mention("when and where was the ferry agreement signed?"))

    assert "**when was the ferry agreement signed?**" in text
    assert "**where was the ferry agreement signed?**" in text


async def test_a_part_that_is_not_found_says_so_below_its_question(world: World) -> None:
    card = await world.mention("Who won the World Cup, and how many troops are going to Israel?")

    lines = text_of(card).splitlines()
    assert lines[:2] == ["**Who won the World Cup**", "I couldn't find that."]
    assert TROOPS in words_of(card)
    assert numbers(card) == ["1"]

    shown = await world.reader.click(card, label="Show the nearest passages")

    assert text_of(answered(shown)).startswith("**The nearest passages.**")
    assert TROOPS not in words_of(answered(shown)).splitlines()[1]


async def test_if_nothing_is_found_it_is_said_once(world: World) -> None:
    text = text_of(await world.mention("Who won the World Cup? How many goals did the final have?"))

    assert text.count("I couldn't find that") == 1
    assert ">" not in text


async def test_a_sentence_that_answers_two_questions_is_shown_once(world: World) -> None:
    world.bot.library.add(
        Article("Bridge", "The bridge at Tarn was built in 1904 by the engineer Ada Lund.")
    )

    card = await world.mention("When was the bridge at Tarn built, and who built it?")

    text = text_of(card)
    lines = text.splitlines()
    assert lines[0] == "**When was the bridge at Tarn built**"
    assert lines[1].endswith("1904")
    assert lines[2] == "**who built it?**"
    assert lines[3].endswith("Ada Lund")
    assert lines[4].startswith("> ")
    assert words_of(card).count("was built in 1904") == 1
    assert "**1904**" in text or "**in 1904**" in text
    assert "Ada Lund**" in text


async def test_context_shows_the_paragraph_of_each_quote(world: World) -> None:
    card = await world.mention(BOTH)
    first, second = (b for b in buttons_of(card) if b["label"] == "Context")

    shown = [await world.reader.click(card, custom_id=b["custom_id"]) for b in (first, second)]

    assert TROOPS in words_of(answered(shown[0]))
    assert COUNTRIES in words_of(answered(shown[1]))


async def test_more_opens_other_passages_with_numbers_of_their_own(world: World) -> None:
    card = await world.mention(BOTH)
    assert numbers(card) == ["1", "2"]
    first = set(re.findall(r"^> .*", words_of(card), re.MULTILINE))

    second = answered(await world.reader.click(card, label="More"))

    assert numbers(second) == ["3", "4", "5"]
    assert "Page 1 of" in text_of(second)
    assert not first & set(re.findall(r"^> .*", words_of(second), re.MULTILINE))


async def test_the_answer_can_be_voted_on_and_asked_again_in_private(world: World) -> None:
    card = await world.mention(BOTH)
    assert labels_of(card)[-3:] == ["Helpful", "Not helpful", "Ask in private"]

    voted = await world.reader.click(card, label="Helpful")
    form = await world.reader.click(card, label="Ask in private")

    assert "Marked as helpful" in text_of(answered(voted))
    assert form.modal is not None
    (label,) = form.modal["components"]
    assert label["component"]["value"] == BOTH


async def test_a_reply_follows_up_on_the_articles_of_all_parts(world: World) -> None:
    card = await world.mention("Who led the ferry talks? How many troops are going to Israel?")
    question = world.bot.storage.question_log.get_by_answer(card.id)
    assert question is not None
    assert len(question.passages) == 2
    assert len(question.turn.articles) == 2

    await world.reader.send(world.channel, "and how many ships make the crossing?", reply_to=card)

    assert "Six ships" in words_of(world.last())


async def test_an_edited_question_gets_an_answer_to_each_part(world: World) -> None:
    await world.mention("how many troops?")
    question = world.channel.history()[0]

    await world.reader.edit(question, f"<@{world.bot_id}> {BOTH}")

    assert COUNTRIES in words_of(world.last())


async def test_a_topic_gets_the_opening_of_its_article_without_bold(world: World) -> None:
    card = await world.mention("tell me about the flood")

    lines = text_of(card).splitlines()
    assert lines[0] == "**tell me about the flood**"
    assert lines[1].startswith(f"> {FLOOD}")
    assert "**" not in lines[1]
    assert lines[2].startswith("-# 1 · Northland Courier · ")


async def test_a_topic_that_no_article_is_about_is_not_found(world: World) -> None:
    card = await world.mention("summarize the World Cup final")

    assert "I couldn't find that in the 3 articles that I searched." in text_of(card)


@pytest.mark.parametrize(
    "request_", ["list the countries involved", "can you tell me which countries are involved?"]
)
async def test_a_list_has_each_item_in_bold(world: World, request_: str) -> None:
    text = text_of(await world.mention(request_))

    assert "**Egypt**, **Qatar** and **Turkey**" in text


async def test_a_request_is_answered_in_an_ask_channel(world: World) -> None:
    world.bot.ask_channels.add(world.channel.id)

    await world.reader.send(world.channel, "tell me about the flood and how many people drowned")

    assert FLOOD in words_of(world.last())
    assert "Two people drowned" in words_of(world.last())
