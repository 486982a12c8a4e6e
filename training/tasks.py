"""The training tasks: the windows that the reader is shown with a question."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.answering.context_windows import MAX_WINDOW_CHARS, NEIGHBORS, Window, plan_windows
from index.reader.tokenization import Batch, Ids, InputMaker
from training.collection import Collection, Example, Place
from training.data import ENCYCLOPEDIC

UNLIMITED = 10**6
"""Characters of all windows of a task."""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over the questions, with a learning rate that rises and falls.

    Args:
        learning_rate: the highest one, of all layers but the heads.
        negative_pool: the number of best candidates that negatives are drawn from.
        neighbors: the numbers of neighbors on each side of a sentence that are drawn from.
        mined: whether the candidates are first ranked by the reader trained so far.
        unanswerable: the share of questions without a window that answers them.
        brief: the share of questions that are shortened, if they can be.
        negatives_weight: the weight of the loss that negatives alone are not recognized as
            unanswerable.
        fraction: the share of questions that are trained on, drawn at random.
        frozen_layers: the number of layers that are not trained.
        same_article: the share of questions about reviews and posts whose negatives all come from
            the question's own article.
        paired: the share of encyclopedic questions that are shown with a near miss as well.
    """

    learning_rate: float
    negative_pool: int
    neighbors: tuple[int, ...] = (0, 0, NEIGHBORS, NEIGHBORS)
    mined: bool = False
    unanswerable: float = 0.05
    brief: float = 0.12
    negatives_weight: float = 0.3
    fraction: float = 1.0
    frozen_layers: int = 2
    same_article: float = 0.0
    paired: float = 0.0


