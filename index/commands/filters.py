"""The options that restrict a command to some articles: names and days as people type them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import typer

from index.article import SHARED, Article
from index.errors import NotFoundError
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.text.typed_days import first_day, last_day, lies_ahead

MAX_NAMED = 5
"""Names that an error message lists."""

Articles = Annotated[
    list[str] | None,
    typer.Option(
        "--article",
        metavar="NAME",
        help="Only the article with this id or part of a title. May be repeated.",
    ),
]
NamedArticle = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLE", help="An article's id, its first digits, or a part of its title."
    ),
]
Publisher = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only this publisher; part of its name is enough."),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Published on this day or later: 2025-10-09, 7d, last week."),
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Published on this day or earlier: October 2025.")
]


def choose_scope(
    library: Library,
    collections: Sequence[str] | None,
    default: tuple[str, ...] | None = (SHARED,),
    *,
    articles: Sequence[str] | None = None,
    publisher: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Scope:
    """The scope that options select, as they were typed; None: not given.

    Args:
        default: the collections if none are given; None: all.

    Raises:
        NotFoundError: there is no such collection, article or publisher, or a part of a name is in
            several.
        typer.BadParameter: a day cannot be read or lies ahead, or ``until`` is before ``since``.
    """
    first, last = _day("--since", since, first_day), _day("--until", until, last_day)
    if first and last and last < first:
        raise typer.BadParameter(
            f"it is before --since ({first.isoformat()}), so no article can match.",
            param_hint="'--until'",
        )
    scope = replace(EVERYTHING, collections=tuple(collections) if collections else default)
    _require_collections(library, collections or ())
    ids = [find_article(library, wanted, scope).id for wanted in articles or ()]
    name = _find_publisher(library, scope, publisher) if publisher else None
    return replace(scope, articles=tuple(ids) or None, publisher=name, since=first, until=last)


def _require_collections(library: Library, names: Sequence[str]) -> None:
    """Raises NotFoundError if one of some collections has no articles and is not ``shared``."""
    if all(name == SHARED for name in names):
        return
    counts = library.totals().collections
    known = {SHARED} | {name for name, count in counts.items() if count.articles}
    for name in names:
        if name not in known:
            listed = _listed([f"“{one}”" for one in sorted(known)])
            raise NotFoundError(f"There is no collection “{name}” in the library, only {listed}.")


def find_article(library: Library, wanted: str, scope: Scope = EVERYTHING) -> Article:
    """The only article of a scope with a part of a title, or else the one with an id.

    Raises NotFoundError if there is none, or if several have it in their titles and none as its
    whole title.
    """
    typed = wanted.strip()
    found = library.articles(scope, title=typed, limit=MAX_NAMED + 1) if typed else []
    if not found:
        found = [one for one in _with_id(library, typed) if _is_in(one, scope)]
    exact = [one for one in found if one.title.casefold() == typed.casefold()]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise NotFoundError(
            f"No article{_within(scope)} has the id “{typed}” or has that in its title."
            " `list` shows the articles."
        )
    listed = _listed([_told(one) for one in found])
    raise NotFoundError(
        f"Several articles have “{typed}” in their titles: {listed}. Give the id of one of them, or"
        " more of its title."
    )


def _with_id(library: Library, typed: str) -> list[Article]:
    try:
        return [library.get(typed)]
    except NotFoundError:
        return []


def _is_in(article: Article, scope: Scope) -> bool:
    return scope.collections is None or article.collection in scope.collections


def _find_publisher(library: Library, scope: Scope, wanted: str) -> str:
    """The publisher of a scope with a name, or the only one with that part of a name."""
    typed = wanted.strip()
    found = library.publishers(scope, typed, MAX_NAMED + 1)
    exact = [one for one in found if one.casefold() == typed.casefold()]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        known = library.publishers(scope, "", MAX_NAMED + 1)
        others = f", only by {_listed(known)}" if known else ""
        raise NotFoundError(f"No article{_within(scope)} is published by “{typed}”{others}.")
    raise NotFoundError(
        f"Several publishers have “{typed}” in their names: {_listed(found)}."
        " Give more of the name."
    )


def _within(scope: Scope) -> str:
    if scope.collections is None:
        return ""
    names = [f"“{name}”" for name in scope.collections]
    return f" of the collection{'s' if len(names) > 1 else ''} {_listed(names)}"


def _listed(names: Sequence[str]) -> str:
    """ "a, b and c"; of more than ``MAX_NAMED`` names, the first ones."""
    if len(names) > MAX_NAMED:
        return f"{', '.join(names[:MAX_NAMED])} and others"
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _day(
    option: str, typed: str | None, read: Callable[[str, datetime], date | None]
) -> date | None:
    if typed is None:
        return None
    now = datetime.now().astimezone()
    first, day = first_day(typed, now), read(typed, now)
    if first is None or day is None:
        problem = (
            f"“{typed}” is not a day that can be read. Write it like 2025-10-09, “9 October 2025”,"
            " 7d or “last week”."
        )
    elif lies_ahead(first, now):
        problem = f"“{typed}” is in the future."
    else:
        return day
    raise typer.BadParameter(problem, param_hint=f"'{option}'")


def _told(article: Article) -> str:
    """What tells an article from others with the same title."""
    known = (article.publisher, article.published and f"{article.published:%Y-%m-%d}", article.id)
    return f"“{article.title}” ({', '.join(one for one in known if one)})"
