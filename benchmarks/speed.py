"""Speed and memory of Dateline, a plain script and txtai: python -m benchmarks.speed

``benchmarks/README.md`` explains the measurements and the million sentences. Each task runs in a
process of its own, and its results are kept in ``--work``, so that an interrupted run is resumed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import EmbeddedArticle, embedded_articles, real_corpus, sentence_texts
from benchmarks.speed_measures import (
    Metrics,
    measure_cold,
    measure_encoding,
    measure_warm,
    tenth_nearest,
    timed,
)
from benchmarks.systems import SYSTEMS
from index import Article

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SAMPLE = 0
"""The size that stands for the sample articles."""


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
