"""The training tasks: the windows that the reader is shown with a question."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.answering.context_windows import MAX_WINDOW_CHARS, NEIGHBORS, Window, plan_windows
from index.answering.follow_ups import strip_lead_in
from index.reader.tokenization import MAX_QUESTION_TOKENS, Batch, Ids, InputMaker, Row
from training.collection import Collection, Example, Place
from training.data import TITLED, Question
from training.perturb import perturb

UNLIMITED = 10**6
"""Characters of all windows of a task."""

NO_TITLE = 0.15
"""The share of tasks without the articles' titles, which may be missing or say nothing."""

AS_FOLLOW_UP = 0.5
"""The share of follow-up questions that are shown as asked; half of these alone, as they are asked
of the articles that answered the question before them, and half behind that question."""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over the questions, with a learning rate that rises and falls.

    Args:
        learning_rate: the highest one, of all layers but the new output.
        negative_pool: the number of nearest sentences that negatives are drawn from.
        negatives: the number of windows without an answer; twice as many if they are single
            sentences.
        neighbors: the numbers of neighbors on each side of a sentence that are drawn from.
        unanswerable: the share of questions without a window that answers them.
        negatives_weight: the weight of the loss that negatives alone are not recognized as
            unanswerable.
        share: how often each question is shown; if it is no whole number, some are shown once more
            than others, drawn at random.
        shares: the same for the questions of some domains.
        frozen_layers: the number of layers that are not trained.
        same_article: the share of questions whose negatives all come from the question's own
            article; of the others, every second one does.
        paired: the share of questions about articles with titles that are shown with a near miss as
            well.
    """

    learning_rate: float
    negative_pool: int = 8
    negatives: int = 3
    neighbors: tuple[int, ...] = (0, NEIGHBORS, NEIGHBORS, NEIGHBORS, NEIGHBORS + 1)
    unanswerable: float = 0.05
    negatives_weight: float = 0.3
    share: float = 1.0
    shares: Mapping[str, float] = field(default_factory=dict)
    frozen_layers: int = 4
    same_article: float = 0.6
    paired: float = 0.25


@dataclass(frozen=True, slots=True)
class Recipe:
    """The hyperparameters of a training run.

    Args:
        averaged_rounds: the number of last rounds whose weights are averaged.
        batch_questions: the number of questions in a step.
        head_learning_rate: the highest learning rate of the new output.
        warm_up: the share of a round's steps in which the learning rate rises.
        near_misses: the share of questions that are replaced by a near miss.
        span_weight: the weight of the loss of answer spans.
        batch_tokens: the number of tokens in a batch; small batches need less padding.
    """

    seed: int = 7
    rounds: tuple[Round, ...] = (
        Round(6e-5, shares={"news": 0}),
        Round(
            4e-5,
            negative_pool=16,
            negatives=5,
            share=0.2,
            shares={"news": 2, "reddit": 0.05, "amazon_reviews": 0.05},
        ),
    )
    averaged_rounds: int = 1
    batch_questions: int = 24
    head_learning_rate: float = 1e-3
    warm_up: float = 0.05
    near_misses: float = 0.06
    span_weight: float = 0.5
    batch_tokens: int = 1024


@dataclass(frozen=True, slots=True)
class Task:
    """A question with the windows that are shown with it.

    Args:
        question: as it is shown.
        example: the example whose answers count; None if the task is unanswerable.
        titled: whether the windows are shown with their articles' titles.
    """

    question: str
    windows: list[Window[int]]
    example: Example | None
    titled: bool = True


def draw_examples(
    examples: Sequence[Example], recipe: Recipe, number: int
) -> list[tuple[int, int]]:
    """The examples of a round in random order: their indices, each with how often it came before.

    Args:
        number: of the round, from 0.
    """
    round_ = recipe.rounds[number]
    rng = random.Random(f"{recipe.seed} {number}")
    drawn = []
    for index, example in enumerate(examples):
        share = round_.shares.get(example.question.domain, round_.share)
        drawn += [(index, n) for n in range(int(share + rng.random()))]
    rng.shuffle(drawn)
    return drawn


def make_tasks(
    collection: Collection, example: Example, recipe: Recipe, number: int, repetition: int = 0
) -> list[Task]:
    """The tasks of an example in a round, one or two; the same ones for the same seed.

    The second task shows the windows with the answer with a near miss of the question, so that the
    only word in which the two differ decides.

    Args:
        number: of the round, from 0.
        repetition: how often the example was shown before in the round.
    """
    round_ = recipe.rounds[number]
    question = example.question
    rng = random.Random(f"{recipe.seed} {number} {question.article} {question.text} {repetition}")
    titled = rng.random() >= NO_TITLE
    wording, alone = _wording(question, rng)
    asked, shortened = perturb(wording, rng, as_typed=question.as_typed)
    brief = shortened or alone
    chance = rng.random()
    missed = bool(example.near_misses) and chance < recipe.near_misses
    if missed:
        asked = _near_miss(example, rng)
    unanswerable = not missed and chance < recipe.near_misses + round_.unanswerable
    # "Why did the author like it?" may well be answered by another review too.
    same_article = brief or rng.random() < round_.same_article
    negatives = _negatives(example, round_.negative_pool, same_article=same_article)
    unanswerable = (unanswerable and len(negatives) > 1) or not example.answers
    windows = _windows(collection, example, negatives, round_, rng, unanswerable=unanswerable)
    task = Task(asked, windows, None if unanswerable or missed else example, titled)
    paired = question.domain in TITLED and rng.random() < round_.paired
    if not (paired and example.near_misses) or task.example is None or brief:
        return [task]
    answering = [w for w in windows if any(_contains(w, place) for place in example.right)]
    return [task, Task(_near_miss(example, rng), answering, None, titled)]


def _wording(question: Question, rng: random.Random) -> tuple[str, bool]:
    """The question, or what was asked in its dialogue, and whether that is shown alone."""
    if question.follow_up and rng.random() < AS_FOLLOW_UP:
        if rng.random() < 0.5:
            return strip_lead_in(question.follow_up), True
        return f"{question.earlier} {question.follow_up}", False
    return question.text, False


def _near_miss(example: Example, rng: random.Random) -> str:
    """A near miss of a question, as it might be typed."""
    near_miss = rng.choice(example.near_misses)
    return perturb(near_miss, rng, as_typed=example.question.as_typed)[0]


def _negatives(example: Example, pool: int, *, same_article: bool) -> list[Place]:
    """The candidates that do not answer; with ``same_article``, those in the question's article
    first, else in turn with those of all articles."""
    right = example.right
    own = [place for place in example.own if place not in right]
    everywhere = [place for place in example.candidates if place not in right]
    if same_article:
        return own[:pool] if len(own) > 1 else [*own, *everywhere][:pool]
    others = [place for place in everywhere if place[0] != example.article]
    return [*own[: pool // 2], *others[: pool // 2]]


def _windows(
    collection: Collection,
    example: Example,
    negatives: list[Place],
    round_: Round,
    rng: random.Random,
    *,
    unanswerable: bool,
) -> list[Window[int]]:
    """Windows around some negatives and around a right sentence or, if the question is
    ``unanswerable``, around what looks like the answer."""
    right = example.right
    neighbors = rng.choice(round_.neighbors)
    count = round_.negatives * (1 if neighbors else 2) + unanswerable
    places = rng.sample(negatives, min(count, len(negatives)))
    if not unanswerable:
        places = [rng.choice(sorted(right)), *places]
    elif example.plausible:
        places = [(example.article, rng.choice(example.plausible)), *places[1:]]
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
    questions = maker.tokenize([task.question for task in tasks], MAX_QUESTION_TOKENS)
    rows: list[tuple[Row, list[tuple[int, int, int]]]] = []
    for number, (task, question) in enumerate(zip(tasks, questions, strict=True)):
        for window in task.windows:
            text = collection.texts[window.article]
            indices = range(window.first, window.last + 1)
            title: Ids = text.title if task.titled else text.title[:0]
            row = Row(question.ids, title, [text.tokens[i] for i in indices])
            rows.append((row, [(number, window.article, i) for i in indices]))
    rows.sort(key=lambda row: len(row[0]))
    while rows:
        size = max(1, min(len(rows), max_tokens // len(rows[0][0])))
        while size > 1 and size * len(rows[size - 1][0]) > max_tokens:
            size -= 1
        in_batch, rows = rows[:size], rows[size:]
        yield (
            maker.batch([row for row, _ in in_batch]),
            [place for _, places in in_batch for place in places],
        )
