"""Timelines: finding one in the library, and drawing its picture."""

import asyncio
from dataclasses import replace

from bot.cards.timeline_picture import describe, draw, points_of
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Translator
from bot.services.answering import BUSY, contains_words, scope_of
from bot.storage import LoggedQuestion
from index import BusyError, Timeline


async def find_timeline(bot: Dateline, question: LoggedQuestion) -> Timeline:
    """The timeline of what somebody has typed.

    Raises: Refusal, if that has no words or too many questions are waiting.
    """
    if not contains_words(question.text):
        raise Refusal("timeline-no-words")
    try:
        # In a thread, so that the event loop never waits for a lock of the queue.
        future = await bot.executors.run_db(
            bot.library.submit_timeline, question.text, scope_of(question)
        )
    except BusyError:
        raise Refusal(BUSY) from None
    return await asyncio.wrap_future(future)


async def draw_timeline(timeline: Timeline, localize: Translator) -> tuple[bytes, str] | None:
    """A PNG of a timeline's figures, and what it shows in words; None if its entries are no
    figures."""
    points = points_of(timeline, localize)
    if not points:
        return None
    png = await asyncio.to_thread(draw, points)
    return png, describe(points, localize)


def as_logged(question: LoggedQuestion, timeline: Timeline) -> LoggedQuestion:
    """The question with what was found, for the question log."""
    return replace(question, certainty=timeline.certainty, elapsed_ms=timeline.elapsed_ms)
