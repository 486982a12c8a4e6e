"""Minutes near, and then beyond, what the machine can answer: python -m benchmarks.load

The bot runs in a process of its own against a fake Discord on loopback. Measures how many questions
a second it answers, asks 80 % as many while articles arrive in its folder, and then three times as
many. Prints memory, lost articles, the longest stall of the event loop, latencies, refusals, and
how soon it is well again. Questions are asked at their times, even if earlier ones still wait.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.arrivals import ask, connected_bot, fill, story
from bot.language import translator_for
from index import Library
from tests.bot.wire import WireDiscord

SENTENCES = 20_000
CAPACITY_SECONDS = 10.0
OVERLOAD_SECONDS = 30.0
ASKERS = 8
ARTICLE_INTERVAL = 2.0
PING_INTERVAL = 0.05
BUSY = translator_for(None)("busy")
MIB = 2**20


@dataclass
class Measured:
    """The latencies of answers, and those of refusals, in seconds."""

    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    async def ask(self, wire: WireDiscord) -> None:
        text, seconds = await ask(wire, private=True)
        (self.refused if BUSY in text else self.answered).append(seconds)

    def __str__(self) -> str:
        if len(self.answered) < 2:
            return f"{len(self.answered)} answers"
        return (
            f"{len(self.answered)} answers, median {statistics.median(self.answered):.2f} s,"
            f" 99 % {statistics.quantiles(self.answered, n=100)[-1]:.2f} s"
        )


async def capacity(wire: WireDiscord, seconds: float) -> float:
    """Answers a second to a few people who ask again as soon as they have an answer."""
    measured, deadline = Measured(), time.monotonic() + seconds

    async def asker() -> None:
        while time.monotonic() < deadline:
            await measured.ask(wire)

    started = time.monotonic()
    await asyncio.gather(*(asker() for _ in range(ASKERS)))
    return len(measured.answered) / (time.monotonic() - started)


async def ask_at(wire: WireDiscord, rate: float, seconds: float) -> Measured:
    """Ask ``rate`` questions a second."""
    measured, started = Measured(), time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number in range(round(rate * seconds)):
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
            group.create_task(measured.ask(wire))
    return measured


async def ping(wire: WireDiscord, times: list[float]) -> None:
    """Until cancelled, ping the bot's event loop; the round trips also contain this process's."""
    while True:
        started = time.monotonic()
        for link in list(wire._links):
            await link.round_trip()
        times.append(time.monotonic() - started)
        await asyncio.sleep(PING_INTERVAL)


async def add_articles(news: Path, added: list[int]) -> None:
    """Until cancelled, put articles into the folder."""
    while True:
        number = len(added) + 1
        (news / f"{number}.md").write_text(f"# Newcomer {number}\n\n{story(number)}")
        added.append(number)
        await asyncio.sleep(ARTICLE_INTERVAL)


async def all_added(library: Path, before: int, added: int) -> int:
    """The number of articles that are missing, once there is none, or nothing more comes."""
    deadline = time.monotonic() + 60
    with Library.open(library) as opened:
        while True:  # another process adds them
            missing = before + added - opened.count()
            if not missing or time.monotonic() > deadline:
                return missing
            await asyncio.sleep(0.5)


async def recovery(wire: WireDiscord, usual: float) -> float:
    """Seconds until a question is answered within three times the usual time."""
    started = time.monotonic()
    while True:
        measured = Measured()
        await measured.ask(wire)
        if measured.answered and measured.answered[0] <= 3 * usual:
            return time.monotonic() - started


async def run(minutes: float, folder: Path) -> None:
    """Measure, and print the results."""
    library, news = folder / "library", folder / "news"
    news.mkdir()
    fill(library, SENTENCES)
    with Library.open(library) as opened:
        before = opened.count()
    async with connected_bot(library, news) as (wire, process):
        rate = await capacity(wire, CAPACITY_SECONDS)
        print(f"{rate:.1f} questions a second", flush=True)
        memory = psutil.Process(process.process.pid).memory_info
        start, added = memory().rss, list[int]()
        arriving = asyncio.create_task(add_articles(news, added))
        stalls = [0.0]
        pinging = asyncio.create_task(ping(wire, stalls))
        steady = await ask_at(wire, 0.8 * rate, 60 * minutes)
        arriving.cancel()
        pinging.cancel()
        end = memory().rss
        missing = await all_added(library, before, len(added))
        print(f"at 80 % for {minutes:g} minutes: {steady}; refused: {len(steady.refused)}")
        print(
            f"  memory {start / MIB:.0f} -> {end / MIB:.0f} MiB,"
            f" {(end - start) / MIB / minutes:+.1f} MiB a minute"
        )
        print(f"  {len(added)} articles arrived, {missing} lost; longest stall {max(stalls):.2f} s")
        beyond = await ask_at(wire, 3 * rate, OVERLOAD_SECONDS)
        well = await recovery(wire, statistics.median(steady.answered))
        total = len(beyond.answered) + len(beyond.refused)
        print(f"at three times as many: {beyond}")
        if beyond.refused:
            told = statistics.median(beyond.refused)
            share = len(beyond.refused) / total
            print(f"  {share:.0%} refused, median after {told:.2f} s")
        print(f"  well again after {well:.2f} s; tracebacks: {process.stderr.count('Traceback')}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(options.minutes, Path(folder)))


if __name__ == "__main__":
    main()
