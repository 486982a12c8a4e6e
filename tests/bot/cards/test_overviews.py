"""Any overview fits in a message, on its own and as an answer."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.buttons.answers import answer_buttons
from bot.buttons.passages import ContextButton
from bot.cards import answer_card
from bot.cards.overviews import overview_card
from bot.language import Translator
from index import Answer, Certainty, Correction, Mention, Overview, Passage, Period
from index.scope import SHARED_ONLY
from tests.bot.cards.test_cards import LANGUAGES, LONG, PERIODS, check, different, passages


@st.composite
def overviews(draw: st.DrawFn) -> Overview:
    found = draw(passages())
    article = found.citation.article
    spans = st.integers(0, len(article.text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(article.text)))
    )
    parts = draw(st.lists(spans, max_size=4))
    key_sentences = [replace(found, start=start, end=end, highlights=()) for start, end in parts]
    mentions = st.lists(spans.map(lambda span: Mention(*span, 1)), max_size=60).map(tuple)
    opening: Passage | None = found
    if draw(st.integers(0, 9)) == 0:
        opening, key_sentences = None, []
    distinct = [one for one in different(key_sentences) if one.place != found.place]
    names = (draw(mentions), draw(mentions), draw(mentions))
    return Overview(article, opening, tuple(distinct), *names)


@settings(max_examples=25)
@given(overviews(), LANGUAGES)
def test_any_overview_fits(overview: Overview, localize: Translator) -> None:
    check(overview_card(overview, lambda p: ContextButton.beside(p, localize), localize))


@settings(max_examples=25)
@given(LONG, overviews(), st.none() | PERIODS, st.booleans(), LANGUAGES)
def test_any_overview_fits_as_an_answer(
    question: str,
    overview: Overview,
    period: Period | None,
    corrected: bool,
    localize: Translator,
) -> None:
    corrections = (Correction("a", "b", 0, 1),) if corrected else ()
    answer = Answer(
        question,
        Certainty.FOUND,
        0.9,
        (overview.opening,) if overview.opening else (),
        3,
        corrections=corrections,
        period=period,
        about=(overview.article.id,),
    )
    buttons = answer_buttons(10**17, localize)

    check(answer_card(answer, SHARED_ONLY, buttons, localize, overview))


@settings(max_examples=25)
@given(LONG, st.lists(passages(), min_size=2, max_size=6), LANGUAGES)
def test_any_answer_with_a_menu_of_overviews_fits(
    question: str, found: list[Passage], localize: Translator
) -> None:
    about = tuple({passage.citation.article.id for passage in found})
    answer = Answer(question, Certainty.FOUND, 0.9, tuple(different(found)), 3, about=about)

    check(answer_card(answer, SHARED_ONLY, answer_buttons(10**17, localize), localize))
