"""The commands ``list``, ``export``, ``show`` and ``remove``."""

from typing import Annotated

import typer

from index.commands import output
from index.commands.cli import ArticleId, AsJson, Collections, app, opened, print_json
from index.ingest.revisions import find_corrections
from index.scope import Scope


@app.command("list")
def list_(context: typer.Context, collection: Collections = None, as_json: AsJson = False) -> None:
    """List the articles, newest first."""
    with opened(context, any_model=True) as library:
        articles = library.every_article(Scope(tuple(collection) if collection else None))
        if as_json:
            for article in articles:
                print_json(article.as_dict())
        else:
            output.show_articles(list(articles))


@app.command()
def export(context: typer.Context, collection: Collections = None) -> None:
    """Print the articles as .jsonl, one per line, which `add -` reads."""
    with opened(context, any_model=True) as library:
        for article in library.every_article(Scope(tuple(collection) if collection else None)):
            print_json(article.as_record())


@app.command()
def show(
    context: typer.Context,
    article_id: ArticleId,
    history: Annotated[
        bool, typer.Option("--history", help="Show its corrections instead of its text.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show an article with its text."""
    with opened(context, any_model=True) as library:
        article = library.get(article_id)
        if history:
            corrections = find_corrections(article, library.history(article.id))
            if as_json:
                for correction in corrections:
                    print_json(correction.as_dict())
            else:
                output.show_corrections(article, corrections)
        elif as_json:
            sentences = [
                {"start": s.start, "end": s.end, "paragraph": s.paragraph, "sentence": s.number}
                | {"boilerplate": s.is_boilerplate}
                for s in library.sentences(article.id)
            ]
            print_json(
                article.as_dict()
                | {"place": article.place, "text": article.text, "sentences": sentences}
            )
        else:
            output.show_article(article)


@app.command()
def remove(context: typer.Context, article_id: ArticleId) -> None:
    """Remove an article."""
    with opened(context, any_model=True) as library:
        article = library.remove(article_id)
        output.print_line(f"Removed “{article.title}” ({article.id}).")
