"""The commands ``ask`` and ``find``."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from index.answering.retrieval import MAX_CANDIDATES
from index.article import SHARED
from index.commands import answer_output
from index.commands.cli import AsJson, Collections, app, opened, print_json
from index.scope import Scope
from index.sources import STDIN
from index.sources.files import MAX_BYTES, read_lines, too_large, unreadable

MAX_FOUND = 1_000_000
"""The largest ``--limit`` of ``find``."""


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(help="The question, or - to read one per line.")],
    limit: Annotated[
        int,
        typer.Option(min=1, max=MAX_CANDIDATES, metavar="N", help="Maximum number of passages."),
    ] = 3,
    collection: Collections = None,
    any_time: Annotated[
        bool, typer.Option("--any-time", help="Ignore words such as “last week”; search all dates.")
    ] = False,
    as_typed: Annotated[
        bool, typer.Option("--as-typed", help="Do not correct typing errors in the question.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question with passages from the articles."""
    asked = " ".join(question)
    questions = _lines() if asked == STDIN else [asked]
    with opened(context) as library:
        library.warm_up()
        for line in questions:
            answer = library.ask(
                line, collection or [SHARED], limit, any_time=any_time, as_typed=as_typed
            )
            if as_json:
                print_json(answer.as_dict())
            else:
                answer_output.show_answer(answer, with_question=asked == STDIN)


def _lines() -> Iterator[str]:
    """The lines of standard input. Raises SourceError."""
    try:
        for number, line in enumerate(read_lines(sys.stdin.buffer), 1):
            if len(line) > MAX_BYTES:
                raise too_large(f"standard input, line {number}")
            yield line.decode(errors="replace").rstrip("\r\n")
    except OSError as error:
        raise unreadable("standard input", error) from error


@app.command()
def find(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help='Words, or "exact phrases" in quotation marks.')
    ],
    limit: Annotated[
        int,
        typer.Option(min=1, max=MAX_FOUND, metavar="N", help="Maximum number of sentences."),
    ] = 10,
    collection: Collections = None,
    as_json: AsJson = False,
) -> None:
    """Find the sentences that contain words as they are written, newest first."""
    with opened(context, any_model=True) as library:
        found = library.find(" ".join(words), Scope(tuple(collection or [SHARED])), limit)
        if as_json:
            print_json(found.as_dict())
        else:
            answer_output.show_lookup(found)
