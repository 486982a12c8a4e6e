"""The command ``timeline``."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.text import Text

from index.answer import Certainty
from index.answering.retrieval import MAX_CANDIDATES
from index.answering.timeline import MAX_ENTRIES, Timeline, TimelineEntry
from index.article import SHARED
from index.commands.cli import AsJson, Collections, app, opened, print_json
from index.commands.output import out, plain, print_line
from index.scope import Scope
from index.text.dates import format_date, parse_date


@app.command(epilog="Example: python -m index timeline how many people died in the flood")
def timeline(
    context: typer.Context,
    about: Annotated[
        list[str],
        typer.Argument(help="A question, or a topic such as “the flood”."),
    ],
    limit: Annotated[
        int,
        typer.Option(
            min=1, max=MAX_CANDIDATES, metavar="N", help="Maximum number of articles shown."
        ),
    ] = MAX_ENTRIES,
    collection: Collections = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this publisher.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Published on this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Published on this day or earlier.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what each article says about a question or topic, oldest first."""
    scope = Scope(
        tuple(collection or [SHARED]),
        publisher=publisher,
        since=_day("--since", since),
        until=_day("--until", until),
    )
    with opened(context) as library:
        library.warm_up()
        found = library.timeline(" ".join(about), scope, limit)
        if as_json:
            print_json(found.as_dict())
        else:
            show_timeline(found)


def show_timeline(found: Timeline) -> None:
    """Print the entries of a timeline with their dates and citations."""
    if found.corrections:
        corrected = ", ".join(f"“{c.searched}” instead of “{c.typed}”" for c in found.corrections)
        print_line(f"Searched for {corrected}.")
    if not found.entries:
        print_line("No article says anything about that.")
        return
    if found.certainty is Certainty.WEAK:
        print_line("This may be it.")
    for number, entry in enumerate(found.entries, 1):
        out.print(_entry(number, entry))
    if found.omitted:
        print_line(f"\n{found.omitted:,} less certain left out; --limit shows more.")


def _entry(number: int, entry: TimelineEntry) -> Text:
    article, passage = entry.article, entry.passage
    quote = plain(passage.quote)
    for start, end in passage.highlights:
        quote.stylize("bold", start, end)
    day = plain(format_date(article.published) or "Undated", "bold")
    text = Text.assemble("\n", day, f"\n{number}. “", quote, "”")
    for citation in (passage.citation, *passage.also):
        place = f"paragraph {citation.paragraph}, sentence {citation.sentence}"
        parts = [citation.article.publisher, citation.article.title, place]
        text.append_text(plain("\n   " + " · ".join(filter(None, parts)), "dim"))
        if citation.link:
            text.append_text(plain(f"\n   {citation.link}", "dim"))
    return text


def _day(option: str, typed: str | None) -> date | None:
    """The day that an option gives. Raises typer.BadParameter."""
    if typed is None:
        return None
    day = parse_date(typed, datetime.now(UTC))
    if day is None:
        raise typer.BadParameter(
            f"“{typed}” is not a day that can be read. Write it like 2025-10-09.",
            param_hint=f"'{option}'",
        )
    return day
