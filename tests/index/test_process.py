"""The process of a command line, apart from what its commands do."""

import ctypes
import subprocess
import sys

import pytest

from tests.index.subprocesses import environment

COUNT_ARENAS = """
import ctypes, threading
from index.process import run_program

def allocate(together=threading.Barrier(16)):
    kept = [bytes(5000) for _ in range(100)]
    together.wait()

def main():
    threads = [threading.Thread(target=allocate) for _ in range(16)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    libc = ctypes.CDLL(None)
    libc.fdopen.restype = ctypes.c_void_p
    stream = libc.fdopen(1, b"w")
    libc.malloc_info(0, ctypes.c_void_p(stream))
    libc.fflush(ctypes.c_void_p(stream))

run_program(main)
"""


def arenas(**env: str) -> int:
    """How many arenas of malloc sixteen threads use."""
    ran = subprocess.run(
        [sys.executable, "-c", COUNT_ARENAS],
        capture_output=True,
        env=environment(**env),
        text=True,
        check=True,
    )
    return ran.stdout.count("<heap nr=")


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"),
    reason="it needs glibc",
)
def test_threads_share_two_arenas_unless_the_environment_says_otherwise() -> None:
    assert arenas() == 2
    assert arenas(MALLOC_ARENA_MAX="5") == 5
