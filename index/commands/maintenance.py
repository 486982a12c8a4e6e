"""The commands ``rebuild``, ``verify`` and ``status``."""

from typing import Annotated

import typer

from index.commands import output
from index.commands.cli import AsJson, app, example, opened, print_json


@app.command(epilog=example("rebuild --keep-vectors"))
def rebuild(
    context: typer.Context,
    keep_vectors: Annotated[
        bool, typer.Option("--keep-vectors", help="Embed only sentences that are new.")
    ] = False,
) -> None:
    """Split and embed all articles again, with the model that EMBEDDING_MODEL selects."""
    with (
        opened(context, any_model=True) as library,
        output.progress("Embedding", "sentences") as advance,
    ):
        count = library.rebuild(advance, keep_vectors=keep_vectors)
        name = library.model.name if library.model else "no model"
        output.print_line(f"Rebuilt: {count:,} sentences with {name}.")


@app.command(epilog=example("verify"))
def verify(context: typer.Context) -> None:
    """Check the library for consistency: rows, full text, vectors and indexes."""
    with opened(context, any_model=True) as library:
        problems = list(library.problems())
        if not problems:
            status = output.status_of(library)
            output.print_line(
                f"All is well: {status['articles']:,} articles, {status['sentences']:,} sentences."
            )
    for problem in problems:
        output.print_error(problem)
    if problems:
        output.print_error("`python -m index rebuild` rebuilds everything else from the articles.")
        raise typer.Exit(1)


@app.command(epilog=example("status --json"))
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the contents and the size of the library."""
    with opened(context, any_model=True) as library:
        facts = output.status_of(library)
        if as_json:
            print_json(facts)
        else:
            output.show_status(facts)
