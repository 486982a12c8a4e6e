"""Several threads want the same kind of work done."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event

import pytest

from index.embedding.micro_batching import Batching

Result = Callable[[], int]


class Doubling:
    """Doubles numbers; notes which together, and balks at 13."""

    def __init__(self) -> None:
        self.done: list[list[int]] = []

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.done.append(list(numbers))
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * number for number in numbers]


@contextmanager
def several(batching: Batching[int, int], numbers: Sequence[int]) -> Iterator[list[Result]]:
    """What to call for the result of each, all of them wanted at the same time."""
    with ExitStack() as wanted:
        yield [wanted.enter_context(batching.wanted(number)) for number in numbers]


def test_who_is_alone_waits_for_nobody() -> None:
    work = Doubling()
    batching = Batching(work, most=4)
    for number in (1, 2):
        with batching.wanted(number) as result:
            assert result() == 2 * number
    assert work.done == [[1], [2]]


def test_what_others_want_is_done_with_ones_own() -> None:
    work = Doubling()
    with several(Batching(work, most=4), range(6)) as results:
        assert results[0]() == 0
        assert work.done == [[0, 5, 4, 3]]  # the newest: the others may be about to do their own
        assert [result() for result in results] == [0, 2, 4, 6, 8, 10]
        assert work.done == [[0, 5, 4, 3], [1, 2]]


def test_no_more_are_done_together_than_may_be() -> None:
    work = Doubling()
    with several(Batching(work, most=1), range(3)) as results:
        assert [result() for result in results] == [0, 2, 4]
    assert work.done == [[0], [1], [2]]


def test_what_is_not_wanted_any_more_is_not_done() -> None:
    work = Doubling()
    batching = Batching(work, most=4)
    with batching.wanted(1) as result:
        with batching.wanted(2):
            pass
        assert result() == 2
    assert work.done == [[1]]


def test_what_goes_wrong_is_told_to_all_whom_it_concerns() -> None:
    with several(Batching(Doubling(), most=2), [1, 2, 13]) as (one, two, other):
        for result in (one, other):
            with pytest.raises(ValueError, match="unlucky"):
                result()
        assert two() == 4


def test_one_waits_for_what_another_thread_is_doing_of_ones_own() -> None:
    begun, go_on = Event(), Event()

    def slowly(numbers: Sequence[int]) -> list[int]:
        begun.set()
        assert go_on.wait(60)
        return [2 * number for number in numbers]

    with several(Batching(slowly, most=2), [1, 2]) as (one, two), ThreadPoolExecutor(2) as threads:
        first = threads.submit(one)
        assert begun.wait(60)
        second = threads.submit(two)
        go_on.set()
        assert (first.result(60), second.result(60)) == (2, 4)
