import json
from pathlib import Path
from typing import Any

from index import Article
from training.data import (
    DOMAINS,
    FILES,
    NEWS,
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
    news = folder / "news"
    news.mkdir()
    titles = [f"Bridge {n} opens (again)" for n in range(30)]
    write_lines(
        news / "articles.jsonl", [{"title": t, "text": f"{t}. It spans 9 meters."} for t in titles]
    )
    write_lines(
        news / "questions.jsonl",
        [
            question
            for title in titles
            for question in news_questions(title, f"{title}. It spans 9 meters.")
        ],
    )
    for domain in FILES:
        data: object = {"data": wiki}
        if domain == "canard":
            data = dialogues
        elif domain in ("reddit", "amazon_reviews"):
            title = "Filtered_Reddit" if domain == "reddit" else "Amazon_Reviews_1"
            data = {"data": [{"title": title, "paragraphs": posts}]}
        path = folder / FILES[domain]
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data))


def write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def news_questions(title: str, text: str) -> list[dict[str, Any]]:
    length = {"start": text.index("9 meters"), "text": "9 meters"}
    return [
        {"question": "bridge length", "article": title, "answers": [length]},
        {
            "question": "and how long?",
            "rewrite": "How long is the bridge?",
            "dialogue": ["is it open?"],
            "article": title,
            "answers": [length],
        },
        {
            "question": "how wide is it",
            "article": title,
            "answers": [],
            "plausible_answers": [length],
        },
    ]


def read(folder: Path, seed: int = 1) -> tuple[list[Article], list[Question]]:
    return read_data(folder, seed, folder / "news")


def of_domain(questions: list[Question], domain: str) -> list[Question]:
    return [question for question in questions if question.domain == domain]


def test_answers_are_slices_of_their_articles(tmp_path: Path) -> None:
    write(tmp_path)
    articles, questions = read(tmp_path)
    texts = {article.title: article.text for article in articles}
    assert len(texts) == len(articles)
    for question in questions:
        for start, end in question.answers:
            said = texts[question.article][start:end]
            assert said.isdigit() or said.startswith(("Post ", "Ann ", "9 "))
    assert questions[0].text == "What is it?"


def test_paragraphs_are_joined_to_articles_of_the_length_of_news(tmp_path: Path) -> None:
    write(tmp_path)
    articles, _ = read(tmp_path)
    assert articles[0].text.count("Part") == PARAGRAPHS["new_wiki"]
    assert articles[1].text.count("Part") == 7 - PARAGRAPHS["new_wiki"]


def test_a_title_is_shown_without_its_number_and_none_of_a_review(tmp_path: Path) -> None:
    write(tmp_path)
    articles, _ = read(tmp_path)
    shown = {article.title: shown_title(article) for article in articles}
    assert shown["Topic 0 (1)"] == shown["Topic 0 (2)"] == "Topic 0"
    assert shown["Band 3: Albums (1)"] == "Band 3: Albums"
    assert all(shown[title] == "" for title in shown if title.startswith(UNTITLED))


def test_an_unanswerable_question_keeps_what_looks_like_its_answer(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read(tmp_path)
    (unanswerable,) = (q for q in of_domain(questions, "squad2") if not q.answers)
    assert unanswerable.plausible == ((0, 6),)


def test_a_turn_of_a_dialogue_keeps_what_was_asked_before_it(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read(tmp_path)
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


def test_the_news_are_asked_as_people_type(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read(tmp_path)
    short, follow_up, near_miss, *_ = of_domain(questions, "news")
    assert (short.text, short.as_typed, short.follow_up) == ("bridge length", True, "")
    assert (follow_up.text, follow_up.follow_up, follow_up.earlier) == (
        "How long is the bridge?",
        "and how long?",
        "is it open?",
    )
    assert not near_miss.answers
    assert near_miss.plausible == short.answers
    assert not questions[0].as_typed


def test_the_projects_own_news_are_asked_what_they_say() -> None:
    articles, questions = (
        list(map(json.loads, (NEWS / name).read_text("utf-8").splitlines()))
        for name in ("articles.jsonl", "questions.jsonl")
    )
    texts = {article["title"]: article["text"] for article in articles}
    assert len(texts) == len(articles)
    for question in questions:
        text = texts[question["article"]]
        assert question["answerable"] == bool(question["answers"])
        for answer in (*question["answers"], *question.get("plausible_answers", ())):
            assert answer["text"] == text[answer["start"] :][: len(answer["text"])]


def test_what_is_held_back_is_held_back_whole(tmp_path: Path) -> None:
    write(tmp_path)
    _, questions = read(tmp_path)
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
    assert read(tmp_path)[1] == questions
    assert read(tmp_path, seed=2)[1] != questions
