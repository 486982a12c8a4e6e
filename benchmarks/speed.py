"""Dateline beside a plain script and txtai, in one run and one table: python -m benchmarks.speed

See benchmarks/README.md for what is measured and how the million sentences are made. What is filled
and measured is kept in ``--work``: a run that was interrupted goes on where it stopped.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.corpus import Corpus, embedded_articles, real_corpus, texts_of
from benchmarks.systems import SYSTEMS, Dateline, System
from index import Article
from index.store.vector_index.flat import ExactIndex

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SAMPLE = 0
"""The size that stands for the sample articles."""

QUESTIONS = 200
COLD = 5
NEW = 7
ENCODED = 3_000
ASKERS = 20
LIMIT = 10
TIE = 1e-5
"""Cosines that differ by less are the same: two sentences with one text."""

Figures = dict[str, float]


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def cold(name: str, folder: Path) -> Figures:
    """Seconds from the start of a process to its answer, and the bytes it holds after one."""
    question = "how many troops?"
    whole = [sys.executable, "-m", "benchmarks.systems", name, str(folder), question]
    # From here on its files are in the system's cache, whichever system it is.
    told = subprocess.run(whole, check=True, stdout=subprocess.PIPE, text=True).stdout
    if name == "Dateline":
        whole = [sys.executable, "-m", "index", "--library", str(folder), "ask", question]
    once = partial(subprocess.run, whole, check=True, stdout=subprocess.DEVNULL)
    times = [timed(once) for _ in range(COLD)]
    return {"cold s": statistics.median(times), "resident MB": float(told) / 1e6}


def warm(system: System, folder: Path, corpus: Corpus, nearest: list[float]) -> Iterator[Figures]:
    """What questions take of a system that is open, and how many of the nearest it finds.

    Args:
        nearest: for each of the first questions, the cosine of the tenth nearest sentence.
    """
    process = psutil.Process()
    before = process.memory_info().rss
    opening = timed(lambda: (system.open(folder), system.search(corpus.asked[-1], LIMIT)))
    yield {"index MB": (process.memory_info().rss - before) / 1e6}
    # The models are part of it where they are loaded with the first question.
    yield {"open s": opening + timed(partial(system.ask, corpus.questions[-1]))}
    found = [
        sum(score >= least - TIE for score in system.search(vector, LIMIT)) / LIMIT
        for vector, least in zip(corpus.asked, nearest, strict=False)
    ]
    yield {"recall@10": min(1.0, statistics.mean(found))}
    some = corpus.asked[: len(nearest)]
    yield {"search ms": median_ms([timed(partial(system.search, v, LIMIT)) for v in some])}
    asked = corpus.questions[: len(nearest)]
    yield {"question ms": median_ms([timed(partial(system.ask, q)) for q in asked])}
    if system.concurrent:
        yield crowd(system, asked)
    new = list(new_articles(corpus))
    yield {"add ms": median_ms([timed(partial(added, system, article)) for article in new])}
    if isinstance(system, Dateline):
        for article in new:
            system.remove(article)


def median_ms(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


def added(system: System, article: Article) -> None:
    """Add an article and search, so that what is put off until then counts as well."""
    system.add(article)
    system.search(np.full(384, 384**-0.5, dtype=np.float32), LIMIT)


def new_articles(corpus: Corpus) -> Iterator[Article]:
    """Articles of the length of a news story that are in no library yet."""
    for n in range(NEW):
        article = max(corpus.articles[n * 100 : n * 100 + 100], key=lambda a: len(a.text))
        yield Article(f"Again {n}", "As was reported: " + article.text)


def crowd(system: System, questions: list[str]) -> Figures:
    """How many questions a second are answered to twenty who ask at once, against one who asks."""
    took: list[float] = []
    rates = []
    for askers in (1, ASKERS):
        began = time.perf_counter()
        with ThreadPoolExecutor(askers) as asking:
            took = sorted(asking.map(lambda q: timed(partial(system.ask, q)), questions))
        rates.append(len(questions) / (time.perf_counter() - began))
    return {
        "questions/s, one asks": rates[0],
        f"questions/s, {ASKERS} ask": rates[1],
        "throughput ratio": rates[1] / rates[0],
        "p99 / median": took[int(len(took) * 0.99)] / statistics.median(took),
    }


def encoding(corpus: Corpus) -> dict[str, Figures]:
    """Sentences a second, each system in turn three times over, and the cosine to the plain
    script's vectors of the sentence that differs most."""
    made = {name: kind() for name, kind in SYSTEMS.items()}
    sentences = corpus.sentences[: ENCODED * 7 : 7]
    for system in made.values():
        system.encode(sentences[:64])
    took: dict[str, list[float]] = {name: [] for name in made}
    vectors = {}
    for _ in range(3):
        for name, system in made.items():
            began = time.perf_counter()
            vectors[name] = system.encode(sentences)
            took[name].append(time.perf_counter() - began)
    plain = vectors["plain script"]
    return {
        name: {
            "sentences/s": len(sentences) / statistics.median(took[name]),
            "least cosine": float(np.sum(vectors[name] * plain, axis=1).min()),
        }
        for name in made
    }


