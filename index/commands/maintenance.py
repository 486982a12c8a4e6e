"""``rebuild``, ``verify`` and ``status``."""

import typer

from index.commands import output as terminal
from index.commands.cli import AsJson, app, opened, print_json


@app.command()
def rebuild(context: typer.Context) -> None:
    """Split and embed all articles anew, with the model that EMBEDDING_MODEL names."""
    with (
        opened(context, any_model=True) as library,
        terminal.progress("Embedding", "sentences") as advance,
    ):
        count = library.rebuild(advance)
        name = library.model.name if library.model else "no model yet"
        terminal.say(f"Rebuilt: {count:,} sentences with {name}.")


@app.command()
def verify(context: typer.Context) -> None:
    """Check the rows, the full text, the vectors and the index against each other."""
    with opened(context, any_model=True) as library:
        problems = list(library.problems())
        if not problems:
            facts = terminal.status_of(library)
            terminal.say(
                f"All is well: {facts['articles']:,} articles, {facts['sentences']:,} sentences."
            )
    for problem in problems:
        terminal.complain(problem)
    if problems:
        terminal.complain("`python -m index rebuild` makes everything anew from the articles.")
        raise typer.Exit(1)


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell what the library holds."""
    with opened(context, any_model=True) as library:
        facts = terminal.status_of(library)
        if as_json:
            print_json(facts)
        else:
            terminal.show_status(facts)
