"""How the command line ends when its streams are closed or full, and when Dateline itself fails."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from index import Article, Library
from index.process import report_internal_error
from tests.index.subprocesses import COMMAND, ROOT, Run, environment, run_afresh

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and /proc")


@pytest.fixture(autouse=True)
def _library(library: Library) -> None:
    library.add(Article("Ant", "Seven ants ran to Port Ellery."))
    library.close()
    Path("ant.txt").write_text("Ant\n\nSeven ants ran to Port Ellery.")


def shell(command: str, stdin: BinaryIO | None = None, **settings: str) -> Run:
    """Run a line of the shell, in which ``dateline`` is ``python -m index``."""
    line = command.replace("dateline", " ".join(COMMAND))
    ended = subprocess.run(
        ["bash", "-c", line],
        stdin=stdin,
        capture_output=True,
        env=environment(**settings),
        check=False,
    )
    result = Run(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert "Traceback" not in result.err + result.out, result.err
    assert "Exception ignored" not in result.err, result.err
    return result


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(closed: str) -> None:
    assert shell(f"dateline list {closed}").code == 0
    assert shell(f"dateline add no.txt {closed}").code == 1


def test_a_library_never_takes_the_place_of_a_closed_stream() -> None:
    ended = shell("dateline --library other add ant.txt no.txt <&- >&- 2>&-; dateline ask - <&-")
    assert ended == Run(0, "", "")
    assert run_afresh("--library", "other", "verify").code == 0


@linux_only
@pytest.mark.parametrize("command", ["list", "list --json", "--help"])
def test_a_full_output_is_told(command: str) -> None:
    complaint = "The output cannot be written: No space left on device.\n"
    for unbuffered in ("", "1"):
        ended = shell(f"dateline {command} >/dev/full", PYTHONUNBUFFERED=unbuffered)
        assert ended == Run(1, "", complaint)


@linux_only
@pytest.mark.parametrize(
    ("command", "code"), [("show nothing", 1), ("oops", 2), ("list >/dev/full", 1)]
)
def test_a_complaint_that_cannot_be_written_does_no_harm(command: str, code: int) -> None:
    assert shell(f"dateline {command} 2>/dev/full").code in (code, 1)


def test_whoever_has_seen_enough_may_leave() -> None:
    assert shell("dateline list | true; dateline --help | true").err == ""


@linux_only
@pytest.mark.parametrize("command", ["ask -", "add -"])
def test_standard_input_that_cannot_be_read_is_told(command: str) -> None:
    with Path("/proc/self/mem").open("rb") as unreadable:
        ended = shell(f"dateline {command}", stdin=unreadable)
    assert ended.code == 1
    assert ended.err.endswith("standard input: it cannot be read (Input/output error).\n")


@linux_only
def test_a_question_that_never_ends_is_refused() -> None:
    ended = shell("dateline ask - </dev/zero")
    assert (ended.code, ended.err) == (1, "standard input, line 1: it is larger than 32 MiB.\n")


@pytest.mark.parametrize("number", ["-1", str(1 << 63), "9" * 5000])
def test_a_number_that_cannot_be_is_a_wrong_command_line(number: str) -> None:
    ended = run_afresh("find", "ants", f"--limit={number}")
    assert (ended.code, ended.out) == (2, "")
    assert "Invalid value for '--limit'" in ended.err


def test_a_question_in_no_encoding_is_answered() -> None:
    ended = shell("dateline ask $'\\xff how many ants?'; dateline find $'\\xff'")
    assert ended.code == 0
    assert "Seven" in ended.out


def test_questions_that_cannot_be_read_are_told() -> None:
    Path("folder").mkdir()
    for name in ("folder", "none.jsonl"):
        ended = run_afresh("evaluate", name)
        assert ended.code == 1
        assert ended.err.startswith(f"{name}: ")


def faulty(statement: str, program: str = "index") -> Run:
    """Run ``list`` in a process in which a statement is executed when the command starts."""
    script = (
        "import runpy, sys\n"
        "from index.library import Library\n"
        f"def fail(*_, **__):\n    {statement}\n"
        "Library.open = fail\n"
        f"sys.argv[1:] = {['list'] if program == 'index' else ['--preview']!r}\n"
        f"runpy.run_module({program!r}, run_name='__main__')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        env=environment(XDG_STATE_HOME=str(Path("state").resolve()), PYTHONPATH=str(ROOT)),
        check=False,
    )
    result = Run(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert "Traceback" not in result.err + result.out, result.err
    return result


@pytest.mark.skipif(sys.platform != "linux", reason="the log file is elsewhere")
@pytest.mark.parametrize("program", ["index", "bot"])
def test_an_unforeseen_error_is_a_sentence_and_its_traceback_is_in_a_file(program: str) -> None:
    log = Path("state/dateline/log/errors.log").resolve()
    for times in (1, 2):
        ended = faulty("raise ZeroDivisionError('a fault\\nof two lines')", program)
        assert (ended.code, ended.out) == (70, "")
        assert ended.err == (f"Something went wrong inside Dateline; the details are in {log}\n")
        assert log.read_text().count("Traceback (most recent call last):") == times
        assert "in fail" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_without_a_place_for_the_file_there_is_still_the_sentence() -> None:
    Path("state").write_text("no folder")
    ended = faulty("raise MemoryError")
    assert ended.code == 70
    assert ended.err.startswith("Something went wrong inside Dateline; the details are in ")
    log = Path(ended.err.rpartition(" are in ")[2].strip())
    assert "Traceback" in log.read_text()
    log.unlink()


def test_a_file_with_an_unforeseen_fault_does_not_keep_the_others_out() -> None:
    hook = Path("hook")
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import index.sources.text as text\n"
        "def fail(*_):\n    raise IndexError('a fault')\n"
        "text.take_title = fail\n"
    )
    Path("bee.md").write_text("# Bee\n\nA bee hummed.")
    ended = run_afresh(
        "add",
        "ant.txt",
        "bee.md",
        PYTHONPATH=f"{hook.resolve()}{os.pathsep}{ROOT}",
        XDG_STATE_HOME=str(Path("state").resolve()),
    )
    assert (ended.code, ended.out) == (1, "1 added, 1 refused (1 sentence).\n"), ended.err
    assert ended.err.startswith(
        "ant.txt: it cannot be read. Something went wrong inside Dateline; the"
    )


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize(
    ("program", "imported"),
    [
        (["index"], "numpy"),
        (["index"], "typer"),
        (["index", "ask", "how many ants?"], "onnxruntime"),
        (["index", "add", "bee.txt"], "onnxruntime"),
        (["bot"], "discord"),
        (["bot", "--preview"], "onnxruntime"),
    ],
)
def test_ctrl_c_while_something_is_imported_ends_in_a_sentence(
    program: list[str], imported: str
) -> None:
    Path("bee.txt").write_text("Bee\n\nA bee hummed.")
    ended = interrupted_at_import(imported, *program)
    again = " Run the same command again to add the rest." if "add" in program else ""
    assert ended == Run(130, "", f"Interrupted.{again}\n")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_at_the_end_of_adding_tells_what_was_added() -> None:
    Path("news.jsonl").write_text(
        "".join(
            json.dumps({"title": f"Bee {n}", "text": f"{n} bees hummed."}) + "\n"
            for n in range(100)
        )
    )
    hook = Path("hook")
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, signal\n"
        "from index.library import Library\n"
        "add_all = Library.add_all\n"
        "def interrupted(*arguments):\n"
        "    for number, addition in enumerate(add_all(*arguments)):\n"
        "        if number == 40:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "        yield addition\n"
        "Library.add_all = interrupted\n"
    )
    ended = run_afresh("add", "news.jsonl", PYTHONPATH=f"{hook.resolve()}{os.pathsep}{ROOT}")
    assert ended == Run(
        130,
        "40 added (40 sentences).\n",
        "Interrupted. Run the same command again to add the rest.\n",
    )
    assert run_afresh("verify").code == 0


def interrupted_at_import(module: str, *program: str) -> Run:
    """How a program ends that is interrupted when it imports a module."""
    Path("hook").mkdir()
    Path(f"hook/{module}.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", *program],
        capture_output=True,
        env=environment(PYTHONPATH=f"{Path('hook').resolve()}{os.pathsep}{ROOT}"),
        check=False,
    )
    return Run(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_a_secret_is_neither_told_nor_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(Path("state").resolve()))
    error = ValueError("bad token abc.def")
    told = report_internal_error(error, ["abc.def"])
    assert "bad token [secret]" in Path(told.rpartition(" are in ")[2]).read_text()
    assert "abc.def" not in Path(told.rpartition(" are in ")[2]).read_text()
    monkeypatch.setattr("index.process._write_log", lambda details: None)
    assert report_internal_error(error, ["abc.def"]).endswith(
        "written: ValueError: bad token [secret]"
    )
