import json
from pathlib import Path

from index import Article, Library
from index.evaluation.evaluate import Question
from training.follow_ups import collect_cases, read_canard

DIALOGUE = {
    "title": "The Larks",
    "section": "Albums",
    "turns": [
        {"question": "Who sings?", "rewrite": "Who sings in The Larks?", "answer": "Ann sings."},
        {"question": "And why?", "rewrite": "Why does Ann sing?", "answer": None},
        {
            "question": "Any albums?",
            "rewrite": "Any albums of The Larks?",
            "answer": "There are 3.",
        },
    ],
}


def test_a_dialogue_becomes_an_article_of_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "canard.json"
    path.write_text(json.dumps([DIALOGUE, {"title": "A", "section": "B", "turns": []}]))
    (article,), questions = read_canard(path)
    assert article.title == "The Larks: Albums"
    assert [
        [article.text[start:].split("\n")[0] for start in question.starts] for question in questions
    ] == [["Ann sings."], [], ["There are 3."]]
    assert [q.dialogue for q in questions] == [(), ("Who sings?",), ("Who sings?", "And why?")]


def test_a_turn_is_a_case_if_only_one_of_both_articles_is_right(library: Library) -> None:
    tram = "The tram in Oru opened in May. It carries nine thousand people a day."
    pier = "The pier in Sella burned down. A cook had left the stove on."
    for title, text in (("Tram", tram), ("Pier", pier)):
        library.add(Article(title, text))
    first = ("When did the tram in Oru open?",)
    (leaves,) = collect_cases(
        library,
        [
            Question(first[0], "Tram", frozenset([0])),
            Question(
                "How many does it carry?", "Tram", frozenset([tram.index("It")]), (), "", first
            ),
            Question("Who left the stove on in Sella?", "Pier", frozenset([31]), (), "", first),
        ],
    )
    assert not leaves.stays
    assert leaves.features[-1] < 0  # the pier's article answers it better
