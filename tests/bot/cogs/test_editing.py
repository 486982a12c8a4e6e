"""Stories of editors: adding, removing and exporting a server's articles."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord
import pytest
import simcord

from bot.storage.drafts import MAX_DRAFTS, ArticleDraft, Drafts
from index import Article, Library, Scope
from tests.bot.conftest import World, answered, labels_of, text_of, words_of
from tests.index.sources.zipped_documents import docx, epub, paragraph

RunBot = Callable[..., Awaitable[World]]

OTTERS = "The zoo of Korsvik has nine otters since Monday. They like the rain."
DOCUMENTS = {
    "otters.docx": docx(paragraph("Otters", style="Titel"), OTTERS),
    "otters.epub": epub(f"<h1>Otters</h1><p>{OTTERS}</p>", metadata=""),
}
FILE = ("otters.md", f"---\ntitle: Otters\npublished: 2025-11-20\n---\n\n{OTTERS}".encode())


@pytest.fixture
def editor(world: World) -> World:
    """The world, seen by somebody who manages the server."""
    role = world.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    person = world.guild.add_member(world.env.create_user("editor"), roles=[role])
    return replace(world, reader=person)


def own(world: World) -> Scope:
    return Scope((f"server-{world.guild.id}",))


def titles(world: World) -> list[str]:
    return [article.title for article in world.bot.library.articles(own(world))]


async def add(world: World, *files: tuple[str, bytes]) -> str:
    """Add files; what the bot said, in private."""
    result = await world.reader.slash(world.channel, "manage articles add", file=files[0])
    assert result.ephemeral
    return text_of(answered(result))


# Adding files


async def test_a_file_is_added_and_answers_at_once(editor: World) -> None:
    assert await add(editor, FILE) == "Added “Otters”: 2 sentences."

    card = await editor.mention("how many otters?")
    assert "nine" in text_of(card)
    assert "20 November 2025" in text_of(card)
    assert await add(editor, FILE) == "“Otters” is already in the library, word for word."


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_document_is_added_and_answers_at_once(editor: World, name: str) -> None:
    assert await add(editor, (name, DOCUMENTS[name])) == "Added “Otters”: 2 sentences."
    assert "nine" in text_of(await editor.mention("how many otters?"))


async def test_the_same_address_with_another_text_is_an_update(editor: World) -> None:
    def line(text: str) -> tuple[str, bytes]:
        record = {"title": "Zoo", "text": text, "url": "https://zoo.example/a"}
        return "zoo.jsonl", json.dumps(record).encode()

    await add(editor, line("Nine otters."))
    assert await add(editor, line("Ten otters.")) == "Updated “Zoo”: now one sentence."


async def test_of_many_articles_the_good_ones_are_added_and_the_others_explained(
    editor: World,
) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": f"It is story {n}."}) for n in range(3)]
    broken = ["nonsense", *(json.dumps({"title": f"No text {n}"}) for n in range(6))]

    told = await add(editor, ("many.jsonl", "\n".join([*lines, *broken]).encode()))

    assert told.splitlines()[0] == "3 added, 0 updated, 0 unchanged (3 sentences)."
    assert told.splitlines()[1] == "Not added. many.jsonl, line 4: it is not JSON."
    assert told.splitlines()[-1] == "… and 2 more."
    assert len(titles(editor)) == 3


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (("a.xlsx", b"PK"), "this kind of file is not supported, only .txt, .md, .html"),
        (("a.docx", b"PK"), "this Word document is damaged or incomplete"),
        (("a.epub", b"%PDF"), "this is no e-book (.epub), whatever its name says"),
        (("a.pdf", b"%PDF-1.7"), "this PDF cannot be read"),
        (("a.pdf", b"PK"), "this is no PDF, whatever its name says"),
        (("a.txt", b"\xff\xfe\x00"), "it is not UTF-8 text"),
        (("a.txt", b"  "), "has no text"),
        (("a.html", b"<p></p>"), "no article was found on this page"),
        (("a.jsonl", b""), "there is no article in it"),
    ],
)
async def test_what_is_no_article_is_refused_with_the_reason(
    editor: World, file: tuple[str, bytes], reason: str
) -> None:
    told = await add(editor, file)

    assert told.startswith("Not added. ")
    assert reason in told
    assert not titles(editor)


async def test_a_file_that_is_too_large_is_not_even_fetched(editor: World) -> None:
    assert await add(editor, ("big.txt", b"x" * ((8 << 20) + 1))) == (
        "big.txt is too large; the limit is 8 MiB."
    )


# Pasting


async def paste(world: World, form: simcord.InteractionResult, **typed: str) -> str:
    result = await world.reader.submit_modal(form, fields(form, **typed))
    assert result.ephemeral
    return text_of(answered(result))


def fields(form: simcord.InteractionResult, **typed: str) -> dict[str, str]:
    """What is typed into the form's fields, by their labels."""
    assert form.modal is not None
    named = {label["label"]: label["component"] for label in form.modal["components"]}
    return {
        field["custom_id"]: typed.get(name.lower(), field.get("value") or "")
        for name, field in named.items()
    }


