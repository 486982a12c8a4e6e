"""``add`` and ``watch``."""

import signal
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from index.article import SHARED
from index.commands import output as terminal
from index.commands.cli import INTERRUPTED, Collection, app, opened
from index.errors import DatelineError, SourceError
from index.ingest.adding import Addition
from index.ingest.folder_sync import follow
from index.sources import expected_articles, is_link, read_source


@app.command()
def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files (.txt .md .html .jsonl), folders, links, or - for standard input."
            " [ARTICLES_FOLDER in .env]",
        ),
    ] = None,
    collection: Collection = SHARED,
) -> None:
    """Add articles. What is there already is not added twice."""
    sources = sources or [context.obj.articles_folder]
    refused = 0
    counts = dict.fromkeys(("added", "updated", "unchanged"), 0)
    sentences = 0
    with (
        opened(context, create=True) as library,
        terminal.progress("Adding", "articles") as advance,
    ):

        def articles(some: list[str]) -> Iterator[Any]:
            nonlocal refused
            for source in some:
                for article in read_source(source, collection, context.obj.guard):
                    if isinstance(article, SourceError):
                        refused += 1
                        terminal.complain(str(article))
                    else:
                        yield article

        advance(0, expected_articles(sources))
        addition: Addition
        try:
            for addition in chain.from_iterable(
                library.add_all(articles(some)) for some in _together(sources)
            ):
                counts[addition.change] += 1
                sentences += addition.sentences if addition.change != "unchanged" else 0
                advance(sum(counts.values()) + refused, None)
            library.flush()
        except KeyboardInterrupt:
            terminal.say(_summary(counts, sentences, refused))
            terminal.complain("Interrupted. Run the same command again to add the rest.")
            raise typer.Exit(INTERRUPTED) from None
        except DatelineError:
            if any(counts.values()):  # told as well: it is kept
                terminal.say(_summary(counts, sentences, refused))
            raise
    terminal.say(_summary(counts, sentences, refused))
    if refused:
        raise typer.Exit(1)


def _together(sources: list[str]) -> Iterator[list[str]]:
    """The sources that are added together: links one by one, so that none waits for the next."""
    for linked, found in groupby(sources, is_link):
        some = list(found)
        yield from [[link] for link in some] if linked else [some]


def _summary(counts: dict[str, int], sentences: int, refused: int) -> str:
    parts = [f"{count:,} {change}" for change, count in counts.items() if count]
    if refused:
        parts.append(f"{refused:,} refused")
    told = ", ".join(parts) or "nothing to add"
    count = f" ({sentences:,} sentence{'' if sentences == 1 else 's'})" if sentences else ""
    return f"{told[0].upper()}{told[1:]}{count}."


@app.command()
def watch(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="[ARTICLES_FOLDER in .env]")
    ] = None,
    collection: Collection = SHARED,
) -> None:
    """Keep the articles as the files of a folder are, until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with opened(context, create=True) as library:
        mirror = library.mirror(folder or Path(context.obj.articles_folder), collection)
        mirror.require()
        terminal.say(f"Watching {mirror.folder}; Ctrl-C ends it.")
        try:
            for caught in chain.from_iterable(follow(mirror)):
                terminal.show_caught(caught)
        except KeyboardInterrupt:
            terminal.say("Ended. What had been done is kept.")
