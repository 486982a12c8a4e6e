"""Adding articles while questions are asked: python -m benchmarks.arrivals

The bot runs in a process of its own, with a library of synthetic sentences and random vectors,
against a fake Discord on loopback. Prints the time until an article that was added by link or file
is quoted, the time until a feed with many new entries is added, and the latency of questions
meanwhile and before.
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
from tests.bot.wire import BotProcess, Guild, WireDiscord, running_bot
from tests.bot.wire_payloads import EVERYONE, MANAGE_GUILD, Person, words_of
from tests.index.factories import made_up_text
from tests.index.feeds import item, rss
from tests.index.site import Site, running_site

ARTICLE_SENTENCES = 20
REPETITIONS = 7
QUESTIONS_BEFORE = 30
TIMEOUT = 900.0
QUESTION = "Who sent the report about the ferry?"
EDITOR = Person("editor", permissions=EVERYONE | MANAGE_GUILD)


def fill(folder: Path, count: int) -> None:
    """Create a library of synthetic articles with ``count`` sentences in all."""
    rng, model = np.random.default_rng(1), Encoder().info
    with SqliteStore(folder) as store:
        for number in range(count // ARTICLE_SENTENCES):
            article = Article(f"Report {number}", made_up_text(number, ARTICLE_SENTENCES - 1))
            sentences = split_sentences(article.text)
            vectors = rng.standard_normal((len(sentences), model.width), dtype=np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            store.articles.put(article, sentences, vectors, model)
        store.flush()


async def ask(
    wire: WireDiscord, question: str = QUESTION, *, private: bool = False
) -> tuple[str, float]:
    """The text of the answer to a question, and its latency in seconds."""
    started = time.monotonic()
    options = {"question": question, "private": private}
    interaction = await wire.slash("ask", options, author=EDITOR)
    text = words_of(await interaction.answer(TIMEOUT))
    return text, time.monotonic() - started


async def wait_until_quoted(wire: WireDiscord, number: int) -> None:
    """Ask until an answer quotes an article."""
    text = ""
    while f"newcomer {number} lives" not in text:
        text, _ = await ask(wire, f"Where does newcomer {number} live?")


async def add_by_link(wire: WireDiscord, site: Site, number: int) -> float:
    """Add an article by its link; returns the seconds until it is quoted."""
    started = time.monotonic()
    body = f"<article><h1>Newcomer</h1><p>{story(number)}</p></article>"
    url = site.put(f"/{number}", f"<html><title>Newcomer</title><body>{body}</body></html>")
    interaction = await wire.slash("manage articles add", {"url": url}, author=EDITOR)
    await interaction.callback()
    await wait_until_quoted(wire, number)
    return time.monotonic() - started


async def add_by_file(wire: WireDiscord, folder: Path, number: int) -> float:
    """Put an article into the synced folder; returns the seconds until it is quoted."""
    started = time.monotonic()
    (folder / f"{number}.md").write_text(f"# Newcomer\n\n{story(number)}")
    await wait_until_quoted(wire, number)
    return time.monotonic() - started


async def add_by_feed(wire: WireDiscord, site: Site, entries: int) -> tuple[float, list[float]]:
    """Follow a feed; returns the seconds until all entries are added, and the latencies of the
    questions meanwhile."""
    url = site.put("/feed", rss(entry(0)), "application/rss+xml")
    await (await wire.slash("manage feeds add", {"url": url}, author=EDITOR)).answer(TIMEOUT)
    site.put("/feed", rss(*map(entry, range(1, entries))), "application/rss+xml")
    started = time.monotonic()
    check = await wire.slash("manage feeds check", {}, author=EDITOR)
    text = words_of(await check.answer(TIMEOUT))
    assert f"{entries - 1} new or edited articles" in text, text
    latencies = []
    while True:
        latencies.append((await ask(wire))[1])
        status = await wire.slash("status", {}, author=EDITOR)
        if "Waiting to be added: 0" in words_of(await status.answer(TIMEOUT)):
            return time.monotonic() - started, latencies


def entry(number: int) -> str:
    """A feed's entry with a full article."""
    content = f"<p>{story(1000 + number)}</p>"
    for sentence in made_up_text(10**6 + number, ARTICLE_SENTENCES).split(". "):
        content += f"<p>{sentence}.</p>"
    return item(f"Entry {number}", f"/entry/{number}", guid=str(number), content=content)


def story(number: int) -> str:
    """A text that answers "Where does newcomer NUMBER live?"."""
    return (
        f"The newcomer {number} lives in the house with {number} windows beside the old customs"
        f" office of Korsvik. Nobody had known of newcomer {number} before this year, and not many"
        " people have seen them since."
    )


@asynccontextmanager
async def connected_bot(
    library: Path, news: Path, **settings: str
) -> AsyncIterator[tuple[WireDiscord, BotProcess]]:
    """A Discord and the bot, after its first answer, without a limit for each person.

    Args:
        settings: further ones of the bot.
    """
    env = {"LIBRARY": str(library), "ARTICLES_FOLDER": str(news), **settings}
    async with (
        WireDiscord(Guild("Newsroom", members=[EDITOR])) as wire,
        running_bot(wire, env=env) as process,
    ):
        await wire.ready(timeout=TIMEOUT)
        options = {"questions": 1000, "seconds": 0}
        await (await wire.slash("settings cooldown", options, author=EDITOR)).answer(TIMEOUT)
        await ask(wire)
        yield wire, process
        await process.stop()


async def run(sentences: int, entries: int, folder: Path) -> None:
    """Measure, and print the results."""
    library, news = folder / "library", folder / "news"
    news.mkdir()
    fill(library, sentences)
    with running_site() as site:
        async with connected_bot(library, news, FETCH_ALLOW=site.host) as (wire, _):
            before = [(await ask(wire))[1] for _ in range(QUESTIONS_BEFORE)]
            numbers = itertools.count(1)
            links = [await add_by_link(wire, site, next(numbers)) for _ in range(REPETITIONS)]
            files = [await add_by_file(wire, news, next(numbers)) for _ in range(REPETITIONS)]
            feed_time, meanwhile = await add_by_feed(wire, site, entries)
    with Library.open(library) as opened:
        problems = list(opened.problems())
        totals = opened.totals()
    print(f"{sentences:,} sentences, {REPETITIONS} times each; seconds until an article is quoted:")
    for name, times in (("by link", links), ("by file", files)):
        print(f"  {name}: median {statistics.median(times):.1f}, longest {max(times):.1f}")
    size = ARTICLE_SENTENCES + 3
    print(f"a feed with {entries:,} new entries of {size} sentences: {feed_time:.0f} s")
    print(
        f"  {len(meanwhile)} questions meanwhile: median {statistics.median(meanwhile):.2f} s,"
        f" longest {max(meanwhile):.2f} s; before: median {statistics.median(before):.2f} s"
    )
    articles = sum(count.articles for count in totals.collections.values())
    print(f"then: {articles:,} articles; {problems=}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(options.sentences, options.entries, Path(folder)))


if __name__ == "__main__":
    main()
