"""Every way to use the bot, with each of its calls to the library and the storage failing in turn.

Whichever fails: the person is told so in a sentence, nothing is half done, and the same once more
succeeds.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
import simcord

from bot.storage import IngestJob, Storage, Watch
from index import Article, Library, Scope, StoreError
from tests.bot.conftest import World, components_of, text_of
from tests.index.feeds import item, rss
from tests.index.site import Site

OTTERS = "The zoo of Korsvik has nine otters since Monday. They like the rain."
FILE = ("otters.txt", OTTERS.encode())
QUESTION = "how many troops?"
SORRY = "I can't read the library right now."

Act = Callable[[], Awaitable[Any]]
Route = Callable[[World], Awaitable[Act]]


class Faults:
    """Counts the calls of the objects that it wraps, and makes one of them fail."""

    def __init__(self) -> None:
        self.calls = 0
        self.failing = 0

    def wrap(self, target: object, *names: str) -> Any:
        """A wrapper of an object, and of those of its parts that are named."""
        parts = {name: self.wrap(getattr(target, name)) for name in names}
        return _Wrapper(self, target, parts)

    def arm(self, failing: int) -> None:
        self.calls, self.failing = 0, failing

    @property
    def struck(self) -> bool:
        """Whether the call that was to fail has happened."""
        return 0 < self.failing <= self.calls


class _Wrapper:
    def __init__(self, faults: Faults, target: object, parts: dict[str, object]) -> None:
        self._faults, self._target, self._parts = faults, target, parts

    def __getattr__(self, name: str) -> Any:
        if name in self._parts:
            return self._parts[name]
        found = getattr(self._target, name)
        if not callable(found) or name == "set":  # which happens at any moment
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self._faults.calls += 1
            if self._faults.calls == self._faults.failing:
                raise StoreError("disk full at /home/secret")
            return found(*args, **kwargs)

        return call


@pytest.fixture
async def keeper(editor: World, site: Site) -> World:
    """The editor as the operator; the server has articles of its own and follows a feed."""
    world = editor
    world.bot.owner_id = world.reader.id
    site.put("/feed", rss(item("Otters", "/otters")), "application/rss+xml")
    await world.slash("manage feeds add", url=feed_address(world))
    for n in range(12):
        text = f"The night of day {n} was long. Nothing else happened."
        world.bot.library.add(Article(f"Night {n}", text, collection=own(world)))
    await world.show_command("feedback")
    return world


def own(world: World) -> str:
    return f"server-{world.guild.id}"


def state(world: World, library: Library, storage: Storage) -> object:
    """All that may be half done."""
    articles = library.articles(Scope((own(world),)), limit=1000)
    ids = sorted((article.id, article.content_hash) for article in articles)
    servers = storage.server_settings
    return (
        ids,
        servers.get(world.guild.id),
        servers.ask_channels(),
        frozenset(world.bot.ask_channels),
        [feed.url for feed in storage.feeds.in_collection(own(world))],
        storage.ingest_jobs.count([own(world)]),
        storage.digests.all(),
        [(watch.question, watch.paused) for watch in storage.watches.of(world.reader.id)],
        storage.question_log.usage(world.guild.id, world.reader.id, world.env.now()).helpful,
    )


def told(result: Any) -> list[str]:
    """What somebody was told."""
    if isinstance(result, simcord.InteractionResult):
        first = [result.response] if result.response else []
        return [text_of(one) for one in [*first, *result.followups]]
    return [text_of(one) for one in result]


def slash(name: str, **options: Any) -> Route:
    async def prepare(world: World) -> Act:
        return lambda: world.reader.slash(world.channel, name, **options)

    return prepare


def in_channel(name: str, **options: Any) -> Route:
    async def prepare(world: World) -> Act:
        return lambda: world.reader.slash(world.channel, name, channel=world.channel, **options)

    return prepare


def menu(name: str, text: str) -> Route:
    async def prepare(world: World) -> Act:
        message = await world.reader.send(world.channel, text)
        return lambda: world.reader.context_menu(world.channel, name, message)

    return prepare


def button(label: str, command: str, **options: Any) -> Route:
    """A button under the response to a command."""

    async def prepare(world: World) -> Act:
        card = await world.slash(command, **options)
        return lambda: world.reader.click(card, label=label)

    return prepare


def form(fields: dict[str, str], opening: Route) -> Route:
    """A form, filled in by the labels of its fields."""

    async def prepare(world: World) -> Act:
        opened = await (await opening(world))()
        labels = [c for c in opened.modal["components"] if "label" in c]
        named = {c["label"]: c["component"] for c in labels}
        typed = {
            field["custom_id"]: fields.get(label, field.get("value") or "")
            for label, field in named.items()
        }
        return lambda: world.reader.submit_modal(opened, typed)

    return prepare


async def mention(world: World) -> Act:
    async def act() -> list[discord.Message]:
        before = len(world.channel.history())
        await world.reader.send(world.channel, f"<@{world.bot_id}> {QUESTION}")
        return world.channel.history()[before + 1 :]

    return act


async def greeting(world: World) -> Act:
    async def act() -> list[discord.Message]:
        world.bot.answered_examples.clear()
        before = len(world.channel.history())
        await world.reader.send(world.channel, f"<@{world.bot_id}> hello")
        return world.channel.history()[before + 1 :]

    return act


async def example(world: World) -> Act:
    await world.reader.send(world.channel, f"<@{world.bot_id}> hello")
    card = world.last()
    return lambda: world.reader.click(card, label="How many ships will make the crossing?")


async def edit(world: World) -> Act:
    question = await world.reader.send(world.channel, f"<@{world.bot_id}> otters?")
    answer = world.last()

    async def act() -> list[discord.Message]:
        before = len(world.channel.history())
        await world.reader.edit(question, f"<@{world.bot_id}> {QUESTION}")
        after = world.channel.history()
        return [m for m in after if m.id == answer.id] + after[before:]

    return act


def set_aside(label: str) -> Route:
    """A button under the list of failed articles."""

    async def prepare(world: World) -> Act:
        world.bot.storage.ingest_jobs.delete_failed([own(world)])
        job = IngestJob(own(world), "ftp://nowhere/", {}, reason="No.", failed_at=world.env.now())
        world.bot.storage.ingest_jobs.add([job], world.env.now())
        return await button(label, "manage articles failed")(world)

    return prepare


async def add_feed(world: World) -> Act:
    await remove_feed(world)
    world.bot.storage.feeds.delete_collection(own(world))
    return await slash("manage feeds add", url=feed_address(world))(world)


async def import_feeds(world: World) -> Act:
    await remove_feed(world)
    world.bot.storage.feeds.delete_collection(own(world))
    listed = f'<opml><body><outline xmlUrl="{feed_address(world)}"/></body></opml>'
    return await slash("manage feeds import", file=("feeds.opml", listed.encode()))(world)


async def remove_feed(world: World) -> Act:
    world.bot.storage.feeds.add(own(world), feed_address(world), "Otter News", world.env.now())
    return await slash("manage feeds remove", feed="Otter News")(world)


async def remove(world: World) -> simcord.ResponseMessage:
    world.bot.library.add(Article("Eels", "Eels swim. Nobody knows why.", collection=own(world)))
    card = await world.slash("manage articles remove", article="eels")
    await world.reader.click(card, label="Remove")
    return card


async def undo(world: World) -> Act:
    await remove(world)
    return await slash("manage articles undo")(world)


async def undo_button(world: World) -> Act:
    card = await remove(world)
    return lambda: world.reader.click(card, label="Undo")


async def history_of_one(world: World) -> Act:
    await remove(world)
    return await slash("manage articles history", article="eels")(world)


def same_title(label: str) -> Route:
    """A button under the question whether an upload is a corrected version."""

    async def prepare(world: World) -> Act:
        own_articles = world.bot.library.articles(Scope((own(world),)), title="walrus")
        for article in own_articles:
            world.bot.library.remove(article.id)
        world.bot.library.add(Article("walrus", "A walrus came.", collection=own(world)))
        file = ("walrus.txt", b"A walrus left. It was seen in Korsvik.")
        card = await world.slash("manage articles add", file=file)
        return lambda: world.reader.click(card, label=label)

    return prepare


async def open_menu(world: World) -> Act:
    card = await world.slash("articles list")
    (menu,) = [c for c in components_of(card) if c["type"] == 3]
    chosen = [menu["options"][-1]["value"]]
    return lambda: world.reader.select(card, chosen, custom_id=menu["custom_id"])


async def next_of_an_article(world: World) -> Act:
    text = "\n\n".join(f"It is paragraph {n}, and it goes on." for n in range(200))
    article = world.bot.library.add(Article("Long", text, collection=own(world))).article
    return await button("Next", "articles show", article=article.id)(world)


def feed_address(world: World) -> str:
    """Where the site that may be fetched from has a feed."""
    ((host, port),) = world.bot.fetcher.guard.allowed
    return f"http://{host}:{port}/feed"


def watched(command: str) -> Route:
    """A command for a question that is watched, or paused, as it needs it to be."""

    async def prepare(world: World) -> Act:
        store = world.bot.storage.watches
        for watch in store.of(world.reader.id):
            store.remove(watch.key)
        mark = world.bot.library.changes.latest()
        asked = Watch(world.guild.id, world.reader.id, None, QUESTION, mark, world.env.now())
        key = store.add(asked)
        if command == "resume":
            store.pause(key)
        return await slash(f"watch {command}", watch="troops")(world)

    return prepare


ROUTES: dict[str, Route] = {
    "/ask": slash("ask", question=QUESTION),
    "/ask narrowed": slash("ask", question=QUESTION, article="troops", private=True),
    "/find": slash("find", words="night"),
    "/timeline": slash("timeline", about="what was long?"),
    "/status": slash("status"),
    "/digest": slash("digest"),
    "/settings digest": in_channel("settings digest", every="day"),
    "/articles list": slash("articles list"),
    "/articles show": slash("articles show", article="night 7"),
    "/articles overview": slash("articles overview", article="troops"),
    "summarize": slash("ask", question="summarize the flood"),
    "/manage articles add": slash("manage articles add", file=FILE),
    "/manage articles remove": slash("manage articles remove", article="night 7"),
    "/manage articles edit": slash("manage articles edit", article="night 7"),
    "/manage articles edit with a file": slash(
        "manage articles edit", article="night 7", file=("otters.txt", OTTERS.encode())
    ),
    "/manage articles history": slash("manage articles history"),
    "/manage articles history of one": history_of_one,
    "/manage articles undo": undo,
    "/manage articles export": slash("manage articles export"),
    "/manage articles failed": slash("manage articles failed"),
    "Try again": set_aside("Try again"),
    "Try all again": set_aside("Try all again"),
    "Discard all": set_aside("Discard all"),
    "/manage feeds add": add_feed,
    "/manage feeds import": import_feeds,
    "/manage feeds export": slash("manage feeds export"),
    "/feeds list": slash("feeds list"),
    "/manage feeds check": slash("manage feeds check"),
    "/manage feeds announce": slash("manage feeds announce", feed="Harbor Wire"),
    "/manage feeds remove": remove_feed,
    "/watch add": slash("watch add", question="Who won the regatta?"),
    "/watch list": slash("watch list"),
    "/watch pause": watched("pause"),
    "/watch resume": watched("resume"),
    "/watch remove": watched("remove"),
    "/settings show": slash("settings show"),
    "/settings threads": slash("settings threads", on=True),
    "/settings ask-channel": in_channel("settings ask-channel"),
    "/settings editors": slash("settings editors"),
    "/settings cooldown": slash("settings cooldown", questions=7, seconds=7),
    "/feedback export": slash("feedback export"),
    "Ask the library about this": menu("Ask the library about this", QUESTION),
    "Add to the library": menu("Add to the library", OTTERS),
    "Context": button("Context", "ask", question=QUESTION),
    "More": button("More", "ask", question=QUESTION),
    "Helpful": button("Helpful", "ask", question=QUESTION),
    "Ask in private": button("Ask in private", "ask", question=QUESTION),
    "Show the nearest passages": button(
        "Show the nearest passages", "ask", question="Who won the World Cup?"
    ),
    "Next of a list": button("Next", "articles list"),
    "Next of /timeline": button("Next", "timeline", about="the night"),
    "Next of /find": button("Next", "find", words="night"),
    "Next of an article": next_of_an_article,
    "Open an article": open_menu,
    "Correct it": same_title("Correct it"),
    "Add as another article": same_title("Add as another article"),
    "Undo": undo_button,
    "the edited article": form(
        {"Author": "Ida Holm"}, slash("manage articles edit", article="night 7")
    ),
    "the corrected text": form(
        {"Text": OTTERS}, slash("manage articles edit", article="night 7", text=True)
    ),
    "Remove": button("Remove", "manage articles remove", article="night 7"),
    "the pasted article": form(
        {"Title": "Otters", "Text": OTTERS}, slash("manage articles add", paste=True)
    ),
    "the private question": form({}, button("Ask in private", "ask", question=QUESTION)),
    "deleting everything": form(
        {"Type the server's name to confirm": "Newsroom"}, slash("settings delete-everything")
    ),
    "a mention": mention,
    "a greeting": greeting,
    "an example question": example,
    "/help": slash("help"),
    "an edit": edit,
}

PARTS = (
    "server_settings",
    "question_log",
    "watches",
    "user_locales",
    "ingest_jobs",
    "feeds",
    "feed_articles",
    "edit_log",
    "digests",
)
"""The stores of the bot's storage that may fail."""

