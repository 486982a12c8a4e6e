"""Small talk and questions, distinguished: python -m benchmarks.small_talk [FILE…]

Each line of ``small_talk.jsonl`` is what somebody writes to the bot, and whether it is small talk.
Odd lines are the half that rules are tuned on, even ones are held back. Of question sets that are
named besides (``.jsonl`` with a ``question`` on each line), no question is small talk.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from bot.services.small_talk import is_small_talk

CASES = Path(__file__).with_name("small_talk.jsonl")
HALVES = ("tuned", "held back")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="question sets")
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines()):
        case, half = json.loads(line), HALVES[number % 2]
        is_right = is_small_talk(case["text"]) is case["small_talk"]
        total[half, case["small_talk"]] += 1
        right[half, case["small_talk"]] += is_right
        if options.failures and half == HALVES[0] and not is_right:
            print(f"line {number + 1}: {case['text']!r}")
    for half in HALVES:
        print(
            f"{half:9} {right[half, True]} of {total[half, True]} lines of small talk,"
            f" {right[half, False]} of {total[half, False]} questions"
        )
    for file in options.files:
        lines = file.read_text(encoding="utf-8").splitlines()
        questions = [json.loads(line)["question"] for line in lines]
        taken = [question for question in questions if is_small_talk(question)]
        print(f"{file}: {len(questions)} questions, taken for small talk: {taken or 'none'}")


if __name__ == "__main__":
    main()
