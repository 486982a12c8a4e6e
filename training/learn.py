"""The training itself: seeded, and it goes on from its last checkpoint."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import log_softmax, softplus

from index.encoder import packaged_model
from index.reader.inputs import InputMaker
from index.reader.packaged import END, RELEVANCE, START
from training.collection import Collection
from training.mine import mine
from training.model import ReaderModel, read_tokens, sentence_scores
from training.tasks import Recipe, Task, lay_out, make_task


def loss_of(
    model: ReaderModel,
    maker: InputMaker,
    collection: Collection,
    tasks: Sequence[Task],
    recipe: Recipe,
    apart: float,
) -> tuple[torch.Tensor, float, float]:
    """The mean loss of some tasks; with it the parts for ranking and for spans.

    Args:
        apart: what it weighs that the wrong sentences, without the right one, are no answer.
    """
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
        shown = task_of == number
        everything = torch.logsumexp(torch.cat([torch.zeros(1), scores[shown]]), 0)
        if task.example is None:
            ranking.append(everything)
            continue
        by_sentence: dict[int, list[tuple[int, int]]] = {}
        for answer in task.example.answers:
            n = where.get((number, task.example.article, answer.sentence))
            if n is not None:
                by_sentence.setdefault(n, []).append((answer.first, answer.last))
        ranking.append(everything - torch.logsumexp(scores[list(by_sentence)], 0))
        wrong = shown.clone()
        wrong[list(by_sentence)] = False
        if apart and wrong.any():
            ranking[-1] = ranking[-1] + apart * softplus(torch.logsumexp(scores[wrong], 0))
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
        [{"params": body, "lr": recipe.rounds[0].rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    collection = replace(
        collection, examples=[e for e in collection.examples if not e.question.held_back]
    )
    lengths = [int(r.share * len(collection.examples)) // recipe.together for r in recipe.rounds]
    begins = [sum(lengths[:turn]) for turn in range(len(lengths))]
    steps = sum(lengths)

    def rate(step: int) -> float:
        """What the learning rates are multiplied by."""
        turn = max(n for n, begin in enumerate(begins) if begin <= step)
        done = min(1.0, (step - begins[turn]) / lengths[turn])
        return (
            recipe.rounds[turn].rate
            / recipe.rounds[0].rate
            * (min(1.0, (step - begins[turn] + 1) / (recipe.warm_up * lengths[turn])) * (1 - done))
        )

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
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
    turn = -1
    while step < steps:
        while step >= sum(lengths[: turn + 1]):
            turn += 1
            if recipe.rounds[turn].mined:
                collection = mine(collection, model, work / f"mined-{turn}.pickle")
        place = step - begins[turn]
        order = np.random.default_rng((recipe.seed, turn)).permutation(len(collection.examples))
        some = order[place * recipe.together : (place + 1) * recipe.together]
        tasks = [make_task(collection, collection.examples[i], recipe, turn) for i in some]
        apart = recipe.rounds[turn].apart
        loss, *parts = loss_of(model, maker, collection, tasks, recipe, apart)
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
        ended = step == begins[turn] + lengths[turn]
        if step % 100 == 0 or ended or late:
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
            if ended:
                shutil.copy(checkpoint, work / f"round-{turn + 1}.pt")
        if late and step < steps:
            raise TimeoutError(f"stopped at step {step} of {steps}; the same command goes on")
    return model
