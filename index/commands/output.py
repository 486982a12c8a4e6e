"""The command line's output for people: sentences, tables and progress bars."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from index.article import Article
from index.ingest.folder_sync import SyncResult
from index.ingest.rebuilding import OUTDATED_SENTENCES
from index.ingest.revisions import Correction
from index.library import Library

PIPE_WIDTH = 10_000
"""Columns if the output is not a terminal: other programs get neither wrapped nor cropped lines."""

_is_terminal = sys.stdout.isatty()
out = Console(
    highlight=False, soft_wrap=not _is_terminal, width=None if _is_terminal else PIPE_WIDTH
)
err = Console(stderr=True, highlight=False, soft_wrap=True)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would move the cursor, change colors or the direction of writing."""


def plain(text: str, style: str = "") -> Text:
    """Text that is neither interpreted as markup nor controls the terminal."""
    return Text(CONTROL.sub(" ", text), style=style)


def print_line(sentence: str) -> None:
    """Print a sentence to standard output."""
    out.print(plain(sentence))


def print_error(sentence: str) -> None:
    """Print a sentence to standard error, if that can be written."""
    with suppress(OSError):
        err.print(plain(sentence))


@contextmanager
def progress(label: str, unit: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar, if standard error is a terminal.

    Yields the function that advances it, given the number of completed items and their total (None
    leaves the total unchanged).
    """
    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int | None) -> None:
            bar.update(task, completed=done)
            if total is not None:
                bar.update(task, total=total)

        yield advance


def show_sync_result(result: SyncResult) -> None:
    """Print a line for each article of a synced folder that has changed."""
    for addition in result.additions:
        if addition.change == "unchanged":
            continue
        count = f"{addition.sentences:,} sentence{'' if addition.sentences == 1 else 's'}"
        print_line(f"{addition.change.capitalize()}: {addition.article.title} ({count})")
    for article in result.removed:
        print_line(f"Removed: {article.title}")
    for refusal in result.refused:
        print_error(str(refusal))
    for warning in result.warnings:
        print_error(warning)


def show_articles(articles: Sequence[Article]) -> None:
    """Print a table of articles."""
    if not articles:
        print_line("There are no articles.")
        return
    table = Table("id", "date", "publisher", "title", "collection", box=None, pad_edge=False)
    for article in articles:
        day = article.published.isoformat()[:10] if article.published else ""
        cells = (article.id, day, article.publisher or "", article.title, article.collection)
        table.add_row(*(plain(cell) for cell in cells))
    _print_table(table)


def show_article(article: Article) -> None:
    """Print an article with its metadata."""
    out.print(plain(article.title, "bold"))
    for name, value in (article.as_dict() | {"place": article.place}).items():
        if value and name != "title":
            out.print(plain(f"{name}: {value}", "dim"))
    out.print()
    out.print(plain(article.text))


def show_corrections(article: Article, corrections: Sequence[Correction]) -> None:
    """Print the sentences and metadata that an article's corrections removed and added."""
    out.print(plain(article.title, "bold"))
    if not corrections:
        print_line("It has not been corrected.")
    for correction in corrections:
        out.print(Text(f"\nCorrected on {correction.at:%Y-%m-%d at %H:%M} UTC:", style="dim"))
        for name, (before, after) in correction.metadata.items():
            out.print(plain(f"{name}: {before or '–'} → {after or '–'}"))
        for sign, sentences in (("−", correction.removed), ("+", correction.added)):
            for sentence in sentences:
                out.print(plain(f"{sign} {sentence}"))


def show_metrics(metrics: dict[str, Any]) -> None:
    """Print the metrics of an evaluation."""
    table = Table("metric", "value", box=None, pad_edge=False)
    for name, value in metrics.items():
        table.add_row(name, _number(value))
    _print_table(table)


def show_kinds(kinds: dict[str, dict[str, Any]]) -> None:
    """Print the main metrics of each kind of questions, if there are any."""
    if not kinds:
        return
    names = ("answerable", "hit@1", "hit@3", "f1", "found", "found_right")
    table = Table("kind", *names, box=None, pad_edge=False)
    for kind, metrics in kinds.items():
        table.add_row(plain(kind), *(_number(metrics[name]) for name in names))
    out.print()
    _print_table(table)


def show_baselines(metrics: dict[str, Any], baselines: dict[str, dict[str, Any]]) -> None:
    """Print the metrics of baselines beside the library's own, if there are any."""
    if not baselines:
        return
    names = list(next(iter(baselines.values())))
    table = Table("search", *names, box=None, pad_edge=False)
    for search, values in {**baselines, "Dateline": metrics}.items():
        table.add_row(search, *(_number(values[name]) for name in names))
    out.print()
    _print_table(table)


def status_of(library: Library) -> dict[str, Any]:
    """The fields of ``status --json``."""
    totals, model = library.totals(), library.model
    return {
        "articles": sum(count.articles for count in totals.collections.values()),
        "sentences": sum(count.sentences for count in totals.collections.values()),
        "collections": {name: asdict(count) for name, count in totals.collections.items()},
        "model": model.name if model else None,
        "model_width": model.width if model else None,
        "model_sha256": model.fingerprint if model else None,
        "rebuilding_for": totals.rebuilding.name if totals.rebuilding else None,
        "index": totals.index_kind,
        "bytes": totals.bytes,
        "generation": library.generation,
        "outdated_sentences": totals.has_outdated_sentences,
    }


def show_status(status: dict[str, Any]) -> None:
    """Print ``status_of`` as a table."""
    table = Table("", Column(overflow="fold"), box=None, pad_edge=False, show_header=False)
    for name, value in status.items():
        if name == "outdated_sentences":
            continue
        if name == "collections":
            for collection, count in value.items():
                table.add_row(
                    plain(f"collection {collection}"),
                    f"{count['articles']:,} articles, {count['sentences']:,} sentences",
                )
        elif value is not None:
            label = "size on disk" if name == "bytes" else name.replace("_", " ")
            shown = f"{value / 1e6:,.1f} MB" if name == "bytes" else _number(value)
            table.add_row(label, plain(shown))
    _print_table(table)
    if status["outdated_sentences"]:
        print_line(OUTDATED_SENTENCES)


def _print_table(table: Table) -> None:
    """Print a table without trailing white space."""
    with out.capture() as capture:
        out.print(table)
    for line in capture.get().splitlines():
        out.print(Text.from_ansi(line.rstrip()))


def _number(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
