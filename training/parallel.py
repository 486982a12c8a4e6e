"""Several processes that train one network, each on its part of every step's questions.

Two with a core each get through a quarter more questions than one with two cores.
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
    """What a process has to know of the others."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """This process's share."""
        return items[self.rank :: self.size]

    def average_gradients(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Give every process the mean of all processes' gradients."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        every = parameters_to_vector(gradients)
        distributed.all_reduce(every)
        vector_to_parameters(every / self.size, gradients)

    def agree(self, flag: bool) -> bool:
        """Whether any process says so."""
        if self.size == 1:
            return flag
        said = torch.tensor(float(flag))
        distributed.all_reduce(said)
        return bool(said)


def run_together(
    function: Callable[Concatenate[Team, Given], None],
    size: int,
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> None:
    """Call a function of a module in ``size`` processes, each with one thread; 1: right here."""
    if size == 1:
        function(Team(), *args, **kwargs)
        return
    with tempfile.TemporaryDirectory() as folder:
        members = (size, Path(folder) / "met", function, args, kwargs)
        spawn(_member, members, nprocs=size)  # type: ignore[no-untyped-call]


def _member(
    rank: int,
    size: int,
    meeting: Path,
    function: Callable[..., None],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=meeting.as_uri(),
        rank=rank,
        world_size=size,
        timeout=timedelta(minutes=10),
    )
    try:
        function(Team(rank, size), *args, **kwargs)
    finally:
        distributed.destroy_process_group()
