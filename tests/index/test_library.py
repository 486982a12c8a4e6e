import dataclasses
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import (
    DEFAULT_MODEL,
    SHARED,
    Answer,
    Article,
    Encoder,
    EncoderError,
    Library,
    MissingLibraryError,
    ModelMismatchError,
    NotFoundError,
    Sentence,
    SettingsError,
    StoreError,
)
from index.ingest.adding import ADD_BATCH_SIZE
from index.scope import Scope
from index.sentences import split_sentences
from index.store import SqliteStore
from tests.index.factories import CountingEncoder, made_up_text, make_model

URL = "https://coast.example/ferry"
FERRY = Article(
    "Night ferry late",
    "PORT ELLERY (Coast Post) — The night ferry reached the harbor three hours late. Forty"
    " passengers had to stand in the rain.\n\nCaptain Holm said that the engine had failed.",
    published=date(2025, 10, 9),
    url=URL,
)
BAKERY = Article(
    "Bakery wins prize",
    "A bakery in Sel Valley has won the national bread prize. Its rye loaf takes three days.",
    url="https://coast.example/bread",
)

Open = Callable[..., Library]


def with_text(article: Article, text: str) -> Article:
    return Article(article.title, text, url=article.url, collection=article.collection)


def quotes(answer: Answer) -> list[str]:
    return [passage.quote for passage in answer.passages]


# Adding


def test_an_article_is_answerable_when_add_returns(library: Library) -> None:
    addition = library.add(FERRY)
    assert (addition.article, addition.change) == (FERRY, "added")
    assert (addition.sentences, addition.embedded) == (3, 3)
    answer = library.ask("Why was the ferry late?")
    assert answer.found
    assert "engine had failed" in " ".join(quotes(answer))


def test_the_same_article_again_is_unchanged_and_needs_no_model(
    library: Library, no_encoder: Encoder, tmp_path: Path
) -> None:
    library.add(FERRY)
    with Library(SqliteStore(tmp_path / "library"), no_encoder) as again:
        addition = again.add(FERRY)
        assert (addition.change, addition.sentences, addition.embedded) == ("unchanged", 3, 0)
        with pytest.raises(EncoderError):
            again.add(BAKERY)
        assert again.count() == 1


def test_only_changed_sentences_are_embedded_again(
    library: Library, counting: CountingEncoder, tmp_path: Path
) -> None:
    library.add(FERRY)
    with Library(SqliteStore(tmp_path / "library"), counting) as again:
        text = FERRY.text.replace("three hours", "four hours") + " Nobody complained."
        addition = again.add(with_text(FERRY, text))
        assert (addition.change, addition.sentences, addition.embedded) == ("updated", 4, 2)
        assert sorted(counting.embedded) == [
            "Nobody complained.",
            "The night ferry reached the harbor four hours late.",
        ]
        assert "four hours" in quotes(again.ask("How late was the ferry?"))[0]
        assert list(again.problems()) == []


def test_a_new_title_costs_no_embedding(
    library: Library, counting: CountingEncoder, tmp_path: Path
) -> None:
    library.add(BAKERY)
    with Library(SqliteStore(tmp_path / "library"), counting) as again:
        addition = again.add(Article("Bread prize", BAKERY.text, url=BAKERY.url))
        assert (addition.change, addition.embedded, counting.embedded) == ("updated", 0, [])


def test_a_sentence_that_stands_twice_is_embedded_once(
    counting: CountingEncoder, tmp_path: Path
) -> None:
    with Library(SqliteStore(tmp_path / "library"), counting) as library:
        addition = library.add(Article("Bells", "The bell rang. Nobody came. The bell rang."))
        assert (addition.sentences, addition.embedded) == (3, 2)
        assert sorted(counting.embedded) == ["Nobody came.", "The bell rang."]


