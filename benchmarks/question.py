"""What one warm question takes: python -m benchmarks.question

Over the sample articles, against a bare ``model.encode`` of the same question in the same run, in
turns, so that whatever else the machine does falls on both. Prints medians, their ratio, and the
memory of the process.
"""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sentence_transformers import SentenceTransformer

from index import Article, Library
from index.encoder import packaged_model
from index.sources import read_source

ROUNDS = 300
QUESTIONS = ("how many troops?", "which countries are involved?", "Who won the World Cup?")
ALLOWED = 3.0


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    sample = Path(__file__).parents[1] / "articles"
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        articles = read_source(str(sample))
        list(library.add_all(article for article in articles if isinstance(article, Article)))
        library.ask("warm up")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        model = SentenceTransformer(str(packaged_model()))
        model.encode("warm up")
        asked: list[float] = []
        encoded: list[float] = []
        for number in range(ROUNDS):
            question = QUESTIONS[number % len(QUESTIONS)]
            asked.append(timed(lambda question=question: library.ask(question)))  # type: ignore[misc]
            encoded.append(timed(lambda question=question: model.encode(question)))  # type: ignore[misc]
    ask, encode = statistics.median(asked), statistics.median(encoded)
    print(f"one question, median of {ROUNDS}: {ask:.1f} ms")
    print(f"bare model.encode of it:       {encode:.1f} ms")
    print(f"ratio: {ask / encode:.2f} (at most {ALLOWED:.0f})")
    print(f"peak memory before the second model: {memory:,.0f} MiB (at most 1,024)")


if __name__ == "__main__":
    main()
