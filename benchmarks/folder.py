"""Syncing a folder with a thousand files: python -m benchmarks.folder [--files N]

All files are written at once while questions are asked. Then half of them are changed and a quarter
deleted, and the syncing process is killed at a random moment and started again.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, Popen

from index import Article, Library
from index.ingest.watching import watch_folder
from index.sources import read_path
from tests.index.factories import made_up_text

QUESTION = "Who sent the report about the ferry?"
TIMEOUT = 1800.0
QUESTIONS_BEFORE = 50

EXTRA_TITLE = "Report -1"
"""The title of the one article that is in no file."""


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, library = Path(temporary) / "news", Path(temporary) / "library"
        folder.mkdir()
        measure_questions(folder, library, count)
        check_recovery(folder, library, count)


def measure_questions(folder: Path, location: Path, count: int) -> None:
    """Write the files while questions are asked; print the times of the sync and the questions."""
    stop = threading.Event()
    with Library.open(location) as library:
        library.warm_up()
        library.add(Article(EXTRA_TITLE, made_up_text(-1)))
        before = [timed_question(library) for _ in range(QUESTIONS_BEFORE)]

        def sync() -> None:
            for results in watch_folder(library.mirror(folder), stop):
                for _ in results:
                    pass

        thread = threading.Thread(target=sync)
        thread.start()
        for n in range(count):
            write_file(folder, n, "first")
        started, during = time.perf_counter(), []
        while library.count() <= count:
            during.append(timed_question(library))
        all_files = time.perf_counter() - started
        write_file(folder, count, "one more")
        started = time.perf_counter()
        while library.count() <= count + 1:
            time.sleep(0.01)
        one_file = time.perf_counter() - started
        stop.set()
        thread.join()
        sentences = sum(c.sentences for c in library.totals().collections.values())
    (folder / f"{count}.jsonl").unlink()
    print(
        f"{count} files ({sentences:,} sentences) dropped at once:"
        f" all answerable after {all_files:.0f} s"
    )
    print(f"one more file: answerable after {one_file:.1f} s")
    print(
        f"a question meanwhile: {len(during)} asked, median {statistics.median(during):.0f} ms,"
        f" longest {max(during):.0f} ms; before: median {statistics.median(before):.0f} ms"
    )


def check_recovery(folder: Path, location: Path, count: int) -> None:
    """Change half of the files and delete a quarter; kill the syncing process at a random moment,
    start it again, and compare the library with the folder."""
    rng = random.Random()
    command = [sys.executable, "-m", "index", "--library", str(location), "watch", str(folder)]
    numbers = rng.sample(range(count), count)
    for n in numbers[: count // 2]:
        write_file(folder, n, "second")
    for n in numbers[-(count // 4) :]:
        (folder / f"{n}.jsonl").unlink()
    process = Popen(command, stdout=DEVNULL)
    changes = generation(location) + rng.randrange(count // 4)
    wait_for(lambda: generation(location) > changes)
    process.kill()
    process.wait()
    with Library.open(location) as library:
        print(f"killed with {library.count()} articles of {count - count // 4} in the library")
    process = Popen(command, stdout=DEVNULL)
    items = (item for file in folder.iterdir() for item in read_path(file))
    expected = {(item.title, item.text) for item in items if isinstance(item, Article)}
    wait_for(lambda: contents(location) == expected)
    process.terminate()
    process.wait()
    with Library.open(location) as library:
        problems = list(library.problems())
        print(f"then: {library.count()} articles, as the folder has; verify finds: {problems}")


def write_file(folder: Path, n: int, text: str) -> None:
    """Write a file with one article."""
    path = folder / f"{n}.jsonl"
    record = {"title": f"Report {n}", "text": f"{text} {made_up_text(n, 2)}"}
    if n % 2:
        record["url"] = f"https://coast.example/{n}"
    path.write_text(json.dumps(record))


def timed_question(library: Library) -> float:
    """The latency of a question in milliseconds."""
    started = time.perf_counter()
    library.ask(QUESTION)
    return (time.perf_counter() - started) * 1000


def generation(location: Path) -> int:
    """The number of changes to a library."""
    with Library.open(location, any_model=True) as library:
        return library.generation


def contents(location: Path) -> set[tuple[str, str]]:
    """The titles and texts of all synced articles; empty if an article is there twice."""
    with Library.open(location, any_model=True) as library:
        synced = [a for a in library.every_article() if a.title != EXTRA_TITLE]
        is_unique = len(synced) == len({article.id for article in synced})
        return {(a.title, a.text) for a in synced} if is_unique else set()


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition is true; exit after the timeout."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("timed out")
        time.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    main(parser.parse_args().files)
