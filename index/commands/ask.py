"""The commands ``ask`` and ``find``."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from index.answering.question_search import AskOptions
from index.answering.retrieval import MAX_CANDIDATES
from index.commands import answer_output
from index.commands.cli import AsJson, Collections, app, example, opened, print_json
from index.commands.filters import Articles, Publisher, Since, Until, choose_scope
from index.sources import STDIN
from index.sources.files import MAX_BYTES, read_lines, too_large, unreadable

DEFAULT_LIMIT = 3
"""Passages of an answer."""

MAX_FOUND = 1_000_000
"""The largest ``--limit`` of ``find``."""


@app.command(epilog=example("ask how many troops --publisher harbor"))
def ask(
    context: typer.Context,
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION...", help="The question, or - to read one per line."),
    ],
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MAX_CANDIDATES,
            metavar="N",
            help="Show up to this many passages, including those that match less well.",
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Also show the passages that match less well."),
    ] = False,
    collection: Collections = None,
    article: Articles = None,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    any_time: Annotated[
        bool, typer.Option("--any-time", help="Ignore words such as “last week”; search all dates.")
    ] = False,
    as_typed: Annotated[
        bool, typer.Option("--as-typed", help="Do not correct typing errors in the question.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question with passages from the articles. It needs no quotation marks."""
    asked = " ".join(question)
    questions = _lines() if asked == STDIN else [asked]
    with opened(context) as library:
        scope = choose_scope(
            library,
            collection,
            articles=article,
            publisher=publisher,
            since=since,
            until=until,
        )
        library.warm_up()
        options = AskOptions(as_typed=as_typed, any_time=any_time)
        for line in questions:
            answer = library.submit(line, scope, limit or DEFAULT_LIMIT, options).result()
            if as_json:
                print_json(answer.as_dict())
            else:
                answer_output.show_answer(
                    answer,
                    with_question=asked == STDIN,
                    with_further=every or limit is not None,
                )


def _lines() -> Iterator[str]:
    """The lines of standard input. Raises SourceError."""
    try:
        for number, line in enumerate(read_lines(sys.stdin.buffer), 1):
            if len(line) > MAX_BYTES:
                raise too_large(f"standard input, line {number}")
            yield line.decode(errors="replace").rstrip("\r\n")
    except OSError as error:
        raise unreadable("standard input", error) from error


@app.command(epilog=example('find ferry "night crossing" --since 2025'))
def find(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='Words, or "exact phrases" in quotation marks.'),
    ],
    limit: Annotated[
        int,
        typer.Option(min=1, max=MAX_FOUND, metavar="N", help="Maximum number of sentences."),
    ] = 10,
    collection: Collections = None,
    article: Articles = None,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Find the sentences that contain words as they are written, newest first."""
    with opened(context, any_model=True) as library:
        scope = choose_scope(
            library,
            collection,
            articles=article,
            publisher=publisher,
            since=since,
            until=until,
        )
        found = library.find(" ".join(words), scope, limit)
        if as_json:
            print_json(found.as_dict())
        else:
            answer_output.show_lookup(found)
