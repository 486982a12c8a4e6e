"""The command ``overview``."""

import typer

from index.answering.overview import Overview
from index.commands.cli import AsJson, app, example, opened, print_json
from index.commands.filters import NamedArticle, find_article
from index.commands.output import out, plain

MAX_SHOWN = 20
"""People, places or figures that are printed for people; ``--json`` has all."""


@app.command(epilog=example("overview night ferries"))
def overview(
    context: typer.Context,
    article: NamedArticle,
    as_json: AsJson = False,
) -> None:
    """Show an article's opening, key sentences, people, places and figures."""
    with opened(context, any_model=True) as library:
        found = library.overview(find_article(library, " ".join(article)).id)
        if as_json:
            print_json(found.as_dict())
        else:
            show_overview(found)


def show_overview(overview: Overview) -> None:
    """Print an overview, with the paragraph and sentence of each quote."""
    article = overview.article
    out.print(plain(article.title, "bold"))
    day = article.published.isoformat()[:10] if article.published else ""
    about = " · ".join(part for part in (article.publisher, day, article.url) if part)
    if about:
        out.print(plain(about, "dim"))
    opening = [overview.opening] if overview.opening else []
    for heading, passages in (("Opening", opening), ("Key sentences", overview.key_sentences)):
        if passages:
            out.print(plain(f"\n{heading}", "bold"))
        for passage in passages:
            place = f"paragraph {passage.citation.paragraph}, sentence {passage.citation.sentence}"
            out.print(plain(passage.quote), plain(f"({place})", "dim"))
    out.print()
    kinds = {"People": overview.people, "Places": overview.places, "Figures": overview.figures}
    for name, mentions in kinds.items():
        if mentions:
            shown = [overview.text_of(mention) for mention in mentions[:MAX_SHOWN]]
            more = [f"and {len(mentions) - MAX_SHOWN} more"] if len(mentions) > MAX_SHOWN else []
            out.print(plain(f"{name}: {', '.join([*shown, *more])}"))
