"""Whether a clause says yes or no to a question."""

import pytest

from index.text.polarity import affirms, stem

YES = [
    ("Is the pass open?", "the pass is open again"),
    ("Has the parliament approved the budget?", "the budget was approved by 64 votes"),
    ("Did the suspect confess?", "the suspect made a confession"),
    ("Will the mine be closed?", "the mine will be closed in June"),
    ("Has the strike ended?", "the strike was ended on Friday"),
    ("Did she win?", "she won by a second"),
]
NO = [
    ("Is the pass open?", "the pass remains closed"),
    ("Is the pass open?", "the pass is not open"),
    ("Has the parliament approved the budget?", "the parliament rejected it"),
    ("Did the suspect confess?", "no confession has been made"),
    ("Will the mine be closed?", "a buyer will keep the mine open"),
    ("Has the strike ended?", "the strike continues"),
    ("Is the water safe?", "the water is unsafe"),
    ("Did she win?", "she lost by a second"),
    ("Will it fly there again?", "it will no longer fly there"),
    ("Isn't the pass open?", "it won't open before May"),
]


@pytest.mark.parametrize(("question", "clause"), YES)
def test_yes(question: str, clause: str) -> None:
    assert affirms(question, clause) is True


@pytest.mark.parametrize(("question", "clause"), NO)
def test_no(question: str, clause: str) -> None:
    assert affirms(question, clause) is False


@pytest.mark.parametrize("clause", ["", "snow is expected", "…"])
def test_neither(clause: str) -> None:
    assert affirms("Is the pass open?", clause) is None


@pytest.mark.parametrize(
    "words", ["confess confessed confession confesses", "ban banned", "fall fell fallen"]
)
def test_inflections_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1
