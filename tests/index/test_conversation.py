"""What a conversation is about."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index import Article, Library, Turn
from index.answering.retrieval import Candidate, score_articles
from index.conversation import (
    MAX_ARTICLES,
    PREVIOUS_BONUS,
    ArticleScores,
    add_scores,
)
from index.sentences import split_sentences
from index.store import StoredSentence

SCORES = st.dictionaries(
    st.sampled_from([f"{n:016x}" for n in range(50)]), st.floats(0, 2), max_size=50
).map(lambda scores: score_articles([candidate(*item) for item in scores.items()]))


def candidate(article: str, cosine: float) -> Candidate:
    stored = Article(article, "It rained.")
    return Candidate(StoredSentence(1, stored, split_sentences(stored.text)[0]), cosine)


def id_of(article: str) -> str:
    return Article(article, "It rained.").id


def scores(**of: float) -> ArticleScores:
    return tuple(sorted(of.items(), key=lambda item: -item[1]))


def test_an_article_scores_what_its_best_sentence_scores() -> None:
    found = score_articles([candidate("one", 0.5), candidate("two", 0.75), candidate("one", 0.25)])
    assert found == ((id_of("two"), 0.0), (id_of("one"), -0.25))


def test_the_scores_of_questions_add_up() -> None:
    both = add_scores(scores(one=0.0, two=-0.2), scores(two=0.0, three=-0.1))
    # An article that a question does not retrieve is behind all that it retrieves.
    assert dict(both) == {"two": 0.0, "one": 0.0, "three": -0.2}


@given(SCORES, SCORES)
def test_any_scores_add_up(one: ArticleScores, other: ArticleScores) -> None:
    both = add_scores(one, other)
    assert len(both) <= MAX_ARTICLES
    assert [score for _, score in both] == sorted((score for _, score in both), reverse=True)
    assert not both or both[0][1] == 0.0
    assert {article for article, _ in both} <= {article for article, _ in (*one, *other)}
    assert add_scores(one, ()) == add_scores((), one) == one


def test_a_conversation_is_about_what_answered_unless_another_article_fits_better() -> None:
    turn = Turn("who?", ("one", "copy"), scores(one=0.0, two=-0.5))
    assert turn.topic(scores(two=0.0, one=-0.5)) == ("one", "copy")
    assert turn.topic(scores(two=0.0, one=-0.5 - PREVIOUS_BONUS / 2)) == ("one", "copy")
    assert turn.topic(scores(two=0.0, one=-0.5 - PREVIOUS_BONUS * 2)) == ("two",)
    assert Turn("who?", ("one",)).topic(scores(two=0.0, one=-9.0)) == ("one",)


TOWNS = {
    "Alvik": "The mayor of Alvik has resigned. She had led the town for nine years.",
    "Berga": "The mayor of Berga has opened a skating rink. He said the ice would last until May.",
}


def test_later_questions_correct_what_the_first_one_left_open(library: Library) -> None:
    """The mayor may be either one; skating tells which."""
    for number, (title, text) in enumerate(TOWNS.items(), 1):
        library.add(Article(title, text, published=date(2026, 1, number)))
    first = library.ask("How long did the mayor lead the town?")
    assert first.passages[0].citation.article.title == "Alvik"

    rink = library.ask("and until when will the skating ice last?", previous=first.turn)
    assert rink.passages[0].citation.article.title == "Berga"

    last = library.ask("what did the mayor open?", previous=rink.turn)
    assert last.passages[0].citation.article.title == "Berga"
    assert last.turn.articles == rink.turn.articles


def test_a_turn_remembers_the_articles_of_all_its_questions(library: Library) -> None:
    for title, text in TOWNS.items():
        library.add(Article(title, text))
    turn = library.ask("What about the mayor of Alvik?").turn
    assert {article for article, _ in turn.scores} == {a.id for a in library.articles()}
    second = library.ask("and how long did she lead it?", previous=turn).turn
    gap = dict(second.scores)[Article("Berga", TOWNS["Berga"]).id]
    assert gap < dict(turn.scores)[Article("Berga", TOWNS["Berga"]).id] < 0
