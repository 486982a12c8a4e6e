"""Posted answers whose articles have been corrected or removed since."""

import logging

import discord
from discord.utils import utcnow

from bot.cards.corrected_answers import marked_card
from bot.client import Dateline
from bot.errors import is_outage
from bot.language import Translator, translator_for
from bot.storage import LoggedQuestion
from index import CorrectedError, DamagedArticleError, Library, NotFoundError

MARK = "corrections_mark"
"""The key of the position in the library's log of changes up to which answers have been checked."""

log = logging.getLogger(__name__)


async def mark_corrected(bot: Dateline) -> bool:
    """Mark the posted answers that quote removed articles, or what the next changed articles no
    longer say; returns whether articles have changed, so that there may be more.

    Raises StoreError, and OSError or aiohttp's errors during an outage of Discord: answers that
    have not been marked are marked the next time.
    """
    run_db, storage = bot.executors.run_db, bot.storage
    mark = await run_db(storage.get_value, MARK)
    changed, later = await run_db(bot.library.changes.since, mark or "")
    keys = await run_db(storage.posted_answers.quoting, changed)
    keys += await run_db(_quoting_removed, bot)
    for key in dict.fromkeys(keys):
        await _mark(bot, key)
    if later != mark:
        await run_db(storage.set_value, MARK, later)
    return bool(changed)


def _quoting_removed(bot: Dateline) -> list[int]:
    """The keys of questions whose answers quote an article that is gone."""
    quoted = bot.storage.posted_answers.articles()
    gone = set(quoted) - bot.library.changes.existing(quoted)
    return bot.storage.posted_answers.quoting(gone)


async def _mark(bot: Dateline, key: int) -> None:
    """Mark the answer to a logged question, once, if what it quotes no longer stands."""
    run_db = bot.executors.run_db
    question = await run_db(bot.storage.question_log.get, key)
    if question is None or question.answer_id is None:
        return
    corrected, removed = await run_db(_outdated, bot.library, question)
    if not corrected and not removed:
        return
    localize = await _translator(bot, question)
    lines = [
        localize(name, numbers=", ".join(map(str, numbers)), count=len(numbers))
        for name, numbers in (("quotes-corrected", corrected), ("quotes-removed", removed))
        if numbers
    ]
    try:
        channel = bot.get_partial_messageable(question.channel_id)
        message = await channel.fetch_message(question.answer_id)
        if card := marked_card(message, "\n".join(lines)):
            await message.edit(view=card)
            log.info("marked an answer whose article has been corrected or removed")
    except discord.HTTPException as error:
        if is_outage(error):
            raise ConnectionError(f"Discord does not take edits at present: {error}") from error
        log.info("an answer that quotes a corrected article cannot be marked: %s", error)
    await run_db(bot.storage.posted_answers.set_marked, key, utcnow())


def _outdated(library: Library, question: LoggedQuestion) -> tuple[list[int], list[int]]:
    """The numbers, from 1, of the quotes of an answer that their articles no longer contain, and of
    those whose articles have been removed."""
    corrected, removed = [], []
    quotes = zip(question.passages, question.versions, strict=False)
    for number, ((article_id, start, end, _), version) in enumerate(quotes, 1):
        try:
            text = library.get(article_id).text
            quote = library.context(article_id, start, end, version).passage.quote
        except CorrectedError:
            if not _may_still_stand(library, article_id, start, end):
                corrected.append(number)
        except NotFoundError:
            removed.append(number)
        except DamagedArticleError:
            continue
        else:
            if quote not in text:
                corrected.append(number)
    return corrected, removed


def _may_still_stand(library: Library, article_id: str, start: int, end: int) -> bool:
    """Whether a quote from a version that is no longer kept, such as that of an article which was
    removed and restored, may still stand: the article has sentences at its bounds."""
    sentences = library.sentences(article_id)
    return any(s.start == start for s in sentences) and any(s.end == end for s in sentences)


async def _translator(bot: Dateline, question: LoggedQuestion) -> Translator:
    """For the language of the answer: that of the user's last command, or else the server's."""
    known = await bot.executors.run_db(bot.storage.user_locales.get, question.user_id)
    guild = bot.get_guild(question.guild_id) if question.guild_id is not None else None
    return translator_for(known or (guild.preferred_locale if guild else None))