def test_many_articles_are_added_in_order_each_with_its_own_fate(library: Library) -> None:
    changed = with_text(BAKERY, "The bakery has closed.")
    additions = list(library.add_all([FERRY, BAKERY, FERRY, changed]))
    assert [addition.article for addition in additions] == [FERRY, BAKERY, FERRY, changed]
    assert [a.change for a in additions] == ["added", "added", "unchanged", "updated"]
    assert [one.text for one in library.articles()] == [FERRY.text, changed.text]
    assert list(library.problems()) == []


def test_articles_are_embedded_together_and_none_is_forgotten(
    counting: CountingEncoder, tmp_path: Path
) -> None:
    many = [Article(f"Report {n}", made_up_text(n)) for n in range(2 * ADD_BATCH_SIZE + 5)]
    with Library(SqliteStore(tmp_path / "library"), counting) as library:
        assert [a.change for a in library.add_all(many)] == ["added"] * len(many)
        assert library.count() == len(many)
        assert len(counting.embedded) == len(set(counting.embedded)) == 5 * len(many)
        assert list(library.problems()) == []


def test_what_has_been_told_is_on_disk_even_if_the_rest_is_never_fetched(
    library: Library, tmp_path: Path
) -> None:
    additions = library.add_all([FERRY, BAKERY])
    next(additions)
    with SqliteStore(tmp_path / "library") as other:
        assert other.articles.newest() == [FERRY]


def test_ids_are_the_same_after_every_change(library: Library) -> None:
    before = library.add(FERRY).article.id
    assert library.add(with_text(FERRY, "Another text.")).article.id == before
    assert [one.id for one in library.articles()] == [before]


# Looking up


def test_an_article_is_looked_up_by_its_id_in_any_form(library: Library) -> None:
    library.add(FERRY)
    for form in (FERRY.id, FERRY.id[:8], f" {FERRY.id.upper()}\n"):
        assert library.get(form) == FERRY
    for form in ("", " ", "zzz", "\udcff", "'; DROP TABLE articles"):
        with pytest.raises(NotFoundError, match="No article has the id"):
            library.get(form)


def test_boilerplate_is_found_by_phrase_and_never_cited(library: Library) -> None:
    text = (
        "By Ann Roe\n\nThe ferry to Oslo was late on Thursday. It carried forty passengers.\n\n"
        "READ MORE: Ferry to Oslo late again\n\nContributing: Per Holm in Oslo"
    )
    article = library.add(Article("Ferry", text)).article
    for question in ("Who wrote about the ferry?", "ferry to Oslo late again", "Per Holm in Oslo"):
        quotes = [passage.quote for passage in library.ask(question, limit=5).passages]
        assert quotes
        assert not any("READ MORE" in quote or "Holm" in quote for quote in quotes)
    assert library.find('"Per Holm"').total == 1
    assert library.find('"READ MORE"').passages[0].quote == "READ MORE: Ferry to Oslo late again"
    assert len(library.sentences(article.id)) == 5
    assert list(library.problems()) == []


def test_an_article_that_is_removed_is_not_found_any_more(library: Library) -> None:
    library.add(FERRY)
    library.add(BAKERY)
    assert library.remove(FERRY.id[:8]) == FERRY
    assert library.articles() == [BAKERY]
    assert not library.ask("Why was the ferry late?").found
    with pytest.raises(NotFoundError):
        library.remove(FERRY.id)


def test_paragraphs_are_told_by_their_sentences(library: Library) -> None:
    library.add(FERRY)
    first, second = [FERRY.text[start:end] for start, end in library.paragraphs(FERRY.id)]
    assert first.startswith("The night ferry")
    assert first.endswith("in the rain.")
    assert second == "Captain Holm said that the engine had failed."


def test_a_passage_is_shown_again_as_it_stood(library: Library) -> None:
    library.add(FERRY)
    shown = library.ask("How late did the ferry reach the harbor?").passages[0]
    again = library.context(FERRY.id, shown.start, shown.end)
    assert (again.passage.quote, again.passage.citation) == (shown.quote, shown.citation)
    assert list(again.paragraphs) == library.paragraphs(FERRY.id)
    assert again.corrected is None
    with pytest.raises(NotFoundError, match="corrected"):
        library.context(FERRY.id, shown.start + 1, shown.end)
    library.remove(FERRY.id)
    with pytest.raises(NotFoundError, match="no longer"):
        library.context(FERRY.id, shown.start, shown.end)


