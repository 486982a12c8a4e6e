"""Parsing documents in this process, without the sandbox."""

import inspect
import json
import signal
import traceback
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from index import SourceError
from index.sources import feed, html, markdown, pdf, zipped
from index.sources.parsers import docx as docx_parser
from index.sources.parsers import epub as epub_parser
from index.sources.parsers import feed as feed_parser
from index.sources.parsers import markdown as markdown_parser
from index.sources.parsers import page as page_parser
from index.sources.parsers import pdf as pdf_parser

INDEX = Path(__file__).parents[2] / "index"

PARSING_SECONDS = 10.0
"""The processor time for a document; the sandbox allows twice as long, whatever else runs."""

PARSERS: dict[str, ModuleType] = {
    "docx": docx_parser,
    "epub": epub_parser,
    "feed": feed_parser,
    "markdown": markdown_parser,
    "page": page_parser,
    "pdf": pdf_parser,
}


@contextmanager
def parsed_here() -> Iterator[None]:
    """Have documents parsed in this process instead of the sandbox, so that coverage is measured.

    An exception in a library that parses makes the document a broken one, as in the sandbox; one
    in Dateline's own code is raised. So is the end of the time for a document.
    """

    def parse(kind: str, content: bytes, name: str, *, label: str = "", **known: Any) -> Any:
        try:
            with _limited_time():
                parsed = PARSERS[kind].parse(content, **known)
            return json.loads(json.dumps(parsed))
        except Exception as error:
            files = (Path(inspect.getfile(f)) for f, _ in traceback.walk_tb(error.__traceback__))
            *_, innermost = (file for file in files if file != Path(__file__))
            if innermost.is_relative_to(INDEX):
                raise
            raise SourceError(f"{name}: this {label or kind} is broken.") from error

    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings(action="ignore"))  # of libraries
        for module in (feed, html, markdown, pdf, zipped):
            stack.enter_context(patch.object(module, "parse_in_sandbox", parse))
        yield


@contextmanager
def _limited_time() -> Iterator[None]:
    """A context that ends with a TimeoutError after ``PARSING_SECONDS`` of processor time."""

    def interrupt(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, PARSING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
