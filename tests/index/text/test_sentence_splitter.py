from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentence_splitter import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["U.S. President Donald Trump’s plan was welcomed.", "It has 20 points."],
        ["Gen. Smith led the talks.", "He left at noon."],
        ["“Gen. Smith led the talks,” she said.", "Nobody else was there."],
        ["‘Lt. Cmdr. Anne Poe knew it.’", "She told nobody."],
        ["Gov. Anders Holm and Sen. Ida Berg spoke.", "Rep. Lee did not."],
        ["The U.S. Secretary of State met U.N. Ambassador Lee.", "They talked."],
        ["Mr. and Mrs. Poe live on St. James St. in Port Ellery.", "Dr. Poe is a vet."],
        ["Inflation fell to 2.5 percent in Sept. 2025, the bank said.", "Wages rose."],
        ["He asked: “Why now?”", "Nobody knew."],
        ["It was over!", "Was it?", "Perhaps…", "No."],
        ["Everybody left in a month.", "They walked."],
        ["Acme Inc. sold Beta Corp. to J. P. Holm on Friday.", "The price is secret."],
        ["“We waited.", "We were cold.”", "They went home."],
    ],
)
def test_news_is_split_into_its_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_quotation_marks_and_dashes_change_nothing() -> None:
    curly = "“Gen. Smith isn’t here — yet,” she said. “Wait.”"
    straight = curly.translate(str.maketrans("“”’—", '""\'-'))
    assert [len(s) for s in split(curly)] == [len(s) for s in split(straight)]


def test_white_space_belongs_to_no_sentence() -> None:
    assert split(" \n One.\n  Two. \t") == ["One.", "Two."]
    assert split(" \n ") == []
    assert split("") == []


@given(st.text(), st.integers(1, 5))
def test_no_text_is_lost_and_nothing_is_made_up(text: str, times: int) -> None:
    text = " ".join([text] * times)
    spans = list(sentence_spans(text))
    assert "".join("".join(text[slice(*s)].split()) for s in spans) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
