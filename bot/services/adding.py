"""Adding articles to a server's collection, and describing the outcome."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.client import Dateline
from bot.ingest.queue import UnreachableLink
from bot.language import Translator
from bot.markdown import plain
from index import Addition, Article, DatelineError, ModelMismatchError, SourceError
from index.sources.sandbox import run_parsing

Source = Article | SourceError | UnreachableLink

SINGLE_KEYS = {"added": "added-one", "updated": "updated-one", "unchanged": "unchanged-one"}
"""The sentence for a single article, by what became of it."""

MAX_REFUSALS_SHOWN = 5

ADD_TIMEOUT_SECONDS = 600.0
"""How long the outcome is waited for; articles that are still queued then go on by themselves."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of adding articles.

    Args:
        additions: the articles that were added, updated or unchanged.
        refused: reasons why other articles cannot be added.
        unreachable: reasons why links could not be reached; they will be retried.
        waiting: the number of articles that are still queued.
        failures: why articles could not be added yet; they remain queued.
    """

    additions: Sequence[Addition]
    refused: Sequence[str] = ()
    unreachable: Sequence[str] = ()
    waiting: int = 0
    failures: Sequence[DatelineError] = ()


async def read_sources(sources: Callable[[], Iterable[Source]]) -> list[Source]:
    """What ``sources`` returns. It is iterated over in threads, so it may block."""
    found: list[Source] = []
    remaining = iter(sources())
    # One at a time, so that many slow files do not keep a thread from all others.
    while (source := await run_parsing(next, remaining, None)) is not None:
        found.append(source)
    return found


async def add_articles(bot: Dateline, collection: str, found: Sequence[Source]) -> Outcome:
    """Add articles to a collection, and queue links that can't be reached now."""
    articles = [source for source in found if isinstance(source, Article)]
    unreachable = [source for source in found if isinstance(source, UnreachableLink)]
    await bot.ingest_queue.retry_later(collection, unreachable)
    additions, failures = await bot.ingest_queue.add(articles, ADD_TIMEOUT_SECONDS)
    return Outcome(
        additions,
        [str(source) for source in [*found, *failures] if isinstance(source, SourceError)],
        [link.reason for link in unreachable],
        len(articles) - len(additions) - len(failures),
        [failure for failure in failures if not isinstance(failure, SourceError)],
    )


def describe_outcome(outcome: Outcome, localize: Translator) -> str:
    """A line on the outcome, and one for each reason for a failure."""
    lines = []
    if len(outcome.additions) == 1:
        (addition,) = outcome.additions
        title = plain(addition.article.title, 200)
        lines.append(localize(SINGLE_KEYS[addition.change], title=title, count=addition.sentences))
    elif outcome.additions:
        changes = [addition.change for addition in outcome.additions]
        lines.append(
            localize(
                "added-many",
                added=changes.count("added"),
                updated=changes.count("updated"),
                unchanged=changes.count("unchanged"),
                count=sum(addition.sentences for addition in outcome.additions),
            )
        )
    if outcome.failures:
        lines.append(localize("added-postponed", count=len(outcome.failures)))
    if any(isinstance(failure, ModelMismatchError) for failure in outcome.failures):
        lines.append(localize("error-rebuilding"))
    if outcome.waiting:
        lines.append(localize("added-waiting", count=outcome.waiting))
    lines += [localize("added-later", reason=plain(reason, 300)) for reason in outcome.unreachable]
    refused = outcome.refused[:MAX_REFUSALS_SHOWN]
    lines += [localize("refused", reason=plain(reason, 300)) for reason in refused]
    if len(outcome.refused) > len(refused):
        lines.append(localize("refused-more", count=len(outcome.refused) - len(refused)))
    return "\n".join(lines)
