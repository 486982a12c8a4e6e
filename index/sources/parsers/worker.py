"""The script that runs in the sandboxed process (see ``index.sources.sandbox``).

Its argument is the number of bytes that it may allocate. It imports nothing else of Dateline. A
request is a line of JSON followed by the document's bytes on standard input, an answer a line of
JSON on standard output. The module beside this one that is named after a document's kind parses
it, with a function ``parse`` of the bytes and of what else is known about the document.
"""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, cast

MAX_SECONDS = 60
"""The time limit for a document if the sandbox, which allows less, has ended before."""


@cache
def _parser(kind: str) -> Callable[..., dict[str, Any]]:
    """The ``parse`` function for a kind of document. Raises ModuleNotFoundError."""
    return cast(Callable[..., dict[str, Any]], import_module(f"{_package()}.{kind}").parse)


@cache
def _package() -> str:
    """The name of this folder as a package, so that its modules can import each other."""
    # Loaded by its path: importing it by name would import all of ``index``.
    name, file = "parsers", Path(__file__).with_name("__init__.py")
    spec = spec_from_file_location(name, file, submodule_search_locations=[str(file.parent)])
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return name


def _limit_memory(additional: int) -> None:
    """Limit the address space to what is in use now and ``additional`` bytes."""
    with suppress(ImportError, ValueError, OSError):  # Windows, or a stricter limit
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:
            used = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + additional, used + additional))


def _limit_time(seconds: int) -> None:
    """End this process after that time if it is still at work; 0: never."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _requests() -> Iterator[tuple[str, bytes, dict[str, str | None]]]:
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        yield request["kind"], sys.stdin.buffer.read(request["size"]), request["known"]


def main() -> None:
    """Answer requests until standard input ends."""
    _limit_memory(int(sys.argv[1]))
    answers, sys.stdout = sys.stdout, sys.stderr  # what a parser prints is not an answer
    for kind, content, known in _requests():
        _limit_time(MAX_SECONDS)
        try:
            answer: dict[str, Any] = {"result": _parser(kind)(content, **known)}
        except (Exception, RecursionError, MemoryError) as error:
            answer = {"error": type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)
        _limit_time(0)


if __name__ == "__main__":
    main()
