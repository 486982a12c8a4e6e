"""A thousand files in a folder that is followed: python -m benchmarks.folder [--files N]

They are dropped at once while questions are asked; then half of them are changed and a quarter
deleted, and the process that follows the folder is killed at a random moment and started again.
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
from index.ingest.folder_sync import follow
from index.sources import read_path
from tests.index.factories import made_up_text

QUESTION = "Who sent the report about the ferry?"
PATIENCE = 1800.0


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder, library = Path(made) / "news", Path(made) / "library"
        folder.mkdir()
        measure_questions(folder, library, count)
        survive(folder, library, count)


def measure_questions(folder: Path, place: Path, count: int) -> None:
    """Drop the files while questions are asked, and tell how long these took."""
    end = threading.Event()
    with Library.open(place) as library:
        library.warm_up()
        library.add(Article("Report -1", made_up_text(-1)))
        before = [timed(library) for _ in range(50)]

        def keep() -> None:
            for catching_up in follow(library.mirror(folder), end):
                for _ in catching_up:
                    pass

        thread = threading.Thread(target=keep)
        thread.start()
        for n in range(count):
            written(folder, n, "first")
        began, during = time.perf_counter(), []
        while library.count() <= count:
            during.append(timed(library))
        taken = time.perf_counter() - began
        written(folder, count, "one more")
        began = time.perf_counter()
        while library.count() <= count + 1:
            time.sleep(0.01)
        one = time.perf_counter() - began
        end.set()
        thread.join()
        sentences = sum(c.sentences for c in library.totals().collections.values())
    (folder / f"{count}.jsonl").unlink()
    print(
        f"{count} files ({sentences:,} sentences) dropped at once:"
        f" all answerable after {taken:.0f} s"
    )
    print(f"one more file: answerable after {one:.1f} s")
    print(
        f"a question meanwhile: {len(during)} asked, median {statistics.median(during):.0f} ms,"
        f" longest {max(during):.0f} ms; before: median {statistics.median(before):.0f} ms"
    )


def survive(folder: Path, place: Path, count: int) -> None:
    """Change half of the files and delete a quarter, kill who follows them, and look again."""
    chance = random.Random()
    command = [sys.executable, "-m", "index", "--library", str(place), "watch", str(folder)]
    numbers = chance.sample(range(count), count)
    for n in numbers[: count // 2]:
        written(folder, n, "second")
    for n in numbers[-(count // 4) :]:
        (folder / f"{n}.jsonl").unlink()
    following = Popen(command, stdout=DEVNULL)
    changes = generation(place) + chance.randrange(count // 4)
    wait_for(lambda: generation(place) > changes)
    following.kill()
    following.wait()
    with Library.open(place) as library:
        print(f"killed with {library.count()} articles of {count - count // 4} in the library")
    following = Popen(command, stdout=DEVNULL)
    read = (found for file in folder.iterdir() for found in read_path(file))
    expected = {(found.title, found.text) for found in read if isinstance(found, Article)}
    wait_for(lambda: contents(place) == expected)
    following.terminate()
    following.wait()
    with Library.open(place) as library:
        problems = list(library.problems())
        print(f"then: {library.count()} articles, as the folder has; verify finds: {problems}")


def written(folder: Path, n: int, text: str) -> Path:
    """Write a file of one article."""
    path = folder / f"{n}.jsonl"
    record = {"title": f"Report {n}", "text": f"{text} {made_up_text(n, 2)}"}
    if n % 2:
        record["url"] = f"https://coast.example/{n}"
    path.write_text(json.dumps(record))
    return path


def timed(library: Library) -> float:
    began = time.perf_counter()
    library.ask(QUESTION)
    return (time.perf_counter() - began) * 1000


def generation(place: Path) -> int:
    with Library.open(place, any_model=True) as library:
        return library.generation


def contents(place: Path) -> set[tuple[str, str]]:
    with Library.open(place, any_model=True) as library:
        own = [a for a in library.every_article() if a.title != "Report -1"]
        return {(a.title, a.text) for a in own} if len(own) == len({a.id for a in own}) else set()


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            sys.exit("it did not come to that")
        time.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    main(parser.parse_args().files)