def test_a_passage_of_what_was_corrected_is_shown_as_it_was(library: Library) -> None:
    library.add(FERRY)
    shown = library.ask("How late did the ferry reach the harbor?").passages[0]
    place = (FERRY.id, shown.start, shown.end)
    for text in ("It was on time.", FERRY.text.replace("harbor", "pier N")):
        library.add(with_text(FERRY, text))
    now, then = library.context(*place), library.context(*place, FERRY.content_hash[:2])
    assert "pier N" in now.passage.quote
    assert now.corrected is None
    assert (then.passage.quote, then.passage.citation) == (shown.quote, shown.citation)
    assert then.corrected is not None
    for changed in ((*place, "0" * 64), (FERRY.id, shown.start + 1, shown.end, "00")):
        with pytest.raises(NotFoundError, match="corrected"):
            library.context(*changed)
    assert [former.article.text for former in library.history(FERRY.id)] == [
        "It was on time.",
        FERRY.text,
    ]


def test_a_passage_is_shown_again_although_sentences_are_split_differently_today(
    library: Library,
) -> None:
    library.add(FERRY)
    start, end = 5, FERRY.text.index("\n") + 10
    now = library.context(FERRY.id, start, end, FERRY.content_hash[:2])
    assert now.passage.quote == FERRY.text[start:end]
    assert (now.passage.citation.paragraph, now.passage.citation.sentence) == (1, 1)

    library.add(with_text(FERRY, "It was on time."))
    then = library.context(FERRY.id, start, end, FERRY.content_hash[:4])
    assert then.passage == now.passage
    assert then.corrected is not None
    for slice_ in ((-1, 10), (10, 10), (0, len(FERRY.text) + 1)):
        with pytest.raises(NotFoundError, match="corrected"):
            library.context(FERRY.id, *slice_, FERRY.content_hash)
    with pytest.raises(NotFoundError, match="corrected"):  # which may be of either version
        library.context(FERRY.id, start, end, FERRY.content_hash[:2])


# Asking


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        ({"articles": (FERRY.id,)}, {FERRY.title}),
        ({"publisher": "harbor wire"}, {"Morning ferry late"}),
        ({"since": date(2025, 10, 10)}, {"Morning ferry late"}),
        ({"until": date(2025, 10, 9)}, {FERRY.title}),
        ({"publisher": "Coast Post", "since": date(2025, 10, 10)}, set()),
    ],
)
def test_questions_and_phrases_are_answered_by_what_passes_the_filters(
    library: Library, narrowing: dict[str, Any], expected: set[str]
) -> None:
    morning = "The morning ferry reached the harbor late. The captain said the engine had failed."
    library.add(FERRY)
    library.add(Article("Morning ferry late", morning, "Harbor Wire", date(2025, 10, 10)))
    answer = library.ask("Why was the ferry late?", **narrowing)
    cited = {c.article.title for p in answer.passages for c in (p.citation, *p.also)}
    assert cited == expected
    found = library.find('"engine had failed"', Scope(**narrowing))
    assert {passage.citation.article.title for passage in found.passages} == expected
    assert found.total == len(expected)


def test_what_many_papers_print_is_found_as_surely_as_what_one_does(sample: Library) -> None:
    text = "The zoo of Korsvik has nine otters since Monday."
    confidence = []
    for n in range(6):
        sample.add(Article("Otters", text if n != 4 else f"{text} It rained.", f"Paper {n}"))
        answer = sample.ask("how many otters?", limit=1)
        assert answer.found
        assert len(answer.passages[0].also) == n
        confidence.append(answer.confidence)
    assert max(confidence) - min(confidence) < 0.05
    others = sample.ask("how many otters?", limit=5).passages[1:]
    assert all("otters" not in passage.quote for passage in others)


