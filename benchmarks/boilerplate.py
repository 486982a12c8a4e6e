"""Sentences that are not of the story, in labelled lines: python -m benchmarks.boilerplate

Each line of ``boilerplate.jsonl`` is put into a made-up article: as a paragraph of its own
(``first``, ``middle``, ``last``), at the end of a paragraph in the middle (``within``), or at the
beginning of one (``opening``). Odd lines are the half that rules are tuned on, even ones are held
back. With ``--texts``, the sentences of question sets are counted, too: nearly all are of stories.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.sentences import split_sentences

CASES = Path(__file__).with_name("boilerplate.jsonl")
HALVES = ("tuned", "held back")

STORY = (
    "The night ferry came back to the islands on Thursday after eleven weeks. The first boat"
    " carried mail, bread and forty passengers.",
    "“We had almost forgotten the sound of it,” said a baker on the quay.",
    "The owners and the crews had argued since spring about who pays for nights at sea. A judge"
    " ended that on Tuesday.",
    "Both sides may appeal until the end of the month.",
    "The islands have no airport. In winter, the strait is closed to small boats on two days of"
    " three.",
    "A second ferry is to follow next week.",
)


def article_with(text: str, place: str) -> tuple[str, int]:
    """The text of an article with a labelled text in a place, and where the latter begins."""
    paragraphs = list(STORY)
    middle = len(paragraphs) // 2
    if place == "first":
        paragraphs.insert(0, text)
    elif place == "middle":
        paragraphs.insert(middle, text)
    elif place == "last":
        paragraphs.append(text)
    elif place == "within":
        paragraphs[middle] = f"{paragraphs[middle]} {text}"
    elif place == "opening":
        paragraphs[middle] = f"{text} {paragraphs[middle]}"
    else:
        raise ValueError(f"Unknown place: {place}")
    article = "\n\n".join(paragraphs)
    return article, article.index(text)


def texts(folder: Path) -> Iterator[str]:
    """The texts of the question sets in a folder."""
    for path in sorted(folder.glob("eval/*/articles.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for path in sorted(folder.glob("train/squadshifts/*.json")):
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            yield "\n\n".join(paragraph["context"] for paragraph in article["paragraphs"])


def print_cases(*, failures: bool) -> None:
    hits: Counter[tuple[str, str, bool]] = Counter()
    total: Counter[tuple[str, str, bool]] = Counter()
    frames = 0
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines()):
        case, half = json.loads(line), HALVES[number % 2]
        text, start = article_with(case["text"], case["place"])
        end = start + len(case["text"])
        flags = []
        for sentence in split_sentences(text):
            if sentence.start < end and sentence.end > start:
                flags.append(sentence.is_boilerplate)
            else:
                frames += sentence.is_boilerplate
        expected = case["boilerplate"]
        found = all(flags) if expected else any(flags)
        for kind in (case["kind"], "all"):
            total[kind, half, expected] += 1
            hits[kind, half, expected] += found
        if failures and half == HALVES[0] and found != expected:
            print(f"line {number + 1}: {'missed' if expected else 'wrong'}: {case['text']!r}")
    for kind, half in sorted({key[:2] for key in total}):
        (right, of), (wrong, stories) = (
            (hits[kind, half, expected], total[kind, half, expected]) for expected in (True, False)
        )
        precision = right / (right + wrong) if right + wrong else 1
        print(
            f"{kind:12} {half:9} found {right:3} of {of:3}, wrong {wrong:3} of {stories:3},"
            f" recall {right / of if of else 1:.3f}, precision {precision:.3f}"
        )
    print(f"wrong in the story around: {frames}")


def print_texts(folder: Path, *, show: bool) -> None:
    sentences = flagged = 0
    started = time.perf_counter()
    for text in texts(folder):
        for sentence in split_sentences(text):
            sentences += 1
            if sentence.is_boilerplate:
                flagged += 1
                if show:
                    print(text[sentence.start : sentence.end][:200])
    seconds = time.perf_counter() - started
    print(
        f"question sets: {flagged} of {sentences} sentences flagged ({flagged / sentences:.4%}),"
        f" {seconds / sentences * 1e6:.1f} µs a sentence, splitting included"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    parser.add_argument("--texts", type=Path, help="the folder with eval/ and train/")
    parser.add_argument("--show", action="store_true", help="print what is flagged in these texts")
    options = parser.parse_args()
    print_cases(failures=options.failures)
    if options.texts:
        print_texts(options.texts, show=options.show)


if __name__ == "__main__":
    main()
