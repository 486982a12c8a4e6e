"""The commands ``backup`` and ``restore``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from index.backup import restore_backup, write_backup
from index.backup.writing import Progress
from index.commands import output
from index.commands.cli import app, example
from index.errors import SettingsError
from index.interrupts import Interruptible

MEGABYTE = 1_000_000


@app.command(epilog=example("backup /backups/"))
def backup(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="The file to write, or a folder to write a file named after the time."),
    ],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it exists.")
    ] = False,
) -> None:
    """Save the library, the bot's database included, to a file. The bot may be running."""
    with _progress("Backing up") as progress:
        written = write_backup(_folder(context), file, overwrite=overwrite, progress=progress)
    output.print_line(f"Backed up to {written} ({written.stat().st_size / MEGABYTE:,.1f} MB).")


@app.command(epilog=example("restore /backups/dateline.zip --replace"))
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a library that has articles.")
    ] = False,
) -> None:
    """Restore the library from a backup. The bot must be stopped; what is replaced is kept."""
    folder = _folder(context)
    with _progress("Restoring") as progress:
        restored = restore_backup(file, folder, replace=replace, progress=progress)
    output.print_line(
        f"Restored the library at {folder} as of {restored.made_at:%Y-%m-%d %H:%M} UTC:"
        f" {restored.articles:,} articles, {restored.sentences:,} sentences."
    )
    if restored.kept:
        output.print_line(
            f"The former library is kept in {restored.kept}; delete it when you no longer need it."
        )


def _folder(context: typer.Context) -> Path:
    """The library's folder. Raises SettingsError if it is in a database server."""
    location: str = context.obj.library
    if "://" in location:
        raise SettingsError(
            "Only libraries in folders are backed up by this command. Back up a PostgreSQL database"
            " with pg_dump, and restore it with pg_restore."
        )
    return Path(location)


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    with Interruptible(), output.progress(label, "MB") as advance:
        yield lambda done, total: advance(done // MEGABYTE, -(-total // MEGABYTE))
