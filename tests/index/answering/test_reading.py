"""Reading: what the reader is given, and what becomes of the rest."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from index import Article, Encoder, Library
from index.answering.concurrent_questions import QuestionPool
from index.answering.context_windows import MAX_WINDOW_CHARS, NEIGHBORS
from index.answering.reading import FIRST_CHARS, FURTHER_CHARS, Reading, separate_copies
from index.answering.retrieval import Candidate, dense_search, hybrid_candidates, lexical_search
from index.scope import Scope
from index.store import Store
from tests.index.factories import WordReader

FERRY = Article(
    "The night ferry",
    "The night ferry to Oslo was three hours late. Forty passengers stood in the rain. "
    "“We are sorry,” the captain said. A crane had fallen into the harbour. "
    "It was lifted out by noon.\n\nWages rose by a tenth. Prices did not.",
)
BREAD = Article(
    "The bread prize",
    "A bakery has won the bread prize. Its rye loaf takes three days to bake. Nobody else came.",
    collection="other",
)
QUESTION = "How late was the night ferry?"


@pytest.fixture
def store(library: Library) -> Store:
    library.add(FERRY)
    library.add(BREAD)
    return library._store


def candidates(
    store: Store, encoder: Encoder, question: str = QUESTION, *collections: str
) -> list[Candidate]:
    scope = Scope(collections or ("shared", "other"))
    lexical = lexical_search(store, question, scope)
    vector = encoder.encode_question(question)
    return hybrid_candidates(store, lexical, dense_search(store, vector, scope), vector)


def start(store: Store, encoder: Encoder, some: list[Candidate]) -> Reading:
    vector = encoder.encode_question(QUESTION)
    return Reading(store, WordReader(), QuestionPool(), QUESTION, vector, some, 99)


def build(store: Store, encoder: Encoder, some: list[Candidate]) -> list[list[Candidate]]:
    """The windows that are read."""
    reading = start(store, encoder, some)
    keys = {candidate.stored.text: candidate for candidate, _ in reading.read().read}
    assert isinstance(reading._reader, WordReader)
    windows = [window for _, windows in reading._reader.given for window in windows]
    order = {text: n for n, text in enumerate(keys)}
    windows.sort(key=lambda window: order[window[0]])
    return [[keys[text] for text in window] for window in windows]


def texts(windows: list[list[Candidate]]) -> list[list[str]]:
    return [[candidate.stored.text for candidate in window] for window in windows]


def numbers(window: list[Candidate]) -> list[int]:
    return [candidate.stored.sentence.number for candidate in window]


def test_a_candidate_is_gathered_with_its_neighbours(store: Store, encoder: Encoder) -> None:
    best = candidates(store, encoder)[0]
    assert best.stored.text == "The night ferry to Oslo was three hours late."
    assert texts(build(store, encoder, [best])) == [
        ["The night ferry to Oslo was three hours late.", "Forty passengers stood in the rain."]
    ]


def test_no_boilerplate_is_read(library: Library, encoder: Encoder) -> None:
    story, end = "The night ferry to Oslo was three hours late.", "Nobody complained about it."
    library.add(Article("Ferry", f"By Ann Roe\n\n{story}\n\nREAD MORE: Night ferries\n\n{end}"))
    (best, other) = candidates(library._store, encoder)
    assert texts(build(library._store, encoder, [best])) == [[story, end]]
    reading = start(library._store, encoder, [best])
    read = reading.read_on(best).read
    assert {candidate.stored.text for candidate, _ in read} == {story, end}
    assert {best.stored.text, other.stored.text} == {story, end}


def test_neighbours_have_a_cosine_and_share_what_their_article_is_about(
    store: Store, encoder: Encoder
) -> None:
    best = candidates(store, encoder)[0]
    assert best.article_score > 0
    assert best.bm25_score > 0
    ((itself, neighbor),) = build(store, encoder, [best])
    assert itself is best
    (vector,) = encoder.encode([neighbor.stored.text])
    expected = float(vector @ encoder.encode_question(QUESTION))
    assert neighbor.cosine == pytest.approx(expected, abs=1e-5)
    assert (neighbor.bm25_score, neighbor.article_score) == (0, best.article_score)


def test_candidates_in_a_window_keep_what_search_found(store: Store, encoder: Encoder) -> None:
    some = candidates(store, encoder)
    known = {candidate.stored.key: candidate for candidate in some}
    windows = build(store, encoder, some)
    assert any(len(window) > 1 for window in windows)
    for window in windows:
        for candidate in window:
            assert candidate is known[candidate.stored.key]


def test_what_is_gathered_are_slices_of_the_articles(store: Store, encoder: Encoder) -> None:
    for some in ([one] for one in candidates(store, encoder)):
        ((*window,),) = build(store, encoder, some)
        (article,) = {candidate.stored.article for candidate in window}
        assert article in (FERRY, BREAD)
        order = store.articles.sentences(article.id)
        indices = [order.index(candidate.stored.sentence) for candidate in window]
        assert indices == list(range(indices[0], indices[0] + len(indices)))
        for candidate in window:
            sentence = candidate.stored.sentence
            assert candidate.stored.text == article.text[sentence.start : sentence.end]
            key = candidate.stored.key
            assert store.articles.fetch([key])[key] == candidate.stored


def test_the_most_promising_window_is_gathered_first(store: Store, encoder: Encoder) -> None:
    ferry = candidates(store, encoder, QUESTION, "shared")[:1]
    bread = candidates(store, encoder, "Who won the bread prize?", "other")[:1]
    for some in (ferry + bread, bread + ferry):
        assert [window[0].stored.article for window in build(store, encoder, some)] == [
            one.stored.article for one in some
        ]


def test_what_is_gathered_for_a_question_is_limited(
    open_library: Callable[..., Library], encoder: Encoder
) -> None:
    library = open_library()
    for article in range(20):
        library.add(
            Article(
                f"Ferry {article}",
                " ".join(
                    f"Ferry {article} crossed the cold strait on night {night} with a cargo of"
                    " timber, grain and iron for the yards on the other side."
                    for night in range(10)
                ),
            )
        )
    some = candidates(library._store, encoder, "Which ferry crossed the strait?")
    assert len({one.stored.article.id for one in some}) > 5
    windows = build(library._store, encoder, some)
    sizes = [sum(len(one.stored.text) for one in window) for window in windows]
    assert max(sizes) <= MAX_WINDOW_CHARS
    assert FIRST_CHARS - MAX_WINDOW_CHARS < sum(sizes) + len(QUESTION) * len(sizes) <= FIRST_CHARS
    keys = [one.stored.key for window in windows for one in window]
    assert len(set(keys)) == len(keys)
    assert some[0].stored.key in keys
    assert NEIGHBORS >= 1


def test_no_candidates_gather_nothing(store: Store, encoder: Encoder) -> None:
    assert build(store, encoder, []) == []


def test_an_article_that_is_removed_meanwhile_does_no_harm(store: Store, encoder: Encoder) -> None:
    some = candidates(store, encoder)
    store.articles.remove(FERRY.id)
    windows = build(store, encoder, some)
    assert texts(windows) == [
        [
            "A bakery has won the bread prize.",
            "Its rye loaf takes three days to bake.",
            "Nobody else came.",
        ]
    ]
    store.articles.remove(BREAD.id)
    assert build(store, encoder, some) == []


def test_an_article_that_is_changed_meanwhile_is_left_out(
    library: Library, encoder: Encoder
) -> None:
    before = replace(FERRY, url="https://coast.example/a")
    library.add(before)
    some = candidates(library._store, encoder)
    library.add(replace(before, text="Nothing of it was true. " + FERRY.text))
    assert build(library._store, encoder, some) == []


def test_a_neighbour_that_goes_between_two_looks_does_no_harm(
    library: Library, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(FERRY)
    store = library._store
    some = candidates(store, encoder)[:1]
    keyed_sentences = store.articles.keyed_sentences

    def look_and_remove(ids: Any) -> Any:
        found = keyed_sentences(ids)
        store.articles.remove(FERRY.id)
        return found

    monkeypatch.setattr(store.articles, "keyed_sentences", look_and_remove)
    assert build(store, encoder, some) == [some]


# Reading on


LONG = Article(
    "The bridge at Brenna",
    " ".join(f"Report {n} on the bridge says that lorry {n} crossed it." for n in range(90)),
)


def test_reading_goes_on_in_the_best_article_and_among_the_other_candidates(
    open_library: Callable[..., Library], encoder: Encoder
) -> None:
    library = open_library()
    library.add(LONG)
    for n in range(20):
        library.add(Article(f"Ferry {n}", f"Ferry {n} is late. It rained. " * 5))
    some = candidates(library._store, encoder, "Which bridge did the ferry pass?")
    reading = start(library._store, encoder, some)
    first = reading.read()
    best = next(c for c, _ in first.read if c.stored.article == LONG)
    further = reading.read_on(best)

    def chars(of: Article | None) -> int:
        pairs = [c.stored for c, _ in further.read[len(first.read) :]]
        return sum(len(s.text) for s in pairs if (s.article == LONG) == (of is LONG))

    assert further.read[: len(first.read)] == first.read
    keys = [candidate.stored.key for candidate, _ in further.read]
    assert len(set(keys)) == len(keys)
    assert FURTHER_CHARS / 2 < chars(LONG) <= 2 * FURTHER_CHARS
    assert chars(None) <= 2 * FURTHER_CHARS
    assert not {c.stored.key for c in further.unread} & set(keys)
    assert further.searched == first.searched == 99


def test_reading_goes_on_in_the_best_other_article_that_search_finds(
    open_library: Callable[..., Library], encoder: Encoder
) -> None:
    """Its sentences are read even if the question's words are in none of them."""
    library = open_library()
    library.add(LONG)
    tram = Article("Tram", "The bridge by the tram. One went. Two stayed. Three sang. Four slept.")
    library.add(tram)
    for n in range(20):
        library.add(Article(f"Ferry {n}", f"Ferry {n} is late. It rained. " * 5))
    some = candidates(library._store, encoder, "Which bridge did the tram pass?")
    retrieved = [c for c in some if c.stored.article != tram or "bridge" in c.stored.text]
    reading = start(library._store, encoder, retrieved)
    first = {c.stored.text: c for c, _ in reading.read().read}
    assert "Four slept." not in first
    further = reading.read_on(next(c for c in first.values() if c.stored.article == LONG))
    assert "Four slept." in {c.stored.text for c, _ in further.read}


def test_an_article_that_is_removed_before_reading_goes_on_does_no_harm(
    store: Store, encoder: Encoder
) -> None:
    some = candidates(store, encoder)
    reading = start(store, encoder, some)
    first = reading.read()
    store.articles.remove(FERRY.id)
    further = reading.read_on(some[0])
    assert further.read[: len(first.read)] == first.read


def test_copies_are_read_once(store: Store, encoder: Encoder, library: Library) -> None:
    library.add(replace(FERRY, title="A copy", url="https://coast.example/copy"))
    some = candidates(store, encoder)
    originals, copies = separate_copies(some)
    assert originals
    assert copies
    read = start(store, encoder, some).read().read
    logits: dict[str, set[float]] = {}
    for candidate, prediction in read:
        logits.setdefault(candidate.stored.text, set()).add(prediction.logit)
    assert all(len(found) == 1 for found in logits.values())
    assert {c.stored.key for c in copies if c.stored.text in logits} <= {
        c.stored.key for c, _ in read
    }
