"""The process of a command line: its standard streams, and its end when something fails."""

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from index import interrupts

INTERNAL_ERROR = 70
"""The exit code after an error that nobody foresaw: EX_SOFTWARE of sysexits.h."""

LOG_FILENAME = "errors.log"
MAX_LOG_BYTES = 1 << 20
"""The size from which the log file is started anew."""

MAX_SUMMARY_LENGTH = 200

MALLOC_ARENAS = 2
M_ARENA_MAX = -8
"""The parameter of glibc's ``mallopt`` for the number of arenas."""


def run_program(command: Callable[[], object], secrets: Collection[str] = ()) -> NoReturn:
    """Run a command and end the process with its exit code, without a traceback.

    Args:
        secrets: texts that the log file must not contain. Read when the command has ended.
    """
    # A shell makes background programs ignore SIGINT, but one that is sent on purpose counts.
    interrupts.install()
    outputs = open_standard_streams()
    _limit_arenas()
    code: int | str | None = None
    error: Exception | None = None
    try:
        command()
    except SystemExit as ended:
        code = ended.code
    except BrokenPipeError:  # as in `… | head`
        pass
    except KeyboardInterrupt:
        interrupts.end_interrupted()
    except Exception as unforeseen:
        error = unforeseen
    interrupts.install()
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    failures = [output.failure for output in outputs if output.failure]
    if isinstance(error, OSError) and failures:  # it is one of these
        error, code = None, 1
    if error is not None:
        _print_error(report_internal_error(error, secrets))
        code = INTERNAL_ERROR
    for failure in failures:
        if not isinstance(failure, BrokenPipeError):
            _print_error(f"The output cannot be written: {failure.strerror}.")
            code = code or 1
    sys.exit(code)


def report_internal_error(error: BaseException, secrets: Collection[str] = ()) -> str:
    """Append the traceback of an error that nobody foresaw to the log file; returns the sentence
    that tells a person about it.

    Args:
        secrets: texts that neither of them may contain.
    """
    summary = " ".join("".join(traceback.format_exception_only(error)).split())
    details = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{''.join(_format(error))}\n"
    for secret in secrets:
        summary, details = (text.replace(secret, "[secret]") for text in (summary, details))
    if len(summary) > MAX_SUMMARY_LENGTH:
        summary = summary[: MAX_SUMMARY_LENGTH - 1] + "…"
    if path := _write_log(details):
        return f"Something went wrong inside Dateline; the details are in {path}"
    return f"Something went wrong inside Dateline, and no log file could be written: {summary}"


def program_version() -> str:
    """The version of the installed package; "unknown" if it runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unknown"


def version_option(command: str) -> Any:
    """The option ``--version`` of a typer command, which prints the command and its version."""
    import typer  # when the standard streams are open

    def print_version(wanted: bool) -> None:
        if wanted:
            print(f"{command} {program_version()}")
            raise typer.Exit

    return typer.Option(
        "--version", is_eager=True, callback=print_version, help="Print the version and exit."
    )


class Output(io.FileIO):
    """A standard stream for output, which remembers why it could not be written."""

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self.failure = error
            raise


def open_standard_streams() -> list[Output]:
    """Open the standard streams in UTF-8, or on the null device if they are closed.

    Otherwise, the next file that is opened, such as a library, would take the place of a closed
    stream, and what is printed would be written to it.
    """
    _fill_closed_descriptors()
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="replace", closefd=False)
    outputs = [Output(descriptor, "w", closefd=False) for descriptor in (1, 2)]
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(
            io.BufferedWriter(output),
            encoding="utf-8",
            errors="replace",
            line_buffering=output.fileno() == 2 or output.isatty(),
        )
        for output in outputs
    )
    return outputs


def _limit_arenas() -> None:
    """Let all threads allocate memory in a few arenas, unless MALLOC_ARENA_MAX says how many.

    glibc's default is eight arenas per core. Memory that a thread frees can be reused only within
    its arena, which let the bot grow to a gigabyte when many articles arrived.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    import ctypes

    with suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, MALLOC_ARENAS)


def _fill_closed_descriptors() -> None:
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one


def _print_error(sentence: str) -> None:
    with suppress(OSError):
        print(sentence, file=sys.stderr)
    _flush(sys.stderr)


def _flush(stream: TextIO) -> None:
    """Write what a stream still holds, or drop it if it cannot be written."""
    try:
        stream.flush()
    except OSError:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
        stream.flush()


def _format(error: BaseException) -> list[str]:
    try:
        return traceback.format_exception(error)
    except Exception:  # an exception whose text cannot be made
        return [type(error).__name__]


def _write_log(details: str) -> Path | None:
    """Append to the log file, in the user's folder for logs or else in a temporary one."""
    from platformdirs import user_log_path

    encoded = details.encode(errors="backslashreplace")
    with suppress(OSError, RuntimeError):
        path = user_log_path("dateline", appauthor=False) / LOG_FILENAME
        path.parent.mkdir(parents=True, exist_ok=True)
        is_full = path.exists() and path.stat().st_size > MAX_LOG_BYTES
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_full else os.O_APPEND)
        with open(os.open(path, flags, 0o600), "wb") as file:
            file.write(encoded)
        return path
    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix="dateline-", suffix=".log")
        with open(descriptor, "wb") as file:
            file.write(encoded)
        return Path(name)
    return None


if interrupts.is_program():  # before anything that is imported opens a file
    _fill_closed_descriptors()
