"""Precision and recall of near-duplicates: python -m benchmarks.duplicates --data EVAL/squad2

Stories are consecutive paragraphs of an article, of about 400 words. Each has several versions, as
other outlets might publish it: reordered, trimmed, with a new first paragraph, with every thirtieth
word and some numbers changed, and several of these together. The negatives are other stories, also
about the same subject, and mixtures of two stories.
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

from index.text.near_duplicates import (
    BANDS,
    ROWS_PER_BAND,
    SHINGLE_SIZE,
    SIMILARITY_THRESHOLD,
    bands_of,
    jaccard,
    shingles_of,
)

STORY_WORDS = 400
ORIGINAL = "as it is"
"""The kind of the unchanged version."""

THRESHOLDS = [n / 20 for n in range(2, 20)]


@dataclass(frozen=True)
class Version:
    """A version of a story.

    Args:
        story: its number; None for a mixture, which is a near-duplicate of no other text.
        kind: how it was changed.
    """

    story: int | None
    kind: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def read_stories(data: Path) -> list[tuple[str, ...]]:
    """Stories: consecutive paragraphs about one subject, of at least ``STORY_WORDS`` words."""
    stories: list[tuple[str, ...]] = []
    paragraphs: list[str] = []
    subject = ""
    for line in (data / "articles.jsonl").read_text().splitlines():
        article = json.loads(line)
        name = re.sub(r" \(\d+\)$", "", article["title"])
        if name != subject:
            paragraphs, subject = [], name
        paragraphs.append(article["text"])
        if sum(len(text.split()) for text in paragraphs) >= STORY_WORDS:
            stories.append(tuple(paragraphs))
            paragraphs = []
    return stories


def make_versions(stories: list[tuple[str, ...]], rng: random.Random) -> Iterator[Version]:
    """The versions of every second story, and mixtures. Foreign text comes from the other stories,
    which have no versions themselves."""
    for number in range(0, len(stories) - 1, 2):
        story, foreign = stories[number], stories[rng.randrange(1, len(stories), 2)]
        sentences, others = sentences_of(story), sentences_of(foreign)
        yield Version(number, ORIGINAL, story)
        yield Version(number, "reordered", tuple(rng.sample(sentences, len(sentences))))
        yield Version(number, "trimmed by a fifth", tuple(part(sentences, 0.8)))
        yield Version(number, "trimmed by two fifths", tuple(part(sentences, 0.6)))
        yield Version(number, "prefixed", (*part(others, 0.25), *story))
        yield Version(number, "with a new beginning", (*part(others, 0.2), *sentences[2:]))
        yield Version(number, "edited", tuple(edited(text, rng) for text in story))
        both = [edited(text, rng) for text in part(sentences, 0.8)]
        yield Version(number, "trimmed and edited", (*part(others, 0.1), *both))
        yield Version(
            None, "half of it, half of another", (*part(sentences, 0.5), *part(others, 0.5))
        )
        yield Version(None, "a quarter of it in another", (*others, *part(sentences, 0.25)))


def sentences_of(story: tuple[str, ...]) -> list[str]:
    """The sentences of a story, split at every full stop."""
    return re.split(r"(?<=[.!?]) ", " ".join(story))


def part(sentences: list[str], share: float) -> list[str]:
    """The first sentences of a text, up to a share of its words."""
    limit = share * sum(len(sentence.split()) for sentence in sentences)
    kept: list[str] = []
    for sentence in sentences:
        if sum(map(len, map(str.split, kept))) + len(sentence.split()) / 2 <= limit:
            kept.append(sentence)
    return kept


def edited(text: str, rng: random.Random) -> str:
    """A text with about every thirtieth word and every tenth number changed."""
    words = text.split()
    for n, word in enumerate(words):
        if word[0].isdigit() and rng.random() < 0.1:
            words[n] = str(rng.randrange(1000))
        elif rng.random() < 1 / 30:
            words[n] = rng.choice(words)
    return " ".join(words)


def main(data: Path, seed: int) -> None:
    rng = random.Random(seed)
    versions = list(make_versions(read_stories(data), rng))
    started = time.perf_counter()
    bands = [set(bands_of(version.text)) for version in versions]
    seconds = (time.perf_counter() - started) / len(versions)
    shingles = [shingles_of(version.text) for version in versions]
    positives = 0
    similarities: dict[tuple[int, int], float] = {}  # of the pairs with a band in common
    for a, b in combinations(range(len(versions)), 2):
        positives += _is_same_story(versions[a], versions[b])
        if bands[a] & bands[b]:
            similarities[a, b] = jaccard(shingles[a], shingles[b])
    print(
        f"{len(versions)} texts, {positives} pairs of one story;"
        f" signing takes {seconds * 1000:.1f} ms a text"
    )
    print(f"shingles of {SHINGLE_SIZE} words, {BANDS} bands of {ROWS_PER_BAND}")
    print_thresholds(versions, similarities, positives)
    print_kinds(versions, similarities)


def print_thresholds(
    versions: list[Version], similarities: dict[tuple[int, int], float], positives: int
) -> None:
    """Print the precision and the recall of pairs for each threshold."""
    print("\n| threshold | precision | recall | F1 |\n|---|---|---|---|")
    right = {(a, b) for a, b in similarities if _is_same_story(versions[a], versions[b])}
    for threshold in THRESHOLDS:
        found = {pair for pair, similarity in similarities.items() if similarity >= threshold}
        hits = len(found & right)
        precision, recall = hits / max(1, len(found)), hits / positives
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"| {threshold:.2f} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")


def print_kinds(versions: list[Version], similarities: dict[tuple[int, int], float]) -> None:
    """Print how many versions of each kind are near-duplicates of their story as it is."""

    def are_similar(a: int, b: int) -> bool:
        return similarities.get((min(a, b), max(a, b)), 0) >= SIMILARITY_THRESHOLD

    print("\n| text | found to be of its story |\n|---|---|")
    originals = {v.story: n for n, v in enumerate(versions) if v.kind == ORIGINAL}
    for kind in dict.fromkeys(version.kind for version in versions):
        numbers = [n for n, v in enumerate(versions) if v.kind == kind]
        if kind == ORIGINAL:
            continue
        if versions[numbers[0]].story is None:
            wrong = sum(any(are_similar(n, o) for o in originals.values()) for n in numbers)
            print(f"| {kind} (wrongly) | {wrong / len(numbers):.3f} |")
        else:
            hits = sum(are_similar(n, originals[versions[n].story]) for n in numbers)
            print(f"| {kind} | {hits / len(numbers):.3f} |")


def _is_same_story(one: Version, other: Version) -> bool:
    return one.story is not None and one.story == other.story


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    main(options.data, options.seed)
