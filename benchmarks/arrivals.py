"""What arrives while people ask: python -m benchmarks.arrivals [--sentences N] [--entries N]

Over a library of so many made-up sentences (with made-up vectors), the bot runs in a process of its
own against a Discord on loopback. Prints how long it takes from an article's arrival until it is
answered from, by link and by file; how long a feed's many new entries take; and how long questions
take meanwhile, beside what they took before.
"""

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from index import Article, Encoder, Library
from index.sentences import split_sentences
from index.store import SqliteStore
from tests.bot.wire import Guild, WireDiscord, running_bot
from tests.bot.wire_payloads import EVERYONE, MANAGE_GUILD, Person, words_of
from tests.index.factories import made_up_text
from tests.index.feeds import item, rss
from tests.index.site import Site, running_site

EACH = 20
"""Sentences of an article."""

TIMES = 7
PATIENCE = 900.0
QUESTION = "Who sent the report about the ferry?"
EDITOR = Person("editor", permissions=EVERYONE | MANAGE_GUILD)


def fill(place: Path, sentences: int) -> None:
    """Make a library of made-up articles."""
    random, model = np.random.default_rng(1), Encoder().info
    store = SqliteStore(place)
    for number in range(sentences // EACH):
        article = Article(f"Report {number}", made_up_text(number, EACH - 1))
        found = split_sentences(article.text)
        vectors = random.standard_normal((len(found), model.width), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        store.put(article, found, vectors, model)
    store.flush()
    store.close()


async def ask(wire: WireDiscord, question: str = QUESTION) -> tuple[str, float]:
    """The answer to a question, and the seconds that it took."""
    began = time.monotonic()
    asked = await wire.slash("ask", {"question": question}, author=EDITOR)
    words = words_of(await asked.answer(PATIENCE))
    return words, time.monotonic() - began


async def until_answered(wire: WireDiscord, number: int) -> float:
    """Ask until an answer quotes an article; the seconds that it took."""
    began = time.monotonic()
    while (
        f"newcomer {number} lives"
        not in (await ask(wire, f"Where does newcomer {number} live?"))[0]
    ):
        pass
    return time.monotonic() - began


async def by_link(wire: WireDiscord, site: Site, number: int) -> float:
    began = time.monotonic()
    body = f"<article><h1>Newcomer</h1><p>{story(number)}</p></article>"
    url = site.put(f"/{number}", f"<html><title>Newcomer</title><body>{body}</body></html>")
    added = await wire.slash("articles add", {"url": url}, author=EDITOR)
    await added.callback()
    await until_answered(wire, number)
    return time.monotonic() - began


async def by_file(wire: WireDiscord, folder: Path, number: int) -> float:
    began = time.monotonic()
    (folder / f"{number}.md").write_text(f"# Newcomer\n\n{story(number)}")
    await until_answered(wire, number)
    return time.monotonic() - began


async def by_feed(wire: WireDiscord, site: Site, entries: int) -> tuple[float, list[float]]:
    """The seconds until all entries are there, and those of the questions meanwhile."""
    url = site.put("/feed", rss(entry(0)), "application/rss+xml")
    await (await wire.slash("feeds add", {"url": url}, author=EDITOR)).answer(PATIENCE)
    site.put("/feed", rss(*map(entry, range(1, entries))), "application/rss+xml")
    began = time.monotonic()
    checked = await wire.slash("feeds check", {}, author=EDITOR)
    told = words_of(await checked.answer(PATIENCE))
    assert f"{entries - 1} new or edited articles" in told, told
    times = []
    while True:
        times.append((await ask(wire))[1])
        status = await wire.slash("status", {}, author=EDITOR)
        if "Waiting to be added: 0" in words_of(await status.answer(PATIENCE)):
            return time.monotonic() - began, times


def entry(number: int) -> str:
    content = f"<p>{story(1000 + number)}</p>"
    for sentence in made_up_text(10**6 + number, EACH).split(". "):
        content += f"<p>{sentence}.</p>"
    return item(f"Entry {number}", f"/entry/{number}", guid=str(number), content=content)


def story(number: int) -> str:
    return (
        f"The newcomer {number} lives in the house with {number} windows beside the old customs"
        f" office of Korsvik. Nobody had known of newcomer {number} before this year, and not many"
        " people have seen them since."
    )


@asynccontextmanager
async def running(library: Path, news: Path, site: Site) -> AsyncIterator[WireDiscord]:
    env = {
        "LIBRARY": str(library),
        "ARTICLES_FOLDER": str(news),
        "FETCH_ALLOW": site.host,
    }
    async with (
        WireDiscord(Guild("Newsroom", members=[EDITOR])) as wire,
        running_bot(wire, env=env) as process,
    ):
        await wire.ready(timeout=PATIENCE)
        options = {"questions": 1000, "seconds": 0}
        await (await wire.slash("settings cooldown", options, author=EDITOR)).answer(PATIENCE)
        await ask(wire)
        yield wire
        await process.stop()


async def run(sentences: int, entries: int, folder: Path) -> None:
    library, news = folder / "library", folder / "news"
    news.mkdir()
    fill(library, sentences)
    with running_site() as site:
        async with running(library, news, site) as wire:
            before = [(await ask(wire))[1] for _ in range(30)]
            number = itertools.count(1)
            links = [await by_link(wire, site, next(number)) for _ in range(TIMES)]
            files = [await by_file(wire, news, next(number)) for _ in range(TIMES)]
            taken, meanwhile = await by_feed(wire, site, entries)
    with Library.open(library) as opened:
        problems = list(opened.problems())
        count = opened.totals()
    print(f"{sentences:,} sentences, {TIMES} times each; seconds until an article is quoted:")
    for name, found in (("by link", links), ("by file", files)):
        print(f"  {name}: median {statistics.median(found):.1f}, longest {max(found):.1f}")
    print(f"a feed with {entries:,} new entries of {EACH + 3} sentences: {taken:.0f} s")
    print(
        f"  {len(meanwhile)} questions meanwhile: median {statistics.median(meanwhile):.2f} s,"
        f" longest {max(meanwhile):.2f} s; before: median {statistics.median(before):.2f} s"
    )
    print(f"then: {sum(c.articles for c in count.collections.values()):,} articles; {problems=}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(options.sentences, options.entries, Path(folder)))


if __name__ == "__main__":
    main()