def test_the_sample_answers_its_questions(sample: Library) -> None:
    troops = sample.ask("how many troops?")
    assert troops.found
    assert quotes(troops)[0].startswith("About 200 American troops")
    countries = sample.ask("which countries are involved?")
    assert countries.found
    assert "Egypt, Qatar and Turkey" in quotes(countries)[0]
    assert troops.searched == 3


def test_a_question_that_the_articles_do_not_answer_is_not_found(sample: Library) -> None:
    answer = sample.ask("Who won the World Cup?")
    assert not answer.found
    assert answer.confidence < 0.14
    assert answer.passages  # the nearest ones


def test_every_passage_is_an_exact_quote_with_its_place(sample: Library) -> None:
    for passage in sample.ask("Who led the rescue?", limit=5).passages:
        article = passage.citation.article
        assert passage.quote == article.text[passage.start : passage.end]
        first = next(s for s in sample.sentences(article.id) if s.start == passage.start)
        assert (passage.citation.paragraph, passage.citation.sentence) == (
            first.paragraph,
            first.number,
        )
        assert passage.citation.link
        assert passage.citation.link.startswith(f"{article.url}#:~:text=")


def test_no_more_passages_come_than_asked_for(sample: Library) -> None:
    for limit in (1, 2, 10):
        assert len(sample.ask("What happened on Thursday?", limit=limit).passages) <= limit
    assert len(sample.ask("What happened on Thursday?", limit=1).passages) == 1


@pytest.mark.parametrize("question", ["", " \n", "?!…", "🙂🙂", "—", "\0", "\ud83d"])
def test_a_question_without_a_word_finds_nothing(sample: Library, question: str) -> None:
    answer = sample.ask(question)
    assert (answer.found, answer.confidence, answer.passages) == (False, 0.0, ())
    assert answer.question == question
    assert answer.searched == 3


@pytest.mark.parametrize(
    "question",
    [
        "ferry " * 333,
        "x" * 2000,
        "Сколько паромов?",
        "船は何隻ですか",
        "كم عدد العبارات؟",
        "half \ud83d ferry",
    ],
)
def test_odd_questions_get_an_answer_like_any_other(sample: Library, question: str) -> None:
    answer = sample.ask(question)
    assert 0 <= answer.confidence <= 1
    assert answer.passages


def test_an_empty_library_finds_nothing_and_needs_no_model(
    no_encoder: Encoder, tmp_path: Path
) -> None:
    with Library(SqliteStore(tmp_path / "library"), no_encoder) as library:
        answer = library.ask("Why was the ferry late?")
        assert (answer.found, answer.passages, answer.searched) == (False, (), 0)
        assert library.model is None


