"""Twenty people asking in five servers for a minute: python -m benchmarks.crowd

The bot runs in a process of its own against a Discord on loopback. Each server has an article of
its own, and all ask the same of it; each person asks again two seconds after the answer, by mention
and by command in turn. Prints how many were answered, how long that took, and how many answers
held another server's text or came without an acknowledgement within Discord's three seconds.
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
PEOPLE = 20
PAUSE = 2.0
PATIENCE = 60.0
MAYORS = ["Alma Berg", "Bruno Costa", "Carla Dietz", "Dmitri Evans", "Elena Faro"]
QUESTION = "Who is the mayor?"
SAMPLE = Path(__file__).parents[1] / "articles"


async def ask_again(
    wire: WireDiscord, server: int, person: Person, until: float
) -> list[tuple[str, float]]:
    """Ask until the time is over; each answer's words, and the seconds that it took."""
    channel, answers = wire.guilds[server].channels[0], list[tuple[str, float]]()
    while time.monotonic() < until:
        began = time.monotonic()
        if len(answers) % 2:
            asked = await wire.slash("ask", {"question": QUESTION}, author=person, channel=channel)
            answer = await asked.answer(PATIENCE)
        else:
            sent = await wire.send_message(channel, QUESTION, author=person, mentions_bot=True)
            answer = await sent.reply(PATIENCE)
        answers.append((words_of(answer), time.monotonic() - began))
        await asyncio.sleep(PAUSE)
    return answers


async def run(seconds: float, folder: str) -> None:
    people = [Person(f"reader {number}") for number in range(PEOPLE)]
    guilds = [Guild(f"Server {n}", members=people[n::SERVERS]) for n in range(SERVERS)]
    with Library.open(folder) as library:
        list(library.add_all(a for a in read_source(str(SAMPLE)) if isinstance(a, Article)))
        for guild, mayor in zip(guilds, MAYORS, strict=True):
            text = f"{mayor} is the mayor of our town. {mayor} was elected in May."
            library.add(Article(f"The mayor {mayor}", text, collection=f"server-{guild.id}"))
    async with (
        WireDiscord(*guilds) as wire,
        running_bot(wire, env={"LIBRARY": folder}) as process,
    ):
        await wire.ready(timeout=PATIENCE)
        for person in people[:2]:  # the models are loaded with the first questions
            sent = await wire.send_message(
                guilds[people.index(person)].channels[0],
                QUESTION,
                author=person,
                mentions_bot=True,
            )
            await sent.reply(PATIENCE)
        until = time.monotonic() + seconds
        asking = [
            ask_again(wire, number % SERVERS, person, until) for number, person in enumerate(people)
        ]
        answers = await asyncio.gather(*asking)
        late = len(wire.refusals)
        await process.stop()
    right = wrong = 0
    for number, own in enumerate(answers):
        mayor = MAYORS[number % SERVERS]
        right += sum(mayor in text for text, _ in own)
        wrong += sum(any(m in text for m in MAYORS if m != mayor) for text, _ in own)
    times = [seconds for own in answers for _, seconds in own]
    print(f"{PEOPLE} people in {SERVERS} servers, {seconds:.0f} s: {len(times)} questions asked")
    print(f"answered with their own server's text: {right}; with another's: {wrong}")
    print(f"refused by Discord, as too late or otherwise: {late}")
    print(
        f"seconds to the answer: median {statistics.median(times):.2f},"
        f" 95 % {statistics.quantiles(times, n=20)[-1]:.2f}, longest {max(times):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(options.seconds, folder))


if __name__ == "__main__":
    main()