STEPWISE = {"deleting everything", "/manage feeds import"}
"""Articles and settings are in two files: what was begun is finished by doing it again."""


async def test_no_command_is_left_out(world: World) -> None:
    tried = {name.removeprefix("/") for name in ROUTES} | {"settings delete-everything"}
    menus = [m.name for m in world.bot.tree.walk_commands(type=discord.AppCommandType.message)]
    commands = [
        command.qualified_name
        for command in world.bot.tree.walk_commands()
        if not isinstance(command, discord.app_commands.Group)
    ]
    assert {*commands, *menus} <= tried


@pytest.mark.parametrize("name", ROUTES)
async def test_any_failing_call_is_reported_and_leaves_nothing_half_done(
    name: str, keeper: World
) -> None:
    world, faults = keeper, Faults()
    library, storage = world.bot.library, world.bot.storage
    await world.slash("ask", question="Who won the World Cup?")  # so that there is feedback
    world.replace(library=faults.wrap(library), storage=faults.wrap(storage, *PARTS))

    failing = 0
    while True:
        failing += 1
        act = await ROUTES[name](world)
        before = state(world, library, storage)
        faults.arm(failing)
        result = await act()
        struck = faults.struck
        faults.arm(0)
        texts = told(result)
        assert "secret" not in "".join(texts)
        if not struck:
            break
        if any(text.startswith(SORRY) for text in texts):
            assert name in STEPWISE or state(world, library, storage) == before, failing
        else:  # the person has what they wanted, and what failed concerns them no more
            assert texts, failing
            assert "went wrong" not in "".join(texts), failing

    assert failing > 1, "nothing has failed"
    assert not any(text.startswith(SORRY) for text in texts)
    assert list(library.problems()) == []
