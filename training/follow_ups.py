"""Fit when a conversation stays with its articles: ``python -m training.follow_ups --data DATA``.

The dialogues of CANARD's training part and of ``training/news`` are asked as the bot would be. The
logistic regression of ``index.answering.follow_ups`` is fitted on the turns for which one of the
two, the article that the conversation is about or the best of all articles, is the right one.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

from index import NO_TURN, Article, Library, Turn
from index.answering.follow_ups import continuation_features
from index.answering.question_search import evidence_of, understand
from index.answering.ranking import Ranking
from index.evaluation.evaluate import Question, ask_turn, read_questions
from index.scope import SHARED_ONLY
from index.sources import read_source
from training.data import NEWS

REGULARIZATION = 10.0
"""The inverse strength of the regression's regularization (``C``)."""

FOLDS = 10
MAX_CANARD_TURNS = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A follow-up question.

    Args:
        features: see ``continuation_features``.
        stays: whether the right article is the one that the conversation is about.
    """

    features: tuple[float, ...]
    stays: bool


def read_canard(path: Path) -> tuple[list[Article], list[Question]]:
    """CANARD's dialogues: an article of the answers to each, and its answerable turns as asked."""
    articles, questions = [], []
    for dialogue in json.loads(path.read_text("utf-8")):
        title = f"{dialogue['title']}: {dialogue['section']}"
        answers = list(dict.fromkeys(t["answer"] for t in dialogue["turns"] if t.get("answer")))
        if not answers:
            continue
        text = "\n\n".join([f"{dialogue['title']}, {dialogue['section']}.", *answers])
        articles.append(Article(title, text))
        before: tuple[str, ...] = ()
        for turn in dialogue["turns"]:
            answer = turn.get("answer")
            starts = frozenset([text.index(answer)] if answer else [])
            questions.append(Question(turn["question"], title, starts, dialogue=before))
            before = (*before, turn["question"])
    return articles, questions


def collect_cases(library: Library, questions: Sequence[Question]) -> Iterator[Case]:
    """Ask all turns of dialogues in order."""
    pipeline = library.pipeline
    turns: dict[tuple[str, ...], Turn] = {(): NO_TURN}
    for question in questions:
        previous = turns[question.dialogue]
        ask_turn(pipeline, question.text, question.dialogue, SHARED_ONLY, turns)
        if not previous.articles or not question.starts:
            continue
        words = understand(question.text, previous).query
        here, elsewhere = pipeline.compare(words, SHARED_ONLY, previous)
        stays, leaves = (_title(ranking) == question.article for ranking in (here, elsewhere))
        if stays != leaves:
            evidence = (evidence_of(ranking, words) for ranking in (here, elsewhere))
            yield Case(continuation_features(question.text, *evidence), stays)


def _title(ranking: Ranking) -> str | None:
    """The title of the first sentence's article."""
    return ranking.sentences[0].candidate.stored.article.title if ranking.sentences else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/train"))
    parser.add_argument("--work", type=Path, default=Path("build/follow-ups"))
    options = parser.parse_args()
    articles, questions = read_canard(options.data / "canard" / "canard.json")
    news = [a for a in read_source(str(NEWS / "articles.jsonl")) if isinstance(a, Article)]
    sets = {
        "canard": (articles, questions[:MAX_CANARD_TURNS]),
        "news": (news, read_questions(NEWS / "dialogues.jsonl")),
    }
    cases = []
    for name, (articles, questions) in sets.items():
        with Library.open(options.work / name) as library:
            for _ in library.add_all(articles):
                pass
            cases += list(collect_cases(library, questions))
        print(f"{name}: {len(cases)} cases so far", flush=True)
    table = np.array([case.features for case in cases])
    stays = np.array([case.stays for case in cases])
    regression = LogisticRegression(C=REGULARIZATION, max_iter=2000)
    print("cross-validated accuracy:", cross_val_score(regression, table, stays, cv=FOLDS).mean())
    regression.fit(table, stays)
    print("weights:", regression.coef_[0].round(2), "intercept:", regression.intercept_.round(2))


if __name__ == "__main__":
    main()
