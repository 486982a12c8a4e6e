"""The command ``evaluate``."""

from pathlib import Path
from typing import Annotated

import typer

from index.commands import output
from index.commands.cli import AsJson, Collections, app, example, opened, print_json
from index.commands.filters import choose_scope
from index.evaluation.evaluate import (
    evaluate_all,
    evaluate_baselines,
    read_questions,
    without_answers,
)
from index.evaluation.metrics import baseline_metrics, compute_metrics, metrics_by_kind
from index.evaluation.plots import plot as draw_plot


@app.command(epilog=example("evaluate questions.jsonl --compare"))
def evaluate(
    context: typer.Context,
    questions: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Questions, .jsonl.")],
    foreign: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Questions that no article in the library answers."),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Also measure dense search, BM25 and their fusion.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Plot reliability and risk-coverage (.png, .svg)."),
    ] = None,
    collection: Collections = None,
    as_json: AsJson = False,
) -> None:
    """Measure how often the right sentence comes first, and how reliable the confidence is."""
    own = [question for path in questions for question in read_questions(path)]
    others = [question for path in foreign or [] for question in read_questions(path)]
    all_questions = own + without_answers(others)
    if plot:
        draw_plot([], plot)  # fails before the questions are asked if it cannot be written
    with opened(context) as library, output.progress("Asking", "questions") as advance:
        scope = choose_scope(library, collection)
        evaluated = list(evaluate_all(library, all_questions, scope, advance))
        baselines = baseline_metrics(evaluate_baselines(library, own, scope)) if compare else {}
    skipped = len(all_questions) - len(evaluated)
    metrics = compute_metrics(evaluated, skipped)
    kinds = metrics_by_kind(evaluated)
    if plot:
        draw_plot(evaluated, plot)
    if as_json:
        compared = {"compared": baselines} if baselines else {}
        print_json(metrics | ({"kinds": kinds} if kinds else {}) | compared)
    else:
        output.show_metrics(metrics)
        output.show_kinds(kinds)
        output.show_baselines(metrics, baselines)
    if skipped:
        output.print_error(f"{skipped:,} questions are about articles not in the library.")
        raise typer.Exit(1)
