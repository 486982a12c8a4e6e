"""How well near-duplicates are told apart: python -m benchmarks.duplicates --data EVAL/squad2

Stories are made of consecutive paragraphs of an article, some 400 words each. Each is published
several times, as other outlets would: in another order, without its end, with a new first
paragraph, with every thirtieth word and some numbers changed, and several of these together. What
must not be taken for the same: other stories, among them those of the same subject, and what is
half one story and half another, or another with a quarter of it.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from index.text import near_duplicates as duplicates
from index.text.near_duplicates import bands_of, jaccard, shingles_of

WORDS = 400
THRESHOLDS = [n / 20 for n in range(2, 20)]


@dataclass(frozen=True)
class Version:
    """A text, and the story that it tells; None: one of its own."""

    story: int | None
    how: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def stories(data: Path) -> list[tuple[str, ...]]:
    """Consecutive paragraphs of one subject, until there are enough words."""
    made: list[tuple[str, ...]] = []
    some: list[str] = []
    subject = ""
    for line in (data / "articles.jsonl").read_text().splitlines():
        article = json.loads(line)
        name = re.sub(r" \(\d+\)$", "", article["title"])
        if name != subject:
            some, subject = [], name
        some.append(article["text"])
        if sum(len(text.split()) for text in some) >= WORDS:
            made.append(tuple(some))
            some = []
    return made


def versions(every: list[tuple[str, ...]], chance: random.Random) -> Iterator[Version]:
    """Each second story as it is and as others publish it, and texts that resemble it in part:
    what is foreign in them is taken from the other stories, which are not there themselves."""
    for number in range(0, len(every) - 1, 2):
        story, foreign = every[number], every[chance.randrange(1, len(every), 2)]
        sentences, others = sentences_of(story), sentences_of(foreign)
        yield Version(number, "as it is", story)
        yield Version(number, "reordered", tuple(chance.sample(sentences, len(sentences))))
        yield Version(number, "trimmed by a fifth", tuple(part(sentences, 0.8)))
        yield Version(number, "trimmed by two fifths", tuple(part(sentences, 0.6)))
        yield Version(number, "prefixed", (*part(others, 0.25), *story))
        yield Version(number, "with a new beginning", (*part(others, 0.2), *sentences[2:]))
        yield Version(number, "edited", tuple(edited(text, chance) for text in story))
        both = [edited(text, chance) for text in part(sentences, 0.8)]
        yield Version(number, "trimmed and edited", (*part(others, 0.1), *both))
        yield Version(
            None, "half of it, half of another", (*part(sentences, 0.5), *part(others, 0.5))
        )
        yield Version(None, "a quarter of it in another", (*others, *part(sentences, 0.25)))


def sentences_of(story: tuple[str, ...]) -> list[str]:
    return re.split(r"(?<=[.!?]) ", " ".join(story))


def part(sentences: list[str], share: float) -> list[str]:
    """The first sentences of a text, up to a share of its words."""
    room = share * sum(len(sentence.split()) for sentence in sentences)
    kept: list[str] = []
    for sentence in sentences:
        if sum(map(len, map(str.split, kept))) + len(sentence.split()) / 2 <= room:
            kept.append(sentence)
    return kept


def edited(text: str, chance: random.Random) -> str:
    """A text with every thirtieth word changed, and every tenth number."""
    words = text.split()
    for n, word in enumerate(words):
        if word[0].isdigit() and chance.random() < 0.1:
            words[n] = str(chance.randrange(1000))
        elif chance.random() < 1 / 30:
            words[n] = chance.choice(words)
    return " ".join(words)


def main(data: Path, seed: int) -> None:
    chance = random.Random(seed)
    every = list(versions(stories(data), chance))
    began = time.perf_counter()
    bands = [set(bands_of(version.text)) for version in every]
    taken = (time.perf_counter() - began) / len(every)
    shingles = [shingles_of(version.text) for version in every]
    same, found, likes = 0, set(), dict[tuple[int, int], float]()
    for a, b in combinations(range(len(every)), 2):
        same += every[a].story is not None and every[a].story == every[b].story
        if bands[a] & bands[b]:
            found.add((a, b))
            likes[a, b] = jaccard(shingles[a], shingles[b])
    print(
        f"{len(every)} texts, {same} pairs of one story; signing takes {taken * 1000:.1f} ms a text"
    )
    print(f"shingles of {duplicates.SHINGLE} words, {duplicates.BANDS} bands of {duplicates.ROWS}")
    print("\n| threshold | precision | recall | F1 |\n|---|---|---|---|")
    right = {pair for pair in found if _same(every, *pair)}
    for threshold in THRESHOLDS:
        taken_for = {pair for pair in found if likes[pair] >= threshold}
        hits = len(taken_for & right)
        precision, recall = hits / max(1, len(taken_for)), hits / same
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"| {threshold:.2f} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    print("\n| text | found to be of its story |\n|---|---|")
    originals = {v.story: n for n, v in enumerate(every) if v.how == "as it is"}
    for how in dict.fromkeys(version.how for version in every):
        pairs = [
            tuple(sorted((n, originals[v.story])))
            for n, v in enumerate(every)
            if v.how == how and v.story is not None and originals[v.story] != n
        ]
        if pairs:
            hit = sum(likes.get((a, b), 0) >= duplicates.ALIKE_FROM for a, b in pairs)
            print(f"| {how} | {hit / len(pairs):.3f} |")
        elif how != "as it is":
            numbers = [n for n, v in enumerate(every) if v.how == how]
            wrong = sum(
                any(
                    likes.get((o, n), likes.get((n, o), 0)) >= duplicates.ALIKE_FROM
                    for o in originals.values()
                )
                for n in numbers
            )
            print(f"| {how} (wrongly) | {wrong / len(numbers):.3f} |")


def _same(every: list[Version], a: int, b: int) -> bool:
    return every[a].story is not None and every[a].story == every[b].story


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    main(options.data, options.seed)
