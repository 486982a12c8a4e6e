"""``ask``, ``find`` and ``evaluate``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from index.answering.retrieval import POOL
from index.article import SHARED
from index.commands import output as terminal
from index.commands.cli import AsJson, Collections, app, opened, print_json
from index.evaluation.evaluate import ask_all, read_questions, without_answers
from index.evaluation.evaluate import compare as compare_plain
from index.evaluation.metrics import compared, summary
from index.evaluation.metrics import plot as draw
from index.scope import Scope
from index.sources import STDIN


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, or - to read one a line.")],
    limit: Annotated[int, typer.Option(min=1, max=POOL, metavar="N", help="Passages at most.")] = 3,
    collection: Collections = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with the passages that say so."""
    questions = (line.rstrip("\r\n") for line in sys.stdin) if question == STDIN else [question]
    with opened(context) as library:
        library.warm_up()
        for asked in questions:
            answer = library.ask(asked, collection or [SHARED], limit)
            if as_json:
                print_json(answer.as_dict())
            else:
                terminal.show_answer(answer, with_question=question == STDIN)


@app.command()
def find(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help='Words, or "exact phrases" in quotation marks.')],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Sentences at most.")] = 10,
    collection: Collections = None,
    as_json: AsJson = False,
) -> None:
    """Look words up as they are written: the sentences that hold them, the newest first."""
    with opened(context, any_model=True) as library:
        found = library.find(words, Scope(tuple(collection or [SHARED])), limit)
        if as_json:
            print_json(found.as_dict())
        else:
            terminal.show_lookup(found)


@app.command()
def evaluate(
    context: typer.Context,
    questions: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Questions, .jsonl.")],
    foreign: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Questions that nothing in the library answers."),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Measure plain dense, BM25 and fused search as well.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw reliability, and risk and coverage (.png, .svg)."),
    ] = None,
    collection: Collections = None,
    as_json: AsJson = False,
) -> None:
    """Measure how often the right sentence comes first, and how far confidence can be trusted."""
    own = [question for path in questions for question in read_questions(path)]
    others = [question for path in foreign or [] for question in read_questions(path)]
    every = own + without_answers(others)
    scope = Scope(tuple(collection or [SHARED]))
    if plot:
        draw([], plot)  # where that cannot be done, it is said before all is asked
    with opened(context) as library, terminal.progress("Asking", "questions") as advance:
        asked = list(ask_all(library, every, scope, advance))
        plain = compared(compare_plain(library, own, scope)) if compare else {}
    skipped = len(every) - len(asked)
    figures = summary(asked, skipped)
    if plot:
        draw(asked, plot)
    if as_json:
        print_json(figures | ({"compared": plain} if plain else {}))
    else:
        terminal.show_figures(figures)
        terminal.show_compared(figures, plain)
    if skipped:
        terminal.complain(f"{skipped:,} questions are about articles that are not here.")
        raise typer.Exit(1)
