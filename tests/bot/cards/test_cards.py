"""Discord's limits hold for any article and any question."""

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from discord import ui
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.buttons.answers import answer_buttons
from bot.buttons.open_article import ReadButton, open_menu
from bot.buttons.pagination import page_buttons
from bot.buttons.passages import NearestButton, PassageReference
from bot.buttons.removal import removal_card
from bot.cards import (
    answer_card,
    article_card,
    context_card,
    further_card,
    list_card,
    lookup_card,
    nearest_card,
    paginate,
    text_card,
)
from bot.cards.answers import pages_of, thread_opener_card
from bot.language import Translator, languages, translator_for
from bot.markdown import length
from bot.services.adding import Outcome, describe_outcome
from bot.services.answering import MAX_PASSAGES
from index import (
    Addition,
    Answer,
    Article,
    Certainty,
    Citation,
    Context,
    Lookup,
    Passage,
    Period,
    Scope,
    Sentence,
)
from index.answer import DifferingValue
from index.answering.compound_answers import combine_answers
from index.scope import SHARED_ONLY
from tests.bot.conftest import walk

WORDS = st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text))
SAFE = WORDS.map(lambda text: text.encode(errors="ignore").decode().replace("\0", "")).filter(
    lambda text: any(c.isalnum() for c in text)
)
ENGLISH = translator_for("en-US")
LANGUAGES = st.sampled_from([translator_for(name) for name in sorted(languages())])
HOSTILE = st.text("*_`~|>#-+[]()<>@:/\\.!1& \nab", min_size=1).map(
    lambda text: f"a{text}<@1> @everyone [b](https://evil.example) </ask:1> https://evil.example"
)
LONG = st.builds(lambda text, times: text * times, SAFE | HOSTILE, st.integers(1, 400))

SCOPES = st.builds(
    Scope,
    articles=st.none() | st.just(("0123456789abcdef",)),
    publisher=st.none() | LONG,
    since=st.none() | st.just(date(2025, 10, 9)),
    until=st.none() | st.just(date(2025, 10, 19)),
)
PERIODS = st.builds(
    Period,
    words=LONG,
    start=st.just(0),
    since=st.just(date(2025, 9, 30)),
    until=st.none() | st.just(date(2025, 10, 9)),
    effect=st.sampled_from(["narrows", "prefers", "widened"]),
)


