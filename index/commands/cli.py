"""The Typer application, and the options and helpers that commands share."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index.commands import output
from index.errors import DatelineError
from index.interrupts import INTERRUPTED, SENTENCE
from index.library import Library
from index.process import version_option
from index.settings import LibrarySettings, load_settings

COMMAND = "dateline"
"""The installed command, which is the same as ``python -m index``."""

PROGRAM = COMMAND if Path(sys.argv[0]).stem == COMMAND else "python -m index"
"""How this program was started, for its help."""


def example(arguments: str) -> str:
    """The line with an example at the end of a command's help."""
    return f"Example: {PROGRAM} {arguments}"


class CommandGroup(TyperGroup):
    """Turns every exception of a command into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            output.print_error(SENTENCE)
            raise typer.Exit(INTERRUPTED) from None
        except DatelineError as error:
            output.print_error(str(error))
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:  # as in `… | head`; Typer would exit with 1
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Add news articles to a library and ask it questions.",
)

Collection = Annotated[str, typer.Option(metavar="NAME", help="The collection to add to.")]
Collections = Annotated[
    list[str] | None, typer.Option("--collection", metavar="NAME", help="Only this collection.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
ArticleId = Annotated[str, typer.Argument(metavar="ID", help="An article id, or its first digits.")]


@app.callback(epilog=example("ask how many troops"))
def configure(
    context: typer.Context,
    library: Annotated[
        str | None, typer.Option(metavar="DIR", help="The library's folder. [LIBRARY in .env]")
    ] = None,
    _version: Annotated[bool, version_option(COMMAND)] = False,
) -> None:
    settings = load_settings(LibrarySettings)
    if library is not None:
        settings = settings.model_copy(update={"library": library})
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("index").setLevel(settings.log_level)
    context.obj = settings


@contextmanager
def opened(
    context: typer.Context, *, create: bool = False, any_model: bool = False
) -> Iterator[Library]:
    """Open the library that the options and settings select."""
    settings: LibrarySettings = context.obj
    with Library.open(
        settings.library,
        model=settings.embedding_model,
        reader=settings.reader_model,
        min_confidence=settings.min_confidence,
        create=create,
        any_model=any_model,
    ) as library:
        yield library


def print_json(value: dict[str, Any]) -> None:
    """Print an object as a line of JSON."""
    # Flushed, since another program may be waiting for the line.
    print(json.dumps(value, ensure_ascii=False), flush=True)
