"""Runs a command again and again, killed before each of its changes to files in turn.

    python -m tests.index.backup.killing TEMPLATE ARGUMENT…

For each moment there is a copy of the folder TEMPLATE, in which ``python -m index ARGUMENT…`` ran:
``0``, ``1``, and so on, beside it. Only the last one was not killed. Prints how many there are. The
process loads the program once and forks for each run.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from index.commands import app

CHANGES = {
    "open",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "sqlite3.connect",
    "tempfile.mkdtemp",
}
"""The audit events of what changes files, or might."""

KILLED = -signal.SIGKILL


def before_changes(call: Callable[[str, Path], None]) -> None:
    """Have a function called before each change to files in the current folder, with the audit
    event and the file's path. This cannot be undone."""
    here = os.fsencode(Path.cwd())

    def watch(event: str, arguments: Sequence[object]) -> None:
        if event not in CHANGES or not arguments:
            return
        if event == "open" and not int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR):
            return
        path = os.path.abspath(os.fsencode(str(arguments[0]).removeprefix("file:")))
        if path.startswith(here):
            call(event, Path(os.fsdecode(path)))

    sys.addaudithook(watch)


def kill_before(number: int) -> None:
    """Have this process killed before its change with that number, from 0."""
    numbers = count()

    def kill(event: str, path: Path) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    before_changes(kill)


def run_killed(folder: Path, arguments: Sequence[str], number: int) -> int:
    """Run the command in a folder; its exit code, negative for a signal."""
    child = os.fork()
    if not child:
        os.chdir(folder)
        kill_before(number)
        try:
            app(arguments)
        except SystemExit as error:
            os._exit(int(error.code or 0))
        finally:
            os._exit(70)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    template, *arguments = sys.argv[1:]
    for number in count():
        folder = Path(template).with_name(str(number))
        shutil.copytree(template, folder)
        code = run_killed(folder.resolve(), arguments, number)
        if code != KILLED:
            print(number + 1)
            sys.exit(code)


if __name__ == "__main__":
    main()
