"""The questions and articles that the reader is trained on."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import Article

NEWS = Path(__file__).parent / "news"
"""The folder of the project's own question set: invented news."""

TITLED = ("new_wiki", "squad2", "qed", "selqa", "canard", "news")
"""The domains whose articles have titles, and most of whose questions say what they are about."""

DOMAINS = (*TITLED, "reddit", "amazon_reviews")

FILES = {
    "new_wiki": "squadshifts/new_wiki.json",
    "reddit": "squadshifts/reddit.json",
    "amazon_reviews": "squadshifts/amazon_reviews.json",
    "squad2": "squad2/squad2.json",
    "qed": "qed/qed.json",
    "selqa": "selqa/selqa.json",
    "canard": "canard/canard.json",
}

PARAGRAPHS = {"new_wiki": 5, "squad2": 5}
"""Paragraphs of a source that are joined to one article, as long as a news story; else one: a
section, a post or a review."""

UNTITLED = ("Filtered Reddit", "Amazon Reviews")
"""The beginnings of the titles of posts and reviews, which say nothing about them."""

HELD_BACK = 0.08
"""The share of sources whose questions are not trained on, but used for calibration."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Args:
        article: the title of its article.
        answers: the ``(start, end)`` characters of each answer in the article's text; empty if it
            is unanswerable.
        held_back: whether it is not trained on.
        plausible: the characters of what looks like the answer to an unanswerable question.
        whole_sentences: whether answers are sentences, so that they do not tell which words answer.
        follow_up: the question as it was asked after ``earlier``, if ``text`` completes it.
        earlier: the question before it in its dialogue.
        as_typed: whether it is written as people type.
    """

    text: str
    article: str
    domain: str
    answers: tuple[Span, ...]
    held_back: bool
    plausible: tuple[Span, ...] = ()
    whole_sentences: bool = False
    follow_up: str = ""
    earlier: str = ""
    as_typed: bool = False


def read_data(
    folder: Path, seed: int, news: Path | None = NEWS
) -> tuple[list[Article], list[Question]]:
    """All articles and all questions. Of each domain, whole sources are held back.

    Args:
        news: the folder of the domain ``news``, which is left out without one.

    Raises:
        FileNotFoundError: a domain's file is missing.
    """
    articles: list[Article] = []
    questions: list[Question] = []
    parts = Counter[str]()
    for domain in DOMAINS:
        if domain != "news":
            sources = list(_read_sources(folder, domain))
        else:
            sources = list(_read_news(news)) if news else []
        rng = random.Random(f"{seed} {domain}")
        count = min(len(sources), max(1, round(HELD_BACK * len(sources))))
        held_back = set(rng.sample(range(len(sources)), count))
        size = PARAGRAPHS.get(domain, 1)
        for number, (source, paragraphs) in enumerate(sources):
            for part in range(0, len(paragraphs), size):
                parts[source] += 1
                article, asked = _join(
                    f"{source} ({parts[source]})",
                    domain,
                    paragraphs[part : part + size],
                    number in held_back,
                )
                if article:
                    articles.append(article)
                    questions += asked
    return articles, questions


def shown_title(article: Article) -> str:
    """The title of an article without what makes it unique; empty for a post or a review."""
    return "" if article.title.startswith(UNTITLED) else article.title.rpartition(" (")[0]


Paragraph = dict[str, Any]
"""A text, ``context``, with its questions, ``qas``, as in SQuAD's files."""


def _read_sources(folder: Path, domain: str) -> Iterator[tuple[str, list[Paragraph]]]:
    """The sources of a domain with their paragraphs."""
    data = json.loads((folder / FILES[domain]).read_text("utf-8"))
    return _dialogues(data) if domain == "canard" else _sources(data["data"])


def _read_news(folder: Path) -> Iterator[tuple[str, list[Paragraph]]]:
    """Each news article as one paragraph, with its questions."""
    asked = defaultdict(list)
    for question in _read_lines(folder / "questions.jsonl"):
        follow_up = question["question"] if question.get("dialogue") else ""
        asked[question["article"]].append(
            {
                "question": question.get("rewrite", question["question"]),
                "follow_up": follow_up,
                "earlier": question["dialogue"][-1] if follow_up else "",
                **{
                    name: [
                        {"answer_start": a["start"], "text": a["text"]}
                        for a in question.get(name, ())
                    ]
                    for name in ("answers", "plausible_answers")
                },
            }
        )
    for article in _read_lines(folder / "articles.jsonl"):
        title = article["title"]
        yield title, [{"context": article["text"], "qas": asked[title]}]


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _sources(data: list[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """The paragraphs of each source: an encyclopedia article, a review or a post."""
    for entry in data:
        title = str(entry["title"]).replace("_", " ")
        if title.startswith(UNTITLED):
            for number, paragraph in enumerate(entry["paragraphs"]):
                yield f"{title} {number}", [paragraph]
        else:
            yield title, entry["paragraphs"]


def _dialogues(data: list[dict[str, Any]]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Each dialogue as one paragraph: its distinct answers, and its questions."""
    for dialogue in data:
        turns = dialogue["turns"]
        answers = list(dict.fromkeys(t["answer"].strip() for t in turns if t.get("answer")))
        text = "\n\n".join(answers)
        asked = []
        for number, turn in enumerate(turns):
            if "answer" not in turn:
                continue
            answer = (turn["answer"] or "").strip()
            asked.append(
                {
                    "question": turn["rewrite"],
                    "follow_up": turn["question"] if number else "",
                    "earlier": turns[number - 1]["question"] if number else "",
                    "answers": [{"answer_start": text.index(answer), "text": answer}]
                    if answer
                    else [],
                }
            )
        yield (
            f"{dialogue['title']}: {dialogue['section']}",
            [{"context": text, "qas": asked}] if text else [],
        )


def _join(
    title: str, domain: str, paragraphs: list[Paragraph], held_back: bool
) -> tuple[Article | None, list[Question]]:
    """An article of some paragraphs, with their questions; None if there is no text."""
    text = ""
    questions = []
    for paragraph in paragraphs:
        begin = len(text)
        for question in paragraph["qas"]:
            answers, plausible = (
                tuple(
                    dict.fromkeys(
                        (begin + a["answer_start"], begin + a["answer_start"] + len(a["text"]))
                        for a in question.get(name, ())
                    )
                )
                for name in ("answers", "plausible_answers")
            )
            words = " ".join(question["question"].split())
            if words:
                questions.append(
                    Question(
                        words,
                        title,
                        domain,
                        answers,
                        held_back,
                        plausible,
                        domain == "selqa",
                        question.get("follow_up", ""),
                        question.get("earlier", ""),
                        domain == "news",
                    )
                )
        text += paragraph["context"].rstrip() + "\n\n"
    if not any(character.isalnum() for character in text):
        return None, []
    return Article(title, text.rstrip()), questions