LINE = LONG.map(lambda text: " ".join(text.split()))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles as a library may hold them that was filled when there were no limits."""
    fields = {
        "title": draw(LINE),
        "text": draw(LONG),
        "publisher": draw(st.none() | LINE),
        "published": draw(st.none() | st.just(date(2025, 10, 9))),
        "url": draw(
            st.none() | st.integers(1, 900).map(lambda n: "https://news.example/" + "a(b)" * n)
        ),
        "collection": "shared",
        "author": None,
    }
    return Article.from_storage(fields)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    article = draw(articles())
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    link = f"{article.url}#:~:text=a,b" if article.url else None
    middle = (end - start) // 2
    highlights = draw(st.sampled_from([(), ((0, end - start),), ((middle, middle + 1),)]))
    last = draw(st.sampled_from([None, (12, 36), (13, 1)]))
    cited = Citation(article, 12, 34, link, last)
    also = (cited,) * draw(st.integers(0, 6))
    breaks = tuple(n for n in range(1, end - start) if article.text[start + n - 1] == "\n")[:3]
    return Passage(start, end, 0.5, cited, tuple(highlights), also, breaks)


VALUES = st.lists(
    st.builds(
        DifferingValue,
        LINE,
        st.lists(passages().map(lambda p: p.citation), min_size=1, max_size=5).map(tuple),
    ),
    min_size=2,
    max_size=7,
)
DIFFERING = st.just(()) | VALUES.map(tuple)


def check(view: ui.LayoutView) -> None:
    """What Discord would refuse."""
    components = walk(view.to_components())  # type: ignore[no-untyped-call]
    texts = [c["content"] for c in components if c["type"] == 10]
    identities = [c["custom_id"] for c in components if c["type"] == 2]
    assert len(components) <= 40
    assert sum(map(length, texts)) <= 4000
    assert all(text.strip() for text in texts)
    assert all(len(text.encode()) < 10_000 for text in texts)
    assert all(len(identity) <= 100 for identity in identities)
    assert len(set(identities)) == len(identities)
    for text in texts:
        check_harmless(text)


def check_harmless(markdown: str) -> None:
    """Nothing in it mentions, or leads anywhere but to an article."""
    # In the place of what is escaped stands something else, so that what was apart stays apart.
    guarded = re.sub(r"\\[^0-9A-Za-z\s]", "_", markdown)
    guarded = guarded.replace("(<t:1760011200:R>)", "")  # how old the article is
    assert not re.search("[@<`]", guarded)
    without_links = re.sub(r"\]\(https://news\.example/[^\s]*\)", "", guarded)
    assert "](" not in without_links
    assert "://" not in without_links


def different(found: list[Passage]) -> list[Passage]:
    return list({str(PassageReference.to(passage)): passage for passage in found}.values())


@given(
    LONG,
    st.lists(passages(), max_size=8),
    st.sampled_from(Certainty),
    st.integers(0, 10**9),
    st.integers(0, 4),
    SCOPES,
    st.none() | PERIODS,
    DIFFERING,
    LANGUAGES,
)
def test_any_answer_fits(
    question: str,
    found: list[Passage],
    certainty: Certainty,
    searched: int,
    page: int,
    scope: Scope,
    period: Period | None,
    differing: tuple[DifferingValue, ...],
    localize: Translator,
) -> None:
    answer = Answer(question, certainty, 0.5, tuple(different(found)), searched, period=period)
    answer = replace(answer, differing=differing)

    check(answer_card(answer, scope, answer_buttons(10**17, localize), localize))
    context_button = answer_buttons(10**17, localize).context
    check(further_card(answer, page, context_button, page_buttons("further", 10**17), localize))


def test_a_long_footer_leaves_the_quotes_less_room() -> None:
    spanish = translator_for("es-ES")
    article = Article("T" * 500, "word " * 2000, published=date(2025, 9, 30))
    found = [Passage(0, 9000, 0.5, Citation(article, 1, 1, None)) for _ in range(4)]
    scope = Scope(
        articles=(article.id,),
        publisher="\U00010000" * 80,
        since=date(2025, 9, 30),
        until=date(2025, 9, 30),
    )
    answer = Answer("q " * 300, Certainty.FOUND, 0.9, tuple(found), 10**9)

    buttons = answer_buttons(10**17, spanish)
    for view in (
        answer_card(answer, scope, buttons, spanish),
        further_card(answer, 0, buttons.context, page_buttons("further", 1), spanish),
    ):
        texts = [c for c in walk(view.to_components()) if c["type"] == 10]  # type: ignore[no-untyped-call]
        assert 3900 < sum(length(text["content"]) for text in texts) <= 4000


@given(
    st.lists(
        st.tuples(LONG, st.sampled_from(Certainty), st.lists(passages(), min_size=1, max_size=3)),
        min_size=2,
        max_size=4,
    ),
    st.booleans(),
    st.integers(0, 4),
    SCOPES,
    DIFFERING,
    LANGUAGES,
)
def test_any_answer_to_several_questions_fits(
    asked: list[tuple[str, Certainty, list[Passage]]],
    repeated: bool,
    page: int,
    scope: Scope,
    differing: tuple[DifferingValue, ...],
    localize: Translator,
) -> None:
    parts = [Answer(text, sure, 0.5, tuple(different(some)), 9) for text, sure, some in asked]
    if repeated:  # one passage answers them all
        parts = [replace(part, passages=parts[0].passages) for part in parts]
    parts = [replace(part, differing=differing) for part in parts]
    answer = combine_answers("Several?", parts, MAX_PASSAGES, 1.0)

    check(answer_card(answer, scope, answer_buttons(10**17, localize), localize))
    context_button = answer_buttons(10**17, localize).context
    check(further_card(answer, page, context_button, page_buttons("further", 10**17), localize))


@given(st.lists(passages(), min_size=1, max_size=3), LANGUAGES)
def test_any_nearest_passages_fit(found: list[Passage], localize: Translator) -> None:
    check(nearest_card(different(found), answer_buttons(1, localize).context, localize))


@given(LONG, st.lists(passages(), min_size=1, max_size=5), st.integers(0, 10**8), LANGUAGES)
def test_any_lookup_fits(
    words: str, found: list[Passage], total: int, localize: Translator
) -> None:
    lookup = Lookup(total, tuple(different(found)))
    context_button, page_button = answer_buttons(1, localize).context, page_buttons("found", 10**17)

    check(lookup_card(words, lookup, 10**7 + 1, context_button, page_button, localize))


@given(passages(), st.integers(1, 3), st.none() | st.datetimes(), LANGUAGES)
def test_any_context_fits(
    passage: Passage, parts: int, corrected: datetime | None, localize: Translator
) -> None:
    end = len(passage.citation.article.text)
    cuts = sorted({0, *(end * part // parts for part in range(1, parts)), end})

    paragraphs = list(pairwise(cuts))

    check(context_card(Context(passage, paragraphs, corrected), paragraphs, localize))


def read_button(page: int, label: str, enabled: bool) -> ReadButton:
    return ReadButton("0" * 16, page, "0" * 8, label, enabled)


@given(articles(), st.integers(1, 30), LANGUAGES)
def test_any_article_fits_and_its_pages_hold_all_of_it(
    article: Article, per_paragraph: int, localize: Translator
) -> None:
    step = max(1, len(article.text) // 60)
    cuts = [*range(0, len(article.text), step), len(article.text)]
    sentences = [
        Sentence(start, end, 1 + n // per_paragraph, 1 + n % per_paragraph)
        for n, (start, end) in enumerate(pairwise(cuts))
        if start < end
    ]

    pages = [paginate(article, sentences, 0)]
    for number in range(1, pages[0].total):
        pages.append(paginate(article, sentences, number))

    for page in (pages[0], pages[len(pages) // 2], pages[-1]):
        check(article_card(page, read_button, localize, localize("read-changed")))
    spans = [span for page in pages for span in page.spans]
    assert "".join(article.text[start:end] for start, end in spans) == article.text
    assert paginate(article, sentences, 10**9) == pages[-1]
    assert paginate(article, sentences, -1) == pages[0]


@given(
    st.lists(articles(), min_size=1, max_size=10),
    st.integers(0, 5),
    st.integers(1, 10**6),
    LANGUAGES,
)
def test_any_list_fits(found: list[Article], page: int, total: int, localize: Translator) -> None:
    menu = open_menu(found, localize)
    check(list_card(found, page, total, page_buttons("articles"), menu, localize))


OUTCOMES = st.builds(
    Outcome,
    st.lists(
        st.builds(
            Addition,
            articles(),
            st.sampled_from(["added", "updated", "unchanged"]),
            st.integers(0, 10**6),
        ),
        max_size=3,
    ),
    st.lists(LONG, max_size=9),
)


@given(articles(), LANGUAGES)
def test_any_removal_fits(article: Article, localize: Translator) -> None:
    check(removal_card(article, 3, localize))


@given(OUTCOMES, LANGUAGES)
def test_any_outcome_fits(outcome: Outcome, localize: Translator) -> None:
    assume(outcome.additions or outcome.refused)

    check(text_card(describe_outcome(outcome, localize)))


@given(LONG, LANGUAGES)
def test_any_question_fits_above_its_thread(question: str, localize: Translator) -> None:
    check(thread_opener_card(question, localize))


@pytest.mark.parametrize("certainty", Certainty)
def test_what_is_likely_but_not_sure_says_so_above_the_same_quote(certainty: Certainty) -> None:
    text = "About 200 troops will come."
    passage = Passage(0, 27, 0.3, Citation(Article("Title", text), 1, 1, None), ((0, 9),))
    answer = Answer("How many?", certainty, 0.3, (passage,), 1)

    view: Any = answer_card(answer, SHARED_ONLY, answer_buttons(1, ENGLISH), ENGLISH)
    texts = [c["content"] for c in walk(view.to_components()) if c["type"] == 10]

    shown = "> **About 200** troops will come."
    assert (shown in texts) == (certainty is not Certainty.NONE)
    assert ("-# Answer: About 200" in texts) == (certainty is Certainty.FOUND)
    assert ("This may be it: About 200" in texts) == (certainty is Certainty.WEAK)
    without = replace(answer, passages=(replace(passage, highlights=()),))
    bare: Any = answer_card(without, SHARED_ONLY, answer_buttons(1, ENGLISH), ENGLISH)
    texts = [c["content"] for c in walk(bare.to_components()) if c["type"] == 10]
    assert ("This may be it." in texts) == (certainty is Certainty.WEAK)
    assert not any("Answer:" in text for text in texts)


def shown_texts(answer: Answer) -> list[str]:
    view: Any = answer_card(answer, SHARED_ONLY, answer_buttons(1, ENGLISH), ENGLISH)
    return [c["content"] for c in walk(view.to_components()) if c["type"] == 10]


def test_a_list_is_shown_as_its_items_and_a_long_answer_is_cut() -> None:
    text = "Norland, Ostmark and Aral signed. " + "They promised much " * 30
    cited = Citation(Article("Title", text), 1, 1, None)
    items = Passage(0, 33, 0.9, cited, ((0, 7), (9, 16), (21, 25)))
    assert "-# Answer: Norland; Ostmark; Aral" in shown_texts(
        Answer("Which?", Certainty.FOUND, 0.9, (items,), 1)
    )
    long = Passage(34, len(text), 0.9, cited, ((0, len(text) - 35),))
    (line,) = [
        one
        for one in shown_texts(Answer("What?", Certainty.FOUND, 0.9, (long,), 1))
        if one.startswith("-# Answer: They")
    ]
    assert line.endswith("…")
    assert len(line) < 230


def test_a_second_passage_of_an_article_names_only_its_place() -> None:
    text = "One is here. Two is there. Three is far."
    article = Article("Numbers", text, "Coast Post", date(2025, 10, 9), "https://coast.example/n")
    other = Article("Letters", text, "Harbor Wire", date(2025, 10, 9))
    found = [
        Passage(0, 12, 0.9, Citation(article, 1, 1, "https://coast.example/n#1", (1, 3))),
        Passage(0, 12, 0.8, Citation(other, 1, 1, None, (2, 1))),
        Passage(27, 40, 0.8, Citation(article, 1, 3, "https://coast.example/n#3")),
    ]
    texts = shown_texts(Answer("What?", Certainty.FOUND, 0.9, tuple(found), 2))
    cited = [one for one in texts if re.match(r"-# \d", one)]
    assert cited[0].startswith(
        "-# 1 · Coast Post · [Numbers](https://coast.example/n#1) · 9 October"
    )
    assert cited[0].endswith("paragraph 1, sentences 1–3")
    assert cited[1].startswith("-# 2 · Harbor Wire · Letters · 9 October 2025")
    assert cited[1].endswith("paragraph 1, sentence 1 – paragraph 2, sentence 1")
    same = "same article as 1 · [paragraph 1, sentence 3](https://coast.example/n#3)"
    assert cited[2] == f"-# 3 · {same}"


def test_other_articles_are_named_and_the_rest_is_counted() -> None:
    papers = [Article("T", "It rained.", f"Paper {n}") for n in range(7)]
    cited = [Citation(paper, 1, 1, None) for paper in papers]
    for count, line in (
        (1, "-# also in Paper 1"),
        (2, "-# also in Paper 1, Paper 2"),
        (5, "-# also in Paper 1, Paper 2, Paper 3, Paper 4 and one more"),
        (6, "-# also in Paper 1, Paper 2, Paper 3, Paper 4 and 2 more"),
    ):
        passage = Passage(0, 10, 0.9, cited[0], also=tuple(cited[1 : count + 1]))
        texts = shown_texts(Answer("What?", Certainty.FOUND, 0.9, (passage,), 1))
        assert any(text.endswith(f"\n{line}") for text in texts)


def test_where_sources_differ_each_value_stands_with_its_papers() -> None:
    def cited(publisher: str, day: int) -> Citation:
        article = Article("T", "It rained.", publisher, date(2026, 3, day))
        return Citation(article, 1, 1, None)

    differing = (
        DifferingValue("340", (cited("Morning Star", 9),)),
        DifferingValue("about 200", tuple(cited(f"Paper {n}", 5 - n) for n in range(4))),
    )
    passage = Passage(0, 10, 0.9, differing[0].citations[0], ((0, 2),))
    answer = Answer("How many?", Certainty.FOUND, 0.9, (passage,), 1, differing=differing)
    assert (
        "**Sources differ:**\n"
        "- **340** · Morning Star, 9 March 2026\n"
        "- **about 200** · Paper 0, 5 March 2026; Paper 1, 4 March 2026; Paper 2, 3 March 2026;"
        " and one more"
    ) in shown_texts(answer)


def test_the_first_page_has_the_best_passages_and_the_rest_follow_by_threes() -> None:
    def pages(*scores: float) -> list[list[float]]:
        article = Article("Title", "A sentence.")
        made = tuple(Passage(0, 11, s, Citation(article, 1, 1, None)) for s in scores)
        found = pages_of(Answer("What?", Certainty.FOUND, 0.9, made, 1))
        return [[passage.score for passage in page] for page in found]

    assert pages() == [[]]
    assert pages(0.8) == [[0.8]]
    assert pages(0.8, 0.4, 0.3, 0.2) == [[0.8, 0.4], [0.3, 0.2]]
    assert pages(0.8, 0.8, 0.8, 0.8, 0.8) == [[0.8, 0.8, 0.8], [0.8, 0.8]]
    assert pages(0.8, 0.1, 0.1, 0.1, 0.1) == [[0.8], [0.1, 0.1, 0.1], [0.1]]


@given(st.integers(0, 10**7), st.integers(1, 46_000))
def test_a_button_tells_which_passage_it_means(start: int, size: int) -> None:
    reference = PassageReference("0123456789abcdef", start, start + size)

    assert PassageReference.parse(str(reference)) == reference
    assert len(str(reference)) <= 27


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=5))
def test_a_button_refers_to_as_many_passages_as_fit(starts: list[int]) -> None:
    found = [
        Passage(start, start + 300, 0.5, Citation(Article("Title", "Text."), 1, 1, None))
        for start in starts
    ]
    button = NearestButton.below(found, ENGLISH)
    expected = [PassageReference.to(passage, 4) for passage in found[: len(button.references)]]

    assert list(button.references) == expected
    assert len(button.custom_id) <= 100
    assert len(button.references) == min(3, len(found)) or max(starts) > 10**6


def test_a_sentence_that_fits_is_shown_whole_however_long_the_others_are() -> None:
    def passage(text: str) -> Passage:
        return Passage(0, len(text), 0.5, Citation(Article("Title", text), 1, 1, None))

    short, long = "A short sentence.", "word " * 2000 + "end."
    answer = Answer("What?", Certainty.FOUND, 0.9, (passage(short), passage(long)), 2)

    view: Any = answer_card(answer, SHARED_ONLY, answer_buttons(1, ENGLISH), ENGLISH)
    texts = [c["content"] for c in walk(view.to_components()) if c["type"] == 10]

    assert f"> {short}" in texts
    shown = next(text for text in texts if text.startswith("> word"))
    assert shown.endswith("word…")
    assert length(shown) > 3000
