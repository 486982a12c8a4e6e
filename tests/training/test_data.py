import json
from pathlib import Path
from typing import Any

from training.data import (
    DOMAINS,
    FILES,
    PARAGRAPHS,
    UNTITLED,
    Question,
    read_data,
    shown_title,
)


def paragraph(text: str, **answers: str) -> dict[str, Any]:
    """A paragraph with a question for each answer, named after it."""
    asked = [
        {
            "question": f" What is  {name}?",
            "answers": [{"text": answer, "answer_start": text.index(answer)}] * 2,
        }
        for name, answer in answers.items()
    ]
    return {"context": text, "qas": asked}


def write(folder: Path) -> None:
    """The files of all domains, with thirty sources or posts each."""
    wiki: list[Any] = [
        {
            "title": f"Topic_{topic}",
            "paragraphs": [paragraph(f"Part {n} of {topic}.", it=str(n)) for n in range(7)],
        }
        for topic in range(30)
    ]
    wiki[0]["paragraphs"][0]["qas"].append(
        {
            "question": "Who owns it?",
            "answers": [],
            "plausible_answers": [{"text": "Part 0", "answer_start": 0}],
        }
    )
    posts = [paragraph(f"Post {n} is short.", post=f"Post {n}") for n in range(30)]
    dialogues = [
        {
            "title": f"Band {n}",
            "section": "Albums",
            "turns": [
                {
                    "question": "Who?",
                    "rewrite": f"Who is in band {n}?",
                    "answer": f"Ann {n} sings.",
                },
                {"question": "Why?", "rewrite": f"Why did Ann {n} leave?", "answer": None},
                {"question": "And then?", "rewrite": "What then?"},
            ],
        }
        for n in range(30)
    ]
    for domain in DOMAINS:
        data: object = {"data": wiki}
        if domain == "canard":
            data = dialogues
        elif domain in ("reddit", "amazon_reviews"):
            title = "Filtered_Reddit" if domain == "reddit" else "Amazon_Reviews_1"
            data = {"data": [{"title": title, "paragraphs": posts}]}
        path = folder / FILES[domain]
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data))


def of_domain(questions: list[Question], domain: str) -> list[Question]:
    return [question for question in questions if question.domain == domain]


def test_answers_are_slices_of_their_articles(tmp_path: Path) -> None:
    write(tmp_path)
    articles, questions = read_data(tmp_path, seed=1)
    texts = {article.title: article.text for article in articles}
    assert len(texts) == len(articles)
    for question in questions:
        for start, end in question.answers:
            said = texts[question.article][start:end]
            assert said.isdigit() or said.startswith(("Post ", "Ann "))
    assert questions[0].text == "What is it?"


def test_paragraphs_are_joined_to_articles_of_the_length_of_news(tmp_path: Path) -> None:
    write(tmp_path)
    articles, _ = read_data(tmp_path, seed=1)
    assert articles[0].text.count("Part") == PARAGRAPHS["new_wiki"]
    assert articles[1].text.count("Part") == 7 - PARAGRAPHS["new_wiki"]


def test_a_title_is_shown_without_its_number_and_none_of_a_review(tmp_path: Path) -> None:
    write(tmp_path)
    articles, _ = read_data(tmp_path, seed=1)
    shown = {article.title: shown_title(article) for article in articles}
    assert shown["Topic 0 (1)"] == shown["Topic 0 (2)"] == "Topic 0"
    assert shown["Band 3: Albums (1)"] == "Band 3: Albums"
    assert all(shown[title] == "" for title in shown if title.startswith(UNTITLED))


def test_an_unanswerable_question_keeps_what_looks_like_its_answer(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read_data(tmp_path, seed=1)
    (unanswerable,) = (q for q in of_domain(questions, "squad2") if not q.answers)
    assert unanswerable.plausible == ((0, 6),)


def test_a_turn_of_a_dialogue_keeps_what_was_asked_before_it(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read_data(tmp_path, seed=1)
    first, second, *_ = of_domain(questions, "canard")
    assert (first.text, first.follow_up, first.earlier) == ("Who is in band 0?", "", "")
    assert (second.text, second.follow_up, second.earlier) == (
        "Why did Ann 0 leave?",
        "Why?",
        "Who?",
    )
    assert first.answers
    assert not second.answers
    assert len(of_domain(questions, "canard")) == 60  # whether the third can be answered is unknown


def test_what_is_held_back_is_held_back_whole(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read_data(tmp_path, seed=1)
    for domain in DOMAINS:
        sources = {
            held_back: {
                question.article.rpartition(" (")[0]
                for question in of_domain(questions, domain)
                if question.held_back == held_back
            }
            for held_back in (True, False)
        }
        assert sources[True]
        assert not sources[True] & sources[False]
    assert read_data(tmp_path, seed=1)[1] == questions
    assert read_data(tmp_path, seed=2)[1] != questions
