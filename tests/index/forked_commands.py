"""Commands in processes of their own that need not import the program first.

A server that has imported it is forked for each command, so that hundreds of commands start in
little time. ``index.process`` opens the streams of each as it does in a process that is new.
"""

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

IMPORTED = ["index.commands", "wordfreq", "langcodes", "onnxruntime", "tokenizers"]
"""What most commands import."""

_context = get_context("forkserver")
_context.set_forkserver_preload(IMPORTED)


def run_forked(
    arguments: Sequence[str], stdin: bytes, environment: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    """Run ``python -m index`` in the current folder; returns its exit code and what it wrote to
    standard output and standard error."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(stdin)
        process = _context.Process(
            target=_run, args=(list(arguments), os.getcwd(), dict(environment), streams)
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        code = process.exitcode
        process.close()
        out, err = (path.read_bytes() for path in streams[1:])
        return code, out, err


def _run(
    arguments: list[str], folder: str, environment: dict[str, str], streams: Sequence[Path]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, path in enumerate(streams):
        with path.open("wb" if descriptor else "rb") as file:
            os.dup2(file.fileno(), descriptor)
    sys.argv = ["index", *arguments]
    from index.__main__ import main

    main()
