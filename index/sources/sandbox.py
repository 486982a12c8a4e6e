"""A process apart, in which documents that others have made are read in bounded time and memory.

A document may be made to take a parser forever, or all memory. So the parsers run where they can
be stopped, and hold up nothing else.
"""

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from index.errors import SourceError

SECONDS = 20.0
"""How long a document may take; beginning takes about one of them."""

MEMORY = 1 << 30
"""Bytes of address space that the parsers may take (on Linux)."""

SCRIPT = Path(__file__).parent / "parsers" / "worker.py"


class UnreadableError(Exception):
    """A document took too long, took too much memory, or is broken."""


class Workshop:
    """Reads one document after another in a process that is begun when it is needed."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def read(self, kind: str, content: bytes, charset: str | None = None) -> dict[str, Any]:
        """What is found in a document; the kinds are the files beside ``parsing/child.py``.

        Raises:
            UnreadableError: it could not be read within the bounds.
        """
        with self._turn:
            if self._process and self._process.poll() is not None:
                self._end()
            process = self._process = self._process or _begun(self._memory)
            timer = threading.Timer(self._seconds, process.kill)
            timer.start()
            try:
                answer = _asked(process, kind, content, charset)
            finally:
                timer.cancel()
            if not answer:  # it died, or was stopped
                self._end()
        if "found" not in answer:
            raise UnreadableError
        return cast(dict[str, Any], answer["found"])

    def close(self) -> None:
        """End the process, if there is one."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(BrokenPipeError):
                process.communicate()  # until it is gone


def _begun(memory: int) -> subprocess.Popen[bytes]:
    # -P: the folder of the script does not become one of modules.
    return subprocess.Popen(
        [sys.executable, "-P", str(SCRIPT), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(
    process: subprocess.Popen[bytes], kind: str, content: bytes, charset: str | None
) -> dict[str, Any]:
    """What the process answers; nothing where it does not come to an end."""
    assert process.stdin is not None
    assert process.stdout is not None
    request = {"kind": kind, "size": len(content), "charset": charset}
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n" + content)
        process.stdin.flush()
        return cast(dict[str, Any], json.loads(process.stdout.readline() or b"{}"))
    except (OSError, ValueError):
        return {}


workshop = Workshop()
"""The one of this process."""


def read_apart(
    kind: str, content: bytes, name: str, charset: str | None = None, *, called: str = ""
) -> dict[str, Any]:
    """``Workshop.read`` for what people know as ``name``, and as a ``called`` (else its kind).

    Raises:
        SourceError: it could not be read within the bounds.
    """
    try:
        return workshop.read(kind, content, charset)
    except UnreadableError:
        what = called or kind
        reason = f"{name}: this {what} cannot be read; it is too large or broken."
        raise SourceError(reason) from None


atexit.register(workshop.close)