async def test_without_a_file_there_is_a_form(editor: World) -> None:
    form = await editor.reader.slash(editor.channel, "manage articles add")

    told = await paste(
        editor,
        form,
        title="Otters",
        publisher="Zoo News",
        date="20 November 2025",
        link="https://zoo.example/otters",
        text=OTTERS,
    )

    assert told == "Added “Otters”: 2 sentences."
    (article,) = editor.bot.library.articles(own(editor))
    assert (article.publisher, str(article.published)) == ("Zoo News", "2025-11-20")
    assert article.text == OTTERS


async def test_a_form_is_not_opened_beside_a_link_or_a_file(editor: World) -> None:
    for options in ({"url": "https://a.example/"}, {"file": ("otters.txt", OTTERS.encode())}):
        told = await editor.slash("manage articles add", paste=True, **options)
        assert text_of(told).startswith("Nothing was added: `paste:` opens a form")
    assert editor.bot.library.articles(title="otters") == []


async def test_what_was_typed_is_not_lost_where_it_cannot_be_taken(editor: World) -> None:
    form = await editor.reader.slash(editor.channel, "manage articles add", paste=True)
    result = await editor.reader.submit_modal(
        form, fields(form, title="Otters", text=OTTERS, date="soon")
    )
    refused = answered(result)
    assert text_of(refused).startswith("I don't understand the date “soon”.")

    again = await editor.reader.click(refused, label="Reopen the form")
    assert await paste(editor, again, date="", link="nowhere") == (
        "Not added. “nowhere” is not a web address (http\\:// or https\\://)."
    )
    again = await editor.reader.click(refused, label="Reopen the form")
    told = await paste(editor, again, date="", link="x*" * 900)
    assert told.startswith("Not added. “x\\*x\\*")
    assert len(told) < 400
    again = await editor.reader.click(refused, label="Reopen the form")
    assert await paste(editor, again, date="2025-11-20") == "Added “Otters”: 2 sentences."


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("10/09/2025", "I don't understand the date “10/09/2025”."),  # October, or September?
        ("2099-01-01", "“2099-01-01” is in the future."),
    ],
)
async def test_a_date_that_may_be_wrong_is_not_guessed(
    editor: World, date: str, reason: str
) -> None:
    form = await editor.reader.slash(editor.channel, "manage articles add")

    told = await paste(editor, form, title="Otters", text=OTTERS, date=date)

    assert told.startswith(reason)
    assert not titles(editor)


async def test_what_was_typed_before_a_restart_is_told_to_be_gone(editor: World) -> None:
    form = await editor.reader.slash(editor.channel, "manage articles add")
    result = await editor.reader.submit_modal(
        form, fields(form, title="Otters", text=OTTERS, date="soon")
    )

    await editor.restart()
    again = await editor.reader.click(answered(result), label="Reopen the form")

    assert text_of(answered(again)).startswith("Your draft is no longer stored.")


