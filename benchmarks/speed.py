"""Speed and memory of Dateline, a plain script and txtai: python -m benchmarks.speed

``benchmarks/README.md`` explains the measurements and the million sentences. Each task runs in a
process of its own, and its results are kept in ``--work``, so that an interrupted run is resumed.
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

from benchmarks.corpus import (
    Corpus,
    EmbeddedArticle,
    embedded_articles,
    real_corpus,
    sentence_texts,
)
from benchmarks.systems import SYSTEMS, Dateline, System
from index import Article
from index.store.vector_index.flat import FlatIndex

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SAMPLE = 0
"""The size that stands for the sample articles."""

QUESTIONS = 200
COLD_STARTS = 5
NEW_ARTICLES = 7
ENCODED_SENTENCES = 3_000
ENCODING_RUNS = 3
CONCURRENT_USERS = 20
LIMIT = 10
WIDTH = 384

TIE_MARGIN = 1e-5
"""Cosines that differ by less are equal, as those of two sentences with the same text."""

Metrics = dict[str, float]
"""Measured values by name and unit."""


def timed(call: Callable[[], object]) -> float:
    """The duration of a call in seconds."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measure_cold(name: str, folder: Path) -> Metrics:
    """The time from the start of a process to its answer, and its memory after one question."""
    question = "how many troops?"
    command = [sys.executable, "-m", "benchmarks.systems", name, str(folder), question]
    # Afterwards, the files of every system are in the operating system's cache.
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if name == "Dateline":
        command = [sys.executable, "-m", "index", "--library", str(folder), "ask", question]
    run_once = partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
    times = [timed(run_once) for _ in range(COLD_STARTS)]
    return {"cold s": statistics.median(times), "resident MB": float(output) / 1e6}


def measure_warm(
    system: System, folder: Path, corpus: Corpus, nearest: list[float]
) -> Iterator[Metrics]:
    """The latency, memory and recall of an open system.

    Args:
        nearest: for each of the first questions, the cosine of the tenth nearest sentence.
    """
    process = psutil.Process()
    before = process.memory_info().rss
    last = corpus.question_vectors[-1]
    opening = timed(lambda: (system.open(folder), system.search(last, LIMIT)))
    yield {"index MB": (process.memory_info().rss - before) / 1e6}
    # Includes the models, if they are loaded with the first question.
    yield {"open s": opening + timed(partial(system.ask, corpus.questions[-1]))}
    vectors, questions = corpus.question_vectors[: len(nearest)], corpus.questions[: len(nearest)]
    recalls = [
        sum(score >= least - TIE_MARGIN for score in system.search(vector, LIMIT)) / LIMIT
        for vector, least in zip(vectors, nearest, strict=True)
    ]
    yield {"recall@10": min(1.0, statistics.mean(recalls))}
    yield {"search ms": median_ms([timed(partial(system.search, v, LIMIT)) for v in vectors])}
    yield {"question ms": median_ms([timed(partial(system.ask, q)) for q in questions])}
    if system.concurrent:
        yield measure_throughput(system, questions)
    new = list(new_articles(corpus))
    yield {
        "add ms": median_ms([timed(partial(add_and_search, system, article)) for article in new])
    }
    if isinstance(system, Dateline):
        for article in new:
            system.remove(article)


def median_ms(seconds: list[float]) -> float:
    """The median of durations, in milliseconds."""
    return statistics.median(seconds) * 1000


def add_and_search(system: System, article: Article) -> None:
    """Add an article and search, which includes work that is deferred until then."""
    system.add(article)
    system.search(np.full(WIDTH, WIDTH**-0.5, dtype=np.float32), LIMIT)


def new_articles(corpus: Corpus) -> Iterator[Article]:
    """Articles as long as a news story that are not in the corpus."""
    for n in range(NEW_ARTICLES):
        article = max(corpus.articles[n * 100 : n * 100 + 100], key=lambda a: len(a.text))
        yield Article(f"Again {n}", "As was reported: " + article.text)


def measure_throughput(system: System, questions: list[str]) -> Metrics:
    """Questions answered per second, to one user and to several at the same time."""
    latencies: list[float] = []
    rates = []
    for users in (1, CONCURRENT_USERS):
        started = time.perf_counter()
        with ThreadPoolExecutor(users) as threads:
            latencies = sorted(threads.map(lambda q: timed(partial(system.ask, q)), questions))
        rates.append(len(questions) / (time.perf_counter() - started))
    return {
        "questions/s, one asks": rates[0],
        f"questions/s, {CONCURRENT_USERS} ask": rates[1],
        "throughput ratio": rates[1] / rates[0],
        "p99 / median": latencies[int(len(latencies) * 0.99)] / statistics.median(latencies),
    }


def measure_encoding(corpus: Corpus) -> dict[str, Metrics]:
    """Sentences embedded per second by each system, in turn, and the least cosine to the plain
    script's vectors."""
    systems = {name: system_class() for name, system_class in SYSTEMS.items()}
    sentences = corpus.sentences[: ENCODED_SENTENCES * 7 : 7]
    for system in systems.values():
        system.encode(sentences[:64])
    times: dict[str, list[float]] = {name: [] for name in systems}
    vectors = {}
    for _ in range(ENCODING_RUNS):
        for name, system in systems.items():
            started = time.perf_counter()
            vectors[name] = system.encode(sentences)
            times[name].append(time.perf_counter() - started)
    plain = vectors["plain script"]
    return {
        name: {
            "sentences/s": len(sentences) / statistics.median(times[name]),
            "least cosine": float(np.sum(vectors[name] * plain, axis=1).min()),
        }
        for name in systems
    }


