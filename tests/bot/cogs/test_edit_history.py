"""Stories of editors: what they change, correct and undo, and who sees what was done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.cogs.maintenance import EDIT_RETENTION, REMOVED_ARTICLE_RETENTION
from index import Article
from tests.bot.cogs.test_editing import fields, own, titles
from tests.bot.cogs.test_feeds import add as follow
from tests.bot.cogs.test_feeds import check, entry, feed
from tests.bot.conftest import World, answered, labels_of, text_of
from tests.index.site import Site

OTTERS = "The zoo of Korsvik has nine otters since Monday. They like the rain."
CORRECTED = OTTERS.replace("nine", "ten")


async def add(world: World, name: str = "Otters", text: str = OTTERS) -> Any:
    """Upload a text file; what the bot answered."""
    return await world.slash("manage articles add", file=(f"{name}.txt", text.encode()))


async def edit(world: World, article: str = "Otters", text: bool = False, **typed: str) -> str:
    """Fill in the form for an article; what the bot said."""
    form = await world.reader.slash(
        world.channel, "manage articles edit", article=article, text=text
    )
    named = {name.rstrip("_"): value for name, value in typed.items()}
    result = await world.reader.submit_modal(form, fields(form, **named))
    assert result.ephemeral
    return text_of(answered(result))


def the_article(world: World) -> Article:
    (article,) = world.bot.library.articles(own(world))
    return article


async def history(world: World, **options: str) -> list[str]:
    """The lines of the history, without their times."""
    card = await world.slash("manage articles history", **options)
    return [line.partition(" · ")[2] for line in text_of(card).splitlines() if line[:3] == "<t:"]


# Editing


async def test_the_details_of_an_article_are_edited_in_a_form(editor: World) -> None:
    await add(editor)
    before = the_article(editor)
    asked = await editor.slash("ask", question="how many otters?")

    told = await edit(
        editor,
        title="Otters at last",
        publisher="Zoo News",
        author="Ida Holm",
        date="9 October 2025",
        link="https://zoo.example/otters",
    )

    assert told == "Saved the changes to “Otters at last”."
    after = the_article(editor)
    assert (after.id, after.text) == (before.id, before.text)
    assert (after.title, after.publisher, after.author) == (
        "Otters at last",
        "Zoo News",
        "Ida Holm",
    )
    assert (str(after.published), after.url) == ("2025-10-09", "https://zoo.example/otters")
    await editor.restart()
    context = await editor.reader.click(asked, label="Context")
    assert "nine" in text_of(answered(context))
    assert await edit(editor, article="last", author="") == "Saved the changes to “Otters at last”."
    assert the_article(editor).author is None
    assert (await edit(editor, article="last")).endswith("nothing was changed.")


async def test_a_corrected_text_keeps_what_was_said_before(editor: World) -> None:
    await add(editor)
    asked = await editor.slash("ask", question="how many otters?")

    assert (await edit(editor, text=True, text_=CORRECTED)).startswith("Corrected “Otters”.")

    assert "ten" in text_of(await editor.slash("ask", question="how many otters?"))
    context = text_of(answered(await editor.reader.click(asked, label="Context")))
    assert "nine" in context
    assert "Corrected on" in context
    assert [one.article.text for one in editor.bot.library.history(the_article(editor).id)] == [
        OTTERS
    ]


async def test_a_text_that_no_form_can_hold_is_corrected_with_a_file(editor: World) -> None:
    long = OTTERS + " It goes on." * 400
    await add(editor, text=long)
    form = await editor.reader.slash(
        editor.channel, "manage articles edit", article="otters", text=True
    )
    assert "longer than 4,000 characters" in text_of(answered(form))

    async def corrected(name: str, content: bytes) -> str:
        file = (name, content)
        return text_of(await editor.slash("manage articles edit", article="otters", file=file))

    assert "is not supported" in await corrected("otters.xlsx", b"PK")
    two = b'{"title": "A", "text": "A."}\n{"title": "B", "text": "B."}'
    assert "contains 2 articles" in await corrected("two.jsonl", two)
    told = await corrected("new.txt", long.replace("nine", "ten").encode())
    assert told.startswith("Corrected “Otters”.")
    assert the_article(editor).title == "Otters"
    assert "ten otters" in the_article(editor).text


async def test_an_edit_that_cannot_be_saved_is_not_lost(editor: World) -> None:
    await add(editor)
    collection = f"server-{editor.guild.id}"
    other = Article("Eels", "Eels swim.", url="https://zoo.example/eels", collection=collection)
    editor.bot.library.add(other)
    form = await editor.reader.slash(editor.channel, "manage articles edit", article="otters")
    typed = fields(form, date="soon", title="Nine otters", link="https://zoo.example/eels")
    refused = answered(await editor.reader.submit_modal(form, typed))
    assert "I don't understand the date “soon”." in text_of(refused)

    form = await editor.reader.click(refused, label="Reopen the form")
    result = await editor.reader.submit_modal(form, fields(form, date=""))
    assert text_of(answered(result)) == "Nothing was changed: “Eels” already has that link."
    form = await editor.reader.click(refused, label="Reopen the form")
    result = await editor.reader.submit_modal(form, fields(form, date="", link=""))
    assert text_of(answered(result)) == "Saved the changes to “Nine otters”."


async def test_an_edit_that_is_refused_says_that_it_was_not_saved(editor: World) -> None:
    await add(editor)
    told = await edit(editor, link="zoo.example")
    assert told == "Not saved. “zoo.example” is not a web address (http\\:// or https\\://)."
    assert the_article(editor).url is None


async def test_a_feed_does_not_undo_what_an_editor_has_changed(editor: World, site: Site) -> None:
    world = editor
    await follow(world, feed(site, entry(1)))
    assert "Saved" in await edit(world, article="Otter 1", title="Nine otters")

    await check(world)
    feed(site, entry(1, edited=" again"))
    await check(world)

    assert titles(world) == ["Nine otters"]


async def test_articles_of_the_shared_collection_are_not_edited(editor: World) -> None:
    told = await editor.slash("manage articles edit", article="ferries")
    assert "is in the shared collection" in text_of(told)


# An upload with a title that is there already


async def test_a_title_that_is_there_is_offered_as_a_correction(editor: World) -> None:
    await add(editor)
    before = the_article(editor)

    card = await add(editor, text=CORRECTED)
    assert text_of(card).startswith("“Otters” is already there. Is yours a corrected version?")
    assert labels_of(card) == ["Correct it", "Add as another article", "Cancel"]
    assert the_article(editor).text == OTTERS
    await editor.reader.click(card, label="Correct it")

    assert text_of(card).startswith("Corrected “Otters”.")
    assert (the_article(editor).id, the_article(editor).text) == (before.id, CORRECTED)
    assert not labels_of(card)


async def test_a_title_that_is_there_may_be_of_another_article(editor: World) -> None:
    await add(editor)
    card = await add(editor, text=CORRECTED)
    await editor.reader.click(card, label="Cancel")
    assert text_of(card) == "Nothing was changed."
    assert the_article(editor).text == OTTERS

    card = await add(editor, text=CORRECTED)
    await editor.reader.click(card, label="Add as another article")

    assert text_of(card) == "Added “Otters”: 2 sentences."
    assert titles(editor) == ["Otters", "Otters"]
    again = await add(editor, text=CORRECTED)
    assert text_of(again) == "“Otters” is already in the library, word for word."


async def test_of_several_articles_only_those_whose_titles_are_there_are_asked_about(
    editor: World,
) -> None:
    await add(editor)
    await add(editor, "Eels", "Eels swim in the Sel.")
    lines = (
        '{"title": "OTTERS", "text": "Ten otters."}',
        '{"title": "Eels", "text": "Eels swam."}',
        '{"title": "Crabs", "text": "Crabs walk."}',
    )

    card = await editor.slash("manage articles add", file=("all.jsonl", "\n".join(lines).encode()))

    assert text_of(card).startswith("Added “Crabs”: one sentence.\n\nThese are already there: ")
    assert titles(editor) == ["Otters", "Eels", "Crabs"]
    await editor.reader.click(card, label="Correct them")
    assert text_of(card).count("Corrected “") == 2
    found = editor.bot.library.articles(own(editor))
    assert [one.text for one in found] == ["Ten otters.", "Eels swam.", "Crabs walk."]


async def test_a_decision_asked_before_a_restart_or_elsewhere_is_gone(
    editor: World,
) -> None:
    await add(editor)
    card = await add(editor, text=CORRECTED)
    await editor.restart()
    pressed = await editor.reader.click(card, label="Correct it")
    assert text_of(pressed.followups[-1]).startswith("Your draft is no longer stored.")
    assert the_article(editor).text == OTTERS


# History and undo


async def test_the_history_shows_who_did_what(editor: World) -> None:
    role = editor.guild.create_role("M", permissions=discord.Permissions(manage_guild=True))
    other = editor.guild.add_member(editor.env.create_user("other"), roles=[role])
    assert text_of(await editor.slash("manage articles history")).startswith("Nothing has been")
    await add(editor)
    await add(editor, "Eels", "Eels swim.")
    await edit(replace(editor, reader=other), author="Ida Holm")
    await edit(editor, text=True, text_=CORRECTED)
    card = await editor.slash("manage articles remove", article="otters")
    await editor.reader.click(card, label="Remove")
    await editor.reader.click(card, label="Undo")
    assert text_of(card).startswith("Restored “Otters”.")

    me, them = editor.reader.mention, other.mention
    of_otters = [
        f"{me} restored “Otters”",
        f"{me} removed “Otters”",
        f"{me} corrected “Otters” (text)",
        f"{them} edited “Otters” (author)",
        f"{me} added “Otters”",
    ]
    added_eels = f"{me} added “Eels”"
    assert await history(editor) == [*of_otters[:4], added_eels, of_otters[4]]
    assert await history(editor, article="otter") == of_otters
    choices = await editor.reader.autocomplete(
        editor.channel, "manage articles history", "article", ""
    )
    assert [choice["name"] for choice in choices] == ["Otters", "Eels"]
    assert await history(editor, article=choices[1]["value"]) == [added_eels]
    unknown = await editor.slash("manage articles history", article="crabs")
    assert text_of(unknown) == "Nothing is recorded about an article called “crabs”."


async def test_the_removal_says_first_what_cannot_be_restored(editor: World) -> None:
    await add(editor)
    once = text_of(await editor.slash("manage articles remove", article="otters"))
    await edit(editor, text=True, text_=CORRECTED)
    twice = text_of(await editor.slash("manage articles remove", article="otters"))
    await edit(editor, text=True, text_=OTTERS)
    thrice = text_of(await editor.slash("manage articles remove", article="otters"))

    assert once.endswith("You can undo this for 30 days.")
    assert twice.endswith("Its earlier version can't be restored.")
    assert thrice.endswith("Its 2 earlier versions can't be restored.")


async def test_the_pages_of_the_history_are_turned(editor: World) -> None:
    for number in range(12):
        await add(editor, f"Story {number}", f"It is story {number}.")
    card = await editor.slash("manage articles history")
    assert "Page 1 of 2 · 12 changes" in text_of(card)
    await editor.restart()
    await editor.reader.click(card, label="Next")
    assert "added “Story 0”" in text_of(card)
    assert "Story 9" not in text_of(card)


async def test_a_removed_article_comes_back_as_it_was(editor: World) -> None:
    await add(editor)
    await edit(editor, publisher="Zoo News", link="https://zoo.example/a", date="2025-10-09")
    before = the_article(editor)
    asked = await editor.slash("ask", question="how many otters?")
    card = await editor.slash("manage articles remove", article="otters")
    await editor.reader.click(card, label="Remove")
    assert not titles(editor)
    await editor.restart()

    told = text_of(await editor.slash("manage articles undo"))

    assert told.startswith("Restored “Otters”.")
    assert (the_article(editor), the_article(editor).id) == (before, before.id)
    context = await editor.reader.click(asked, label="Context")
    assert "nine" in text_of(answered(context))
    again = await editor.slash("manage articles undo")
    assert text_of(again).startswith("There is no removed article to restore.")
    pressed = await editor.reader.click(card, label="Undo")
    assert text_of(pressed.followups[-1]).startswith("That article can't be restored any more.")


async def test_an_article_that_was_added_again_is_not_restored(editor: World) -> None:
    await add(editor)
    card = await editor.slash("manage articles remove", article="otters")
    await editor.reader.click(card, label="Remove")
    await add(editor)

    pressed = await editor.reader.click(card, label="Undo")

    assert "is already in the library" in text_of(pressed.followups[-1])
    assert titles(editor) == ["Otters"]


async def test_removed_articles_and_the_history_are_kept_for_some_time(editor: World) -> None:
    await add(editor)
    card = await editor.slash("manage articles remove", article="otters")
    await editor.reader.click(card, label="Remove")
    maintenance: Any = editor.bot.get_cog("MaintenanceCog")

    async def purge_after(age: timedelta) -> None:
        later = editor.env.now() + age + timedelta(hours=1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(discord.utils, "utcnow", lambda: later)
            await maintenance.purge()

    await purge_after(REMOVED_ARTICLE_RETENTION)
    assert len(await history(editor)) == 2
    told = text_of(await editor.slash("manage articles undo"))
    assert told.startswith("There is no removed article to restore.")
    await purge_after(EDIT_RETENTION)
    assert await history(editor) == []


async def test_history_and_undo_are_the_editors_of_the_server(editor: World) -> None:
    reader = editor.guild.add_member(editor.env.create_user("somebody"))
    world = replace(editor, reader=reader)
    await add(editor)
    card = await editor.slash("manage articles remove", article="otters")
    await editor.reader.click(card, label="Remove")
    await world.show_command("manage")
    for command in ("history", "undo"):
        told = text_of(await world.slash(f"manage articles {command}"))
        assert told.startswith("Only members with the permission")
    typed = await world.reader.autocomplete(world.channel, "manage articles history", "article", "")
    assert typed == []

    elsewhere = editor.env.create_guild("Elsewhere")
    role = elsewhere.create_role("M", permissions=discord.Permissions(manage_guild=True))
    channel = elsewhere.create_text_channel("general")
    stranger = elsewhere.add_member(editor.env.create_user("stranger"), roles=[role])
    there = replace(editor, guild=elsewhere, channel=channel, reader=stranger)
    assert text_of(await there.slash("manage articles history")).startswith("Nothing has been")
    assert text_of(await there.slash("manage articles undo")).startswith("There is no removed")


async def test_feeds_are_in_the_history(editor: World, site: Site) -> None:
    world = editor
    await follow(world, feed(site, entry(1)))
    await world.slash("manage feeds remove", feed="Otter News")
    me = world.reader.mention
    assert await history(world) == [
        f"{me} unfollowed the feed “Otter News”",
        f"{me} followed the feed “Otter News”",
    ]