def test_only_the_newest_drafts_are_kept() -> None:
    drafts = Drafts[ArticleDraft]()
    for key in range(MAX_DRAFTS + 2):
        drafts[key] = ArticleDraft(title=str(key))

    assert len(drafts) == MAX_DRAFTS
    assert min(drafts) == 2


async def test_a_message_is_added_with_its_menu(editor: World) -> None:
    message = await editor.reader.send(editor.channel, f"Otters at last\n\n{OTTERS}")
    with_file = await editor.reader.send(editor.channel, "", attachments=[FILE])
    nothing = await editor.reader.send(editor.channel, "🙂")

    async def use(target: discord.Message) -> str:
        result = await editor.reader.context_menu(editor.channel, "Add to the library", target)
        assert result.ephemeral
        return text_of(answered(result))

    assert await use(message) == "Added “Otters at last”: 3 sentences."
    (article,) = editor.bot.library.articles(own(editor))
    assert article.url == message.jump_url
    assert article.publisher == "editor"
    assert await use(with_file) == "Added “Otters”: 2 sentences."
    assert (await use(nothing)).startswith("This message has nothing to add")


# Removing


async def test_an_article_is_removed_once_that_is_confirmed(editor: World) -> None:
    await add(editor, FILE)
    choices = await editor.reader.autocomplete(
        editor.channel, "manage articles remove", "article", "ott"
    )
    assert [choice["name"] for choice in choices] == ["Otters (20 November 2025)"]
    every = await editor.reader.autocomplete(
        editor.channel, "manage articles remove", "article", ""
    )
    assert len(every) == 1  # those of the shared collection are not offered

    card = await editor.slash("manage articles remove", article=choices[0]["value"])
    assert text_of(card).startswith("Remove “Otters” from this server's articles?")
    assert labels_of(card) == ["Remove", "Keep"]
    await editor.reader.click(card, label="Keep")
    assert text_of(card) == "Nothing was removed."
    assert titles(editor) == ["Otters"]

    card = await editor.slash("manage articles remove", article="otters")
    await editor.restart()
    await editor.reader.click(card, label="Remove")
    assert text_of(card).startswith("Removed “Otters”.")
    assert not titles(editor)


async def test_the_shared_collection_is_the_operators(editor: World) -> None:
    card = await editor.slash("manage articles remove", article="ferries")

    assert "is in the shared collection" in text_of(card)
    assert not labels_of(card)


async def test_what_is_gone_meanwhile_is_told(editor: World) -> None:
    await add(editor, FILE)
    card = await editor.slash("manage articles remove", article="otters")
    editor.bot.library.clear(f"server-{editor.guild.id}")

    pressed = await editor.reader.click(card, label="Remove")

    assert text_of(pressed.followups[0]) == "That article is no longer in the library."


# Exporting and listing


async def test_what_is_exported_can_be_added_again(editor: World) -> None:
    assert text_of(await editor.slash("manage articles export")).startswith(
        "This server has no articles"
    )
    await add(editor, FILE)

    card = await editor.slash("manage articles export")

    assert "This server's one article, one per line." in text_of(card)
    (file,) = card.attachments
    content = (await file.read()).decode()
    assert json.loads(content)["text"] == OTTERS
    editor.bot.library.clear(f"server-{editor.guild.id}")
    assert await add(editor, ("back.jsonl", content.encode())) == "Added “Otters”: 2 sentences."


async def test_the_list_may_be_narrowed(world: World) -> None:
    for n in range(12):
        article = Article(f"Tide {n}", f"High tide {n}.", "Tide News", discord.utils.utcnow())
        world.bot.library.add(article)

    card = await world.slash("articles list", publisher="tide news", since="7d")
    assert "Page 1 of 2 · 12 articles" in text_of(card)
    await world.restart()
    await world.reader.click(card, label="Next")

    assert "Page 2 of 2 · 12 articles" in text_of(card)
    assert "Tide" in text_of(card)
    nothing = await world.slash("articles list", publisher="tide", until="2000-01-01")
    assert text_of(nothing) == (
        "No articles match these filters.\n-# by Tide News · until 1 January 2000"
    )


