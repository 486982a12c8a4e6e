"""Typing errors in questions: what is corrected, what is left alone, and whose words are used."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Library
from index.answering.question_grammar import QUESTION_WORDS
from index.answering.spelling import MAX_CORRECTIONS, correct_question
from index.store import SqliteStore, Store
from tests.index.store.builders import article, put

TEXT = (
    "Ferries will cross the strait by night. The ferries carry troops. The president of Ardenia"
    " met Erdoğan and CENTCOM. An agreement between the governments was signed. Residents gathered."
    " The ceasefire holds, the Transport Minister said, and spoke with the prime minister."
)
HERE = ("shared",)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with SqliteStore(tmp_path_factory.mktemp("words") / "library") as store:
        put(store, article(TEXT))
        put(store, article("Smuggled contraband, and a quarry.", collection="server-1"))
        put(store, article("The locomotive of the resident's quarrel.", collection="server-2"))
        yield store


def corrected(store: Store, question: str, *collections: str) -> str:
    return correct_question(store.vocabulary, question, collections or HERE).text


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("when do the feries start", "when do the ferries start"),
        ("Feries at night?", "Ferries at night?"),
        ("who signed the agrement", "who signed the agreement"),
        ("is the presidnet's office open", "is the president's office open"),
        ("what did “edrogan” say", "what did “Erdoğan” say"),
        ("how many trooops?", "how many troops?"),
        ("the ceasfire-agreement", "the ceasefire-agreement"),
        ("HOW MANY TROOSP", "HOW MANY TROOPS"),
        ("what is centocm", "what is CENTCOM"),
        ("wich ferries? whre?", "which ferries? where?"),
    ],
)
def test_a_typing_error_becomes_the_word_of_the_articles(
    store: Store, typed: str, searched: str
) -> None:
    assert corrected(store, typed) == searched


@pytest.mark.parametrize(
    "question",
    [
        "when do the ferries start",
        "ferrys, ferrying, a ferry?",  # other forms of a word that is there
        "what is the price of bitcoin",
        "which restaurant is open",
        "whats the plan, dont they know, wheres it, didn't they",
        "u know it pls",
        "who is Scholz, and where is zelensky",
        "did NATO or the FREY agree",
        "see https://coast.example/feries or <@123456> or @feries or #feries or :feries:",
        "feries2 and 2feries and ferie_s",
        "",
        "?!",
        "部隊は何人ですか",
        "сколько войск",
        "¿cuántas tropas enviarán a la franja y quién las manda?",
    ],
)
def test_what_is_no_typing_error_is_left_alone(store: Store, question: str) -> None:
    assert correct_question(store.vocabulary, question, HERE).corrections == ()


def test_a_word_whose_correction_no_article_has_is_left_alone(store: Store) -> None:
    assert corrected(store, "the presidnet", "shared") == "the president"
    assert corrected(store, "the presidnet", "server-2") == "the presidnet"  # no “resident”
    assert corrected(store, "the residnet", "server-2") == "the resident"


def test_words_of_other_collections_never_appear(store: Store) -> None:
    question = "the contrabnad, the locomtive, the feries"
    assert corrected(store, question, "shared") == "the contrabnad, the locomtive, the ferries"
    assert corrected(store, question, "shared", "server-1") == (
        "the contraband, the locomtive, the ferries"
    )
    assert corrected(store, question, "server-2") == "the contrabnad, the locomotive, the feries"
    assert corrected(store, question, "nowhere") == question


def test_a_word_that_only_another_server_has_does_not_count_as_known(store: Store) -> None:
    # Server 1 has "quarry", server 2 "quarrel"; neither changes what the other is told.
    assert corrected(store, "the quarrry", "server-1") == "the quarry"
    assert corrected(store, "the quarrry", "server-2") == "the quarrry"
    assert corrected(store, "the quarry", "server-2") == "the quarry"


def test_a_question_with_many_unknown_words_is_in_another_language(store: Store) -> None:
    errors = ["feries", "agrement", "presidnet", "ceasfire"]
    assert len(errors) > MAX_CORRECTIONS
    assert corrected(store, " ".join(errors)) == " ".join(errors)


def test_corrections_say_where_they_are(store: Store) -> None:
    question = "Do feries carry trooops?"
    found = correct_question(store.vocabulary, question, HERE)
    assert [(c.typed, c.searched) for c in found.corrections] == [
        ("feries", "ferries"),
        ("trooops", "troops"),
    ]
    assert [question[c.start : c.end] for c in found.corrections] == ["feries", "trooops"]


PIECES = st.sampled_from(
    [*re.findall(r"\w+", TEXT), "feries", "presidnet", "agrement", "contrabnad", "locomtive"]
)
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=8).map(" ".join),
)
READABLE = st.sampled_from([("shared",), ("shared", "server-1"), ("server-2",), ()])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(QUESTIONS, READABLE)
def test_only_unknown_words_change_into_words_that_are_there(
    store: Store, question: str, collections: tuple[str, ...]
) -> None:
    found = correct_question(store.vocabulary, question, collections)
    rest, position = [], 0
    for correction in found.corrections:
        assert question[correction.start : correction.end] == correction.typed
        assert correction.start >= position
        rest += [question[position : correction.start], correction.searched]
        position = correction.end
        assert store.vocabulary.known([correction.typed], collections) == set()
        searched = correction.searched
        assert store.vocabulary.count(searched, collections) or searched.lower() in QUESTION_WORDS
    assert found.text == "".join([*rest, question[position:]])


def test_the_library_answers_the_corrected_question(library: Library) -> None:
    library.add(article("The ferries sail at noon. Nobody complained.", title="Noon"))
    answer = library.ask("when do the feries sail?")
    assert answer.question == "when do the feries sail?"
    assert [(c.typed, c.searched) for c in answer.corrections] == [("feries", "ferries")]
    assert "The ferries sail at noon." in answer.passages[0].quote
    straight = library.ask("when do the ferries sail?")
    assert answer.query == straight.query == straight.question
    assert answer.passages[0].highlights == straight.passages[0].highlights
    assert answer.confidence == pytest.approx(straight.confidence)
    assert library.ask("when do the feries sail?", as_typed=True).corrections == ()


def test_a_follow_up_is_corrected_too(library: Library) -> None:
    noon = library.add(article("The ferries sail at noon. Nobody complained.", title="Noon"))
    answer = library.ask("and who complianed?", near=[noon.article.id])
    assert [(c.typed, c.searched) for c in answer.corrections] == [("complianed", "complained")]
    (correction,) = answer.corrections
    assert answer.question[correction.start : correction.end] == "complianed"


def test_two_servers_are_told_of_their_own_words_only(library: Library, tmp_path: Path) -> None:
    library.add(article("A smuggled locomotive.", title="One", collection="server-1"))
    library.add(article("The weather is fine.", title="Two", collection="server-2"))
    asked = "where is the locomtive?"
    (known,) = library.ask(asked, ("shared", "server-1")).corrections
    assert known.searched == "locomotive"
    other = library.ask(asked, ("shared", "server-2"))
    assert other.corrections == ()
    assert "locomotive" not in str(other.as_dict())
