"""The training itself, round by round: seeded, and it goes on from its last checkpoint."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.embedding.model_files import packaged_model
from index.reader.inputs import InputMaker
from training.collection import Collection
from training.loss import loss_of
from training.mine import mine
from training.model import ReaderModel
from training.parallel import Team, run_together
from training.tasks import Recipe, Round, make_tasks

BEFORE = "before.pt"
"""The weights that a round begins with."""

SAVED = 100
TOLD = 25
"""Steps after which a checkpoint is saved, and after which the loss is printed."""


def train(
    collection: Collection,
    work: Path,
    recipe: Recipe,
    minutes: float = 1e9,
    workers: int = 1,
) -> ReaderModel:
    """Train, or go on; stops after ``minutes`` with a checkpoint.

    What comes out is the mean of the last rounds' weights: it keeps what each has learned better
    than the last alone. Wortsman et al., "Model soups", ICML 2022.

    Raises:
        TimeoutError: it stopped before the end.
    """
    until = time.time() + 60 * minutes
    collection = replace(
        collection, examples=[e for e in collection.examples if not e.question.held_back]
    )
    torch.manual_seed(recipe.seed)
    model = ReaderModel(packaged_model())
    for turn, this in enumerate(recipe.rounds):
        ended = _ended(work, turn)
        if this.mined:
            collection = mine(collection, model, work / f"mined-{turn}.pickle")
        if not ended.exists():
            _save(model.state_dict(), work / BEFORE)
            run_together(_train_round, workers, collection, work, recipe, turn, until)
            last = turn + 1 == len(recipe.rounds)
            if not ended.exists() or (time.time() > until and not last):
                raise TimeoutError(f"stopped in round {turn + 1}; the same command goes on")
        model.load_state_dict(torch.load(ended))
    turns = range(len(recipe.rounds))[-recipe.averaged :]
    model.load_state_dict(_mean([torch.load(_ended(work, turn)) for turn in turns]))
    return model


class _Run:
    """One round's network, with what is needed to go on in the middle of it."""

    def __init__(
        self,
        before: Path,
        checkpoint: Path,
        this: Round,
        head_rate: float,
        steps: int,
        warm: float,
    ) -> None:
        self.model = ReaderModel(packaged_model(), frozen=this.frozen)
        self.model.load_state_dict(torch.load(before))
        heads = [*self.model.token.parameters(), *self.model.window.parameters()]
        body = [p for p in self.model.backbone.parameters() if p.requires_grad]
        self.parameters = [*body, *heads]
        self._optimizer = torch.optim.AdamW(
            [{"params": body, "lr": this.rate}, {"params": heads, "lr": head_rate}],
            weight_decay=0.01,
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min(1.0, (step + 1) / (warm * steps)) * (1 - min(1.0, step / steps)),
        )
        self.step = 0
        self._checkpoint = checkpoint
        if self._checkpoint.exists():
            state = torch.load(self._checkpoint)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step = state["step"]

    def learn(self, loss: torch.Tensor, team: Team) -> None:
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        team.average_gradients(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self._optimizer.step()
        self._schedule.step()
        self.step += 1

    def save(self) -> None:
        states = {name: part.state_dict() for name, part in self._parts().items()}
        _save(states | {"step": self.step}, self._checkpoint)

    def end(self, ended: Path) -> None:
        _save(self.model.state_dict(), ended)
        self._checkpoint.unlink(missing_ok=True)

    def _parts(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "optimizer": self._optimizer,
            "schedule": self._schedule,
        }


def _train_round(
    team: Team, collection: Collection, work: Path, recipe: Recipe, turn: int, until: float
) -> None:
    """A round, or what is left of it; ends with the round's weights, or late and without."""
    this = recipe.rounds[turn]
    maker = InputMaker(packaged_model())
    draw = np.random.default_rng((recipe.seed, turn))
    order = draw.permutation(len(collection.examples)).tolist()
    steps = int(this.share * len(order)) // recipe.together
    # A checkpoint of its own, so that no other round takes what is left of it.
    checkpoint = work / f"round-{turn + 1}-checkpoint.pt"
    run = _Run(work / BEFORE, checkpoint, this, recipe.head_rate, steps, recipe.warm_up)
    began, shown = time.monotonic(), []
    late = False
    while run.step < steps and not late:
        some = team.part(order[run.step * recipe.together :][: recipe.together])
        tasks = [
            task
            for i in some
            for task in make_tasks(collection, collection.examples[i], recipe, turn)
        ]
        loss = loss_of(run.model, maker, collection, tasks, recipe, this.apart)
        run.learn(loss.whole, team)
        shown.append((loss.ranking, loss.spans))
        late = team.agree(time.time() > until)
        if team.leads and (run.step % SAVED == 0 or late):
            run.save()
        if team.leads and run.step % TOLD == 0:
            _tell(f"round {turn + 1}, step {run.step} of {steps}", shown, began)
            shown.clear()
    if team.leads and run.step == steps:
        run.end(_ended(work, turn))


def _mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def _ended(work: Path, turn: int) -> Path:
    return work / f"round-{turn + 1}.pt"


def _save(state: object, path: Path) -> None:
    unfinished = path.with_suffix(".tmp")
    torch.save(state, unfinished)
    unfinished.replace(path)


def _tell(where: str, shown: Iterable[tuple[float, float]], began: float) -> None:
    ranking, spans = np.mean(list(shown), axis=0)
    took = (time.monotonic() - began) / 60
    print(f"{where}: ranking {ranking:.3f}, spans {spans:.3f}, {took:.1f} min", flush=True)
