"""The command line: ``python -m index``."""

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index import terminal
from index.adding import Addition
from index.article import SHARED
from index.changes import find_corrections
from index.errors import DatelineError, SourceError
from index.evaluate import ask_all, read_questions, without_answers
from index.evaluate import compare as compare_plain
from index.figures import compared, summary
from index.figures import plot as draw
from index.library import Library
from index.mirror import follow
from index.scope import Scope
from index.search import POOL
from index.settings import LibrarySettings, load_settings
from index.sources import STDIN, expected_articles, is_link, read_source

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands, each of which ends in an exit code and a sentence, whatever happens."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            terminal.complain(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            terminal.complain("Interrupted. What had been done is kept.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # `… | head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Add news articles to a library and ask it questions.",
)

Collection = Annotated[str, typer.Option(metavar="NAME", help="The collection to add to.")]
Collections = Annotated[
    list[str] | None, typer.Option("--collection", metavar="NAME", help="Keep to this collection.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
ArticleId = Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning.")]


@app.callback()
def configure(
    context: typer.Context,
    library: Annotated[
        str | None, typer.Option(metavar="DIR", help="The library's folder. [LIBRARY in .env]")
    ] = None,
) -> None:
    settings = load_settings(LibrarySettings)
    if library is not None:
        settings = settings.model_copy(update={"library": library})
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("index").setLevel(settings.log_level)
    context.obj = settings


@app.command()
def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files (.txt .md .html .jsonl), folders, links, or - for standard input."
            " [ARTICLES_FOLDER in .env]",
        ),
    ] = None,
    collection: Collection = SHARED,
) -> None:
    """Add articles. What is there already is not added twice."""
    sources = sources or [context.obj.articles_folder]
    refused = 0
    counts = dict.fromkeys(("added", "updated", "unchanged"), 0)
    sentences = 0
    with (
        opened(context, create=True) as library,
        terminal.progress("Adding", "articles") as advance,
    ):

        def articles(some: list[str]) -> Iterator[Any]:
            nonlocal refused
            for source in some:
                for article in read_source(source, collection, context.obj.guard):
                    if isinstance(article, SourceError):
                        refused += 1
                        terminal.complain(str(article))
                    else:
                        yield article

        advance(0, expected_articles(sources))
        addition: Addition
        try:
            for addition in chain.from_iterable(
                library.add_all(articles(some)) for some in _together(sources)
            ):
                counts[addition.change] += 1
                sentences += addition.sentences if addition.change != "unchanged" else 0
                advance(sum(counts.values()) + refused, None)
            library.flush()
        except KeyboardInterrupt:
            terminal.say(_summary(counts, sentences, refused))
            terminal.complain("Interrupted. Run the same command again to add the rest.")
            raise typer.Exit(INTERRUPTED) from None
        except DatelineError:
            if any(counts.values()):  # told as well: it is kept
                terminal.say(_summary(counts, sentences, refused))
            raise
    terminal.say(_summary(counts, sentences, refused))
    if refused:
        raise typer.Exit(1)


def _together(sources: list[str]) -> Iterator[list[str]]:
    """The sources that are added together: links one by one, so that none waits for the next."""
    for linked, found in groupby(sources, is_link):
        some = list(found)
        yield from [[link] for link in some] if linked else [some]


def _summary(counts: dict[str, int], sentences: int, refused: int) -> str:
    parts = [f"{count:,} {change}" for change, count in counts.items() if count]
    if refused:
        parts.append(f"{refused:,} refused")
    told = ", ".join(parts) or "nothing to add"
    count = f" ({sentences:,} sentence{'' if sentences == 1 else 's'})" if sentences else ""
    return f"{told[0].upper()}{told[1:]}{count}."


@app.command()
def watch(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="[ARTICLES_FOLDER in .env]")
    ] = None,
    collection: Collection = SHARED,
) -> None:
    """Keep the articles as the files of a folder are, until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with opened(context, create=True) as library:
        mirror = library.mirror(folder or Path(context.obj.articles_folder), collection)
        mirror.require()
        terminal.say(f"Watching {mirror.folder}; Ctrl-C ends it.")
        try:
            for caught in chain.from_iterable(follow(mirror)):
                terminal.show_caught(caught)
        except KeyboardInterrupt:
            terminal.say("Ended. What had been done is kept.")


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


@app.command("list")
def list_(context: typer.Context, collection: Collections = None, as_json: AsJson = False) -> None:
    """List the articles, the newest first."""
    with opened(context, any_model=True) as library:
        articles = library.articles(Scope(tuple(collection) if collection else None))
        if as_json:
            for article in articles:
                print_json(article.as_dict())
        else:
            terminal.show_articles(articles)


@app.command()
def export(context: typer.Context, collection: Collections = None) -> None:
    """Print the articles as .jsonl, an article a line, as `add -` takes them."""
    with opened(context, any_model=True) as library:
        for article in library.every_article(Scope(tuple(collection) if collection else None)):
            print_json(article.as_record())


@app.command()
def show(
    context: typer.Context,
    article_id: ArticleId,
    history: Annotated[
        bool, typer.Option("--history", help="What was corrected in it, instead of its text.")
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
                terminal.show_corrections(article, corrections)
        elif as_json:
            sentences = [
                {"start": s.start, "end": s.end, "paragraph": s.paragraph, "sentence": s.number}
                for s in library.sentences(article.id)
            ]
            print_json(
                article.as_dict()
                | {"place": article.place, "text": article.text, "sentences": sentences}
            )
        else:
            terminal.show_article(article)


@app.command()
def remove(context: typer.Context, article_id: ArticleId) -> None:
    """Remove an article."""
    with opened(context, any_model=True) as library:
        article = library.remove(article_id)
        terminal.say(f"Removed “{article.title}” ({article.id}).")


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


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell what the library holds."""
    with opened(context, any_model=True) as library:
        facts = terminal.status_of(library)
        if as_json:
            print_json(facts)
        else:
            terminal.show_status(facts)


@contextmanager
def opened(
    context: typer.Context, *, create: bool = False, any_model: bool = False
) -> Iterator[Library]:
    """The library that the options and settings name."""
    settings: LibrarySettings = context.obj
    with Library.open(
        settings.library,
        model=settings.embedding_model,
        reader=settings.reader_model,
        min_confidence=settings.min_confidence,
        create=create,
        any_model=any_model,
    ) as library:
        yield library


def print_json(value: dict[str, Any]) -> None:
    # Flushed, since another program may be waiting for this very line.
    print(json.dumps(value, ensure_ascii=False), flush=True)


def main() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # A shell that starts this in the background has Ctrl-C ignored; whoever sends it means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app(prog_name="python -m index")


if __name__ == "__main__":
    main()
