"""The training itself: seeded, and it goes on from its last checkpoint."""

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import log_softmax

from index.encoder import packaged_model
from index.reader.inputs import Batch, Ids, InputMaker
from index.reader.packaged import END, RELEVANCE, START
from index.windows import REACH, WIDEST, Window, plan_windows
from training.collection import Collection, Example
from training.model import ReaderModel


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what comes out of a training run."""

    seed: int = 7
    rounds: int = 2  # over all questions, each with a learning rate that rises and falls
    together: int = 24  # questions a step
    rates: tuple[float, ...] = (1e-4, 7e-5)
    head_rate: float = 1e-3
    warm_up: float = 0.05
    others: int = 2  # windows without the answer, for each one with it
    hardest: tuple[int, ...] = (12, 6)  # candidates that these are drawn from, in each round
    near_misses: float = 0.12
    lacking: float = 0.10  # questions asked without the sentence that answers them
    span_weight: float = 0.5
    micro_tokens: int = 2048


@dataclass(frozen=True, slots=True)
class Task:
    """A question with some windows, and the sentences (article, index) that answer it."""

    tokens: Ids
    windows: list[Window[int]]
    example: Example | None  # None: nothing here answers


def make_task(collection: Collection, example: Example, recipe: Recipe, turn: int) -> Task:
    """What is shown of a question in one round; the same for the same seed."""
    draw = random.Random(f"{recipe.seed} {turn} {example.question.article} {example.question.text}")
    right = {(example.article, answer.sentence) for answer in example.answers}
    wrong = [
        place
        for place in example.candidates[: recipe.hardest[turn] + len(right)]
        if place not in right
    ]
    fate = draw.random()
    near_miss = fate < recipe.near_misses and example.near_miss is not None
    lacks = not near_miss and fate < recipe.near_misses + recipe.lacking and len(wrong) > 1
    places = draw.sample(wrong, min(recipe.others + lacks, len(wrong)))
    if not lacks:
        places = [draw.choice(sorted(right)), *places]
    windows = plan_windows(
        [_moved(collection, place, draw) for place in places],
        lambda article: collection.texts[article].lengths,
        budget=10**6,
        widest=draw.choice((WIDEST // 2, WIDEST, WIDEST)),
        reach=draw.choice((REACH, REACH, REACH + 1)),
    )
    if lacks:
        windows = [w for w in windows if not any(_holds(w, place) for place in right)]
    elif not any(_holds(w, place) for w in windows for place in right):
        article, index = places[0]
        windows = [w for w in windows if w.article != article] + [Window(article, index, index)]
    tokens = example.near_miss if near_miss and example.near_miss is not None else example.tokens
    return Task(tokens, windows, None if near_miss or lacks else example)


def _moved(collection: Collection, place: tuple[int, int], draw: random.Random) -> tuple[int, int]:
    """A sentence or a neighbour, so that the right one is not always in the middle."""
    article, index = place
    index += draw.choice((-1, 0, 0, 1))
    return article, min(max(index, 0), len(collection.texts[article].spans) - 1)


def _holds(window: Window[int], place: tuple[int, int]) -> bool:
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


def read_tokens(model: ReaderModel, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The sentences' tokens of a batch: their logits (tokens, 3) and their sentences' numbers."""
    logits = model(*(torch.from_numpy(a) for a in (batch.ids, batch.mask, batch.types)))
    inside = torch.from_numpy(batch.sentence >= 0)
    return logits[inside], torch.from_numpy(batch.sentence)[inside]


def sentence_scores(relevance: torch.Tensor, sentence: torch.Tensor, count: int) -> torch.Tensor:
    """The logarithm of the sum of the exponentials of each sentence's tokens."""
    most = torch.full((count,), -1e9).scatter_reduce(0, sentence, relevance.detach(), "amax")
    sums = torch.zeros(count).index_add(0, sentence, (relevance - most[sentence]).exp())
    return most + sums.clamp_min(1e-9).log()