FIRST_ROUND = Round(
    1e-4,
    12,
    neighbors=(NEIGHBORS, NEIGHBORS, NEIGHBORS + 1),
    unanswerable=0.1,
    brief=0,
    negatives_weight=0,
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The hyperparameters of a training run.

    Args:
        averaged_rounds: the number of last rounds whose weights are averaged.
        batch_questions: the number of questions in a step.
        head_learning_rate: the highest learning rate of the heads.
        warm_up: the share of a round's steps in which the learning rate rises.
        negatives: the number of windows without an answer; twice as many if they are single
            sentences.
        near_misses: the share of questions that are replaced by a near miss.
        span_weight: the weight of the loss of answer spans.
        batch_tokens: the number of tokens in a batch; small batches need less padding.
    """

    seed: int = 7
    rounds: tuple[Round, ...] = (
        FIRST_ROUND,
        Round(7e-5, 6, mined=True),
        Round(7e-5, 6, frozen_layers=0, same_article=0.6),
        Round(7e-5, 6, frozen_layers=0, same_article=0.6, paired=0.8),
    )
    averaged_rounds: int = 2
    batch_questions: int = 24
    head_learning_rate: float = 1e-3
    warm_up: float = 0.05
    negatives: int = 2
    near_misses: float = 0.12
    span_weight: float = 0.5
    batch_tokens: int = 640


SHORT_ROUNDS = (
    replace(FIRST_ROUND, fraction=0.5),
    Round(7e-5, 6, mined=True, frozen_layers=0, same_article=0.6, fraction=0.8),
    Round(7e-5, 6, frozen_layers=0, same_article=0.6, paired=0.8),
)
"""Three rounds instead of four, which take less than three hours; ``training/README.md`` compares
the results."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question with the windows that are shown with it.

    Args:
        tokens: of the question.
        example: the example whose answers count; None if the task is unanswerable.
    """

    tokens: Ids
    windows: list[Window[int]]
    example: Example | None


def make_tasks(collection: Collection, example: Example, recipe: Recipe, number: int) -> list[Task]:
    """The tasks of an example in a round, one or two; the same ones for the same seed.

    The second task shows the windows with the answer with a near miss of the question, so that the
    only word in which the two differ decides.

    Args:
        number: of the round, from 0.
    """
    round_ = recipe.rounds[number]
    question = example.question
    rng = random.Random(f"{recipe.seed} {number} {question.article} {question.text}")
    chance = rng.random()
    missed = bool(example.near_misses) and chance < recipe.near_misses
    near_miss = rng.choice(example.near_misses) if missed else None
    unanswerable = not missed and chance < recipe.near_misses + round_.unanswerable
    brief = example.brief if chance > 1 - round_.brief else None
    # "Why did the author like it?" may well be answered by another review too.
    review = question.domain != ENCYCLOPEDIC
    same_article = brief is not None or (review and rng.random() < round_.same_article)
    negatives = _negatives(collection, example, same_article=same_article)[: round_.negative_pool]
    unanswerable = unanswerable and len(negatives) > 1
    windows = _windows(
        collection, example, negatives, recipe, round_, rng, unanswerable=unanswerable
    )
    tokens = next(t for t in (near_miss, brief, example.tokens) if t is not None)
    task = Task(tokens, windows, None if unanswerable or missed else example)
    paired = not review and rng.random() < round_.paired
    if not (paired and example.near_misses) or task.example is None or brief is not None:
        return [task]
    answering = [w for w in windows if any(_contains(w, place) for place in example.right)]
    return [task, Task(rng.choice(example.near_misses), answering, None)]


def _negatives(collection: Collection, example: Example, *, same_article: bool) -> list[Place]:
    """The candidates that do not answer; with ``same_article``, only those in the question's
    article, followed by its other sentences."""
    right = example.right
    negatives = [place for place in example.candidates if place not in right]
    if not same_article:
        return negatives
    own = [(example.article, n) for n in range(len(collection.texts[example.article].spans))]
    retrieved = [place for place in negatives if place[0] == example.article]
    return list(dict.fromkeys([*retrieved, *(place for place in own if place not in right)]))


def _windows(
    collection: Collection,
    example: Example,
    negatives: list[Place],
    recipe: Recipe,
    round_: Round,
    rng: random.Random,
    *,
    unanswerable: bool,
) -> list[Window[int]]:
    """Windows around some negatives and, unless it is ``unanswerable``, around a right sentence."""
    right = example.right
    neighbors = rng.choice(round_.neighbors)
    count = recipe.negatives * (1 if neighbors else 2) + unanswerable
    places = rng.sample(negatives, min(count, len(negatives)))
    if not unanswerable:
        places = [rng.choice(sorted(right)), *places]
    windows = plan_windows(
        [_shift(collection, place, rng) if neighbors else place for place in places],
        lambda article: collection.texts[article].lengths,
        max_chars=UNLIMITED,
        max_window_chars=rng.choice((MAX_WINDOW_CHARS // 2, MAX_WINDOW_CHARS, MAX_WINDOW_CHARS)),
        neighbors=neighbors,
    )
    if unanswerable:
        return [w for w in windows if not any(_contains(w, place) for place in right)]
    if not any(_contains(w, place) for w in windows for place in right):
        article, index = places[0]
        return [w for w in windows if w.article != article] + [Window(article, index, index)]
    return windows


def _shift(collection: Collection, place: Place, rng: random.Random) -> Place:
    """A sentence or a neighbor, so that the right one is not always in the middle."""
    article, index = place
    index += rng.choice((-1, 0, 0, 1))
    return article, min(max(index, 0), len(collection.texts[article].spans) - 1)


def _contains(window: Window[int], place: Place) -> bool:
    article, index = place
    return window.article == article and window.first <= index <= window.last


def make_batches(
    maker: InputMaker, collection: Collection, tasks: Sequence[Task], max_tokens: int
) -> Iterator[tuple[Batch, list[tuple[int, int, int]]]]:
    """Batches of at most ``max_tokens`` tokens, with windows of similar length.

    Each comes with the number of the task, the article and the index of each of its sentences.
    """
    rows = []
    for number, task in enumerate(tasks):
        for window in task.windows:
            indices = range(window.first, window.last + 1)
            sentences = [collection.texts[window.article].tokens[i] for i in indices]
            places = [(number, window.article, i) for i in indices]
            rows.append(
                (len(task.tokens) + sum(map(len, sentences)) + 3, task.tokens, sentences, places)
            )
    rows.sort(key=lambda row: row[0])
    while rows:
        size = max(1, min(len(rows), max_tokens // rows[0][0]))
        while size > 1 and size * rows[size - 1][0] > max_tokens:
            size -= 1
        in_batch, rows = rows[:size], rows[size:]
        yield (
            maker.batch([(tokens, sentences) for _, tokens, sentences, _ in in_batch]),
            [place for *_, places in in_batch for place in places],
        )
