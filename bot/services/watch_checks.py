"""Checking watches: whether articles that were added or changed answer them differently."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from discord.utils import utcnow

from bot.client import Dateline
from bot.collections import readable_collections
from bot.services.watches import ask, passage_at, place_of
from bot.storage import Watch
from index import Answer
from index.answering.answer_changes import is_certain, latest_change
from index.scope import Scope

MAX_ANSWERS = 8
"""New articles that are searched for one watch, one question each."""

log = logging.getLogger(__name__)


async def check_watches(bot: Dateline) -> bool:
    """Check all watches with the next articles that were added or changed; returns whether there
    were any, so that there may be more.

    The questions are asked one after the other, so that users' questions hardly wait for them.
    Raises BusyError and StoreError: articles that have not been checked are checked the next time.
    """
    by_mark: defaultdict[str, list[Watch]] = defaultdict(list)
    for watch in await bot.executors.run_db(bot.storage.watches.active):
        by_mark[watch.mark].append(watch)
    any_new = False
    for mark, watches in by_mark.items():
        new, later = await bot.executors.run_db(bot.library.changes.since, mark)
        for watch in watches if new else ():
            await _check(bot, watch, new, later)
        if later != mark:
            keys = [watch.key for watch in watches]
            await bot.executors.run_db(bot.storage.watches.advance, keys, later)
        any_new = any_new or bool(new)
    return any_new


async def _check(bot: Dateline, watch: Watch, article_ids: Sequence[str], mark: str) -> None:
    """Check a watch with new articles, and record if they change its answer."""
    answers = await _answers(bot, watch, article_ids)
    if not answers:
        return
    known = await passage_at(bot, watch.known)
    if change := latest_change(watch.question, known, answers):
        record = bot.storage.watches.change
        await bot.executors.run_db(record, watch, place_of(change), mark, utcnow())
        log.info("a watched question has another answer in “%s”", change.citation.article.title)


async def _answers(bot: Dateline, watch: Watch, article_ids: Sequence[str]) -> list[Answer]:
    """The certain answers in some articles: the best one, the best one of the other articles, and
    so on."""
    remaining = dict.fromkeys(article_ids)
    scope = Scope(readable_collections(watch.guild_id))
    answers: list[Answer] = []
    while remaining and len(answers) < MAX_ANSWERS:
        answer = await ask(bot, watch.question, replace(scope, articles=tuple(remaining)))
        if not is_certain(answer):
            break
        answers.append(answer)
        passage = answer.passages[0]
        for citation in (passage.citation, *passage.also):
            remaining.pop(citation.article.id, None)
    return answers
