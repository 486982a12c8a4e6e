"""What the command line shows to people: tables, answers and progress bars."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from index.answering.phrase_search import Lookup
from index.article import Answer, Article, Citation, Passage
from index.ingest.folder_sync import Caught
from index.ingest.revisions import Correction
from index.library import Library
from index.text.dates import in_words
from index.text.recency import age

PIPE_WIDTH = 10_000
"""Columns of what is not a terminal: what another program reads is neither wrapped nor cropped."""

_watched = sys.stdout.isatty()
out = Console(highlight=False, soft_wrap=not _watched, width=None if _watched else PIPE_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would move the cursor, change colours or turn the direction of writing."""


def plain(text: str, style: str = "") -> Text:
    """Text as it is printed: never read as markup, and without a hold on the terminal."""
    return Text(CONTROL.sub(" ", text), style=style)


def say(sentence: str) -> None:
    """Tell how it went."""
    out.print(plain(sentence))


def complain(sentence: str) -> None:
    """Tell what is wrong, on standard error."""
    err.print(plain(sentence))


@contextmanager
def progress(what: str, unit: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar if a person watches; yields what advances it: how many are done, of how many.

    A total of None leaves the total as it was.
    """
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int | None) -> None:
            bar.update(task, completed=done)
            if total is not None:
                bar.update(task, total=total)

        yield advance


def show_answer(answer: Answer, *, with_question: bool = False) -> None:
    """The answer's passages with their citations, under the question where there are several."""
    if with_question:
        out.print(plain(f"\n{answer.question}", "bold"))
    if answer.found:
        out.print(Text(f"Found, {answer.confidence:.0%} sure:", style="bold"))
    elif answer.passages:
        out.print(Text("I couldn't find that. The nearest passages:", style="bold"))
    else:
        out.print(Text("I couldn't find that.", style="bold"))
    _show_passages(answer.passages)


def show_lookup(lookup: Lookup) -> None:
    """The sentences that hold what was looked up."""
    if not lookup.total:
        say("No sentence holds that.")
        return
    out.print(Text(f"{lookup.total:,} sentence{'' if lookup.total == 1 else 's'}:", style="bold"))
    _show_passages(lookup.passages)


def _show_passages(passages: Sequence[Passage]) -> None:
    for number, passage in enumerate(passages, 1):
        out.print()
        out.print(_quote(number, passage))


def _quote(number: int, passage: Passage) -> Text:
    quote = plain(passage.quote)
    for start, end in passage.highlights:
        quote.stylize("bold", start, end)
    text = Text.assemble(f"{number}. “", quote, "”")
    for citation in (passage.citation, *passage.also):
        text.append_text(_cited(citation))
    return text


def _cited(citation: Citation) -> Text:
    article = citation.article
    old = age(article.published, datetime.now(UTC))
    day = in_words(article.published) + (f" ({old})" if old else "")
    parts = [article.publisher, article.title, day]
    parts.append(f"paragraph {citation.paragraph}, sentence {citation.sentence}")
    text = Text.assemble("\n", plain("   " + " · ".join(filter(None, parts)), "dim"))
    if citation.link:
        text.append(f"\n   {citation.link}", style="dim")
    return text


def show_caught(caught: Caught) -> None:
    """What became of some files of a folder that is watched: a line for each article."""
    for addition in caught.additions:
        if addition.change == "unchanged":
            continue
        count = f"{addition.sentences:,} sentence{'' if addition.sentences == 1 else 's'}"
        say(f"{addition.change.capitalize()}: {addition.article.title} ({count})")
    for article in caught.removed:
        say(f"Removed: {article.title}")
    for refusal in caught.refused:
        complain(str(refusal))


def show_articles(articles: Sequence[Article]) -> None:
    """A table of articles."""
    if not articles:
        say("There are no articles.")
        return
    table = Table("id", "date", "publisher", "title", "collection", box=None, pad_edge=False)
    for article in articles:
        day = article.published.isoformat()[:10] if article.published else ""
        cells = (article.id, day, article.publisher or "", article.title, article.collection)
        table.add_row(*(plain(cell) for cell in cells))
    _print_table(table)


def show_article(article: Article) -> None:
    """An article with all that is known of it."""
    out.print(plain(article.title, "bold"))
    for name, value in (article.as_dict() | {"place": article.place}).items():
        if value and name != "title":
            out.print(plain(f"{name}: {value}", "dim"))
    out.print()
    out.print(plain(article.text))


def show_corrections(article: Article, corrections: Sequence[Correction]) -> None:
    """What was corrected in an article: what was taken out, and what came in its place."""
    out.print(plain(article.title, "bold"))
    if not corrections:
        say("It has not been corrected.")
    for correction in corrections:
        out.print(Text(f"\nCorrected on {correction.at:%Y-%m-%d at %H:%M} UTC:", style="dim"))
        for name, (before, after) in correction.known.items():
            out.print(plain(f"{name}: {before or '–'} → {after or '–'}"))
        for sign, sentences in (("−", correction.removed), ("+", correction.added)):
            for sentence in sentences:
                out.print(plain(f"{sign} {sentence}"))


def show_figures(figures: dict[str, Any]) -> None:
    """The figures of an evaluation."""
    table = Table("measure", "value", box=None, pad_edge=False)
    for name, value in figures.items():
        table.add_row(name, _number(value))
    _print_table(table)


def show_compared(figures: dict[str, Any], plain: dict[str, dict[str, Any]]) -> None:
    """Plain ways of searching beside the library's own; nothing where none were measured."""
    if not plain:
        return
    names = list(next(iter(plain.values())))
    table = Table("search", *names, box=None, pad_edge=False)
    for name, values in {**plain, "Dateline": figures}.items():
        table.add_row(name, *(_number(values[measure]) for measure in names))
    out.print()
    _print_table(table)


def status_of(library: Library) -> dict[str, Any]:
    """What ``status`` tells of a library."""
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
    }


def show_status(facts: dict[str, Any]) -> None:
    """A table of ``status_of``."""
    table = Table("", Column(overflow="fold"), box=None, pad_edge=False, show_header=False)
    for name, value in facts.items():
        if name == "collections":
            for collection, holds in value.items():
                table.add_row(
                    plain(f"collection {collection}"),
                    f"{holds['articles']:,} articles, {holds['sentences']:,} sentences",
                )
        elif value is not None:
            label = "size on disk" if name == "bytes" else name.replace("_", " ")
            shown = f"{value / 1e6:,.1f} MB" if name == "bytes" else _number(value)
            table.add_row(label, plain(shown))
    _print_table(table)


def _print_table(table: Table) -> None:
    """Print a table without the white space that fills its lines."""
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
