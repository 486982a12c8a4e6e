"""The measurements of ``benchmarks.speed``: latency, memory, recall, throughput and encoding."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from benchmarks.corpus import Corpus, embedded_articles
from benchmarks.systems import SYSTEMS, Dateline, System
from index import Article
from index.store.vector_index.flat import FlatIndex

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
