"""What one warm question takes, stage by stage: python -m benchmarks.question

Asks the questions of a set (or, without one, three of the sample articles) again and again, each
one after the other and on two cores, and beside it a bare ``model.encode`` of the same question in
the same run, so that whatever else the machine does falls on both. Prints medians, the stages'
shares and the memory of the process.
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

import index.answering.pipeline
from index import Article, Library
from index.embedding.encoder import Encoder
from index.embedding.model_files import packaged_model
from index.evaluation.evaluate import read_questions
from index.reader.packaged import PackagedReader
from index.sources import read_source

ROUNDS = 300
SAMPLE = Path(__file__).parents[1] / "articles"
QUESTIONS = ["how many troops?", "which countries are involved?", "Who won the World Cup?"]
ALLOWED_MS = 120
MARKING = "of it, to mark answers"
STAGES: tuple[tuple[object, str, str], ...] = (
    (Encoder, "encode_questions", "embed the question"),
    (index.answering, "find_by_words", "(beside: words)"),
    (index.answering, "find_by_meaning", "search by it"),
    (index.answering, "find_candidates", "candidates of both"),
    (index.answering, "gather_windows", "windows"),
    (PackagedReader, "read", "read"),
    (index.answering, "rank", "order"),
    (index.answering, "mark", MARKING),
    (index.answering, "make_passages", "passages"),
)


@contextmanager
def timed_stages(took: dict[str, list[float]], began_at: dict[str, list[float]]) -> Iterator[None]:
    """Notes how long each stage of a question takes, in milliseconds, and when it began."""

    def noting(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            began = time.perf_counter()
            began_at[name].append(began)
            try:
                return call(*args, **options)
            finally:
                took[name].append((time.perf_counter() - began) * 1000)

        return timed

    with ExitStack() as patched:
        for owner, name, stage in STAGES:
            patched.enter_context(patch.object(owner, name, noting(stage, getattr(owner, name))))
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, help="a folder with articles.jsonl and questions.jsonl")
    parser.add_argument("--library", help="one that is there already, in place of the articles")
    options = parser.parse_args()
    source = options.set / "articles.jsonl" if options.set else SAMPLE
    questions = QUESTIONS
    if options.set:
        questions = [q.text for q in read_questions(options.set / "questions.jsonl")]
    stages, began_at = (defaultdict[str, list[float]](list) for _ in range(2))
    whole, before, bare, own = (list[float]() for _ in range(4))
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(options.library or folder) as library,
    ):
        if not options.library:
            articles = read_source(str(source))
            list(library.add_all(article for article in articles if isinstance(article, Article)))
        library.ask("warm up")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        # Imported here, after index, or torch's threads take a core while the next question is
        # answered: they wait for work by spinning unless it is told before that they must not.
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(packaged_model()))
        model.encode("warm up")
        embed = Encoder.encode_questions  # as it is, without its time being noted
        with timed_stages(stages, began_at):
            for number in range(ROUNDS):
                question = questions[number % len(questions)]
                reads = len(stages["read"])
                began = time.perf_counter()
                whole.append(library.ask(question).elapsed_ms)
                before.append((began_at["read"][reads] - began) * 1000)
                for call, times in ((model.encode, bare), (partial(embed, library._encoder), own)):
                    began = time.perf_counter()
                    call([question])
                    times.append((time.perf_counter() - began) * 1000)
    ask, torch, alone = map(statistics.median, (whole, bare, own))
    print(f"one question, median of {ROUNDS}: {ask:.1f} ms (at most {ALLOWED_MS})")
    for name, times in stages.items():
        print(f"  {name:20} {statistics.median(times):6.1f} ms  {sum(times) / sum(whole):4.0%}")
    found = statistics.median(before)
    print(f"until the reader begins: {found:.1f} ms, {found / alone:.1f} x its embedding alone")
    print(
        f"embedding it alone: {alone:.1f} ms; by torch: {torch:.1f} ms; ratio of the whole question"
    )
    print(f"to the latter: {ask / torch:.1f}")
    print(f"peak memory before the second model: {memory:,.0f} MiB (at most 1,024)")


if __name__ == "__main__":
    main()
