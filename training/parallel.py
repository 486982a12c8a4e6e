"""Data-parallel training: several processes, each with its share of every step's questions.

Two processes with one core each train on a quarter more questions than one with two cores.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import torch
from torch import distributed
from torch.multiprocessing.spawn import spawn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

Item = TypeVar("Item")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Team:
    """The processes that train together, seen from one of them."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process saves checkpoints and prints the progress."""
        return self.rank == 0

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """This process's share of items."""
        return items[self.rank :: self.size]

    def average_gradients(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Replace gradients by their means over all processes."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        summed = parameters_to_vector(gradients)
        distributed.all_reduce(summed)
        vector_to_parameters(summed / self.size, gradients)

    def any(self, flag: bool) -> bool:
        """Whether the flag is set in any process."""
        if self.size == 1:
            return flag
        count = torch.tensor(float(flag))
        distributed.all_reduce(count)
        return bool(count)


def run_together(
    function: Callable[Concatenate[Team, Given], None],
    size: int,
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> None:
    """Call a function in ``size`` processes with one thread each, or, if it is 1, in this one."""
    if size == 1:
        function(Team(), *args, **kwargs)
        return
    with tempfile.TemporaryDirectory() as folder:
        arguments = (size, Path(folder) / "rendezvous", function, args, kwargs)
        spawn(_run_member, arguments, nprocs=size)  # type: ignore[no-untyped-call]


def _run_member(
    rank: int,
    size: int,
    rendezvous: Path,
    function: Callable[..., None],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=rendezvous.as_uri(),
        rank=rank,
        world_size=size,
        timeout=timedelta(minutes=10),
    )
    try:
        function(Team(rank, size), *args, **kwargs)
    finally:
        distributed.destroy_process_group()