# Who may, and where


async def attempts(world: World) -> list[str]:
    """What somebody is told who tries to change the articles."""
    told = []
    for command, options in (
        ("manage articles add", {"file": FILE}),
        ("manage articles add", {"paste": True}),
        ("manage articles remove", {"article": "otters"}),
        ("manage articles export", {}),
    ):
        result = await world.reader.slash(world.channel, command, **options)
        assert result.ephemeral
        told.append(text_of(answered(result)))
    return told


async def test_only_editors_change_the_articles(editor: World, world: World) -> None:
    await add(editor, FILE)
    card = await editor.slash("manage articles remove", article="otters")
    await world.show_command("manage")

    told = await attempts(world)

    assert set(told) == {
        "Only members with the permission “Manage Server” can change this server's articles."
    }
    assert titles(world) == ["Otters"]
    # Rights that were taken away meanwhile are looked at again when a button is pressed.
    world.env.backend.get_guild(world.guild.id).members[editor.reader.id].role_ids.clear()
    pressed = await editor.reader.click(card, label="Remove")
    assert text_of(pressed.followups[0]).startswith("Only members with the permission")
    assert titles(world) == ["Otters"]


async def test_a_role_may_be_let_in(editor: World, world: World) -> None:
    role = world.guild.create_role("Desk")
    await world.show_command("manage", role, world.reader)
    clerk = world.guild.add_member(world.env.create_user("clerk"), roles=[role])
    saved = await editor.slash("settings editors", role=role)
    told = text_of(saved)
    assert f"members with the permission “Manage Server” or the role <@&{role.id}>" in told
    assert "Server Settings → Integrations" in told, "Discord hides /manage from them until then"

    assert await add(replace(world, reader=clerk), FILE) == "Added “Otters”: 2 sentences."
    refused = await attempts(world)
    assert f"or the role <@&{role.id}>" in refused[0]

    await editor.slash("settings editors")
    assert "Only members with the permission" in (await attempts(replace(world, reader=clerk)))[0]


async def test_in_a_direct_message_there_is_nothing_to_change(world: World) -> None:
    for command, options in (
        ("manage articles add", {"file": FILE}),
        ("manage articles remove", {"article": "ferries"}),
        ("manage articles export", {}),
    ):
        with pytest.raises(simcord.SetupError, match="not visible"):
            await world.reader.user.slash(command, **options)


async def test_nothing_of_one_server_is_seen_in_another(editor: World) -> None:
    await add(editor, FILE)
    elsewhere = editor.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    role = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(editor.env.create_user("stranger"), roles=[role])
    there = replace(editor, guild=elsewhere, channel=channel, reader=stranger)
    (article,) = editor.bot.library.articles(own(editor))

    for command, options in (
        ("ask", {"question": "how many otters?"}),
        ("ask", {"question": "how many otters?", "article": article.id}),
        ("find", {"words": "otters"}),
        ("articles list", {}),
        ("articles show", {"article": article.id}),
        ("articles show", {"article": "otters"}),
        ("manage articles remove", {"article": article.id}),
        ("manage articles export", {}),
        ("status", {}),
        ("settings show", {}),
    ):
        text = text_of(await there.slash(command, **options))
        assert "nine" not in text, command
        assert "4 articles" not in text, command
        assert "Articles**: 4" not in text, command
    for command in ("ask", "find", "articles show", "manage articles remove"):
        offered = await stranger.autocomplete(channel, command, "article", "ott")
        assert offered == [], command
    direct = await editor.reader.user.slash("ask", question="how many otters?")
    assert "nine" not in words_of(answered(direct))
    assert titles(editor) == ["Otters"]


async def test_a_failure_while_adding_leaves_nothing_half_done(
    sample: Library, editor: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside")

    with monkeypatch.context() as patch:
        patch.setattr(sample._encoder, "encode", fail)
        told = await add(editor, FILE)

    assert told.startswith("Something went wrong on my side.")
    assert not titles(editor)
    assert await add(editor, FILE) == "Added “Otters”: 2 sentences."
