"""The commands ``list``, ``export``, ``show`` and ``remove``."""

from typing import Annotated

import typer

from index.commands import output
from index.commands.cli import (
    ArticleId,
    AsJson,
    Collections,
    app,
    example,
    opened,
    print_json,
)
from index.commands.filters import NamedArticle, Publisher, Since, Until, choose_scope, find_article
from index.ingest.revisions import find_corrections


@app.command("list", epilog=example("list --publisher harbor --since 7d"))
def list_(
    context: typer.Context,
    collection: Collections = None,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """List the articles, newest first."""
    with opened(context, any_model=True) as library:
        scope = choose_scope(
            library, collection, None, publisher=publisher, since=since, until=until
        )
        articles = library.every_article(scope)
        if as_json:
            for article in articles:
                print_json(article.as_dict())
        else:
            output.show_articles(list(articles))


@app.command(epilog=example("export --collection shared"))
def export(context: typer.Context, collection: Collections = None) -> None:
    """Print the articles as .jsonl, one per line, which `add -` reads."""
    with opened(context, any_model=True) as library:
        for article in library.every_article(choose_scope(library, collection, None)):
            print_json(article.as_record())


@app.command(epilog=example("show night ferries --history"))
def show(
    context: typer.Context,
    article: NamedArticle,
    history: Annotated[
        bool, typer.Option("--history", help="Show its corrections instead of its text.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show an article with its text."""
    with opened(context, any_model=True) as library:
        shown = find_article(library, " ".join(article))
        if history:
            corrections = find_corrections(shown, library.history(shown.id))
            if as_json:
                for correction in corrections:
                    print_json(correction.as_dict())
            else:
                output.show_corrections(shown, corrections)
        elif as_json:
            sentences = [
                {"start": s.start, "end": s.end, "paragraph": s.paragraph, "sentence": s.number}
                | {"boilerplate": s.is_boilerplate}
                for s in library.sentences(shown.id)
            ]
            print_json(
                shown.as_dict() | {"place": shown.place, "text": shown.text, "sentences": sentences}
            )
        else:
            output.show_article(shown)


@app.command(epilog=example("remove 0123456789abcdef"))
def remove(context: typer.Context, article_id: ArticleId) -> None:
    """Remove an article."""
    with opened(context, any_model=True) as library:
        article = library.remove(article_id)
        output.print_line(f"Removed “{article.title}” ({article.id}).")
