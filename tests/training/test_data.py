import json
from pathlib import Path
from typing import Any

from training.data import DOMAINS, PARAGRAPHS, read_squadshifts


def paragraph(text: str, **answers: str) -> dict[str, Any]:
    """A paragraph with a question for each answer, named after it."""
    asked = [
        {
            "id": name,
            "question": f" What is  {name}?",
            "answers": [{"text": answer, "answer_start": text.index(answer)}] * 2,
        }
        for name, answer in answers.items()
    ]
    return {"context": text, "qas": asked}


def write(folder: Path) -> None:
    wiki = [
        {
            "title": f"Topic {topic}",
            "paragraphs": [paragraph(f"Part {n} of {topic}.", it=str(n)) for n in range(7)],
        }
        for topic in range(30)
    ]
    posts = [paragraph(f"Post {n} is short.", post=f"Post {n}") for n in range(40)]
    reviews = {"title": "Amazon_Reviews_1", "paragraphs": posts}
    for domain, data in zip(
        DOMAINS, (wiki, [{"title": "Filtered_Reddit", "paragraphs": posts}], [reviews]), strict=True
    ):
        (folder / f"{domain}.json").write_text(json.dumps({"data": data}))


def test_answers_are_slices_of_their_articles(tmp_path: Path) -> None:
    write(tmp_path)
    articles, questions = read_squadshifts(tmp_path, seed=1)
    texts = {article.title: article.text for article in articles}
    assert len(texts) == len(articles) == 30 * 2 + 40 + 40
    assert len(questions) == 30 * 7 + 40 + 40
    for question in questions:
        ((start, end),) = question.answers
        said = texts[question.article][start:end]
        assert said.isdigit() or said.startswith("Post ")
    assert questions[0].text == "What is it?"


def test_an_encyclopedias_paragraphs_are_put_together(tmp_path: Path) -> None:
    write(tmp_path)
    articles, _ = read_squadshifts(tmp_path, seed=1)
    assert articles[0].text.count("Part") == PARAGRAPHS
    assert articles[1].text.count("Part") == 7 - PARAGRAPHS


def test_what_is_held_back_is_held_back_whole(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read_squadshifts(tmp_path, seed=1)
    held_back = {q.article.rsplit(" ", 1)[0] for q in questions if q.held_back}
    trained_on = {q.article.rsplit(" ", 1)[0] for q in questions if not q.held_back}
    assert held_back
    assert not held_back & trained_on
    for domain in DOMAINS:
        assert any(q.held_back for q in questions if q.domain == domain)
    assert read_squadshifts(tmp_path, seed=1)[1] == questions
    assert read_squadshifts(tmp_path, seed=2)[1] != questions
