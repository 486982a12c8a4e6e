"""The latency of one question on a warm library, stage by stage: python -m benchmarks.question

Asks the questions of a set (or three about the sample articles) repeatedly, one at a time, and
embeds each of them separately in the same run for comparison, so that other load of the machine
affects both. The plain script answers them as well, over as many sentences. Prints medians, the
stages' shares and the memory of the process.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from index import Article, Library
from index.answering import pipeline, question_search, sentence_search
from index.embedding.encoder import Encoder
from index.embedding.model_files import packaged_model
from index.evaluation.evaluate import read_questions
from index.reader.packaged import PackagedReader
from index.sources import read_source

ROUNDS = 300
SAMPLE = Path(__file__).parents[1] / "articles"
QUESTIONS = ["how many troops?", "which countries are involved?", "Who won the World Cup?"]
MAX_MS = 120
"""The latency that a question may have."""

READ = "read (in parallel)"

STAGES: tuple[tuple[object, str, str], ...] = (
    (question_search, "correct_question", "spelling"),
    (Encoder, "encode_questions", "embed the question"),
    (sentence_search, "lexical_search", "(parallel: BM25)"),
    (sentence_search, "dense_search", "dense search"),
    (sentence_search, "hybrid_candidates", "hybrid candidates"),
    (PackagedReader, "read", READ),
    (sentence_search, "rank", "rank"),
    (pipeline, "extract_top_span", "(of it: top span)"),
    (pipeline, "make_passages", "passages"),
)
"""The function of each stage and its label. Half of the windows are read in parallel with the
others, and the top span is extracted by reading, too."""


@contextmanager
def timed_stages(
    durations: dict[str, list[float]], starts: dict[str, list[float]]
) -> Iterator[None]:
    """Record the start and the duration, in milliseconds, of each stage of a question."""

    def timed(label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            started = time.perf_counter()
            starts[label].append(started)
            try:
                return function(*args, **options)
            finally:
                durations[label].append((time.perf_counter() - started) * 1000)

        return call

    with ExitStack() as patches:
        for owner, name, label in STAGES:
            patches.enter_context(patch.object(owner, name, timed(label, getattr(owner, name))))
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, help="a folder with articles.jsonl and questions.jsonl")
    parser.add_argument("--library", help="an existing library, instead of the articles")
    options = parser.parse_args()
    source = options.set / "articles.jsonl" if options.set else SAMPLE
    questions = QUESTIONS
    if options.set:
        questions = [q.text for q in read_questions(options.set / "questions.jsonl")]
    durations, starts = (defaultdict[str, list[float]](list) for _ in range(2))
    whole, before_reading, by_torch, embedding, by_script = (list[float]() for _ in range(5))
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(options.library or folder) as library,
    ):
        if not options.library:
            articles = read_source(str(source))
            list(library.add_all(article for article in articles if isinstance(article, Article)))
        library.ask("warm up")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        # Imported after index, which keeps torch's idle threads from spinning on a core.
        from benchmarks.plain import PlainSearch

        script = PlainSearch(str(packaged_model()))
        count = sum(one.sentences for one in library.totals().collections.values())
        # Searching a flat index takes the same time whatever its vectors are.
        vectors = np.random.default_rng(0).standard_normal((count, 384), np.float32)
        script.add([""] * count, vectors)
        script.ask("warm up")
        embed = partial(Encoder.encode_questions, library._encoder)  # before it is patched
        with timed_stages(durations, starts):
            for number in range(ROUNDS):
                question = questions[number % len(questions)]
                reads = len(durations[READ])
                started = time.perf_counter()
                whole.append(library.ask(question).elapsed_ms)
                before_reading.append((starts[READ][reads] - started) * 1000)
                others = (
                    (partial(script.model.encode, [question]), by_torch),
                    (partial(embed, [question]), embedding),
                    (partial(script.ask, question), by_script),
                )
                for other, times in others:
                    started = time.perf_counter()
                    other()
                    times.append((time.perf_counter() - started) * 1000)
    ask, torch, alone = map(statistics.median, (whole, by_torch, embedding))
    print(f"one question, median of {ROUNDS}: {ask:.1f} ms (at most {MAX_MS})")
    for label, times in durations.items():
        print(f"  {label:20} {statistics.median(times):6.1f} ms  {sum(times) / sum(whole):4.0%}")
    retrieval = statistics.median(before_reading)
    ratio = retrieval / alone
    print(f"until the reader begins: {retrieval:.1f} ms, {ratio:.1f} x its embedding alone")
    print(
        f"embedding it alone: {alone:.1f} ms; by torch: {torch:.1f} ms; ratio of the whole question"
    )
    print(f"to the latter: {ask / torch:.1f}")
    plain, slow = statistics.median(by_script), statistics.quantiles(whole, n=20)[-1]
    print(f"the plain script: {plain:.1f} ms; ratio of the whole question: {ask / plain:.1f}")
    print(f"95th percentile: {slow:.1f} ms, {slow / plain:.1f} x the plain script's median")
    print(f"peak memory before the second model: {memory:,.0f} MiB (at most 1,024)")


if __name__ == "__main__":
    main()
