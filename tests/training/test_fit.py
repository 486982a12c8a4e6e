import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import Article, Sentence
from index.answering.ranking import Considered
from index.answering.retrieval import Candidate
from index.evaluation.evaluate import Question
from index.reader import Finding, Reader
from index.reader import calibration as module
from index.reader.calibration import load_calibration
from index.store import StoredSentence
from training import fit as fitting
from training.data import ENCYCLOPEDIC
from training.data import Question as Asked
from training.fit import Case, fit, write

ARTICLE = Article("Numbers", "One is here. Two is there.")
RIGHT, WRONG = Sentence(0, 12, 1, 1), Sentence(13, 26, 1, 2)


def case(kind: str, logit: float, match: float) -> Case:
    """A question whose right sentence gets a logit and a match; the wrong one 0 and a half."""
    right = Candidate(StoredSentence(1, ARTICLE, RIGHT), match)
    wrong = Candidate(StoredSentence(2, ARTICLE, WRONG), 0.5)
    starts = frozenset({0}) if kind == "own" else frozenset()
    asked = Question("?", "Numbers", starts)
    read = [(right, Finding(logit)), (wrong, Finding(0.0))]
    return Case(kind, "made up", asked, Considered(read, searched=100))


@pytest.fixture
def cases() -> list[Case]:
    draw = random.Random(4)
    own = [case("own", draw.gauss(3, 2), draw.gauss(0.6, 0.2)) for _ in range(300)]
    others = [
        case(kind, draw.gauss(-3, 2), draw.gauss(0.3, 0.2))
        for kind in ("foreign", "near miss")
        for _ in range(300)
    ]
    return own + others


def test_enough_of_what_is_found_is_right(cases: list[Case]) -> None:
    calibration, told = fit(cases, "ab" * 32)
    assert calibration.sha256 == "ab" * 32
    of_read = told["read"]
    assert isinstance(of_read, dict)
    assert round(fitting.PRECISION - 0.001, 3) <= of_read["precision"] < fitting.PRECISION + 0.05
    assert of_read["found, own"] > 0.8
    assert of_read["found, foreign"] < 0.25  # the least threshold lets in what it may


def test_the_weight_of_search_is_the_one_that_puts_most_first(cases: list[Case]) -> None:
    calibration, _ = fit(cases, "")
    hits = {
        weight: np.mean(
            [
                fitting.is_first_right(one, fitting.ranked(one, weight))
                for one in cases
                if one.kind == "own"
            ]
        )
        for weight in fitting.MATCH_WEIGHTS
    }
    assert hits[calibration.match_weight] == max(hits.values())


def test_what_is_written_is_read_back(
    cases: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reader.json"
    calibration, _ = fit(cases, "ab" * 32)
    write(calibration, path)
    monkeypatch.setattr(module, "FILE", path)
    load_calibration.cache_clear()
    read = load_calibration()
    load_calibration.cache_clear()
    assert read == calibration


class Indifferent(Reader):
    """Likes every sentence alike."""

    name = "indifferent"
    calibrated = True

    def load(self) -> None:
        pass

    def read(self, question: str, windows: Sequence[Sequence[str]]) -> list[list[Finding]]:
        return [[Finding(0.0, (0, 1)) for _ in window] for window in windows]


def test_questions_are_asked_of_their_own_articles_and_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "SIZES", (1, 10))
    articles = [Article(f"Town {n}", f"Town {n} has {n + 100} wells. It rains.") for n in range(20)]
    questions = [
        Asked(f"How many wells has town {n}?", f"Town {n}", domain, ((start, start + 3),), True)
        for domain in (ENCYCLOPEDIC, "reddit")
        for n in range(20)
        for start in [articles[n].text.index("has ") + 4]
    ]
    misses = [[question.text.replace("wells", "bells")] for question in questions]
    cases = list(
        fitting.collect(articles, questions, misses, Indifferent(), tmp_path, seed=1, per_size=40)
    )
    assert {(one.domain, one.considered.searched) for one in cases} == {
        (ENCYCLOPEDIC, 2),
        (ENCYCLOPEDIC, 20),
        ("reddit", 2),
    }
    for one in cases:
        own = any(c.stored.article.title == one.asked.article for c, _ in one.considered.read)
        assert own == (one.kind != "foreign")
        assert bool(one.asked.starts) == (one.kind == "own")
        assert ("bells" in one.asked.text) == (one.kind == "near miss")
    assert {one.kind for one in cases} == {"own", "foreign", "near miss"}
