"""What the reader is shown of a question in a step of its training."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answering.context_windows import REACH, WIDEST, Window, plan_windows
from index.reader.inputs import Batch, Ids, InputMaker
from training.collection import Collection, Example, Place
from training.data import ENCYCLOPEDIC


@dataclass(frozen=True, slots=True)
class Round:
    """One time through the questions, with a learning rate that rises and falls."""

    rate: float
    hardest: int  # candidates that the windows without the answer are drawn from
    reaches: tuple[int, ...] = (0, 0, REACH, REACH)  # neighbours on each side, drawn from these
    mined: bool = False  # the candidates are put into the order of the reader so far
    lacking: float = 0.05  # questions asked without the sentence that answers them
    brief: float = 0.12  # questions without their last details, where they have some
    apart: float = 0.3  # what it weighs that the wrong sentences alone are no answer
    share: float = 1.0  # of the questions, drawn by chance
    frozen: int = 2  # layers that keep their weights
    inside: float = 0.0  # questions about reviews that are shown sentences of their own review only
    paired: float = 0.0  # encyclopedic questions whose near miss is asked of the same as well


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what comes out of a training run."""

    seed: int = 7
    rounds: tuple[Round, ...] = (
        Round(1e-4, 12, reaches=(REACH, REACH, REACH + 1), lacking=0.1, brief=0, apart=0),
        Round(7e-5, 6, mined=True),
        Round(7e-5, 6, frozen=0, inside=0.6),
        Round(7e-5, 6, frozen=0, inside=0.6, paired=0.8),
    )
    averaged: int = 2  # the last rounds, the mean of whose weights is what comes out
    together: int = 24  # questions a step
    head_rate: float = 1e-3
    warm_up: float = 0.05
    others: int = 2  # windows without the answer; twice as many where they are single sentences
    near_misses: float = 0.12
    span_weight: float = 0.5
    micro_tokens: int = 640  # of a batch: the fewer, the less of it is padding


SHORT = (
    Round(1e-4, 12, (REACH, REACH, REACH + 1), lacking=0.1, brief=0, apart=0, share=0.5),
    Round(7e-5, 6, mined=True, frozen=0, inside=0.6, share=0.8),
    Round(7e-5, 6, frozen=0, inside=0.6, paired=0.8),
)
"""Three rounds in place of four: the whole run takes less than three hours, at a price that
``training/README.md`` tells."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question with some windows, and the sentences (article, index) that answer it."""

    tokens: Ids
    windows: list[Window[int]]
    example: Example | None  # None: nothing here answers


def make_tasks(collection: Collection, example: Example, recipe: Recipe, turn: int) -> list[Task]:
    """What is shown of a question in one round; the same for the same seed.

    Some are two tasks: the windows that answer are shown with a near miss of the question too, so
    that the one word by which the two differ decides.
    """
    this = recipe.rounds[turn]
    draw = random.Random(f"{recipe.seed} {turn} {example.question.article} {example.question.text}")
    fate = draw.random()
    missed = bool(example.near_misses) and fate < recipe.near_misses
    near_miss = draw.choice(example.near_misses) if missed else None
    lacks = not missed and fate < recipe.near_misses + this.lacking
    brief = example.brief if fate > 1 - this.brief else None
    # Of another review, "Why did the author like it?" may well be answered too.
    review = example.question.domain != ENCYCLOPEDIC
    inside = brief is not None or (review and draw.random() < this.inside)
    wrong = _wrong_sentences(collection, example, inside=inside)[: this.hardest]
    lacks = lacks and len(wrong) > 1
    windows = _windows(collection, example, wrong, recipe, this, draw, lacks=lacks)
    tokens = next(t for t in (near_miss, brief, example.tokens) if t is not None)
    task = Task(tokens, windows, None if lacks or missed else example)
    paired = not review and draw.random() < this.paired
    if not (paired and example.near_misses) or task.example is None or brief is not None:
        return [task]
    answering = [w for w in windows if any(_holds(w, place) for place in example.right)]
    return [task, Task(draw.choice(example.near_misses), answering, None)]


def _wrong_sentences(collection: Collection, example: Example, *, inside: bool) -> list[Place]:
    """What search found and does not answer; ``inside``, in its own article, and the rest of it."""
    right = example.right
    wrong = [place for place in example.candidates if place not in right]
    if not inside:
        return wrong
    own = [(example.article, n) for n in range(len(collection.texts[example.article].spans))]
    found = [place for place in wrong if place[0] == example.article]
    return list(dict.fromkeys([*found, *(place for place in own if place not in right)]))


def _windows(
    collection: Collection,
    example: Example,
    wrong: list[Place],
    recipe: Recipe,
    this: Round,
    draw: random.Random,
    *,
    lacks: bool,
) -> list[Window[int]]:
    """Windows around some wrong sentences and, unless it ``lacks``, around a right one."""
    right = example.right
    reach = draw.choice(this.reaches)
    others = recipe.others * (1 if reach else 2) + lacks
    places = draw.sample(wrong, min(others, len(wrong)))
    if not lacks:
        places = [draw.choice(sorted(right)), *places]
    windows = plan_windows(
        [_moved(collection, place, draw) if reach else place for place in places],
        lambda article: collection.texts[article].lengths,
        budget=10**6,
        widest=draw.choice((WIDEST // 2, WIDEST, WIDEST)),
        reach=reach,
    )
    if lacks:
        return [w for w in windows if not any(_holds(w, place) for place in right)]
    if not any(_holds(w, place) for w in windows for place in right):
        article, index = places[0]
        return [w for w in windows if w.article != article] + [Window(article, index, index)]
    return windows


def _moved(collection: Collection, place: Place, draw: random.Random) -> Place:
    """A sentence or a neighbour, so that the right one is not always in the middle."""
    article, index = place
    index += draw.choice((-1, 0, 0, 1))
    return article, min(max(index, 0), len(collection.texts[article].spans) - 1)


def _holds(window: Window[int], place: Place) -> bool:
    article, index = place
    return window.article == article and window.first <= index <= window.last


def lay_out(
    maker: InputMaker, collection: Collection, tasks: Sequence[Task], most: int
) -> Iterator[tuple[Batch, list[tuple[int, int, int]]]]:
    """Batches of at most ``most`` tokens, rows of like length together.

    With each, what its sentences are: the task's number, the article and the index.
    """
    rows = []
    for number, task in enumerate(tasks):
        for window in task.windows:
            indexes = range(window.first, window.last + 1)
            sentences = [collection.texts[window.article].tokens[i] for i in indexes]
            places = [(number, window.article, i) for i in indexes]
            rows.append(
                (len(task.tokens) + sum(map(len, sentences)) + 3, task.tokens, sentences, places)
            )
    rows.sort(key=lambda row: row[0])
    while rows:
        size = max(1, min(len(rows), most // rows[0][0]))
        while size > 1 and size * rows[size - 1][0] > most:
            size -= 1
        some, rows = rows[:size], rows[size:]
        yield (
            maker.join([(tokens, sentences) for _, tokens, sentences, _ in some]),
            [place for *_, places in some for place in places],
        )
