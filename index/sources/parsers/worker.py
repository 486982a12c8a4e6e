"""The process in which documents that others have made are read (see ``workshop``).

It is run as a script, with the bytes of memory that it may take, and knows nothing of the rest of
Dateline: it is asked by a line of JSON and some bytes on standard input, and answers with a line
of JSON on standard output. Each kind of document has a file beside this one, with a function
``read`` that takes the bytes and, where it is known, their encoding.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast


@cache
def _reader(kind: str) -> Callable[[bytes, str | None], dict[str, Any]]:
    """What reads a kind of documents. Raises: FileNotFoundError."""
    # Found by its file: by its name, the whole of Dateline would be imported with it.
    name, file = f"parsing_{kind}", Path(__file__).with_name(f"{kind}.py")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Callable[[bytes, str | None], dict[str, Any]], module.read)


def _limit_memory(more: int) -> None:
    """Take no more than so many bytes of address space in addition to what there is now."""
    with suppress(ImportError, ValueError, OSError):  # Windows; or it is limited already
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:
            now = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))


def _requests() -> Iterator[tuple[str, bytes, str | None]]:
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        yield asked["kind"], sys.stdin.buffer.read(asked["size"]), asked["charset"]


def main() -> None:
    """Answer what is asked, until there is nothing more."""
    _limit_memory(int(sys.argv[1]))
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever is printed is no answer
    for kind, content, charset in _requests():
        try:
            answer: dict[str, Any] = {"found": _reader(kind)(content, charset)}
        except (Exception, RecursionError, MemoryError) as error:
            answer = {"failed": type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
