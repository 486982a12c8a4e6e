"""Questions in other languages: how many are recognized, and how many English ones are mistaken.

``python -m benchmarks.question_languages`` asks for the language of the lines in
``benchmarks/languages``, of the questions in ``benchmarks/news`` and of the lines in
``benchmarks/chat``, with all articles of that benchmark as the nearest ones. The even lines only
measure.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality import NEWS, ROOT
from bot.services.question_language import LANGUAGES, detect_language
from index import Article
from index.sources import read_source

HERE = Path(__file__).parent


def texts() -> dict[str, list[str]]:
    """The lines of each set."""
    sets = {
        file.stem: file.read_text(encoding="utf-8").splitlines()
        for file in sorted((HERE / "languages").glob("*.txt"))
    }
    questions = (NEWS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    sets["news"] = [json.loads(line)["question"] for line in questions]
    sets["chat"] = [
        line.split("\t")[1]
        for file in sorted((HERE / "chat").glob("*.tsv"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return sets


def main() -> None:
    articles = [
        article
        for source in (ROOT / "articles", NEWS / "articles.jsonl")
        for article in read_source(str(source))
        if isinstance(article, Article)
    ]
    print("| lines | half | right | taken for another language than English |\n|---|---|---|---|")
    for name, lines in texts().items():
        for half, first in (("odd", 0), ("even", 1)):
            print_row(name, half, lines[first::2], articles)


def print_row(name: str, half: str, lines: Sequence[str], articles: Sequence[Article]) -> None:
    expected = name if name in LANGUAGES else None
    detected = [detect_language(line, articles) for line in lines]
    foreign = sum(language is not None and language != expected for language in detected)
    right = sum(language == expected for language in detected)
    print(f"| {name} | {half} | {right} of {len(lines)} | {foreign} |")


if __name__ == "__main__":
    main()
