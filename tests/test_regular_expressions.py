"""No text can make a regular expression search for long: its time grows with the text's length."""

import ast
import importlib
import pkgutil
import re
import signal
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import bot
import bot.services.addressing
import index
from index.text.lazy_pattern import LazyPattern
from tests.conftest import ROOT
from tests.index.subprocesses import environment

LENGTH = 20_000
CPU_SECONDS = 0.08
"""A search that takes time in proportion to the length takes milliseconds, one that takes it in
proportion to the square of the length an eighth of a second (``<[^>]*>``) to many."""

SHORT_LENGTH = LENGTH // 5
QUICK_SECONDS = 0.002
"""A search that is done with a shorter text in that time is not tried with the longer one."""

RUNS = [*string.punctuation, *"“”’«»… \n7aAé", " \n", "a ", "A ", "7 ", "a.", "a-", "a,", "\n-"]

LITERAL = re.compile(r"""\\?[\w "'<:/@]+""")
"""The beginning of a pattern that stands for itself."""

FUNCTIONS = {"match", "search", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """The compiled patterns of all modules, by their names."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for package in (index, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                for name, value in vars(importlib.import_module(module.name)).items():
                    if isinstance(value, re.Pattern | LazyPattern):
                        found[f"{module.name}.{name}"] = cast(re.Pattern[str], value)
    me = SimpleNamespace(id=1, name="Dateline")
    found["bot.services.addressing.name_pattern"] = bot.services.addressing.name_pattern(me)  # type: ignore[arg-type]
    return found


def runs(pattern: str) -> Iterator[str]:
    """What is repeated in the texts that a pattern is searched for in."""
    yield from RUNS
    bare = re.sub(r"\\[bsS]|[\^*+?]", " ", pattern)
    for literal in [literal.strip() for literal in LITERAL.findall(bare)][:3]:
        yield from (literal, f"{literal} ") if literal else ()


def search_all() -> None:
    """Search for all patterns in all texts. The process is killed if a search takes too long; the
    last line on standard output says which."""
    searched = {(one.pattern, one.flags): (name, one) for name, one in patterns().items()}
    for name, pattern in searched.values():
        source: Any = pattern.pattern
        is_bytes = isinstance(source, bytes)
        for run in runs(source.decode() if is_bytes else source):
            print(name, repr(run), flush=True)
            for length in (SHORT_LENGTH, LENGTH):
                text = run * (length // len(run)) + "\0"
                subject: Any = text.encode() if is_bytes else text
                signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
                started = time.process_time()
                for _ in pattern.finditer(subject):
                    pass
                pattern.fullmatch(subject)
                if time.process_time() - started < QUICK_SECONDS:
                    break
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def test_no_search_takes_time_in_proportion_to_the_square_of_the_length() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"import {__name__}; {__name__}.search_all()"],
        capture_output=True,
        env=environment(),
        check=False,
        text=True,
    )
    slow = ran.stdout.splitlines()[-1] if ran.returncode == -signal.SIGVTALRM else None
    assert slow is None
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len({line.split()[0] for line in ran.stdout.splitlines()}) > 80


def test_every_pattern_is_compiled_where_the_test_above_finds_it() -> None:
    elsewhere = set()
    for path in [path for name in ("index", "bot") for path in (ROOT / name).rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not _calls(tree, FUNCTIONS), path
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _calls(
                node, {"compile", "lazy_pattern"}
            ):
                elsewhere.add((path.stem, node.name))
    assert elsewhere == {("addressing", "name_pattern"), ("lazy_pattern", "__getattr__")}


def _calls(tree: ast.AST, names: set[str]) -> list[str]:
    """The calls of functions of ``re`` and ``regex``, and of ``lazy_pattern``, with some names."""
    called = {f"{module}.{name}" for module in ("re", "regex") for name in names}
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in called | (names & {"lazy_pattern"})
    ]
