"""Sandboxed processes that parse untrusted documents within limits of time and memory.

A document can be crafted to keep a parser busy forever or to exhaust the memory. In processes of
their own, the parsers can be killed and block nothing else.
"""

import asyncio
import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import LifoQueue
from typing import Any, ParamSpec, TypeVar, cast

from index.errors import SourceError

TIMEOUT_SECONDS = 20.0
"""The time limit for one document; starting the process takes about a second."""

MEMORY_BYTES = 1 << 30
"""The address space that the parsers of a process may allocate (on Linux)."""

PROCESSES = min(3, max(2, os.cpu_count() or 1))
"""Documents that are parsed at a time: more than one, so that a slow one does not block others."""

SCRIPT = Path(__file__).parent / "parsers" / "worker.py"

P = ParamSpec("P")
T = TypeVar("T")


class ParsingError(Exception):
    """A document exceeded the limits, or is broken."""


class Sandbox:
    """Parses a few documents at a time, each in a process that is started when it is needed.

    Args:
        timeout: seconds for one document.
        memory: bytes that a process may allocate.
        processes: the largest number of them.
    """

    def __init__(
        self,
        timeout: float = TIMEOUT_SECONDS,
        memory: int = MEMORY_BYTES,
        processes: int = PROCESSES,
    ) -> None:
        self._timeout = timeout
        self._memory = memory
        self._processes = processes
        # The process that was used last comes first, so that no more are started than needed.
        self._idle: LifoQueue[subprocess.Popen[bytes] | None] = LifoQueue()
        for _ in range(processes):
            self._idle.put(None)

    def parse(self, kind: str, content: bytes, **known: str | None) -> dict[str, Any]:
        """Parse a document with the module of ``parsers`` named after its kind.

        Args:
            known: what else its ``parse`` function takes.

        Raises:
            ParsingError: it exceeded the limits, or is broken.
        """
        process, answer = self._idle.get(), dict[str, Any]()
        try:
            if process is None or process.poll() is not None:
                _end(process)
                process = _start(self._memory)
            timer = threading.Timer(self._timeout, process.kill)
            timer.start()
            try:
                answer = _request(process, kind, content, known)
            finally:
                timer.cancel()
        finally:
            if not answer:  # the process crashed or was killed
                _end(process)
                process = None
            self._idle.put(process)
        if "result" not in answer:
            raise ParsingError
        return cast(dict[str, Any], answer["result"])

    def close(self) -> None:
        """Kill the processes, each as soon as it has parsed its document."""
        for process in [self._idle.get() for _ in range(self._processes)]:
            _end(process)
            self._idle.put(None)


def _start(memory: int) -> subprocess.Popen[bytes]:
    # -P: modules are not imported from the script's folder.
    return subprocess.Popen(
        [sys.executable, "-P", str(SCRIPT), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl-C in a terminal reaches only the program that it is meant for
    )


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process:
        process.kill()
        with suppress(BrokenPipeError):
            process.communicate()  # wait until it has exited


def _request(
    process: subprocess.Popen[bytes], kind: str, content: bytes, known: dict[str, str | None]
) -> dict[str, Any]:
    """The process's answer; empty if it crashed or was killed."""
    assert process.stdin is not None
    assert process.stdout is not None
    request = {"kind": kind, "size": len(content), "known": known}
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n" + content)
        process.stdin.flush()
        return cast(dict[str, Any], json.loads(process.stdout.readline() or b"{}"))
    except (OSError, ValueError):
        return {}


sandbox = Sandbox()
"""The sandbox that all sources share."""

_threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="parsing")


def parse_in_sandbox(
    kind: str, content: bytes, name: str, *, label: str = "", **known: str | None
) -> dict[str, Any]:
    """``Sandbox.parse``, with an error message for people.

    Args:
        name: what people know the document by.
        label: what the error message calls its kind, if not ``kind``.

    Raises:
        SourceError: it exceeded the limits, or is broken.
    """
    try:
        return sandbox.parse(kind, content, **known)
    except ParsingError:
        raise SourceError(
            f"{name}: this {label or kind} cannot be read; it is too large or broken."
        ) from None


async def run_parsing(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function that parses documents, in one of as many threads as there are processes.

    The event loop's own threads, which look up hosts, never wait for a document that way.
    """
    call = partial(function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_threads, call)


atexit.register(sandbox.close)
