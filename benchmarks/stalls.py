"""The longest stall of the bot's event loop for each kind of action: python -m benchmarks.stalls

The real bot runs in a simulated Discord, over the sample articles and over hostile ones, whose
titles and texts have 300,000 characters. A stall is the time of one callback of the event loop: for
that long, the bot answers nobody. Prints the longest one of each action, and the last line of the
bot or its library that was seen in it; without one, it was short, or the simulation's own. Threads
that compete for Python's interpreter lock make stalls longer, as they do in the bot.
"""

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import FrameType
from typing import Any
from xml.sax.saxutils import escape

import discord
import simcord

from bot.client import Dateline
from bot.preview import simulate
from bot.storage import Storage
from index import Article, Library
from index.fetching.guard import Guard
from index.sources import read_source
from tests.index.feeds import item, rss
from tests.index.site import Site, running_site

ROOT = Path(__file__).parents[1]
SIZE = 300_000
SAMPLE_SECONDS = 0.002
"""How often the watching thread looks at what the event loop does."""

HOSTILE = {
    "words": "otters ",
    "one word": "x",
    "marks": "*[_`<@",
    "combining": "a\u0301\u0323",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "spaces": "a" + " " * 50,
}
"""Parts that are repeated to titles and texts."""

Act = Callable[[], Awaitable[Any]]


class Stalls:
    """Times each callback of the event loop, and samples what the long ones do."""

    def __init__(self) -> None:
        self.longest, self.where = 0.0, ""
        self._started: float | None = None
        self._sample = ""
        self._thread = threading.get_ident()
        run = asyncio.Handle._run

        def timed(handle: asyncio.Handle) -> None:
            self._sample = ""
            self._started = started = time.perf_counter()
            run(handle)
            self._started = None
            if (seconds := time.perf_counter() - started) > self.longest:
                self.longest, self.where = seconds, self._sample

        asyncio.Handle._run = timed  # type: ignore[assignment,method-assign]
        threading.Thread(target=self._watch, daemon=True).start()

    async def of(self, act: Act) -> tuple[float, str]:
        """The longest stall during an action, in seconds, and where it was."""
        await asyncio.sleep(0)
        self.longest, self.where = 0.0, ""
        await act()
        return self.longest, self.where

    def _watch(self) -> None:
        while True:
            time.sleep(SAMPLE_SECONDS)
            if self._started is not None:
                self._sample = _line_of_ours(sys._current_frames().get(self._thread))


