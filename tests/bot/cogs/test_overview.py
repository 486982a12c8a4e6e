"""Stories of people who want to know in short what an article says."""

from datetime import date

import pytest

from index import Article
from tests.bot.conftest import World, answered, buttons_of, components_of, labels_of, text_of

TROOPS = "About 200 American troops are on their way to Israel"
FLOOD = "The only road into Sel Valley is open again"
HEADING = "-# Key sentences: the closest in meaning to the rest of the article"

STORY = (
    "KORSVIK, Norway (Harbor Wire) — The harbor of Korsvik was closed on Monday after a crane fell"
    " on the quay.\n\nNobody was hurt, said the harbor's director, Mary Lane. Lane said that the"
    " crane had stood on the quay for 40 years and had been checked in March.\n\nThe crane cost the"
    " town $3 million. About 120 ships a week unload their goods on the quay where the crane"
    " fell.\n\nFerries to Norway and to Denmark leave from another quay of the harbor until it is"
    " repaired.\n\nThe town council will discuss a new crane for the harbor on Thursday, said its"
    " spokesman, Olav Berg."
)


def menu_of(card: object) -> list[dict[str, object]]:
    return [c for c in components_of(card) if c["type"] == 3]  # type: ignore[arg-type]


def added(world: World, **fields: object) -> Article:
    article = Article("Crane falls on the quay of Korsvik", STORY, "Harbor Wire", **fields)  # type: ignore[arg-type]
    return world.bot.library.add(article).article


async def test_an_overview_has_the_opening_key_sentences_and_names_of_an_article(
    world: World,
) -> None:
    article = added(world, published=date(2025, 11, 25), url="https://harbor.example/crane")

    result = await world.reader.slash(world.channel, "articles overview", article="crane falls")

    assert result.ephemeral
    lines = text_of(answered(result)).splitlines()
    assert lines[0] == f"**{article.title}**"
    assert lines[1].startswith("> The harbor of Korsvik was closed on Monday after a crane fell")
    assert lines[2].startswith("-# 1 · Harbor Wire · [Crane falls on the quay of Korsvik](https://")
    assert "25 November 2025" in lines[2]
    assert lines[3] == HEADING
    quotes = [line.removeprefix("> ") for line in lines[4:] if line.startswith("> ")]
    assert quotes
    assert all(quote in STORY for quote in quotes)
    assert [STORY.index(quote) for quote in quotes] == sorted(map(STORY.index, quotes))
    assert "-# [paragraph " in lines[5]
    assert lines[-3:] == [
        "**People:** Mary Lane · Olav Berg",
        "**Places:** Norway · Korsvik · Denmark",
        "**Figures:** $3 million · About 120 ships · 40 years",
    ]


async def test_each_sentence_of_an_overview_is_shown_in_its_context(world: World) -> None:
    added(world)
    card = await world.slash("articles overview", article="crane falls")
    last = buttons_of(card)[-1]
    assert set(labels_of(card)) == {"Context"}

    shown = await world.reader.click(card, custom_id=last["custom_id"])

    assert "**" in text_of(answered(shown))
    assert "crane" in text_of(answered(shown))


async def test_reading_an_article_offers_its_overview_also_after_a_restart(world: World) -> None:
    added(world)
    card = await world.slash("articles show", article="crane falls")
    await world.restart()

    shown = await world.reader.click(card, label="Overview")

    assert shown.ephemeral
    assert HEADING in text_of(answered(shown))


@pytest.mark.parametrize(
    "request_",
    ["summarize the flood", "give me an overview of the flood", "the gist of the flood"],
)
async def test_a_topic_that_one_article_is_about_gets_its_overview(
    world: World, request_: str
) -> None:
    card = await world.mention(request_)

    lines = text_of(card).splitlines()
    assert lines[0] == f"**{request_}**"
    assert lines[1].startswith(f"> {FLOOD}")
    assert lines[3] == HEADING
    assert any(line.startswith("**Places:** Korsvik · Sel Valley") for line in lines)
    assert lines[-1] == "-# Searched 3 articles"
    assert "Helpful" in labels_of(card)