def loss_of(
    model: ReaderModel,
    maker: InputMaker,
    collection: Collection,
    tasks: Sequence[Task],
    recipe: Recipe,
) -> tuple[torch.Tensor, float, float]:
    """The mean loss of some tasks; with it the parts for ranking and for spans."""
    logits, numbers = [], []
    places: list[tuple[int, int, int]] = []
    for batch, some in lay_out(maker, collection, tasks, recipe.micro_tokens):
        tokens, sentence = read_tokens(model, batch)
        logits.append(tokens)
        numbers.append(sentence + len(places))
        places += some
    tokens, sentence = torch.cat(logits), torch.cat(numbers)
    scores = sentence_scores(tokens[:, RELEVANCE], sentence, len(places))
    task_of = torch.tensor([task for task, _, _ in places])
    starts = torch.searchsorted(sentence, torch.arange(len(places)))
    where = {place: n for n, place in enumerate(places)}
    ranking, spans = [], []
    for number, task in enumerate(tasks):
        # Nothing answers: an option of its own, whose score is 0.
        options = torch.cat([torch.zeros(1), scores[task_of == number]])
        everything = torch.logsumexp(options, 0)
        if task.example is None:
            ranking.append(everything)
            continue
        by_sentence: dict[int, list[tuple[int, int]]] = {}
        for answer in task.example.answers:
            n = where.get((number, task.example.article, answer.sentence))
            if n is not None:
                by_sentence.setdefault(n, []).append((answer.first, answer.last))
        ranking.append(everything - torch.logsumexp(scores[list(by_sentence)], 0))
        for n, answers in by_sentence.items():
            first = int(starts[n])
            last = int(starts[n + 1]) if n + 1 < len(places) else len(sentence)
            for column, which in ((START, 0), (END, 1)):
                chances = log_softmax(tokens[first:last, column], 0)
                said = torch.tensor([answer[which] for answer in answers])
                spans.append(-chances[said].mean() / (2 * len(by_sentence)))
    rank_loss = torch.stack(ranking).mean()
    span_loss = torch.stack(spans).sum() / len(tasks) if spans else torch.zeros(())
    return (
        rank_loss + 2 * recipe.span_weight * span_loss,
        float(rank_loss.detach()),
        float(span_loss.detach()),
    )


def train(collection: Collection, work: Path, recipe: Recipe, minutes: float = 1e9) -> ReaderModel:
    """Train, or go on; stops after ``minutes`` with a checkpoint.

    Raises:
        TimeoutError: it stopped before the end.
    """
    torch.manual_seed(recipe.seed)
    model = ReaderModel(packaged_model())
    maker = InputMaker(packaged_model())
    heads = [*model.token.parameters(), *model.window.parameters()]
    body = [p for p in model.backbone.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rates[0]}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    examples = [e for e in collection.examples if not e.question.held_back]
    in_round = len(examples) // recipe.together
    steps = recipe.rounds * in_round
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: (
            min(1.0, (step % in_round + 1) / (recipe.warm_up * in_round))
            * (1 - (step % in_round) / in_round)
            * (recipe.rates[min(step // in_round, recipe.rounds - 1)] / recipe.rates[0])
        ),
    )
    checkpoint = work / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        step = state["step"]
        print(f"going on from step {step} of {steps}", flush=True)
    began, shown = time.monotonic(), []
    while step < steps:
        turn, place = divmod(step, in_round)
        order = np.random.default_rng((recipe.seed, turn)).permutation(len(examples))
        some = order[place * recipe.together : (place + 1) * recipe.together]
        tasks = [make_task(collection, examples[i], recipe, turn) for i in some]
        loss, *parts = loss_of(model, maker, collection, tasks, recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        schedule.step()
        step += 1
        shown.append(parts)
        if step % 25 == 0:
            ranking, spans = np.mean(shown, axis=0)
            took = (time.monotonic() - began) / 60
            print(
                f"step {step} of {steps}: ranking {ranking:.3f}, spans {spans:.3f}, {took:.1f} min",
                flush=True,
            )
            shown.clear()
        late = time.monotonic() - began > 60 * minutes
        if step % 100 == 0 or step % in_round == 0 or late:
            unfinished = checkpoint.with_suffix(".tmp")
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step,
                },
                unfinished,
            )
            unfinished.replace(checkpoint)
            if step % in_round == 0:
                shutil.copy(checkpoint, work / f"round-{step // in_round}.pt")
        if late and step < steps:
            raise TimeoutError(f"stopped at step {step} of {steps}; the same command goes on")
    return model
