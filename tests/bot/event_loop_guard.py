"""Notes what blocks the event loop: the bot reads databases and parses texts in threads only.

What a test itself does in the event loop's thread is allowed.
"""

import asyncio
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.conftest import ROOT

BLOCKING = (
    "index.store.sqlite.database.Database._connection",  # every read and write
    "bot.language._read_bundle",
    "dateparser.parse",
    "index.sources.sandbox.Sandbox.parse",
    "index.sources.text.make_article",
    "index.answering.phrase_search.parse_phrases",
    "index.answering.requests.interpret",
)
"""What may run in threads only: SQLite, and the parsers of what people type and publish."""

BOT = ROOT / "bot"
STORAGE = BOT / "storage"
"""Its methods are called by the bot, or directly by tests."""


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Notes each blocking call by the bot in the thread of a running event loop."""
    noted: list[str] = []
    for path in BLOCKING:
        _note_calls(monkeypatch, path, noted)
    yield noted


def _note_calls(monkeypatch: pytest.MonkeyPatch, path: str, noted: list[str]) -> None:
    owner, name = _resolve(path)
    function = getattr(owner, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        caller = _caller_in_bot(sys._getframe(1)) if _runs_an_event_loop() else ""
        if caller:
            noted.append(f"{path} is called by {caller} in the event loop")
        return function(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)
    # And where it has been imported by name.
    for module in [m for n, m in sys.modules.items() if n.split(".")[0] in ("bot", "index")]:
        if vars(module).get(name) is function:
            monkeypatch.setattr(module, name, call)


def _resolve(path: str) -> tuple[Any, str]:
    """The module or class of a function, and the function's name."""
    parent, _, name = path.rpartition(".")
    try:
        return importlib.import_module(parent), name
    except ModuleNotFoundError:
        module, _, class_name = parent.rpartition(".")
        return getattr(importlib.import_module(module), class_name), name


def _runs_an_event_loop() -> bool:
    return asyncio._get_running_loop() is not None


def _caller_in_bot(frame: FrameType | None) -> str:
    """The innermost function of the bot on the stack, not counting its storage; "" if none."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(BOT) and not path.is_relative_to(STORAGE):
            return f"{path.relative_to(ROOT)}:{frame.f_lineno} ({frame.f_code.co_name})"
        frame = frame.f_back
    return ""
