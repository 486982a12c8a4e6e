"""The command line: ``python -m index``."""

import signal
import sys

from index.commands import app


def main() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # A shell that starts this in the background has Ctrl-C ignored; whoever sends it means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app(prog_name="python -m index")


if __name__ == "__main__":
    main()
