import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import Article, Sentence
from index.answering.ranking import ReadCandidates
from index.answering.retrieval import Candidate
from index.evaluation.evaluate import Question
from index.reader import Excerpt, Reader, SentencePrediction, calibration
from index.reader.calibration import load_calibration
from index.store import StoredSentence
from training import data, fit
from training.fit import Case, save_calibration

ARTICLE = Article("Numbers", "One is here. Two is there.")
RIGHT, WRONG = Sentence(0, 12, 1, 1), Sentence(13, 26, 1, 2)


def case(kind: str, logit: float, cosine: float) -> Case:
    """A question whose right sentence has a logit and a cosine; the wrong one's are 0 and 0.5."""
    right = Candidate(StoredSentence(1, ARTICLE, RIGHT), cosine)
    wrong = Candidate(StoredSentence(2, ARTICLE, WRONG), 0.5)
    starts = frozenset({0}) if kind == "own" else frozenset()
    asked = Question("?", "Numbers", starts)
    read = [(right, SentencePrediction(logit)), (wrong, SentencePrediction(0.0))]
    candidates = ReadCandidates(read, searched=100)
    return Case(kind, "made up", asked, candidates, candidates)


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
    fitted, report = fit.fit(cases, "ab" * 32)
    assert fitted.sha256 == "ab" * 32
    with_reader = report["read"]
    assert isinstance(with_reader, dict)
    assert (
        round(fit.TARGET_PRECISION - 0.001, 3)
        <= with_reader["precision"]
        < fit.TARGET_PRECISION + 0.05
    )
    assert with_reader["found, own"] > 0.8
    assert with_reader["found, foreign"] < 0.25  # the least threshold lets in what it may


def test_the_weight_of_search_is_the_one_that_puts_most_first(cases: list[Case]) -> None:
    fitted, _ = fit.fit(cases, "")
    hits = {
        weight: np.mean(
            [
                fit.is_first_right(one, fit.rank_case(one, weight))
                for one in cases
                if one.kind == "own"
            ]
        )
        for weight in fit.HYBRID_WEIGHTS
    }
    assert hits[fitted.hybrid_weight] == max(hits.values())


def test_what_is_written_is_read_back(
    cases: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reader.json"
    fitted, _ = fit.fit(cases, "ab" * 32)
    save_calibration(fitted, path)
    monkeypatch.setattr(calibration, "FILE", path)
    load_calibration.cache_clear()
    read = load_calibration()
    load_calibration.cache_clear()
    assert read == fitted


class Indifferent(Reader):
    """Predicts the same for every sentence."""

    name = "indifferent"
    calibrated = True

    def load(self) -> None:
        pass

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        return [[SentencePrediction(0.0, (0, 1)) for _ in e.sentences] for e in excerpts]


def test_questions_are_asked_of_their_own_articles_and_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "COLLECTION_SIZES", (1, 10))
    monkeypatch.setattr(fit, "TYPED", 0.0)
    articles = [Article(f"Town {n}", f"Town {n} has {n + 100} wells. It rains.") for n in range(20)]
    questions = [
        data.Question(
            f"How many wells has town {n}?", f"Town {n}", domain, ((start, start + 3),), True
        )
        for domain in ("new_wiki", "reddit")
        for n in range(20)
        for start in [articles[n].text.index("has ") + 4]
    ]
    misses = [[question.text.replace("wells", "bells")] for question in questions]
    cases = list(
        fit.collect_cases(articles, questions, misses, Indifferent(), tmp_path, seed=1, per_size=40)
    )
    assert {(one.domain, one.candidates.searched) for one in cases} == {
        ("new_wiki", 2),
        ("new_wiki", 20),
        ("reddit", 2),
    }
    for one in cases:
        own = any(c.stored.article.title == one.question.article for c, _ in one.candidates.read)
        assert own == (one.kind != "foreign")
        assert bool(one.question.starts) == (one.kind == "own")
        assert ("bells" in one.question.text) == (one.kind == "made near miss")
        assert len(one.further.read) >= len(one.candidates.read)
    assert {one.kind for one in cases} == {"own", "foreign", "made near miss"}
