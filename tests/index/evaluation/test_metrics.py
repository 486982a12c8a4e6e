import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import SettingsError
from index.evaluation.metrics import (
    EvaluatedQuestion,
    baseline_metrics,
    compute_metrics,
    reliability,
    risk_coverage,
)
from index.evaluation.plots import plot


def asked(confidence: float = 0.5, rank: int | None = 1, **fields: Any) -> EvaluatedQuestion:
    """An evaluated question: answerable, found and right by default."""
    known = rank is not None
    whole = {"answerable": True, "candidate": known, "read": known, "found": True, "article": known}
    return EvaluatedQuestion(
        rank=rank, confidence=confidence, **whole | {"exact": None, "f1": None} | fields
    )


def unanswerable(confidence: float, found: bool = True) -> EvaluatedQuestion:
    return asked(confidence, None, answerable=False, found=found)


FIVE = [
    asked(0.9, 1, exact=1.0, f1=1.0),
    asked(0.6, 3, exact=0.0, f1=0.5),
    asked(0.2, None, found=False),
    unanswerable(0.7),
    unanswerable(0.1, found=False),
]

confidences = st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 1.0])
shares = st.none() | st.floats(0, 1)
answerables = st.builds(
    EvaluatedQuestion,
    answerable=st.just(True),
    rank=st.none() | st.integers(1, 10),
    candidate=st.booleans(),
    read=st.booleans(),
    found=st.booleans(),
    confidence=confidences,
    exact=shares,
    f1=shares,
)
some = st.lists(answerables | st.builds(unanswerable, confidences, st.booleans()), max_size=30)


def test_the_figures_of_five_questions() -> None:
    assert compute_metrics(FIVE, skipped=2) == {
        "answerable": 3,
        "unanswerable": 2,
        "skipped": 2,
        "hit@1": 0.3333,
        "hit@3": 0.6667,
        "hit@10": 0.6667,
        "mrr@10": 0.4444,  # (1 + 1/3 + 0) / 3
        "article": 0.6667,
        "candidates": 0.6667,
        "read": 0.6667,
        "exact": 0.5,  # of two
        "f1": 0.75,
        "found": 0.6667,
        "found_right": 0.3333,
        "right_of_found": 0.5,
        "refused": 0.5,
        "precision": 0.3333,  # of three that were found, one without an answer
        "roc_area": 0.6667,  # four of six pairs
        "calibration_error": 0.34,  # (0.1 + 0.6 + 0.2 + 0.7 + 0.1) / 5
        "risk_area": 0.5433,  # (0 + 1/2 + 2/3 + 3/4 + 4/5) / 5
        "risk@25%": 0.0,
        "risk@50%": 0.5,
        "risk@75%": 0.75,
        "risk@100%": 0.8,
    }


def test_what_cannot_be_measured_is_left_open() -> None:
    none = {name: value for name, value in compute_metrics([]).items() if value is not None}
    assert none == {"answerable": 0, "unanswerable": 0, "skipped": 0}
    own = compute_metrics([asked(), asked(found=False)])
    assert (own["refused"], own["roc_area"]) == (None, None)
    assert (own["exact"], own["f1"]) == (None, None)
    others = compute_metrics([unanswerable(0.1, found=False)])
    assert (others["hit@1"], others["mrr@10"], others["found"]) == (None, None, None)
    assert (others["right_of_found"], others["precision"]) == (None, None)
    assert others["refused"] == 1.0


def test_an_answer_to_what_cannot_be_answered_is_wrong() -> None:
    metrics = compute_metrics([unanswerable(0.8), asked(0.9)])
    assert (metrics["precision"], metrics["refused"]) == (0.5, 0.0)
    assert (metrics["risk@50%"], metrics["risk@100%"]) == (0.0, 0.5)


@given(some, st.integers(0, 5))
def test_shares_are_from_zero_to_one(some: list[EvaluatedQuestion], skipped: int) -> None:
    metrics = compute_metrics(some, skipped)
    counts = [metrics.pop(name) for name in ("answerable", "unanswerable", "skipped")]
    assert counts == [
        sum(one.answerable for one in some),
        sum(not one.answerable for one in some),
        skipped,
    ]
    assert all(value is None or 0 <= value <= 1 for value in metrics.values())
    hits = [metrics[name] for name in ("hit@1", "hit@3", "hit@10") if metrics[name] is not None]
    assert hits == sorted(hits)
    if metrics["mrr@10"] is not None:
        assert metrics["hit@1"] - 1e-4 <= metrics["mrr@10"] <= metrics["hit@10"] + 1e-4


# Confidence


