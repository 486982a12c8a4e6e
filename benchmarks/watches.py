"""How often watches alarm: python -m benchmarks.watches [--half develop|measure] [--show]

Each story of ``benchmarks/watch`` has a question, the article that answers it first, an article
that says the same in other words, one that changes the answer, and one on another matter. A watch
on the question knows the answer of the first articles; then each of the others arrives.

With ``--load``, it measures how long it takes to check 100 watches when 50 articles arrive at once,
and how long a person's question takes meanwhile.

The rule was developed on the half ``develop``; of the half ``measure``, only figures are printed.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from bot.executors import Executors
from bot.services.watch_checks import check_watches
from bot.services.watches import place_of
from bot.storage import Storage, Watch
from index import Article, Library
from index.answering.answer_changes import highlighted, latest_change

STORIES = Path(__file__).parent / "watch"
HALVES = ("develop", "measure")
WATCHES, ARRIVING = 100, 50
QUESTION_INTERVAL_SECONDS = 1.0
LATER = {"same": 11, "changed": 13, "unrelated": 12}
"""The kinds of later articles, and the days in October on which they are published."""


@dataclass(frozen=True)
class Story:
    """A question, and the ids of its articles by kind."""

    question: str
    ids: dict[str, str]


def read_stories(half: str, library: Library) -> list[Story]:
    """The stories of a half, whose articles are added to a library."""
    stories, articles = [], []
    for line in (STORIES / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ids = {}
        for kind, day in {"first": 9, **LATER}.items():
            article = Article(**row[kind], publisher="Harbor Wire", published=date(2026, 10, day))
            articles.append(article)
            ids[kind] = article.id
        stories.append(Story(row["question"], ids))
    for _ in library.add_all(articles):
        pass
    return stories


def alarms(story: Story, firsts: list[str], library: Library, *, show: bool) -> dict[str, bool]:
    """Whether each later article of a story alarms, by kind."""
    first = library.ask(story.question, articles=firsts)
    known = first.passages[0] if first.found else None
    result = {}
    for kind in LATER:
        answer = library.ask(story.question, articles=[story.ids[kind]])
        result[kind] = latest_change(story.question, known, [answer]) is not None
        if show and result[kind] != (kind == "changed"):
            old = highlighted(known) if known else "nothing"
            new = highlighted(answer.passages[0]) if answer.passages else "nothing"
            print(f"{kind}: {story.question} {old} / {new} ({answer.confidence:.2f})")
    return result


def measure_load() -> None:
    """Check ``WATCHES`` watches with ``ARRIVING`` articles, while questions are asked."""
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        questions = [story.question for half in HALVES for story in read_stories(half, library)]
        with Storage(Path(folder) / "bot.sqlite") as storage:
            asyncio.run(_check_while_asking(library, storage, questions))


async def _check_while_asking(library: Library, storage: Storage, questions: list[str]) -> None:
    bot: Any = SimpleNamespace(library=library, storage=storage, executors=Executors())
    mark = library.changes.latest()
    for number in range(WATCHES):
        question = questions[number % len(questions)]
        answer = library.ask(question)
        known = place_of(answer.passages[0]) if answer.found else None
        storage.watches.add(Watch(None, 1, 1, question, mark, datetime.now(UTC), known))
    alone = [await asyncio.to_thread(_seconds_to_answer, library, q) for q in questions[:20]]
    copies = library.articles(limit=ARRIVING)
    arriving = [
        Article(f"{one.title} again", f"{one.text} It was the day's second report.", url=one.url)
        for one in copies
    ]
    for _ in library.add_all(arriving):
        pass
    started, cpu_started = time.perf_counter(), time.process_time()
    checks = asyncio.create_task(_check_all(bot))
    meanwhile: list[float] = []
    while not checks.done():
        await asyncio.sleep(QUESTION_INTERVAL_SECONDS)
        question = questions[len(meanwhile) % 20]
        meanwhile.append(await asyncio.to_thread(_seconds_to_answer, library, question))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    print(
        f"{WATCHES} watches checked with {len(arriving)} articles in {seconds:.1f} s"
        f" ({cpu:.1f} s of processor time, with a question each second); a question"
        f" takes {median(alone) * 1000:.0f} ms, and meanwhile {median(meanwhile) * 1000:.0f} ms"
    )
    bot.executors.close()


async def _check_all(bot: Any) -> None:
    while await check_watches(bot):
        pass


def _seconds_to_answer(library: Library, question: str) -> float:
    started = time.perf_counter()
    library.ask(question)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--show", action="store_true", help="show the mistakes in develop")
    parser.add_argument("--load", action="store_true", help="measure 100 watches at once")
    options = parser.parse_args()
    if options.load:
        measure_load()
        return
    print("| half | stories | same answer | changed answer | another matter |")
    print("|---|---|---|---|---|")
    for half in options.half or HALVES:
        with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
            stories = read_stories(half, library)
            firsts = [story.ids["first"] for story in stories]
            show = options.show and half == "develop"
            found = [alarms(story, firsts, library, show=show) for story in stories]
        counts = " | ".join(str(sum(one[kind] for one in found)) for kind in LATER)
        print(f"| {half} | {len(stories)} | {counts} |")


if __name__ == "__main__":
    main()
