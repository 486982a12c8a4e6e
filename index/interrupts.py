"""Ctrl-C: it ends a program with a sentence, from the program's first instant to its last.

``index`` and ``bot`` import this module before any other one, and it imports as little as possible,
so that a program can be interrupted while the rest is still being imported.

KeyboardInterrupt may be raised anywhere, and a library that is being imported may turn it into an
error of its own, as if it were damaged. So Ctrl-C ends a program at once, which loses nothing that
was acknowledged; see ``Interruptible`` for where something has to be tidied up.
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
"""The escape sequence that shows a terminal's cursor, which a progress bar hides."""


class Farewell:
    """What a program says on standard output and standard error, and its exit code, if Ctrl-C ends
    it now."""

    def __init__(self, code: int = INTERRUPTED) -> None:
        self.code = code

    def out(self) -> str:
        """The lines on standard output."""
        return ""

    def err(self) -> str:
        """The lines on standard error."""
        return f"{SENTENCE}\n"


_farewells = [Farewell()]


def end_interrupted(*_: object) -> None:
    """End the process at once with a sentence."""
    farewell = _farewells[-1]
    try:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # closed, full, or being written to
                continue
        if os.isatty(2):  # the line has "^C" or a progress bar in it
            os.write(2, SHOW_CURSOR + b"\n")
        os.write(1, farewell.out().encode())
        os.write(2, farewell.err().encode())
    finally:
        os._exit(farewell.code)


class Saying:
    """A block in which Ctrl-C ends the program with another farewell."""

    def __init__(self, farewell: Farewell) -> None:
        self._farewell = farewell

    def __enter__(self) -> None:
        _farewells.append(self._farewell)

    def __exit__(self, *_: object) -> None:
        _farewells.pop()


class Interruptible:
    """A block in which Ctrl-C raises KeyboardInterrupt, so that files can be tidied up."""

    def __enter__(self) -> None:
        self._previous = signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._previous)


def install() -> None:
    """Let Ctrl-C end this process with a sentence from now on."""
    signal.signal(signal.SIGINT, end_interrupted)


def is_program() -> bool:
    """Whether this process is being started as a program of Dateline, as opposed to one that uses
    ``index``: ``sys.argv[0]`` is "-m" while `python -m` looks for its module."""
    started_as = sys.argv[0] if sys.argv else ""
    name = os.path.basename(started_as).removesuffix(".exe").removesuffix("-script.py")
    return started_as == "-m" or name in PROGRAMS


if is_program():
    install()