@given(some)
def test_the_area_under_roc_is_the_share_of_pairs_in_the_right_order(
    some: list[EvaluatedQuestion],
) -> None:
    pairs = [
        1.0 if one.confidence > other.confidence else 0.5 * (one.confidence == other.confidence)
        for one in some
        for other in some
        if one.answerable and not other.answerable
    ]
    area = compute_metrics(some)["roc_area"]
    if pairs:
        assert area == pytest.approx(sum(pairs) / len(pairs), abs=1e-4)
    else:
        assert area is None


def test_risk_grows_with_every_wrong_answer_the_surest_first() -> None:
    points = risk_coverage([asked(0.1, 2), asked(0.9), asked(0.5, None), asked(0.7)])
    assert [share for share, _ in points] == [0.25, 0.5, 0.75, 1.0]
    assert [risk for _, risk in points] == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert risk_coverage([]) == []


@given(some)
def test_at_full_coverage_the_risk_is_the_share_wrong(some: list[EvaluatedQuestion]) -> None:
    points = risk_coverage(some)
    assert len(points) == len(some)
    assert all(0 < share <= 1 and 0 <= risk <= 1 for share, risk in points)
    assert [share for share, _ in points] == sorted({share for share, _ in points})
    if some:
        wrong = sum(not one.right for one in some)
        assert points[-1][0] == 1.0
        assert points[-1][1] == pytest.approx(wrong / len(some))


def test_one_question_has_the_same_risk_at_any_coverage() -> None:
    metrics = compute_metrics([asked(0.3, 2)])
    assert {metrics[f"risk@{share}%"] for share in (25, 50, 75, 100)} == {1.0}


def test_confidence_that_comes_true_has_no_calibration_error() -> None:
    true = [asked(0.75)] * 3 + [asked(0.75, 2)] + [asked(0.5), unanswerable(0.5), asked(1.0)]
    assert compute_metrics([*true, unanswerable(0.0)])["calibration_error"] == 0
    assert compute_metrics([asked(1.0, 2)])["calibration_error"] == 1
    assert (
        compute_metrics([asked(0.0, 1), asked(0.5), unanswerable(0.5)])["calibration_error"]
        == 0.3333
    )


def test_overconfidence_and_doubt_of_one_tenth_cancel_out() -> None:
    ((sure, share, count),) = reliability([asked(0.61), asked(0.69, 4)])
    assert (sure, share, count) == pytest.approx((0.65, 0.5, 2))
    assert compute_metrics([asked(0.61), asked(0.69, 4)])["calibration_error"] == 0.15


@given(some)
def test_every_question_is_in_one_tenth_of_confidence(some: list[EvaluatedQuestion]) -> None:
    bins = reliability(some)
    assert sum(count for *_, count in bins) == len(some)
    assert sum(share * count for _, share, count in bins) == pytest.approx(
        sum(one.right for one in some)
    )
    means = [sure for sure, *_ in bins]
    assert means == sorted(means)
    assert all(0 <= sure <= 1 and 0 <= share <= 1 for sure, share, _ in bins)
    assert len(bins) <= 10


# Baselines


def test_ways_of_searching_are_compared_by_their_ranks() -> None:
    assert baseline_metrics({"dense": [1, None, 4, 11], "BM25": [2, 2]}) == {
        "dense": {"hit@1": 0.25, "hit@3": 0.25, "hit@10": 0.5, "mrr@10": 0.3125},
        "BM25": {"hit@1": 0.0, "hit@3": 1.0, "hit@10": 1.0, "mrr@10": 0.5},
    }
    assert set(baseline_metrics({"fused": []})["fused"].values()) == {None}
    assert baseline_metrics({}) == {}


def test_they_are_compared_by_the_same_measures() -> None:
    ranks = [1, None, 3, 10, 2]
    own = compute_metrics([asked(rank=rank) for rank in ranks])
    (baseline,) = baseline_metrics({"dense": ranks}).values()
    assert baseline == {name: own[name] for name in baseline}


# Plots


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml")])
@pytest.mark.parametrize("some", [FIVE, FIVE[:1], []])
def test_a_plot_is_a_picture(
    tmp_path: Path, name: str, begins: bytes, some: list[EvaluatedQuestion]
) -> None:
    plot(some, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["none/a.png", "a.docx", "folder.png", "a\0.png", "x" * 300])
def test_a_plot_that_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(SettingsError, match=r"the plot cannot be written \(.+\)\.$") as refusal:
        plot(FIVE, tmp_path / name)
    assert str(refusal.value).startswith(f"{tmp_path / name}: ")
    assert "None" not in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_without_matplotlib_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(SettingsError, match="pip install matplotlib"):
        plot(FIVE, tmp_path / "a.png")
