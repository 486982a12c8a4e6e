"""Twenty users who ask in five servers for a minute: python -m benchmarks.crowd

The bot runs in a process of its own against a fake Discord on loopback. Each server has an article
of its own, about which all users ask the same question, by mention and by command in turn, with two
seconds between an answer and the next question. Prints the number and the latency of answers, the
number of those with another server's text, and the number of requests that Discord refused, for
instance because they were not acknowledged within three seconds.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from index import Article, Library
from index.sources import read_source
from tests.bot.wire import Guild, Person, WireDiscord, running_bot
from tests.bot.wire_payloads import words_of

SERVERS = 5
USERS = 20
PAUSE = 2.0
TIMEOUT = 60.0
MAYORS = ["Alma Berg", "Bruno Costa", "Carla Dietz", "Dmitri Evans", "Elena Faro"]
QUESTION = "Who is the mayor?"
SAMPLE = Path(__file__).parents[1] / "articles"


async def ask_repeatedly(
    wire: WireDiscord, server: int, person: Person, deadline: float
) -> list[tuple[str, float]]:
    """Ask until the deadline; returns each answer's text and its latency in seconds."""
    channel, answers = wire.guilds[server].channels[0], list[tuple[str, float]]()
    while time.monotonic() < deadline:
        started = time.monotonic()
        if len(answers) % 2:
            options = {"question": QUESTION}
            interaction = await wire.slash("ask", options, author=person, channel=channel)
            answer = await interaction.answer(TIMEOUT)
        else:
            message = await wire.send_message(channel, QUESTION, author=person, mentions_bot=True)
            answer = await message.reply(TIMEOUT)
        answers.append((words_of(answer), time.monotonic() - started))
        await asyncio.sleep(PAUSE)
    return answers


async def run(seconds: float, folder: str) -> None:
    """Measure, and print the results."""
    users = [Person(f"reader {number}") for number in range(USERS)]
    guilds = [Guild(f"Server {n}", members=users[n::SERVERS]) for n in range(SERVERS)]
    with Library.open(folder) as library:
        articles = (item for item in read_source(str(SAMPLE)) if isinstance(item, Article))
        list(library.add_all(articles))
        for guild, mayor in zip(guilds, MAYORS, strict=True):
            text = f"{mayor} is the mayor of our town. {mayor} was elected in May."
            library.add(Article(f"The mayor {mayor}", text, collection=f"server-{guild.id}"))
    async with (
        WireDiscord(*guilds) as wire,
        running_bot(wire, env={"LIBRARY": folder}) as process,
    ):
        await wire.ready(timeout=TIMEOUT)
        for number, user in enumerate(users[:2]):  # the first questions load the models
            channel = guilds[number].channels[0]
            message = await wire.send_message(channel, QUESTION, author=user, mentions_bot=True)
            await message.reply(TIMEOUT)
        deadline = time.monotonic() + seconds
        answers = await asyncio.gather(
            *(ask_repeatedly(wire, n % SERVERS, user, deadline) for n, user in enumerate(users))
        )
        refused = len(wire.refusals)
        await process.stop()
    right = wrong = 0
    for number, own in enumerate(answers):
        mayor = MAYORS[number % SERVERS]
        right += sum(mayor in text for text, _ in own)
        wrong += sum(any(m in text for m in MAYORS if m != mayor) for text, _ in own)
    latencies = [latency for own in answers for _, latency in own]
    print(f"{USERS} people in {SERVERS} servers, {seconds:.0f} s: {len(latencies)} questions asked")
    print(f"answered with their own server's text: {right}; with another's: {wrong}")
    print(f"refused by Discord, as too late or otherwise: {refused}")
    print(
        f"seconds to the answer: median {statistics.median(latencies):.2f},"
        f" 95 % {statistics.quantiles(latencies, n=20)[-1]:.2f}, longest {max(latencies):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(options.seconds, folder))


if __name__ == "__main__":
    main()
