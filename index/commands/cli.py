"""What all commands of ``python -m index`` share."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index.commands import output as terminal
from index.errors import DatelineError
from index.library import Library
from index.settings import LibrarySettings, load_settings

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands, each of which ends in an exit code and a sentence, whatever happens."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            terminal.complain(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            terminal.complain("Interrupted. What had been done is kept.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # `… | head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Add news articles to a library and ask it questions.",
)

Collection = Annotated[str, typer.Option(metavar="NAME", help="The collection to add to.")]
Collections = Annotated[
    list[str] | None, typer.Option("--collection", metavar="NAME", help="Keep to this collection.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
ArticleId = Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning.")]


@app.callback()
def configure(
    context: typer.Context,
    library: Annotated[
        str | None, typer.Option(metavar="DIR", help="The library's folder. [LIBRARY in .env]")
    ] = None,
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
    """The library that the options and settings name."""
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
    # Flushed, since another program may be waiting for this very line.
    print(json.dumps(value, ensure_ascii=False), flush=True)
