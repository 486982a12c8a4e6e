"""Stories of people who ask: by mention, reply, direct message and ``/ask``."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from discord import ui

from bot.buttons.passages import PassageReference
from bot.collections import own_collection
from bot.services.readable_articles import get_context
from index import Article, Library, NotFoundError
from tests.bot.conftest import Card, World, answered, buttons_of, labels_of, text_of, words_of

RunBot = Callable[..., Awaitable[World]]

TROOPS = "About 200 American troops are on their way to Israel"
ABOUT = "I answer questions about news articles"
COUNTRIES = "are Egypt, Qatar and Turkey, and perhaps the United Arab Emirates."


async def test_a_mention_gets_the_sentence_that_says_so_with_its_citation(world: World) -> None:
    card = await world.mention("how many troops?")

    lines = text_of(card).splitlines()
    assert lines[0] == "**how many troops?**"
    assert lines[1].startswith("-# Answer: About 200")
    assert lines[2].replace("**", "").startswith(f"> {TROOPS}")
    assert lines[3].startswith("-# 1 · Harbor Wire · [200 U.S. troops to run Gaza ceasefire hub")
    assert "(https://harborwire.example/2025/10/09/gaza-coordination-hub#:~:text=About" in lines[3]
    assert re.search(r"· 9 October 2025 \(<t:17600\d+:R>\) · paragraph 1, sentence 1$", lines[3])
    assert lines[-1] == "-# Searched 3 articles"


async def test_the_answer_is_a_reply_that_mentions_nobody(world: World) -> None:
    await world.mention("which countries are involved?")

    question, answer = world.channel.history()
    assert answer.reference is not None
    assert answer.reference.message_id == question.id
    assert not answer.mentions
    assert COUNTRIES in words_of(answer)


async def test_a_reply_to_the_bot_is_a_question_too(world: World) -> None:
    await world.mention("how many troops?")
    answer = world.channel.last_message

    await world.reader.send(world.channel, "which countries are involved?", reply_to=answer)

    assert COUNTRIES in words_of(world.last())


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    await world.reader.send_dm("how many troops?")

    user = world.reader.user
    _, answer = user.dm_channel.history(viewer=user)
    assert TROOPS in words_of(answer)


async def test_talk_that_is_not_meant_for_the_bot_is_left_alone(world: World) -> None:
    other = await world.reader.send(world.channel, "how many troops?")
    await world.reader.send(world.channel, "no idea", reply_to=other)

    assert [m.author.id for m in world.channel.history()] == [world.reader.id] * 2


async def test_other_bots_are_not_answered(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))

    await robot.send(world.channel, f"<@{world.bot_id}> how many troops?")

    assert len(world.channel.history()) == 1


async def test_in_an_ask_channel_every_message_is_a_question(world: World) -> None:
    world.bot.ask_channels.add(world.channel.id)

    await world.reader.send(world.channel, "how many troops?")

    assert TROOPS in words_of(world.last())


async def test_slash_ask_defers_and_answers_for_all(world: World) -> None:
    result = await world.reader.slash(world.channel, "ask", question="how many troops?")

    first = next(r for r in world.env.http_requests if r.path.endswith("/callback"))
    assert isinstance(first.json, dict)
    assert first.json["type"] == 5  # deferred: "is thinking…"
    assert not result.ephemeral
    assert TROOPS in words_of(answered(result))


async def test_a_private_answer_is_seen_by_the_asker_alone(world: World) -> None:
    result = await world.reader.slash(
        world.channel, "ask", question="how many troops?", private=True
    )

    assert result.ephemeral
    assert TROOPS in words_of(answered(result))


async def test_what_is_not_there_is_not_found_and_the_nearest_is_behind_a_button(
    world: World,
) -> None:
    card = await world.mention("Who won the World Cup?")

    assert "I couldn't find that in the 3 articles that I searched." in text_of(card)
    assert ">" not in text_of(card)
    assert labels_of(card) == ["Show the nearest passages"]

    shown = await world.reader.click(card, label="Show the nearest passages")

    assert shown.ephemeral
    text = text_of(answered(shown))
    assert text.startswith("**The nearest passages.** They may not answer the question.")
    assert text.count("\n> ") == 3


async def test_context_shows_the_paragraph_with_the_quote_in_bold_to_who_pressed(
    world: World,
) -> None:
    card = await world.mention("which countries are involved?")
    quotes = text_of(card).count("\n> ")
    assert labels_of(card)[:quotes] == ["Context"] * quotes
    assert labels_of(card)[quotes:] == ["More", "Helpful", "Not helpful", "Ask in private"]
    button = buttons_of(card)[0]
    someone_else = world.guild.add_member(world.env.create_user("someone"))

    shown = await someone_else.click(card, custom_id=button["custom_id"])

    assert shown.ephemeral
    assert (
        f"> **The countries involved besides the United States {COUNTRIES}**"
        " Their officers will share the center’s offices in a joint task force."
    ) in text_of(answered(shown))


async def test_the_answer_itself_is_bold(world: World) -> None:
    assert "> **About 200 American troops** are" in text_of(await world.mention("how many troops?"))


async def test_each_item_of_a_list_is_bold_by_itself(world: World) -> None:
    text = text_of(await world.mention("which countries are involved?"))
    assert "**Egypt**, **Qatar** and **Turkey**, and perhaps **the United Arab Emirates**." in text


async def test_yes_or_no_is_what_decides_it(world: World) -> None:
    text = text_of(await world.mention("Will any American soldier set foot in Gaza?"))
    assert "> **None of the American soldiers will set foot in Gaza**, a senior official" in text


BRIDGE = (
    "The new bridge at Tarn cost 12 million crowns, the council has said. It was begun in the"
    " spring of the year before last and finished in the autumn. The old one had been closed for"
    " heavy lorries since the flood, and farmers had to drive forty kilometers around the lake."
)


async def test_articles_that_say_the_same_are_one_answer_with_all_their_citations(
    world: World,
) -> None:
    for number, paper in enumerate(("Morning Post", "Evening Star"), 1):
        text = f"The bridge at Tarn cost 12 million crowns, {paper} has learnt."
        url = f"https://{number}.example/bridge"
        world.bot.library.add(Article(f"Bridge in {paper}", text, publisher=paper, url=url))

    text = text_of(await world.mention("What did the bridge at Tarn cost?"))

    assert text.count("\n> ") == 1
    assert "\n-# 1 · " in text
    assert re.search(r"\n-# also in \[(Morning Post|Evening Star)\]\(https://", text)
    assert "(https://1.example/bridge#" in text
    assert "(https://2.example/bridge#" in text


async def test_one_story_in_five_papers_is_one_answer(world: World) -> None:
    papers = [f"Paper {n}" for n in range(5)]
    for n, paper in enumerate(papers):
        beginning = f"Readers of {paper} wrote to us about it {n + 3} times this week. "
        world.bot.library.add(Article("Bridge", beginning + BRIDGE, publisher=paper))

    text = text_of(await world.mention("What did the bridge at Tarn cost?"))

    assert text.count("\n> ") == 1
    also = re.search(r"also in (.*)", text)
    assert also
    first = re.search(r"-# 1 · (Paper \d)", text)
    assert first
    assert sorted([first[1], *also[1].split(", ")]) == papers


async def test_what_another_server_has_of_the_same_story_is_not_counted(world: World) -> None:
    here, elsewhere = own_collection(world.guild.id), own_collection(1)
    for n, collection in enumerate((here, here, elsewhere, elsewhere)):
        text = f"It was the {n + 3}rd report of this week. {BRIDGE}"
        world.bot.library.add(Article("Bridge", text, publisher=f"P{n}", collection=collection))

    text = text_of(await world.mention("What did the bridge at Tarn cost?"))

    assert "also in P" in text
    assert "P2" not in text
    assert "P3" not in text


async def test_articles_that_disagree_are_shown_side_by_side_with_their_dates(
    world: World,
) -> None:
    for day, toll in ((3, "67,000"), (4, "68,000")):
        text = f"The war in Marland has killed {toll} people, the ministry said."
        world.bot.library.add(
            Article(f"Toll of day {day}", text, f"Gazette {day}", date(2025, 11, day))
        )

    text = text_of(await world.mention("How many people has the war in Marland killed?"))

    assert "**68,000" in text
    assert "**67,000" in text
    assert text.index("68,000") < text.index("67,000")
    assert re.search(
        r"\*\*Sources differ:\*\*\n"
        r"- \*\*68,000( people)?\*\* · Gazette 4, 4 November 2025\n"
        r"- \*\*67,000( people)?\*\* · Gazette 3, 3 November 2025\n",
        text,
    )


async def test_one_papers_daily_figures_do_not_contradict_each_other(world: World) -> None:
    for day, price in ((3, "71"), (4, "73")):
        text = f"A barrel of Norland crude cost {price} dollars at the close of trading."
        world.bot.library.add(Article(f"Oil, day {day}", text, "Gazette", date(2025, 11, day)))

    text = text_of(await world.mention("How much did a barrel of Norland crude cost?"))

    assert "Sources differ" not in text
    assert re.search(r"\*\*Reported over time, newest first:\*\*\n- \*\*73.*\n- \*\*71", text)


async def test_figures_in_other_words_count_as_one_with_all_their_papers(world: World) -> None:
    texts = {
        "Coast Post": "Nine otters were released into the Marl on Saturday.",
        "Harbor Wire": "In the Marl, 9 otters were released on Saturday by rangers.",
        "Morning Star": "Ten otters were released into the Marl on Saturday, rangers say.",
    }
    for day, (paper, text) in enumerate(texts.items(), 1):
        world.bot.library.add(Article(f"Otters {day}", text, paper, date(2026, 5, day)))

    text = text_of(await world.mention("How many otters were released into the Marl?"))

    assert (
        "**Sources differ:**\n"
        "- **Ten** · Morning Star, 3 May 2026\n"
        "- **9** · Harbor Wire, 2 May 2026; Coast Post, 1 May 2026\n"
    ) in text
    assert "Answer:" not in text


async def test_certain_likely_and_missing_answers_differ_in_words(world: World) -> None:
    found = text_of(await world.mention("how many troops?"))
    missing = text_of(await world.mention("Who won the World Cup?"))

    answer = re.search(r"\n-# Answer: (.*)\n> \*\*(.*)\*\*", found)
    assert answer
    assert answer[1] == answer[2]
    assert "Answer:" not in missing
    assert "This may be it" not in found + missing


async def test_a_quote_over_a_break_shows_it_and_names_its_sentences(world: World) -> None:
    text = "The mayor of Marl closed the locks on Friday.\n\nShe did so because of the ice."
    world.bot.library.add(Article("Locks", text, "Coast Post", date(2026, 1, 9)))

    card = await world.mention("Why did the mayor of Marl close the locks?")

    assert "closed the locks on Friday.\n> \n> She did so" in words_of(card)
    assert "paragraph 1, sentence 1 – paragraph 2, sentence 1" in text_of(card)


async def test_buttons_outlive_a_restart(world: World) -> None:
    card = await world.mention("which countries are involved?")
    button = buttons_of(card)[0]

    await world.restart()
    shown = await world.reader.click(card, custom_id=button["custom_id"])

    assert COUNTRIES in words_of(answered(shown))


async def test_a_button_of_an_article_that_is_gone_says_so(world: World) -> None:
    card = await world.mention("which countries are involved?")
    button = buttons_of(card)[0]
    world.bot.library.remove(button["custom_id"].split(":")[1])

    shown = await world.reader.click(card, custom_id=button["custom_id"])

    assert text_of(answered(shown)) == "That article is no longer in the library."


async def test_a_button_of_an_article_that_was_corrected_shows_it_as_it_was(world: World) -> None:
    card = await world.mention("which countries are involved?")
    button = buttons_of(card)[0]
    old = world.bot.library.get(button["custom_id"].split(":")[1])
    # As long as it was, so that only the words can tell the two apart.
    new = old.text.replace("besides the United States", "besides the United Nations")
    world.bot.library.add(Article(old.title, new, url=old.url))

    shown = await world.reader.click(card, custom_id=button["custom_id"])

    text = text_of(answered(shown))
    assert "**The countries involved besides the United States" in text
    assert re.search(r"\nCorrected on .* UTC\. This is the earlier version\.", text)


@pytest.mark.parametrize("question", ["which countries are involved?", "Who won the World Cup?"])
async def test_a_correction_whose_hash_begins_alike_is_told_apart(
    world: World, question: str
) -> None:
    card: Card = await world.mention(question)
    article_id = buttons_of(card)[0]["custom_id"].split(":")[1]
    old = world.bot.library.get(article_id)
    corrections = (Article(old.title, f"{old.text}\n\nNote {n}.", url=old.url) for n in count())
    alike = (new for new in corrections if new.content_hash[:2] == old.content_hash[:2])
    world.bot.library.add(next(alike))

    if "Show the nearest passages" in labels_of(card):
        card = answered(await world.reader.click(card, label="Show the nearest passages"))
    first = next(b["custom_id"] for b in buttons_of(card) if article_id in b["custom_id"])
    shown = answered(await world.reader.click(card, custom_id=first))

    assert "This is the earlier version." in text_of(shown)


@pytest.mark.parametrize("digits", [0, 2])
async def test_buttons_of_earlier_versions_work(world: World, digits: int) -> None:
    card = await world.mention("which countries are involved?")
    passage = world.bot.library.ask("which countries are involved?").passages[0]
    reference = str(PassageReference.to(passage, digits))
    for custom_id, label in ((f"context:{reference}", "Context"), (f"nearest:{reference}", "Near")):
        view = ui.LayoutView()
        view.add_item(ui.ActionRow(ui.Button(custom_id=custom_id, label=label)))
        message = await world.bot.get_partial_messageable(card.channel.id).send(view=view)
        assert COUNTRIES in words_of(answered(await world.reader.click(message, label=label)))


async def test_a_button_of_a_slice_that_no_sentence_bounds_any_more_shows_it(world: World) -> None:
    card = await world.mention("which countries are involved?")
    quoted = world.bot.library.ask("which countries are involved?").passages[0]
    article = quoted.citation.article
    (_, first_end), (second_start, _), *_ = world.bot.library.paragraphs(article.id)
    passage = replace(quoted, start=first_end - 9, end=second_start + 9)
    view = ui.LayoutView()
    view.add_item(ui.ActionRow(ui.Button(custom_id=f"context:{PassageReference.to(passage)}")))
    message = await world.bot.get_partial_messageable(card.channel.id).send(view=view)

    shown = text_of(answered(await world.reader.click(message)))

    before, after = article.text[:first_end], article.text[second_start:]
    assert f"**{before[-9:]}**" in shown
    assert f"**{after[:9]}**" in shown


async def test_a_button_of_what_was_corrected_too_often_says_so(world: World) -> None:
    card = await world.mention("which countries are involved?")
    button = buttons_of(card)[0]
    old = world.bot.library.get(button["custom_id"].split(":")[1])
    for minutes in range(25):
        world.bot.library.add(Article(old.title, f"It was {minutes} minutes late.", url=old.url))

    shown = await world.reader.click(card, custom_id=button["custom_id"])

    assert "has been corrected and no longer says this" in text_of(answered(shown))


async def test_the_context_in_an_article_that_the_disk_has_damaged_is_not_shown(
    world: World,
) -> None:
    card = await world.mention("how many troops?")
    database = world.bot.library._store._database  # type: ignore[attr-defined]
    with database.transaction() as tx:
        tx.execute("UPDATE articles SET text = replace(text, '200', '300')")
    shown = await world.reader.click(card, label="Context")
    assert "is damaged on the operator's disk" in text_of(answered(shown))
    assert "300" not in text_of(await world.mention("how many troops?"))


@pytest.mark.parametrize("nothing", ["", "   ", "🙂🙂", "?!…", "<:wave:1234567890>"])
async def test_a_message_without_words_gets_a_welcome(world: World, nothing: str) -> None:
    assert ABOUT in text_of(await world.mention(nothing))


@pytest.mark.parametrize(
    "strange",
    [
        "word " * 380,
        "где находится центр координации?",
        "以色列有多少士兵?",
        "how many \u202etroops\x07?",
        '"unbalanced AND (NEAR OR -x*',
    ],
)
async def test_any_question_gets_an_answer(world: World, strange: str) -> None:
    card = await world.mention(strange)

    assert "couldn't find" in text_of(card) or "> " in text_of(card)


async def test_a_question_of_2000_characters_by_slash_command(world: World) -> None:
    card = await world.slash("ask", question="troops " * 285 + "four?")

    assert text_of(card).splitlines()[0].endswith("…**")


async def test_an_empty_library_says_that_it_is_empty(library: Library, run_bot: RunBot) -> None:
    world = await run_bot(library)

    card = await world.mention("how many troops?")

    assert "The library is empty" in text_of(card)


async def test_text_of_articles_and_questions_is_never_markup(
    library: Library, run_bot: RunBot
) -> None:
    library.add(
        Article(
            "Trick [title](https://evil.example)",
            "# The troops *said* @everyone should see <@1> and https://evil.example/a_b_c"
            " or [this](https://evil.example), ||they|| `said`.",
            url="https://news.example/a_(b)",
        )
    )
    world = await run_bot(library)

    card = await world.mention("what did the troops **say** to @everyone?")

    text = text_of(card)
    assert "\n> # " not in text
    assert "what did the troops \\*\\*say\\*\\* to \\@everyone?" in text
    assert (
        " The troops \\*said\\* \\@everyone should see \\<\\@1\\> and https\\://evil"
        in words_of(card)
    )
    assert "[Trick \\[title\\](https\\://evil.example)](https://news.example/a_%28b%29#" in text


async def test_twenty_people_who_ask_at_once_all_get_answers(world: World) -> None:
    readers = [
        world.guild.add_member(world.env.create_user(f"reader{number}")) for number in range(20)
    ]
    for reader in readers:
        world.env.backend.create_message(
            world.channel.id, reader.id, f"<@{world.bot_id}> how many troops?"
        )
    await world.env.settle()

    messages = world.channel.history()
    answers = [m for m in messages if m.author.id == world.bot_id]
    assert len(answers) == 20
    assert all(TROOPS in words_of(answer) for answer in answers)
    asked = {m.id for m in messages if m.author.id != world.bot_id}
    assert {m.reference.message_id for m in answers if m.reference} == asked


async def test_twenty_people_in_five_servers_read_their_own_servers_articles(
    world: World,
) -> None:
    servers = []
    for number in range(5):
        guild = world.env.create_guild(f"Server {number}")
        channel = guild.create_text_channel("general")
        people = [guild.add_member(world.env.create_user(f"p{number}{n}")) for n in range(4)]
        text = f"The zoo of Korsvik has {number + 11} otters, says server {number}."
        world.bot.library.add(Article("Otters", text, collection=f"server-{guild.id}"))
        servers.append((number, channel, people))

    for _ in range(2):
        for _, channel, people in servers:
            for person in people:
                asked = f"<@{world.bot_id}> How many otters has the zoo of Korsvik?"
                world.env.backend.create_message(channel.id, person.id, asked)
    await world.env.settle()

    for number, channel, people in servers:
        history = channel.history()
        answers = [message for message in history if message.author.id == world.bot_id]
        assert len(answers) == 2 * len(people)
        for answer in answers:
            assert f"**{number + 11}" in text_of(answer)
            assert f"server {number}." in words_of(answer)
            assert text_of(answer).count("says server") == 1


async def test_what_one_server_added_is_not_read_in_another(world: World) -> None:
    secret = "The password of the vault in Korsvik is swordfish."
    world.bot.library.add(Article("Vault", secret, collection=f"server-{world.guild.id}"))
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))

    question = "What is the password of the vault in Korsvik?"
    here = await world.mention(question)
    result = await stranger.slash(channel, "ask", question=question)
    button = buttons_of(here)[0]

    assert "swordfish" in text_of(here)
    assert "Searched 4 articles" in text_of(here)
    assert "swordfish" not in text_of(answered(result))
    assert "4 articles" not in text_of(answered(result))
    # Even a button with another server's reference opens nothing.
    reference = PassageReference.parse(button["custom_id"].removeprefix("context:"))
    with pytest.raises(NotFoundError):
        await get_context(world.bot, elsewhere.id, *reference.place)
    with pytest.raises(NotFoundError):
        await get_context(world.bot, None, *reference.place)


async def test_a_name_that_was_typed_and_not_chosen_is_no_part_of_the_question(
    world: World,
) -> None:
    world.bot.ask_channels.add(world.channel.id)
    assert world.bot.user is not None

    await world.reader.send(world.channel, f"@{world.bot.user.name} how many troops?")

    assert text_of(world.last()).startswith("**how many troops?**")
    assert TROOPS in words_of(world.last())


async def test_passages_that_are_far_weaker_than_the_best_one_are_not_shown(world: World) -> None:
    question = "which countries are involved?"
    answer = world.bot.library.ask(question)
    assert len(answer.passages) == 3
    assert answer.passages[1].score < answer.passages[0].score / 2

    assert text_of(await world.mention(question)).count("\n> ") == 1
