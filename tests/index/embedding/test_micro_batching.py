"""Micro-batching of requests from several threads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from index.embedding.micro_batching import MicroBatcher, PendingRequest


class Doubling:
    """Doubles numbers; records the batches, and fails for 13."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * number for number in numbers]


def register_all(
    batcher: MicroBatcher[int, int], numbers: Sequence[int]
) -> list[PendingRequest[int, int]]:
    return [batcher.register(number) for number in numbers]


def test_a_single_request_waits_for_no_other() -> None:
    doubling = Doubling()
    batcher = MicroBatcher(doubling, batch_size=4)
    for number in (1, 2):
        assert batcher.register(number).result() == 2 * number
    assert doubling.batches == [[1], [2]]


def test_pending_requests_of_others_are_processed_with_ones_own() -> None:
    doubling = Doubling()
    requests = register_all(MicroBatcher(doubling, batch_size=4), range(6))
    assert requests[0].result() == 0
    assert doubling.batches == [[0, 5, 4, 3]]  # the newest: older ones may be about to start
    assert [request.result() for request in requests] == [0, 2, 4, 6, 8, 10]
    assert doubling.batches == [[0, 5, 4, 3], [1, 2]]


def test_a_batch_is_no_larger_than_the_batch_size() -> None:
    doubling = Doubling()
    requests = register_all(MicroBatcher(doubling, batch_size=1), range(3))
    assert [request.result() for request in requests] == [0, 2, 4]
    assert doubling.batches == [[0], [1], [2]]


def test_a_withdrawn_request_is_not_processed() -> None:
    doubling = Doubling()
    batcher = MicroBatcher(doubling, batch_size=4)
    request, withdrawn = register_all(batcher, [1, 2])
    withdrawn.withdraw()
    assert request.result() == 2
    assert doubling.batches == [[1]]


def test_an_exception_is_raised_for_every_request_of_the_batch() -> None:
    one, two, other = register_all(MicroBatcher(Doubling(), batch_size=2), [1, 2, 13])
    for request in (one, other):
        with pytest.raises(ValueError, match="unlucky"):
            request.result()
    assert two.result() == 4


def test_a_request_waits_for_the_thread_that_processes_it() -> None:
    begun, go_on = Event(), Event()

    def slowly(numbers: Sequence[int]) -> list[int]:
        begun.set()
        assert go_on.wait(60)
        return [2 * number for number in numbers]

    one, two = register_all(MicroBatcher(slowly, batch_size=2), [1, 2])
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one.result)
        assert begun.wait(60)
        second = threads.submit(two.result)
        go_on.set()
        assert (first.result(60), second.result(60)) == (2, 4)