def tenth_nearest(corpus: Corpus, size: int) -> list[float]:
    """The cosine of the tenth nearest of ``size`` sentences to each question, by exact search."""
    index = FlatIndex.empty(corpus.vectors.shape[1])
    for _, _, vectors in embedded_articles(corpus, size):
        first = len(index)
        index.add(np.arange(first, first + len(vectors)), np.ascontiguousarray(vectors))
    questions = corpus.question_vectors[:QUESTIONS]
    return [float(index.search(vector, LIMIT, None)[1][-1]) for vector in questions]


def sample_articles() -> Iterator[EmbeddedArticle]:
    """The sample articles, embedded."""
    from index import Encoder
    from index.sentences import split_sentences
    from index.sources import read_source

    encoder = Encoder()
    for article in read_source(str(Path(__file__).parents[1] / "articles")):
        if isinstance(article, Article):
            yield article, split_sentences(article.text), encoder.encode(sentence_texts(article))


def run_task(task: str, options: argparse.Namespace) -> None:
    """Run a task in this process and print its results as JSON lines.

    Args:
        task: its kind and, after colons, the name of a system and the number of sentences.
    """
    corpus = real_corpus(options.data, options.work)
    kind, name, size = (*task.split(":"), "", "0")[:3]
    folder = options.work / f"{name} {size}"
    if kind == "fill":
        with tempfile.TemporaryDirectory(dir=options.work) as temporary:
            complete = Path(temporary) / "complete"
            articles = embedded_articles(corpus, int(size)) if int(size) else sample_articles()
            seconds = timed(lambda: SYSTEMS[name]().fill(complete, articles))
            complete.rename(folder)
        print(json.dumps({"fill s": seconds}))
    elif kind == "nearest":
        print(json.dumps(tenth_nearest(corpus, int(size))))
    elif kind == "encode":
        print(json.dumps(measure_encoding(corpus)))
    else:
        nearest = json.loads((options.work / f"nearest  {size}.json").read_text())
        for metrics in measure_warm(SYSTEMS[name](), folder, corpus, nearest):
            print(json.dumps(metrics), flush=True)


def results_of(task: str, options: argparse.Namespace) -> list[Any]:
    """The results of a task, run in a process of its own or cached by an earlier run."""
    path = options.work / f"{task.replace(':', ' ')}.json"
    if not path.exists():
        print(f"… {task}", file=sys.stderr, flush=True)
        folders = ["--data", str(options.data), "--work", str(options.work)]
        command = [sys.executable, "-m", "benchmarks.speed", *folders, "--task", task]
        process = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        path.write_text(process.stdout)
    return [json.loads(line) for line in path.read_text().splitlines()]


def measure_all(options: argparse.Namespace) -> dict[str, dict[int, Metrics]]:
    """All metrics, by system and number of sentences."""
    table: dict[str, dict[int, Metrics]] = {name: {} for name in SYSTEMS}
    for size in (SAMPLE, *options.sizes):
        if size:
            results_of(f"nearest::{size}", options)
        for name in SYSTEMS:
            metrics: Metrics = {}
            for result in results_of(f"fill:{name}:{size}", options):
                metrics |= result
            path = options.work / f"cold {name} {size}.json"
            if not path.exists() and size in (SAMPLE, max(options.sizes)):
                path.write_text(json.dumps(measure_cold(name, options.work / f"{name} {size}")))
            metrics |= json.loads(path.read_text()) if path.exists() else {}
            if size:
                for result in results_of(f"warm:{name}:{size}", options):
                    metrics |= result
            table[name][size] = metrics
    (encoding,) = results_of("encode", options)
    for name, metrics in encoding.items():
        table[name][SAMPLE] |= metrics
    return table


def print_table(table: dict[str, dict[int, Metrics]]) -> None:
    """Print a Markdown table: a row for each metric and size, a column for each system."""
    print(f"| what | sentences | {' | '.join(table)} |\n|---|---|{'---|' * len(table)}")
    first = next(iter(table.values()))
    names = list(dict.fromkeys(name for metrics in first.values() for name in metrics))
    for name in names:
        for size in first:
            values = [metrics[size].get(name) for metrics in table.values()]
            if any(value is not None for value in values):
                cells = (
                    "–" if value is None else f"{value:.4g}" if value < 10 else f"{value:,.0f}"
                    for value in values
                )
                sentences = f"{size:,}" if size else "the sample"
                print(f"| {name} | {sentences} | {' | '.join(cells)} |")


def plot(table: dict[str, dict[int, Metrics]], path: Path) -> None:
    """Plot the latency of search and of questions by the number of sentences to an SVG file."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "dateline"  # reproducible files
    from matplotlib import pyplot

    figure, plots = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for axes, metric in zip(plots, ("search ms", "question ms"), strict=True):
        for name, by_size in table.items():
            sizes = [size for size in by_size if size]
            axes.loglog(sizes, [by_size[s][metric] for s in sizes], marker="o", label=name)
        axes.set(title=metric.replace(" ms", ", ms"), xlabel="sentences")
        for axis, template in ((axes.xaxis, "{x:,.0f}"), (axes.yaxis, "{x:g}")):
            axis.set_major_formatter(template)
            axis.set_minor_formatter("")
        axes.grid(alpha=0.3, which="both")
    plots[0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/speed"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--plot", type=Path, help="an SVG file for the plot")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.task:
        run_task(options.task, options)
        return
    table = measure_all(options)
    print_table(table)
    if options.plot:
        plot(table, options.plot)


if __name__ == "__main__":
    main()
