"""A sandboxed process that parses untrusted documents within limits of time and memory.

A document can be crafted to keep a parser busy forever or to exhaust the memory. In their own
process, the parsers can be killed and block nothing else.
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

TIMEOUT_SECONDS = 20.0
"""The time limit for one document; starting the process takes about a second."""

MEMORY_BYTES = 1 << 30
"""The address space that the parsers may allocate (on Linux)."""

SCRIPT = Path(__file__).parent / "parsers" / "worker.py"


class ParsingError(Exception):
    """A document exceeded the limits, or is broken."""


class Sandbox:
    """Parses one document at a time in a process that is started when it is needed.

    Args:
        timeout: seconds for one document.
        memory: bytes that the process may allocate.
    """

    def __init__(self, timeout: float = TIMEOUT_SECONDS, memory: int = MEMORY_BYTES) -> None:
        self._timeout = timeout
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, kind: str, content: bytes, charset: str | None = None) -> dict[str, Any]:
        """Parse a document with the module of ``parsers`` named after its kind.

        Raises:
            ParsingError: it exceeded the limits, or is broken.
        """
        with self._lock:
            if self._process and self._process.poll() is not None:
                self._terminate()
            process = self._process = self._process or _start(self._memory)
            timer = threading.Timer(self._timeout, process.kill)
            timer.start()
            try:
                answer = _request(process, kind, content, charset)
            finally:
                timer.cancel()
            if not answer:  # the process crashed or was killed
                self._terminate()
        if "result" not in answer:
            raise ParsingError
        return cast(dict[str, Any], answer["result"])

    def close(self) -> None:
        """Kill the process, if there is one."""
        with self._lock:
            self._terminate()

    def _terminate(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(BrokenPipeError):
                process.communicate()  # wait until it has exited


def _start(memory: int) -> subprocess.Popen[bytes]:
    # -P: modules are not imported from the script's folder.
    return subprocess.Popen(
        [sys.executable, "-P", str(SCRIPT), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _request(
    process: subprocess.Popen[bytes], kind: str, content: bytes, charset: str | None
) -> dict[str, Any]:
    """The process's answer; empty if it crashed or was killed."""
    assert process.stdin is not None
    assert process.stdout is not None
    request = {"kind": kind, "size": len(content), "charset": charset}
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n" + content)
        process.stdin.flush()
        return cast(dict[str, Any], json.loads(process.stdout.readline() or b"{}"))
    except (OSError, ValueError):
        return {}


sandbox = Sandbox()
"""The sandbox that all sources share."""


def parse_in_sandbox(
    kind: str, content: bytes, name: str, charset: str | None = None, *, label: str = ""
) -> dict[str, Any]:
    """``Sandbox.parse``, with an error message for people.

    Args:
        name: what people know the document by.
        label: what the error message calls its kind, if not ``kind``.

    Raises:
        SourceError: it exceeded the limits, or is broken.
    """
    try:
        return sandbox.parse(kind, content, charset)
    except ParsingError:
        raise SourceError(
            f"{name}: this {label or kind} cannot be read; it is too large or broken."
        ) from None


atexit.register(sandbox.close)
