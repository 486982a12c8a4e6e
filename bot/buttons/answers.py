"""Answers with their buttons: further pages, votes, asking in private or exactly as typed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Self

from discord import Interaction, TextStyle, ui

from bot.buttons.base import KEY, Form, PersistentButton
from bot.buttons.overviews import OverviewMenu
from bot.buttons.pagination import PageButton, page_buttons, paginated
from bot.buttons.passages import ContextButton, NearestButton
from bot.cards import AnswerButtons, answer_card, further_card, text_card
from bot.cards.english_only import english_only_card
from bot.cards.welcome import welcome_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Translator, question_translator, translator_for
from bot.services.answering import (
    MAX_QUESTION_LENGTH,
    AnsweredQuestion,
    answer_again,
    answer_question,
    get_question,
    question_from_interaction,
)
from bot.services.cooldowns import enforce_cooldown
from bot.services.filters import filters_of
from bot.services.responding import respond
from bot.storage import LoggedQuestion
from index import Period


def answered_card(answered: AnsweredQuestion, localize: Translator) -> ui.LayoutView:
    """An answer with its buttons; the welcome if the question is small talk."""
    if answered.answer is None:
        assert answered.welcome is not None
        return welcome_card(answered.welcome, localize)
    if answered.language:
        in_language = question_translator(answered.language)
        return english_only_card(
            answered.answer, partial(NearestButton.below, localize=in_language), in_language
        )
    buttons = answer_buttons(answered.key, localize)
    return answer_card(answered.answer, answered.scope, buttons, localize, answered.overview)


def answer_buttons(key: int, localize: Translator) -> AnswerButtons:
    """The button makers for the answer to a logged question."""

    def below(has_further: bool) -> Sequence[ui.Item[Any]]:
        more = [PageButton("answer", 1, key, localize("button-more"))] if has_further else []
        return [
            *more,
            VoteButton(key, True, localize("button-helpful")),
            VoteButton(key, False, localize("button-not-helpful")),
            PrivateButton(key, localize("button-private")),
        ]

    return AnswerButtons(
        context=partial(ContextButton.beside, localize=localize),
        nearest=partial(NearestButton.below, localize=localize),
        as_typed=lambda: AsTypedButton(key, localize("button-as-typed")),
        below=below,
        overviews=partial(OverviewMenu.of, localize=localize),
        ignore_period=lambda period: AnyTimeButton.dropping(period, key, localize),
    )


@paginated("answer", in_place=False)
async def open_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """What “More” opens beside an answer, which stays as it is: a page of the further passages.

    Messages of earlier versions turned the pages in place, and had a button for page 0, the answer.

    Raises:
        Refusal: as ``_answer_for``.
    """
    if page > 0:
        return await further_page(interaction, page - 1, key)
    answered = await _answer_for(interaction, key)
    return answered_card(answered, translator_for(interaction.locale))


@paginated("further")
async def further_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of an answer's further passages, which anybody may open.

    Raises:
        Refusal: as ``_answer_for``.
    """
    answered = await _answer_for(interaction, key)
    localize = translator_for(interaction.locale)
    if answered.answer is None:
        return answered_card(answered, localize)
    context_button = partial(ContextButton.beside, localize=localize)
    pages = page_buttons("further", key)
    return further_card(answered.answer, max(0, page), context_button, pages, localize)


async def _answer_for(interaction: Interaction[Any], key: int) -> AnsweredQuestion:
    """The answer to a logged question, given again, which counts as a question of the user.

    Raises:
        Refusal: the user exceeds the cooldown, or the question was purged.
    """
    bot: Dateline = interaction.client
    question = await get_question(interaction, key)
    asked = replace(question, user_id=interaction.user.id, asked_at=interaction.created_at)
    await enforce_cooldown(bot, asked)
    return await answer_again(bot, key, question)


class VoteButton(PersistentButton, template=rf"vote:{KEY}:(?P<helpful>[01])"):
    """Records a user's vote on an answer, which they may change."""

    def __init__(self, key: int, helpful: bool, label: str = "…") -> None:
        super().__init__(f"vote:{key}:{helpful:d}", label)
        self.key, self.helpful = key, bool(helpful)

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._vote(interaction), private=True)

    async def _vote(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        await get_question(interaction, self.key)
        vote, user = bot.storage.question_log.vote, interaction.user
        if not await bot.executors.run_db(vote, self.key, user.id, self.helpful):
            raise Refusal("forgotten")
        localize = translator_for(interaction.locale)
        return text_card(localize("voted-helpful" if self.helpful else "voted-not-helpful"))


class AnyTimeButton(PersistentButton, template=f"any-time:{KEY}"):
    """Answers a question again, for whoever presses it, without the period that it names."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(f"any-time:{key}", label)
        self.key = key

    @classmethod
    def dropping(cls, period: Period, key: int, localize: Translator) -> Self:
        return cls(key, localize("button-all-dates" if period.narrows else "button-ignore-dates"))

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = _answer_differently(interaction, self.key, lambda q: replace(q, any_time=True))
        await respond(interaction, card, private=True)


class AsTypedButton(PersistentButton, template=f"typed:{KEY}"):
    """Answers a question again, for whoever presses it, without correcting its typing errors."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(f"typed:{key}", label)
        self.key = key

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = _answer_differently(interaction, self.key, lambda q: replace(q, as_typed=True))
        await respond(interaction, card, private=True)


async def _answer_differently(
    interaction: Interaction[Any],
    key: int,
    change: Callable[[LoggedQuestion], LoggedQuestion],
) -> ui.LayoutView:
    """The answer to a logged question after a change, logged as the user's own question."""
    bot: Dateline = interaction.client
    asked = await get_question(interaction, key)
    question = question_from_interaction(
        interaction,
        asked.text,
        filters=filters_of(asked),
        previous=asked.previous,
        private=True,
    )
    question = replace(question, any_time=asked.any_time, as_typed=asked.as_typed)
    await enforce_cooldown(bot, question)
    answered = await answer_question(bot, change(question))
    return answered_card(answered, translator_for(interaction.locale))


class PrivateButton(PersistentButton, template=f"private:{KEY}"):
    """Opens a form with the question, to ask it again in private."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(f"private:{key}", label)
        self.key = key

    async def on_press(self, interaction: Interaction[Any]) -> None:
        question = await get_question(interaction, self.key)
        form = PrivateForm(question, translator_for(interaction.locale))
        await interaction.response.send_modal(form)


class PrivateForm(Form):
    """A form for a question to be answered in private, possibly a follow-up question."""

    def __init__(self, previous: LoggedQuestion, localize: Translator) -> None:
        super().__init__(localize("private-title"))
        self.previous = previous
        self.text = ui.TextInput[Self](
            style=TextStyle.paragraph,
            default=previous.text[:MAX_QUESTION_LENGTH],
            max_length=MAX_QUESTION_LENGTH,
        )
        label = ui.Label[Self](
            text=localize("private-label"),
            description=localize("private-hint"),
            component=self.text,
        )
        self.add_item(label)

    async def on_submit(self, interaction: Interaction[Any], /) -> None:
        question = question_from_interaction(
            interaction,
            self.text.value,
            filters=filters_of(self.previous),
            previous=self.previous.turn,
            private=True,
        )
        await respond(interaction, self._answer(interaction, question), private=True)

    async def _answer(
        self, interaction: Interaction[Any], question: LoggedQuestion
    ) -> ui.LayoutView:
        await enforce_cooldown(interaction.client, question)
        answered = await answer_question(interaction.client, question)
        return answered_card(answered, translator_for(interaction.locale))
