"""Ctrl-C: from a program's first instant to its last, it ends it with a sentence.

``index`` and ``bot`` import this module before any other one, and it imports as little as possible,
so that a program can be interrupted while the rest is still being imported.
"""

import os
import signal
import sys

INTERRUPTED = 130
"""The exit code after Ctrl-C, as in shells: 128 + SIGINT."""

SENTENCE = "Interrupted."

PROGRAMS = ("dateline", "dateline-bot")
"""The commands that an installation gives."""

SHOW_CURSOR = b"\x1b[?25h"
"""What makes a terminal show its cursor, which a progress bar hides."""


def end_interrupted(*_: object) -> None:
    """End the process at once with a sentence. What was acknowledged is on disk by then."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # closed, full, or being written to
            continue
    try:
        os.write(2, (SHOW_CURSOR if os.isatty(2) else b"") + f"{SENTENCE}\n".encode())
    finally:
        os._exit(INTERRUPTED)


class Interruptible:
    """A block in which Ctrl-C raises KeyboardInterrupt, so that work can be tidied up. Elsewhere in
    a program, it ends the process at once."""

    def __enter__(self) -> None:
        self._previous = signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._previous)


def was_interrupted(error: BaseException | None) -> bool:
    """Whether an exception is KeyboardInterrupt, or was raised because of one: what is being
    imported may turn it into another."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _end_if_interrupted(unraisable: "sys.UnraisableHookArgs") -> None:
    """Where KeyboardInterrupt cannot be raised, as in a destructor, it would be lost."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        end_interrupted()
    sys.__unraisablehook__(unraisable)


def install() -> None:
    """Let Ctrl-C end this process with a sentence from now on."""
    sys.unraisablehook = _end_if_interrupted
    signal.signal(signal.SIGINT, end_interrupted)


def is_program() -> bool:
    """Whether this process is being started as a program of Dateline, as opposed to one that uses
    ``index``: ``sys.argv[0]`` is "-m" while `python -m` looks for its module."""
    started_as = sys.argv[0] if sys.argv else ""
    name = os.path.basename(started_as).removesuffix(".exe").removesuffix("-script.py")
    return started_as == "-m" or name in PROGRAMS


if is_program():
    install()
