"""Sources that differ: how many are noticed, and how often sources are wrongly said to differ.

``python -m benchmarks.differing [--failures]`` asks the questions of ``differing_sources.jsonl``,
each of its own small library. Half of them have sources that differ (``values`` has what they
state, newest first), half only look as if they had. With ``--failures``, it prints the failures in
the half that rules may be tuned on; those of the other half are never to be read.

``python -m benchmarks.differing --set FOLDER [--limit N]`` asks the questions of a question set,
whose articles are all different, and prints those for which sources are said to differ.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index import Answer, Article, Encoder, Library
from index.sources import read_source
from index.store import SqliteStore

HERE = Path(__file__).parent
HALVES = ("develop", "measure")


def labelled() -> Iterator[dict[str, Any]]:
    for line in (HERE / "differing_sources.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def article(known: dict[str, str]) -> Article:
    published = date.fromisoformat(known["published"])
    return Article(known["title"], known["text"], known["publisher"], published)


def ask(encoder: Encoder, case: dict[str, Any]) -> Answer:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(SqliteStore(Path(folder) / "library"), encoder) as library,
    ):
        for known in case["articles"]:
            library.add(article(known))
        return library.ask(case["question"], limit=12)


def outcome(case: dict[str, Any], answer: Answer) -> str:
    """How a question with labelled values was answered."""
    expected, stated = case["values"], [value.text for value in answer.differing]
    if not expected:
        return "wrongly differ" if stated else "agree"
    if not stated:
        return "missed"
    right = len(stated) == len(expected) and all(
        one in other or other in one for one, other in zip(stated, expected, strict=True)
    )
    return "right" if right else "other values"


def measure(encoder: Encoder, *, failures: bool) -> None:
    outcomes = {half: Counter[str]() for half in HALVES}
    for case in labelled():
        answer = ask(encoder, case)
        found = outcome(case, answer)
        outcomes[case["half"]][found] += 1
        if failures and case["half"] == "develop" and found not in ("right", "agree"):
            stated = [value.text for value in answer.differing]
            print(f"{found}: {case['question']} {stated}, expected {case['values']}")
    print(f"{'half':<9} {'differ':>6} {'noticed':>8} {'agree':>6} {'wrongly differ':>15}")
    for half, counts in outcomes.items():
        differ = counts["right"] + counts["missed"] + counts["other values"]
        agree = counts["agree"] + counts["wrongly differ"]
        wrong = counts["wrongly differ"] + counts["other values"]
        print(f"{half:<9} {differ:>6} {counts['right']:>8} {agree:>6} {wrong:>15}")


def count_alarms(encoder: Encoder, question_set: Path, limit: int) -> None:
    lines = (question_set / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    random.Random(0).shuffle(questions)
    asked, differing = questions[:limit], 0
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(SqliteStore(Path(folder) / "library"), encoder) as library,
    ):
        articles = read_source(str(question_set / "articles.jsonl"))
        for _ in library.add_all(one for one in articles if isinstance(one, Article)):
            pass
        for question in asked:
            answer = library.ask(question, limit=12)
            if answer.differing:
                differing += 1
                stated = [
                    (value.text, [c.article.title for c in value.citations])
                    for value in answer.differing
                ]
                print(f"{question} {stated}")
    print(f"{differing} of {len(asked)} questions with sources that differ")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differing")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--set", type=Path, metavar="FOLDER")
    parser.add_argument("--limit", type=int, default=300, metavar="N")
    options = parser.parse_args()
    encoder = Encoder()
    encoder.load()
    if options.set:
        count_alarms(encoder, options.set, options.limit)
    else:
        measure(encoder, failures=options.failures)


if __name__ == "__main__":
    main()
