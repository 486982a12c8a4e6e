"""The command ``timeline``."""

from typing import Annotated

import typer
from rich.text import Text

from index.answer import Certainty
from index.answering.retrieval import MAX_CANDIDATES
from index.answering.timeline import MAX_ENTRIES, Timeline, TimelineEntry
from index.commands.answer_output import highlighted
from index.commands.cli import AsJson, Collections, app, example, opened, print_json
from index.commands.filters import Publisher, Since, Until, choose_scope
from index.commands.output import out, plain, print_line
from index.text.dates import format_date


@app.command(epilog=example("timeline how many people died in the flood"))
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
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Show what each article says about a question or topic, oldest first."""
    with opened(context) as library:
        scope = choose_scope(library, collection, publisher=publisher, since=since, until=until)
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
        articles = "article is" if found.omitted == 1 else "articles are"
        print_line(f"\n{found.omitted:,} less certain {articles} left out; --limit shows more.")


def _entry(number: int, entry: TimelineEntry) -> Text:
    article, passage = entry.article, entry.passage
    day = plain(format_date(article.published) or "Undated", "bold")
    text = Text.assemble("\n", day, f"\n{number}. “", highlighted(passage), "”")
    for citation in (passage.citation, *passage.also):
        place = f"paragraph {citation.paragraph}, sentence {citation.sentence}"
        parts = [citation.article.publisher, citation.article.title, place]
        text.append_text(plain("\n   " + " · ".join(filter(None, parts)), "dim"))
        if citation.link:
            text.append_text(plain(f"\n   {citation.link}", "dim"))
    return text
