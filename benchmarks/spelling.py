"""Typing errors: how many are corrected, and how many words that are no errors.

``python -m benchmarks.spelling [FOLDER]`` asks ``typing_errors.txt`` and ``well_spelled.txt`` of
the sample articles, and of them and the articles of the question sets in a folder (default:
``../shared/eval``). Nothing is embedded.
"""

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from index import Article, ModelInfo
from index.answering.spelling import correct_question
from index.sentences import split_sentences
from index.sources import read_source
from index.store import SqliteStore, Vocabulary
from index.text.words import fold

HERE = Path(__file__).parent
SETS = ("squad2", "xquad-en", "new-wiki")
MARKED = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
MODEL = ModelInfo("none", 4, "0" * 64)


def questions(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def put_all(store: SqliteStore, source: Path, collection: str) -> None:
    for article in read_source(str(source)):
        if isinstance(article, Article):
            known = Article(article.title, article.text, collection=collection)
            sentences = split_sentences(known.text)
            vectors = np.tile(np.eye(1, MODEL.width, dtype=np.float32), (len(sentences), 1))
            store.articles.put(known, sentences, vectors, MODEL)


def errors(vocabulary: Vocabulary, collections: tuple[str, ...]) -> Counter[str]:
    """How many errors end in which way."""
    ways: Counter[str] = Counter()
    for line in questions("typing_errors.txt"):
        marks = MARKED.findall(line)
        question = MARKED.sub(lambda mark: mark[1], line)
        found = correct_question(vocabulary, question, collections).corrections
        searched = {correction.typed: fold(correction.searched) for correction in found}
        for typed, meant in marks:
            if vocabulary.known([typed], collections):
                ways["an article has it"] += 1
            elif not vocabulary.known([meant], collections):
                ways["absent, corrected" if typed in searched else "absent, left alone"] += 1
            elif typed not in searched:
                ways["missed"] += 1
            else:
                ways["right" if searched[typed] == fold(meant) else "wrong"] += 1
    return ways


def main() -> None:
    shared = Path(sys.argv[1] if sys.argv[1:] else "../shared/eval")
    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder)) as store:
        put_all(store, HERE.parent / "articles", "sample")
        for name in SETS:
            put_all(store, shared / name / "articles.jsonl", name)
        for collections in (("sample",), ("sample", *SETS)):
            print(", ".join(collections))
            print("  errors:", dict(errors(store.vocabulary, collections)))
            corrected = [
                (correction.typed, correction.searched)
                for question in questions("well_spelled.txt")
                for correction in correct_question(
                    store.vocabulary, question, collections
                ).corrections
            ]
            print(f"  well-spelled words that were corrected: {len(corrected)}", corrected)


if __name__ == "__main__":
    main()
