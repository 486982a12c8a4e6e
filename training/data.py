"""The questions and articles of SQuADShifts."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.article import Article

ENCYCLOPEDIC = "new_wiki"
DOMAINS = (ENCYCLOPEDIC, "reddit", "amazon_reviews")
PARAGRAPHS = 5
"""Paragraphs of an encyclopedia article that are joined to one article, as long as a news story."""

HELD_BACK = 0.08
"""The share of sources whose questions are not trained on, but used for calibration."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Args:
        article: the title of its article.
        answers: the ``(start, end)`` characters of each answer in the article's text.
        held_back: whether it is not trained on.
    """

    text: str
    article: str
    domain: str
    answers: tuple[tuple[int, int], ...]
    held_back: bool


def read_squadshifts(folder: Path, seed: int) -> tuple[list[Article], list[Question]]:
    """All articles and all questions. Of each domain, whole sources are held back.

    Raises:
        FileNotFoundError: a domain's file is missing.
    """
    articles: list[Article] = []
    questions: list[Question] = []
    for domain in DOMAINS:
        groups = list(_groups(json.loads((folder / f"{domain}.json").read_text("utf-8"))["data"]))
        rng = random.Random(f"{seed} {domain}")
        held_back = set(rng.sample(range(len(groups)), max(1, round(HELD_BACK * len(groups)))))
        for number, (source, paragraphs) in enumerate(groups):
            for part in range(0, len(paragraphs), PARAGRAPHS):
                article, asked = _join(
                    f"{domain} {source} {part}",
                    domain,
                    paragraphs[part : part + PARAGRAPHS],
                    number in held_back,
                )
                articles.append(article)
                questions += asked
    return articles, questions


def _groups(data: list[dict[str, object]]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The paragraphs of each source: an encyclopedia article, a review or a post."""
    for entry in data:
        paragraphs = entry["paragraphs"]
        assert isinstance(paragraphs, list)
        if str(entry["title"]).startswith(("Filtered_Reddit", "Amazon")):
            for number, paragraph in enumerate(paragraphs):
                yield f"{entry['title']} {number}", [paragraph]
        else:
            yield str(entry["title"]), paragraphs


def _join(
    title: str, domain: str, paragraphs: list[dict[str, object]], held_back: bool
) -> tuple[Article, list[Question]]:
    """An article of some paragraphs, with their questions."""
    text = ""
    questions = []
    for paragraph in paragraphs:
        begin = len(text)
        context, asked = paragraph["context"], paragraph["qas"]
        assert isinstance(context, str)
        assert isinstance(asked, list)
        for question in asked:
            spans = dict.fromkeys(
                (
                    begin + answer["answer_start"],
                    begin + answer["answer_start"] + len(answer["text"]),
                )
                for answer in question["answers"]
            )
            words = " ".join(question["question"].split())
            if words and spans:
                questions.append(Question(words, title, domain, tuple(spans), held_back))
        text += context.rstrip() + "\n\n"
    return Article(title, text.rstrip()), questions
