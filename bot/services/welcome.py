"""The welcome: how to ask, and example questions that the library answers."""

import asyncio
from collections.abc import Collection

from bot.cards.welcome import MAX_EXAMPLES, Welcome
from bot.client import Dateline
from bot.collections import readable_collections
from index import Article, AskOptions, BusyError, Library, Scope
from index.answering.example_questions import ExampleQuestion, propose_questions

MAX_ARTICLES = 12
"""The newest articles, which example questions are taken from."""

MAX_QUESTIONS_ASKED = 12
"""Questions that are tried for one welcome, so that it does not take long."""

MAX_PASSAGES = 1


async def make_welcome(
    bot: Dateline, guild_id: int | None, channel_id: int = 0, topic: str = ""
) -> Welcome:
    """The welcome in a server or (None) in direct messages.

    Args:
        channel_id: the channel; 0 if only the user sees it.
        topic: of the small talk that it responds to.

    Raises StoreError.
    """
    scope = Scope(readable_collections(guild_id))
    run_db = bot.executors.run_db
    articles = await run_db(bot.library.articles, scope, limit=MAX_ARTICLES)
    return Welcome(
        topic=topic,
        examples=await _find_examples(bot, scope, articles),
        articles=await run_db(bot.library.count, scope),
        newest=articles[0] if articles else None,
        commands={name: bot.mention(name) for name in ("ask", "help", "manage articles add")},
        is_ask_channel=channel_id in bot.ask_channels,
    )


async def _find_examples(
    bot: Dateline, scope: Scope, articles: Collection[Article]
) -> tuple[str, ...]:
    """Questions that are answered in the articles: one an article, and of several kinds."""
    chosen: list[ExampleQuestion] = []
    remaining = MAX_QUESTIONS_ASKED
    for article in articles:
        known = bot.answered_examples.of((scope.collections, article.id, article.content_hash))
        proposed = await bot.executors.run_db(_proposed, bot.library, article)
        proposed.sort(key=lambda question: question.kind in {one.kind for one in chosen})
        for question in proposed:
            if question.text not in known:
                if not remaining:
                    break
                remaining -= 1
                try:
                    is_answered = await _is_answered(bot, question.text, scope, article)
                except BusyError:
                    return tuple(one.text for one in chosen)
                known[question.text] = is_answered
            if known[question.text]:
                chosen.append(question)
                break
        if len(chosen) == MAX_EXAMPLES:
            break
    return tuple(one.text for one in chosen)


def _proposed(library: Library, article: Article) -> list[ExampleQuestion]:
    return propose_questions(article, library.sentences(article.id))


async def _is_answered(bot: Dateline, question: str, scope: Scope, article: Article) -> bool:
    """Whether a question is answered in the article that it was made from, as it was meant."""
    future = await bot.executors.run_db(
        bot.library.submit, question, scope, MAX_PASSAGES, AskOptions()
    )
    answer = await asyncio.wrap_future(future)
    if not answer.found or answer.corrections or answer.period or answer.parts:
        return False
    passage = answer.passages[0]
    return article.id in {one.article.id for one in (passage.citation, *passage.also)}
