"""The training loop: rounds, each resumed from its last checkpoint; seeded."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import BertConfig

from index.embedding.model_files import packaged_model
from index.reader.tokenization import InputMaker
from training.collection import Collection
from training.loss import loss_of
from training.model import ReaderModel
from training.parallel import Team, run_together
from training.tasks import Recipe, Round, draw_examples, make_tasks

INITIAL_WEIGHTS = "before.pt"
"""The file of the weights that a round starts with."""

CHECKPOINT_INTERVAL = 100
LOG_INTERVAL = 25
"""Steps after which a checkpoint is saved, and after which the losses are printed."""


def train(
    model: ReaderModel,
    collection: Collection,
    work: Path,
    recipe: Recipe,
    minutes: float = 1e9,
    workers: int = 1,
) -> ReaderModel:
    """Train the reader, or resume its training.

    The result is the mean of the last rounds' weights, which is better than those of the last
    round: Wortsman et al., "Model soups", ICML 2022.

    Args:
        model: with its weights before training.
        work: the folder of checkpoints.
        minutes: the time after which the training stops with a checkpoint.
        workers: the number of processes.

    Raises:
        TimeoutError: it stopped before the end.
    """
    deadline = time.time() + 60 * minutes
    collection = replace(
        collection,
        examples=[
            e for e in collection.examples if not e.question.held_back and (e.own or e.candidates)
        ],
    )
    for number in range(len(recipe.rounds)):
        weights = _weights_path(work, number)
        if not weights.exists():
            _save((model.config.to_dict(), model.state_dict()), work / INITIAL_WEIGHTS)
            run_together(_train_round, workers, collection, work, recipe, number, deadline)
            is_last = number + 1 == len(recipe.rounds)
            if not weights.exists() or (time.time() > deadline and not is_last):
                raise TimeoutError(f"stopped in round {number + 1}; the same command resumes it")
        model.load_state_dict(torch.load(weights))
    averaged = range(len(recipe.rounds))[-recipe.averaged_rounds :]
    model.load_state_dict(_mean([torch.load(_weights_path(work, number)) for number in averaged]))
    return model


class _RoundTrainer:
    """The network, the optimizer and the schedule of one round, resumed from a checkpoint.

    Args:
        initial: the file of the weights that the round starts with.
        checkpoint: the file of the round's checkpoint.
        steps: of the round.
        warm_up: the share of steps in which the learning rate rises.
    """

    def __init__(
        self,
        initial: Path,
        checkpoint: Path,
        round_: Round,
        head_learning_rate: float,
        steps: int,
        warm_up: float,
    ) -> None:
        config, weights = torch.load(initial)
        self.model = ReaderModel(BertConfig(**config), frozen_layers=round_.frozen_layers)
        self.model.load_state_dict(weights)
        self.model.to("cuda" if torch.cuda.is_available() else "cpu")
        heads = list(self.model.token.parameters())
        body = [
            p for n, p in self.model.named_parameters() if p.requires_grad and "token." not in n
        ]
        self.parameters = [*body, *heads]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": body, "lr": round_.learning_rate},
                {"params": heads, "lr": head_learning_rate},
            ],
            weight_decay=0.01,
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min(1.0, (step + 1) / (warm_up * steps)) * (1 - min(1.0, step / steps)),
        )
        self.step = 0
        self._checkpoint = checkpoint
        if self._checkpoint.exists():
            state = torch.load(self._checkpoint)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step = state["step"]

    def train_step(self, loss: torch.Tensor, team: Team) -> None:
        """Update the weights by the loss's gradients."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        team.average_gradients(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self._optimizer.step()
        self._schedule.step()
        self.step += 1

    def save_checkpoint(self) -> None:
        states = {name: part.state_dict() for name, part in self._parts().items()}
        _save(states | {"step": self.step}, self._checkpoint)

    def finish(self, weights: Path) -> None:
        """Save the round's weights in place of its checkpoint."""
        _save(self.model.state_dict(), weights)
        self._checkpoint.unlink(missing_ok=True)

    def _parts(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "optimizer": self._optimizer,
            "schedule": self._schedule,
        }


def _train_round(
    team: Team, collection: Collection, work: Path, recipe: Recipe, number: int, deadline: float
) -> None:
    """Train a round, or the rest of it, and save its weights; after the deadline, a checkpoint."""
    round_ = recipe.rounds[number]
    maker = InputMaker(packaged_model())
    drawn = draw_examples(collection.examples, recipe, number)
    steps = len(drawn) // recipe.batch_questions
    # Named after the round, so that no other round resumes from it.
    checkpoint = work / f"round-{number + 1}-checkpoint.pt"
    trainer = _RoundTrainer(
        work / INITIAL_WEIGHTS,
        checkpoint,
        round_,
        recipe.head_learning_rate,
        steps,
        recipe.warm_up,
    )
    started = time.monotonic()
    losses: list[tuple[float, float]] = []
    timed_out = False
    while trainer.step < steps and not timed_out:
        first = trainer.step * recipe.batch_questions
        tasks = [
            task
            for i, n in team.part(drawn[first : first + recipe.batch_questions])
            for task in make_tasks(collection, collection.examples[i], recipe, number, n)
        ]
        loss = loss_of(trainer.model, maker, collection, tasks, recipe, round_.negatives_weight)
        trainer.train_step(loss.total, team)
        losses.append((loss.ranking, loss.spans))
        timed_out = team.any(time.time() > deadline)
        if team.leads and (trainer.step % CHECKPOINT_INTERVAL == 0 or timed_out):
            trainer.save_checkpoint()
        if team.leads and trainer.step % LOG_INTERVAL == 0:
            _print_losses(f"round {number + 1}, step {trainer.step} of {steps}", losses, started)
            losses.clear()
    if team.leads and trainer.step == steps:
        trainer.finish(_weights_path(work, number))


def _mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def _weights_path(work: Path, number: int) -> Path:
    """The file of a round's weights."""
    return work / f"round-{number + 1}.pt"


def _save(state: object, path: Path) -> None:
    """Save a state atomically."""
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    temporary.replace(path)


def _print_losses(label: str, losses: Sequence[tuple[float, float]], started: float) -> None:
    ranking, spans = np.mean(losses, axis=0)
    minutes = (time.monotonic() - started) / 60
    print(f"{label}: ranking {ranking:.3f}, spans {spans:.3f}, {minutes:.1f} min", flush=True)