questions = st.text(st.characters(), max_size=60) | st.lists(
    st.sampled_from(
        "ferry ferries late \" ' * OR NOT NEAR( ) - 15 Varga’s «car» 🙂 \0 \ud800".split(" ")
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=questions, limit=st.integers(1, 10))
def test_any_question_gets_an_answer_in_the_articles_own_words(
    sample: Library, question: str, limit: int
) -> None:
    answer = sample.ask(question, limit=limit)
    assert 0 <= answer.confidence <= 1
    assert len(answer.passages) <= limit
    assert not answer.found or answer.passages
    for passage in answer.passages:
        article = sample.get(passage.citation.article.id)
        assert passage.quote == article.text[passage.start : passage.end] != ""
        assert 0 <= passage.score <= 1
        assert all(0 <= a < b <= len(passage.quote) for a, b in passage.highlights)


def test_found_begins_at_the_confidence_that_is_wanted(sample: Library, open_library: Open) -> None:
    confidence = sample.ask("how many troops?").confidence
    for wanted, found in (
        (0.0, True),
        (confidence, True),
        (confidence + 1e-6, False),
        (1.0, False),
    ):
        answer = open_library(min_confidence=wanted).ask("how many troops?")
        assert (answer.found, answer.confidence) == (found, confidence)


def test_a_library_that_wants_no_confidence_still_finds_nothing_in_nothing(
    open_library: Open,
) -> None:
    assert not open_library("empty", min_confidence=0.0).ask("how many troops?").found


def test_collections_are_kept_apart(library: Library) -> None:
    library.add(Article("One", "The ferry sank off Port Ellery.", collection="server 1"))
    library.add(Article("Two", "The ferry was sold to Belmar.", collection="server 2"))
    library.add(Article("Three", "The ferry was painted green.", collection=SHARED))
    question = "What happened to the ferry?"

    def said(*collections: str) -> set[str]:
        return set(quotes(library.ask(question, collections, limit=9)))

    assert said("server 1") == {"The ferry sank off Port Ellery."}
    assert said("server 2", SHARED) == {
        "The ferry was sold to Belmar.",
        "The ferry was painted green.",
    }
    assert said("server 3") == said() == set()
    assert quotes(library.ask(question)) == ["The ferry was painted green."]
    assert library.ask(question, ["server 1", SHARED]).searched == 2
    assert [one.title for one in library.articles(Scope(("server 2",)))] == ["Two"]


def test_a_large_collection_does_not_hide_a_small_one(library: Library) -> None:
    many = " ".join(f"The ferry number {n} was late at the pier." for n in range(300))
    library.add(Article("Large", many, collection="large"))
    library.add(Article("Small", "A ship came behind schedule.", collection="small"))
    answer = library.ask("Which ferry was late at the pier?", ["small"])
    assert quotes(answer) == ["A ship came behind schedule."]


def test_the_same_text_may_stand_in_two_collections(library: Library) -> None:
    there = Article(FERRY.title, FERRY.text, url=URL, collection="server 1")
    assert [a.change for a in library.add_all([FERRY, there])] == ["added", "added"]
    library.remove(FERRY.id)
    assert library.articles() == [there]


def test_a_republished_sentence_is_not_repeated(library: Library) -> None:
    library.add(FERRY)
    again = Article("Late again", f"{FERRY.text} It was the third time this year.")
    library.add(again)
    found = library.ask("Why was the ferry late?", limit=9)
    assert sum("engine had failed" in quote for quote in quotes(found)) == 1
    assert sum("forty passengers" in quote.lower() for quote in quotes(found)) == 1


def test_neighbours_that_both_match_are_one_passage(library: Library) -> None:
    both = "The mayor thanked the crew. The governor thanked the crew."
    library.add(Article("Thanks", f"It rained. {both} The captain is bald."))
    assert library.ask("Who thanked the crew?").passages[0].quote == both


def test_several_libraries_on_one_folder_see_each_others_articles(open_library: Open) -> None:
    one, other = open_library(), open_library()
    one.add(FERRY)
    assert other.ask("Why was the ferry late?").found
    other.remove(FERRY.id)
    assert not one.ask("Why was the ferry late?").found


def test_a_lost_index_is_made_again_without_embedding(
    library: Library, counting: CountingEncoder, tmp_path: Path
) -> None:
    library.add(FERRY)
    expected = library.ask("Why was the ferry late?")
    library.close()
    (path,) = (tmp_path / "library" / "faiss").iterdir()
    path.write_bytes(b"junk")
    with Library(SqliteStore(tmp_path / "library"), counting) as again:
        assert again.ask("Why was the ferry late?") == expected
        assert counting.embedded == []


# Opening


def test_a_library_is_made_where_there_is_none(tmp_path: Path) -> None:
    with Library.open(tmp_path / "new") as library:
        assert library.count() == 0
    with pytest.raises(MissingLibraryError, match="python -m index add"):
        Library.open(tmp_path / "other", create=False)


def test_a_library_on_a_server_is_not_supported_yet() -> None:
    with pytest.raises(SettingsError, match="only folders are supported"):
        Library.open("postgresql://localhost/news")


def test_a_closed_library_says_so(library: Library) -> None:
    library.add(FERRY)
    library.close()
    library.close()
    with pytest.raises(StoreError, match="closed"):
        library.ask("Why was the ferry late?")


def test_opening_with_another_model_names_the_way_out(library: Library, tmp_path: Path) -> None:
    library.add(FERRY)
    with pytest.raises(ModelMismatchError) as refusal:
        Library.open(tmp_path / "library", model="another-model")
    assert DEFAULT_MODEL in str(refusal.value)
    assert "not from another-model" in str(refusal.value)
    assert "python -m index rebuild" in str(refusal.value)
    with Library.open(tmp_path / "library", model="another-model", any_model=True) as opened:
        assert opened.articles() == [FERRY]
    with Library.open(tmp_path / "library") as opened:  # the library knows its own
        assert opened.model == library.model


def test_a_model_whose_weights_have_changed_is_noticed_before_it_answers(
    tiny_model: Path, tmp_path: Path
) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    with Library.open(tmp_path / "tiny", model=str(model)) as library:
        library.add(FERRY)
    shutil.rmtree(model)
    make_model(model, seed=5)
    with Library.open(tmp_path / "tiny", model=str(model)) as library:
        for use in (
            lambda: library.ask("Why was the ferry late?"),
            lambda: library.add(BAKERY),
            library.warm_up,
        ):
            with pytest.raises(ModelMismatchError, match=r"current weights.*index rebuild"):
                use()
        assert library.articles() == [FERRY]
        library.rebuild()
        assert library.ask("Why was the ferry late?").passages


# Rebuilding


def test_a_rebuild_changes_the_model_and_keeps_the_articles(
    library: Library, tiny_model: Path, tmp_path: Path
) -> None:
    library.add(FERRY)
    library.add(BAKERY)
    steps: list[tuple[int, int]] = []
    with Library(SqliteStore(tmp_path / "library"), Encoder(str(tiny_model))) as tiny:
        assert tiny.rebuild(lambda done, total: steps.append((done, total))) == 5
        assert tiny.model == tiny._encoder.info
        assert set(tiny.articles()) == {FERRY, BAKERY}
        assert tiny.ask("Which rye loaf takes three days?").passages
        assert list(tiny.problems()) == []
    assert steps == [(5, 5)]
    with pytest.raises(ModelMismatchError, match="index rebuild"):
        library.ask("Why was the ferry late?")


def test_questions_are_answered_while_a_rebuild_is_under_way(
    library: Library, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.rebuilding.EMBED_BATCH_SIZE", 2)
    library.add(FERRY)
    library.add(BAKERY)
    expected = quotes(library.ask("Why was the ferry late?"))
    asked: list[list[str]] = []

    def ask_meanwhile(done: int, total: int) -> None:
        asked.append(quotes(library.ask("Why was the ferry late?")))
        library.add(Article("Meanwhile", "A seal was seen.", collection="other"))

    with Library(SqliteStore(tmp_path / "library"), Encoder(str(tiny_model))) as tiny:
        with pytest.raises(ModelMismatchError):  # noqa: PT012  the last step is after the swap
            tiny.rebuild(ask_meanwhile)
            library.ask("Why was the ferry late?")
        assert len(asked) >= 3
        assert asked == [expected] * len(asked)
        assert list(tiny.problems()) == []
        assert tiny.count() == 3


def test_an_interrupted_rebuild_goes_on_where_it_stopped(
    library: Library,
    counting: CountingEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.ingest.rebuilding.EMBED_BATCH_SIZE", 2)
    library.add(FERRY)
    library.add(BAKERY)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Library(SqliteStore(tmp_path / "library"), counting) as again:
        with pytest.raises(KeyboardInterrupt):
            again.rebuild(stop)
        assert again.totals().rebuilding == again.model
        first = list(counting.embedded)
        assert again.rebuild() == 5
        assert len(first) == 2
        assert len(counting.embedded) == len(set(counting.embedded)) == 5
        assert again.totals().rebuilding is None
        assert list(again.problems()) == []


def test_a_rebuild_splits_anew(library: Library, tmp_path: Path) -> None:
    library.add(FERRY)
    store = SqliteStore(tmp_path / "library")
    store.rebuild.resplit(FERRY, store.articles.sentences(FERRY.id)[:1])
    assert len(library.sentences(FERRY.id)) == 1
    assert list(library.problems())
    assert library.rebuild() == 3
    assert len(library.sentences(FERRY.id)) == 3
    assert list(library.problems()) == []
    store.close()


def test_a_rebuild_that_keeps_vectors_embeds_only_new_sentences(
    counting: CountingEncoder, tmp_path: Path
) -> None:
    with Library(SqliteStore(tmp_path / "library"), counting) as library:
        library.add(FERRY)
        with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite")) as rows, rows:
            rows.execute("INSERT INTO meta VALUES ('outdated_sentences', 1)")
        store = SqliteStore(tmp_path / "library")
        store.rebuild.resplit(FERRY, store.articles.sentences(FERRY.id)[:1])
        store.close()
        assert library.totals().has_outdated_sentences
        before = len(counting.embedded)
        assert library.rebuild(keep_vectors=True) == 3
        assert len(counting.embedded) == before + 2
        assert not library.totals().has_outdated_sentences
        assert list(library.problems()) == []


@pytest.mark.parametrize("meanwhile", ["corrected", "removed"])
def test_what_is_corrected_or_removed_during_a_rebuild_is_neither_mixed_up_nor_in_its_way(
    library: Library, open_library: Open, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    library.add(FERRY)
    library.add(BAKERY)
    corrected = with_text(FERRY, "In error, for it was a tug, the ferry was named. It was early.")
    other = open_library()

    def split_late(text: str) -> list[Sentence]:
        """Another process is faster than this one with the text that it has read."""
        if text == FERRY.text:
            if meanwhile == "corrected":
                other.add(corrected)
            else:
                other.remove(FERRY.id)
        # As if an earlier version had split differently, so that sentences are replaced.
        return [Sentence(0, len(text), 1, 1)] if "\n" not in text else split_sentences(text)[1:]

    monkeypatch.setattr("index.ingest.rebuilding.split_sentences", split_late)
    library.rebuild()
    expected = split_sentences(corrected.text) if meanwhile == "corrected" else []
    assert library.sentences(FERRY.id) == expected
    assert library.ask("Which rye loaf takes three days?").passages
    monkeypatch.undo()
    library.rebuild()
    assert list(library.problems()) == []


def test_the_last_of_two_versions_in_a_batch_is_kept(library: Library) -> None:
    other = with_text(FERRY, "The ferry was early.")
    library.add(FERRY)
    changes = [addition.change for addition in library.add_all([other, FERRY])]
    assert changes == ["updated", "updated"]
    assert library.get(FERRY.id).text == FERRY.text
    assert list(library.problems()) == []


def test_an_empty_library_may_be_rebuilt(library: Library) -> None:
    assert library.rebuild() == 0
    assert library.model == library._encoder.info
    assert library.add(FERRY).change == "added"


def test_extreme_dates_stop_no_answer(library: Library) -> None:
    fields = {field.name: getattr(BAKERY, field.name) for field in dataclasses.fields(BAKERY)}
    fields["published"] = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    library.add(Article.from_storage(fields))  # as versions did that did not check dates
    library.add(FERRY)
    for since, until in ((date.min, date.max), (date.max, date.min), (date.max, None)):
        library.ask("Which bakery has won?", since=since, until=until)
    for days in ("", " since 0001-01-01", " before 0001-01-01", " after 9999-12-31", " on 1 Jan"):
        answer = library.ask(f"Which bakery has won the latest bread prize{days}?")
        assert answer.passages[0].citation.article.title == BAKERY.title
        assert answer.passages[0].citation.article.published is None