def tenth_nearest(corpus: Corpus, size: int) -> list[float]:
    """The cosine of the tenth nearest of so many sentences to each question, by comparing all."""
    exact = ExactIndex.empty(corpus.vectors.shape[1])
    at = 0
    for _, _, vectors in embedded_articles(corpus, size):
        exact.add(np.arange(at, at + len(vectors)), np.ascontiguousarray(vectors))
        at += len(vectors)
    asked = corpus.asked[:QUESTIONS]
    return [float(exact.search(vector, LIMIT, None)[1][-1]) for vector in asked]


def sample() -> Iterator[Any]:
    """The sample articles, embedded."""
    from index import Encoder
    from index.sentences import split_sentences
    from index.sources import read_source

    encoder = Encoder()
    for article in read_source(str(Path(__file__).parents[1] / "articles")):
        if isinstance(article, Article):
            yield article, split_sentences(article.text), encoder.encode(texts_of(article))


def do(task: str, options: argparse.Namespace) -> None:
    """One task, in a process of its own: its figures are printed as JSON, a line each."""
    corpus = real_corpus(options.data, options.work)
    what, name, size = (*task.split(":"), "", "0")[:3]
    folder = options.work / f"{name} {size}"
    if what == "fill":
        with tempfile.TemporaryDirectory(dir=options.work) as made:
            part = Path(made) / "whole"
            articles = embedded_articles(corpus, int(size)) if int(size) else sample()
            seconds = timed(lambda: SYSTEMS[name]().fill(part, articles))
            part.rename(folder)
        print(json.dumps({"fill s": seconds}))
    elif what == "nearest":
        print(json.dumps(tenth_nearest(corpus, int(size))))
    elif what == "encode":
        print(json.dumps(encoding(corpus)))
    else:
        nearest = json.loads((options.work / f"nearest  {size}.json").read_text())
        for figures in warm(SYSTEMS[name](), folder, corpus, nearest):
            print(json.dumps(figures), flush=True)


def run(task: str, options: argparse.Namespace) -> list[Any]:
    """The figures of a task, from the process that it is done in, or from an earlier run."""
    kept = options.work / f"{task.replace(':', ' ')}.json"
    if not kept.exists():
        print(f"… {task}", file=sys.stderr, flush=True)
        places = ["--data", str(options.data), "--work", str(options.work)]
        command = [sys.executable, "-m", "benchmarks.speed", *places, "--do", task]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        kept.write_text(done.stdout)
    return [json.loads(line) for line in kept.read_text().splitlines()]


def measure(options: argparse.Namespace) -> dict[str, dict[int, Figures]]:
    """All figures: by system, and by size."""
    table: dict[str, dict[int, Figures]] = {name: {} for name in SYSTEMS}
    for size in (SAMPLE, *options.sizes):
        if size:
            run(f"nearest::{size}", options)
        for name in SYSTEMS:
            figures: Figures = {}
            for part in run(f"fill:{name}:{size}", options):
                figures |= part
            kept = options.work / f"cold {name} {size}.json"
            if not kept.exists() and size in (SAMPLE, max(options.sizes)):
                kept.write_text(json.dumps(cold(name, options.work / f"{name} {size}")))
            figures |= json.loads(kept.read_text()) if kept.exists() else {}
            if size:
                for part in run(f"warm:{name}:{size}", options):
                    figures |= part
            table[name][size] = figures
    (encoded,) = run("encode", options)
    for name, figures in encoded.items():
        table[name][SAMPLE] |= figures
    return table


def print_table(table: dict[str, dict[int, Figures]]) -> None:
    """A line for each figure and size, a column for each system."""
    print(f"| what | sentences | {' | '.join(table)} |\n|---|---|{'---|' * len(table)}")
    first = next(iter(table.values()))
    names = list(dict.fromkeys(name for figures in first.values() for name in figures))
    for name in names:
        for size in first:
            cells = [figures[size].get(name) for figures in table.values()]
            if any(cell is not None for cell in cells):
                shown = (
                    "–" if cell is None else f"{cell:.4g}" if cell < 10 else f"{cell:,.0f}"
                    for cell in cells
                )
                sentences = f"{size:,}" if size else "the sample"
                print(f"| {name} | {sentences} | {' | '.join(shown)} |")


def plot(table: dict[str, dict[int, Figures]], path: Path) -> None:
    """How search and the whole question grow with the number of sentences."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "dateline"  # so that the same figures make the same file
    from matplotlib import pyplot

    figure, sides = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for side, what in zip(sides, ("search ms", "question ms"), strict=True):
        for name, by_size in table.items():
            sizes = [size for size in by_size if size]
            side.loglog(sizes, [by_size[s][what] for s in sizes], marker="o", label=name)
        side.set(title=what.replace(" ms", ", ms"), xlabel="sentences")
        for axis, shown in ((side.xaxis, "{x:,.0f}"), (side.yaxis, "{x:g}")):
            axis.set_major_formatter(shown)
            axis.set_minor_formatter("")
        side.grid(alpha=0.3, which="both")
    sides[0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/speed"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--plot", type=Path, help="where the picture of the growth is written")
    parser.add_argument("--do", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.do:
        do(options.do, options)
        return
    table = measure(options)
    print_table(table)
    if options.plot:
        plot(table, options.plot)


if __name__ == "__main__":
    main()
