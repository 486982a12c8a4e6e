from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Encoder, Library, Sentence
from index.answering.retrieval import (
    MAX_CANDIDATES,
    MAX_WORDS,
    Candidate,
    _fuse,
    baseline_rankings,
    content_words,
    dense_search,
    hybrid_candidates,
    lexical_search,
)
from index.scope import SHARED_ONLY, Scope
from index.store import Hit, SqliteStore, Store, StoredSentence


@pytest.fixture
def store(library: Library) -> SqliteStore:
    assert isinstance(library._store, SqliteStore)
    return library._store


def add(library: Library, *sentences: str, collection: str = "shared") -> None:
    text = " ".join(sentences)
    library.add(Article(f"Title of {text[:40]}", text, collection=collection))


def search(store: SqliteStore, encoder: Encoder, question: str, *collections: str) -> list[str]:
    found = candidates(store, encoder, question, Scope(collections or ("shared",)))
    return [candidate.stored.text for candidate in found]


def candidates(
    store: Store, encoder: Encoder, question: str, scope: Scope = SHARED_ONLY
) -> list[Candidate]:
    lexical = lexical_search(store, question, scope)
    vector = encoder.encode_question(question)
    return hybrid_candidates(store, lexical, dense_search(store, vector, scope), vector)


def test_words_that_stand_everywhere_are_left_out_of_a_question() -> None:
    assert content_words("How many troops will the U.S. send to Israel?") == [
        "troops",
        "u",
        "send",
        "israel",
    ]


def test_each_word_is_looked_up_once() -> None:
    assert content_words("Ferry, ferry — FERRY?") == ["ferry"]


def test_a_question_of_such_words_alone_keeps_them() -> None:
    assert content_words("Who is he?") == ["who", "is", "he"]


def test_a_question_without_words_has_none() -> None:
    for question in ("", "?!", "🙂🙂", "—"):
        assert content_words(question) == []


def test_other_scripts_have_words_too() -> None:
    assert content_words("Сколько паромов?") == ["сколько", "паромов"]
    assert content_words("船は？") == ["船は"]


def test_no_more_than_some_words_of_a_long_question_are_looked_up() -> None:
    assert len(content_words(" ".join(f"word{n}" for n in range(1000)))) == MAX_WORDS


@given(st.text())
def test_any_question_has_words_without_marks_or_repetition(question: str) -> None:
    words = content_words(question)
    assert len(set(words)) == len(words)
    assert all(word.isidentifier() or any(c.isalnum() or c == "_" for c in word) for word in words)
    assert not any(mark in word for word in words for mark in "\"'()*: \0-")


def test_a_word_in_common_finds_what_the_meaning_does_not(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    add(library, *(f"Ferry {n} crosses the cold strait in the night." for n in range(150)))
    add(library, "Zorblatt is a word of no meaning.")
    question = "Zorblatt: which ships sail on freezing seas after dark?"
    near = store.dense.nearest(encoder.encode_question(question), Scope(), 100)
    nearest = store.articles.fetch([hit.key for hit in near]).values()
    assert all("Ferry" in stored.text for stored in nearest)
    assert "Zorblatt is a word of no meaning." in search(store, encoder, question)


def test_the_meaning_finds_what_has_no_word_in_common(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    add(library, "Wages rose.", "The physician healed an ill child.", "It rained.")
    assert search(store, encoder, "Which doctor cured sick kids?")[0].startswith("The physician")


def test_what_both_searches_find_comes_before_what_one_finds() -> None:
    dense = [Hit(key, 0.5) for key in (1, 2, 3)]
    lexical = [Hit(key, 0.5) for key in (4, 3, 5)]
    assert _fuse(dense, lexical) == [3, 1, 4, 2, 5]
    assert _fuse(dense, []) == [1, 2, 3]
    assert _fuse([], []) == []


def test_candidates_carry_what_each_search_found(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    add(library, "The ferry was late.", "Wages rose by a tenth.", "It rained on Thursday.")
    vector = encoder.encode_question("late ferry")
    best, *others = candidates(store, encoder, "late ferry")
    assert best.stored.text == "The ferry was late."
    (expected,) = encoder.encode(["The ferry was late."]) @ vector
    assert best.cosine == pytest.approx(expected, abs=1e-5)
    assert best.bm25_score > 0.5
    assert [other.bm25_score for other in others] == [0, 0]
    assert best.article_score > 0.5
    assert {other.article_score for other in others} == {best.article_score}


def test_what_the_whole_article_is_about_counts_for_its_sentences(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    library.add(Article("Storm in Oban", "The pier was closed. Nobody was hurt."))
    library.add(Article("Bread fair", "The oven was closed. Nobody was hurt at all."))
    assert search(store, encoder, "Who was hurt in the storm in Oban?")[0] == "Nobody was hurt."


def test_the_hybrid_score_grows_with_each_kind_of_evidence() -> None:
    stored = StoredSentence(1, Article("Ferry", "Late."), Sentence(0, 5, 1, 1))
    bare = Candidate(stored, 0.5)
    assert bare.hybrid_score == 0.5
    assert Candidate(stored, 0.5, bm25_score=1.0).hybrid_score > bare.hybrid_score
    assert Candidate(stored, 0.5, article_score=1.0).hybrid_score > bare.hybrid_score
    assert Candidate(stored, 0.6).hybrid_score > bare.hybrid_score


def test_baselines_are_single_searches_and_their_fusion(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    add(library, "The ferry was late.", "Wages rose by a tenth.", "It rained on Thursday.")
    question = "late ferry"
    rankings = baseline_rankings(store, question, encoder.encode_question(question), Scope())
    lengths = {name: len(keys) for name, keys in rankings.items()}
    assert lengths == {"dense": 3, "BM25": 1, "fused": 3}
    assert len({keys[0] for keys in rankings.values()}) == 1


def test_only_the_collections_asked_for_are_searched(
    library: Library, store: SqliteStore, encoder: Encoder
) -> None:
    add(library, "The ferry was late.", collection="one")
    add(library, "The ferry came late.", collection="two")
    add(library, "The ferry is always late.", collection="three")
    assert search(store, encoder, "late ferry", "one") == ["The ferry was late."]
    assert len(search(store, encoder, "late ferry", "one", "two")) == 2
    assert search(store, encoder, "late ferry", "four") == []


def test_the_number_of_candidates_is_limited(
    open_library: Callable[..., Library], encoder: Encoder
) -> None:
    library = open_library()
    add(library, *(f"Ferry {n} crosses the cold strait in the night." for n in range(150)))
    assert len(candidates(library._store, encoder, "ferry")) == MAX_CANDIDATES