def _line_of_ours(frame: FrameType | None) -> str:
    """The innermost line of the bot or its library on the stack."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if any(path.is_relative_to(ROOT / package) for package in ("bot", "index")):
            return f"{path.relative_to(ROOT)}:{frame.f_lineno} ({frame.f_code.co_name})"
        frame = frame.f_back
    return ""


def hostile(part: str, number: int = 0) -> str:
    """A text of ``SIZE`` characters that begins with a number and ends as a sentence."""
    beginning, end = f"{number} ", " end."
    body = part * (SIZE // len(part) + 1)
    return beginning + body[: SIZE - len(beginning) - len(end)] + end


class Actions:
    """What an editor does in a server; prints the longest stall of each action."""

    def __init__(self, env: simcord.Env, bot: Dateline) -> None:
        guild = env.create_guild("Newsroom")
        role = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        self.env, self.bot = env, bot
        self.channel = guild.create_text_channel("general")
        self.user = guild.add_member(env.create_user("editor"), roles=[role])
        self.stalls = Stalls()
        bot.owner_id = self.user.id
        bot.ask_channels.add(self.channel.id)

    async def slash(self, name: str, described: str = "", **options: Any) -> None:
        await self._print(
            f"/{name} {described}", lambda: self.user.slash(self.channel, name, **options)
        )

    async def autocomplete(self, described: str, typed: str) -> None:
        await self._print(
            f"autocomplete {described}",
            lambda: self.user.autocomplete(self.channel, "ask", "article", typed),
        )

    async def send(self, described: str, text: str) -> None:
        await self._print(f"a message {described}", lambda: self.user.send(self.channel, text))

    async def click(self, label: str, name: str, **options: Any) -> None:
        """Press a button below the response to a command."""
        shown = (await self.user.slash(self.channel, name, **options)).response
        assert shown is not None
        await self._print(f"button “{label}”", lambda: self.user.click(shown, label=label))

    async def poll(self) -> None:
        await self._print("polling feeds and announcing", lambda: self.env.advance_time(31))

    async def _print(self, name: str, act: Act) -> None:
        try:
            seconds, where = await self.stalls.of(act)
        except Exception as error:  # the others are still worth measuring
            print(f"{name:40} {type(error).__name__}: {str(error)[:80]}", flush=True)
        else:
            print(f"{name:40} {seconds * 1000:7.0f} ms  {where}", flush=True)


async def measure_ordinary(actions: Actions) -> None:
    """With articles and questions as they are."""
    question = "how many troops?"
    await actions.slash("ask", "with the first date", question=question, since="7 years ago")
    await actions.slash("ask", question=question)
    await actions.slash("ask", "until:", question=question, until="December 2025")
    await actions.send("with a question", question)
    await actions.slash("find", words="troops", since="last year")
    await actions.slash("articles list", "since:", since="last year")
    await actions.slash("articles show", article="troops")
    await actions.autocomplete("", "troops")
    for name in (
        "status",
        "help",
        "settings show",
        "manage articles export",
        "manage articles failed",
    ):
        await actions.slash(name)
    for label in ("Context", "Helpful", "Ask in private"):
        await actions.click(label, "ask", question=question)


async def measure_hostile(actions: Actions, site: Site, kind: str, part: str) -> None:
    """With questions, dates, files, pages, feeds and articles of one kind."""
    library = actions.bot.library
    await actions.send(f"of {kind}", (part * 2000)[:1990] + " why?")
    await actions.slash("ask", f"with {kind}", question=(part * 2000)[:1900] + " why?")
    await actions.slash("ask", f"since: {kind}", question="Why?", since=(part * 60)[:60])
    file = f"---\ntitle: {hostile(part)!r}\n---\n{hostile(part, 1)}".encode()
    await actions.slash("manage articles add", f"a file of {kind}", file=("a.txt", file))
    title, text = escape(hostile(part)), escape(hostile(part, 2))
    head = f'<title>{title}</title><meta property="og:type" content="article">'
    link = site.put(f"/{kind[:3]}", f"<head>{head}</head><article><p>{text}</p></article>")
    feed = site.put(f"/f-{kind[:3]}", rss(item(title, link), title=title), "application/rss+xml")
    await actions.slash("manage articles add", f"a page of {kind}", url=link)
    await actions.slash("manage feeds add", f"of {kind}", url=feed, channel=actions.channel)
    await actions.poll()
    await actions.slash("feeds list")
    article = Article(hostile(part), hostile(part, 3), hostile(part, 4))
    await asyncio.to_thread(library.add, article)
    await actions.autocomplete(f"with {kind}", "")
    await actions.slash("articles list", f"with {kind}")
    await actions.slash("articles show", f"of {kind}", article=article.id)
    await actions.slash("ask", f"about {kind}", question="otters?", article=article.id)
    await actions.slash("find", f"in {kind}", words="end", article=article.id)
    await actions.slash("status", f"with {kind}")
    await asyncio.to_thread(library.remove, article.id)


async def measure(bot: Dateline, site: Site) -> None:
    """Perform all actions, and print the longest stall of each."""
    env = simulate(bot)
    await env.start()
    actions = Actions(env, bot)
    await measure_ordinary(actions)
    for kind, part in HOSTILE.items():
        await measure_hostile(actions, site, kind, part)
    await env.shutdown()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site() as site:
        guard = Guard({("127.0.0.1", site.port)})
        with (
            Library.open(Path(folder) / "library") as library,
            Storage(Path(folder) / "bot.sqlite") as storage,
        ):
            articles = (a for a in read_source(str(ROOT / "articles")) if isinstance(a, Article))
            list(library.add_all(articles))
            library.warm_up()
            asyncio.run(measure(Dateline(library, storage, guard=guard), site))


if __name__ == "__main__":
    main()
