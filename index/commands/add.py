"""The commands ``add`` and ``watch``."""

import signal
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from index.article import SHARED
from index.commands import output
from index.commands.cli import Collection, app, example, opened
from index.errors import DatelineError, SourceError
from index.ingest.adding import Addition
from index.ingest.folder_sync import FolderSync
from index.ingest.watching import watch_folder
from index.interrupts import SENTENCE, Farewell, Saying, end_interrupted
from index.sources import expected_articles, is_link, read_source


@app.command(epilog=example("add my-articles/ https://harborwire.example/ferries"))
def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files (.txt .md .html .pdf .docx .epub .jsonl), folders, links, or - for standard"
            " input. [ARTICLES_FOLDER in .env]",
        ),
    ] = None,
    collection: Collection = SHARED,
) -> None:
    """Add articles. Articles that the library already has are not added again."""
    sources = sources or [context.obj.articles_folder]
    tally = _Tally()
    with (
        Saying(tally),
        opened(context, create=True) as library,
        output.progress("Adding", "articles") as advance,
    ):

        def articles(batch: list[str]) -> Iterator[Any]:
            for source in batch:
                for article in read_source(source, collection, context.obj.guard):
                    if isinstance(article, SourceError):
                        tally.refused += 1
                        output.print_error(str(article))
                    else:
                        yield article

        advance(0, expected_articles(sources))
        addition: Addition
        try:
            for addition in chain.from_iterable(
                library.add_all(articles(batch)) for batch in _batches(sources)
            ):
                tally.count(addition)
                advance(tally.total, None)
            library.flush()
        except DatelineError:
            if any(tally.changes.values()):  # these have been saved
                output.print_line(tally.summary())
            raise
    output.print_line(tally.summary())
    if tally.refused:
        raise typer.Exit(1)


class _Tally(Farewell):
    """The number of articles added so far, which is printed at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = dict.fromkeys(("added", "updated", "unchanged"), 0)
        self.sentences = 0
        self.refused = 0

    def count(self, addition: Addition) -> None:
        self.changes[addition.change] += 1
        if addition.change != "unchanged":
            self.sentences += addition.sentences

    @property
    def total(self) -> int:
        return sum(self.changes.values()) + self.refused

    def summary(self) -> str:
        parts = [f"{count:,} {change}" for change, count in self.changes.items() if count]
        if self.refused:
            parts.append(f"{self.refused:,} refused")
        summary = ", ".join(parts) or "nothing to add"
        plural = "" if self.sentences == 1 else "s"
        count = f" ({self.sentences:,} sentence{plural})" if self.sentences else ""
        return f"{summary[0].upper()}{summary[1:]}{count}."

    def out(self) -> str:
        return f"{self.summary()}\n" if self.total else ""

    def err(self) -> str:
        return f"{SENTENCE} Run the same command again to add the rest.\n"


class _Stopped(Farewell):
    def out(self) -> str:
        return "Stopped. Completed work has been saved.\n"

    def err(self) -> str:
        return ""


def _batches(sources: list[str]) -> Iterator[list[str]]:
    """Sources whose articles are added together: links one by one, so that an article need not wait
    for the next link."""
    for are_links, group in groupby(sources, is_link):
        batch = list(group)
        yield from [[link] for link in batch] if are_links else [batch]


@app.command(epilog=example("watch my-articles/"))
def watch(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="[ARTICLES_FOLDER in .env]")
    ] = None,
    collection: Collection = SHARED,
    accept_removals: Annotated[
        bool,
        typer.Option(
            "--accept-removals",
            help="Remove the articles that are kept because most files are missing, and exit.",
        ),
    ] = False,
) -> None:
    """Keep the articles in sync with the files of a folder, until Ctrl-C."""
    with opened(context, create=True) as library:
        folder_sync = library.mirror(folder or Path(context.obj.articles_folder), collection)
        if accept_removals:
            _accept_removals(folder_sync)
            return
        folder_sync.require_folder()
        with Saying(_Stopped(code=0)):
            signal.signal(signal.SIGTERM, end_interrupted)
            output.print_line(f"Watching {folder_sync.folder}; press Ctrl-C to stop.")
            for result in chain.from_iterable(watch_folder(folder_sync)):
                output.show_sync_result(result)


def _accept_removals(folder_sync: FolderSync) -> None:
    count = 0
    for result in folder_sync.accept_removals():
        output.show_sync_result(result)
        count += len(result.removed)
    removed = f"Removed {count:,} article{'' if count == 1 else 's'}."
    output.print_line(removed if count else "No article is kept without its file.")