async def test_summarizing_this_as_a_reply_is_the_overview_of_the_answers_article(
    world: World,
) -> None:
    answer = await world.mention("how many troops?")

    await world.reader.send(world.channel, "summarize this", reply_to=answer)

    lines = text_of(world.last()).splitlines()
    assert lines[1].startswith(f"> {TROOPS}")
    assert HEADING in lines


async def test_a_topic_of_several_articles_gets_their_openings_and_a_menu_of_overviews(
    world: World,
) -> None:
    new = "The harbor of Korsvik has a new crane since Monday. It is painted green."
    later = world.bot.library.add(Article("A new crane for the quay of Korsvik", new)).article
    first = added(world)

    card = await world.mention("tell me about the crane on the quay of Korsvik")

    assert HEADING not in text_of(card)
    assert "a crane fell on the quay" in text_of(card)
    assert "has a new crane since Monday" in text_of(card)
    (menu,) = menu_of(card)
    assert {option["value"] for option in menu["options"]} == {first.id, later.id}  # type: ignore[attr-defined]

    await world.restart()
    shown = await world.reader.select(card, [first.id])

    assert shown.ephemeral
    assert text_of(answered(shown)).startswith(f"**{first.title}**")
    assert HEADING in text_of(answered(shown))


async def test_a_question_gets_an_answer_and_no_overview(world: World) -> None:
    card = await world.mention("how many troops?")

    assert HEADING not in text_of(card)
    assert menu_of(card) == []


async def test_an_article_of_another_server_has_no_overview_here(world: World) -> None:
    secret = added(world, collection="server-1")
    shared = added(world)
    card = await world.slash("articles show", article=shared.id)
    world.bot.library.remove(shared.id)

    by_id = await world.slash("articles overview", article=secret.id)
    by_title = await world.slash("articles overview", article=secret.title)
    removed = await world.reader.click(card, label="Overview")

    assert text_of(by_id).startswith("There is no article")
    assert text_of(by_title).startswith("There is no article")
    assert text_of(answered(removed)) == "That article is no longer in the library."


async def test_the_menu_opens_no_article_of_another_server(world: World) -> None:
    secret = added(world, collection="server-1")
    world.bot.library.add(Article("Crane falls on the quay of Korsvik again", STORY))
    world.bot.library.add(
        Article("New crane on the quay of Korsvik", "The crane on the quay of Korsvik is new.")
    )

    card = await world.mention("tell me about the crane on the quay of Korsvik")

    assert secret.id not in str(components_of(card))


async def test_a_very_long_article_has_an_overview_that_fits(world: World) -> None:
    sentence = (
        "The *harbor* of <@1> Korsvik and the crane on its quay, said Mayor Ada Number{}, {}. "
    )
    text = "".join(sentence.format(chr(65 + n % 26) * 3, "and so on " * 60) for n in range(60))
    article = world.bot.library.add(Article("Long " * 50, text)).article

    card = await world.slash("articles overview", article=article.id)

    assert len(text_of(card)) <= 4000
    assert len(components_of(card)) <= 40
    assert "<@1>" not in text_of(card)


async def test_an_article_of_one_sentence_has_its_opening_only(world: World) -> None:
    article = world.bot.library.add(Article("Short", "Es regnet in Korsvik.")).article

    lines = text_of(await world.slash("articles overview", article=article.id)).splitlines()

    assert lines[:2] == ["**Short**", "> Es regnet in Korsvik."]
    assert len(lines) == 3


async def test_a_corrected_text_is_not_in_the_overview(world: World) -> None:
    article = added(world, url="https://harbor.example/crane")
    corrected = STORY.replace("$3 million", "$4 million")
    world.bot.library.add(
        Article(article.title, corrected, "Harbor Wire", url="https://harbor.example/crane")
    )

    shown = text_of(await world.slash("articles overview", article=article.id))

    assert "$4 million" in shown
    assert "$3 million" not in shown
