"""Example questions and their answers: python -m benchmarks.example_questions [SOURCE…]

Prints the questions that are made from articles (by default, the sample articles and those of
``benchmarks/news``), and whether the library finds an answer to each in its article.
"""

import argparse
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from index import Article, Library
from index.answering.example_questions import propose_questions
from index.sources import read_source

ROOT = Path(__file__).parents[1]
SOURCES = [str(ROOT / "articles"), str(ROOT / "benchmarks" / "news" / "articles.jsonl")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", default=SOURCES)
    options = parser.parse_args()
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    helped = 0
    with TemporaryDirectory() as folder, Library.open(folder) as library:
        articles = [a for s in options.sources for a in read_source(s) if isinstance(a, Article)]
        for _ in library.add_all(articles):
            pass
        for article in library.articles():
            print(f"\n{article.title}")
            any_found = False
            for question in propose_questions(article, library.sentences(article.id)):
                answer = library.ask(question.text)
                is_found = answer.found and answer.passages[0].citation.article.id == article.id
                made[question.kind] += 1
                found[question.kind] += is_found
                any_found |= is_found
                print(f"  {'✓' if is_found else '✗'} {question.text}")
            helped += any_found
    print()
    for kind, count in made.most_common():
        print(f"{kind:9} {found[kind]:3} of {count:3} found in their article")
    print(
        f"all       {found.total():3} of {made.total():3};"
        f" {helped} of {len(articles)} articles have a question that is found"
    )


if __name__ == "__main__":
    main()
