from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentence_splitter import INVISIBLE, sentence_spans


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
        ["The U.S. NASA probe landed.", "A U.S. Judge in Ohio met Rear Adm. John Lane."],
        ["Doctors at St. Mary Hospital called Supt. Michael Orr.", "He came."],
        ["Acme Inc. Chairman Ann Roe left the U.S.", "Officials gave no reason."],
        ["He moved to the U.S.", "In Washington, D.C.", "She stayed."],
        ["They spoke of New York.", "Officials agreed.", "Iran tested a missile.", "NATO knew."],
        ["She worked in tech.", "Cancer killed the CEO.", "Hughes wrote to Schumer.", "He came."],
        ["Cambridge, Mass.-based Acme lost 90 km. of road (Foxborough, Mass.), 9 p.m.", "Yes."],
        ["The fish weighed 4 kg.", "It was 2 ft. 3 in. long, says Orr et al. 1998.", "Wow!"],
        ["Nobody chose Plan B.", "The vote, No. 7, was on Sat. Oct. 4.", "The answer was no."],
        ["Pens, paper, etc.", "Nobody needs e.g. ink vs. chalk.", "See p. 4 and Figs. 2 and 3."],
        ["1. Ask first.", "2. Wait for the answer.", "Then go."],
        ["In the E.U. Commission’s view, winds reached 120 m.p.h.", "Officials closed Rte. 6."],
        ["“We had no choice.” — Maria Lopez, mayor of Reno.", "It rained—U.S. Navy ships left."],
        [
            "It was sold to Acme Corp.",
            "Read more: Acme buys a bank",
        ],
        ["Profits soared.", "iPhone sales helped."],
        ["The \u200bU.S. Navy left.", "\u200bIt rained."],
        ["He waited . . . and waited.", "He left (at noon, etc.).", "It was over."],
    ],
)
def test_news_is_split_into_its_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == [sentence.strip("\u200b") for sentence in sentences]


@pytest.mark.parametrize("marks", ["“”", "‘’", '""', "''", "«»", "„“", "‹›"])
@pytest.mark.parametrize(
    "sentences",
    [
        ["<Will you pay?>, asked the judge.", "He smiled."],
        ["<Are you all right?> Ann Roe asked him.", "He was."],
        ["<What a goal!> he said.", "<Yes!>", "The fans sang."],
        ["<Why now?>", "That was what voters asked.", "<Who knows?>", "She asked no more."],
    ],
)
def test_a_question_in_a_quotation_ends_no_sentence_that_goes_on(
    sentences: list[str], marks: str
) -> None:
    quoted = [one.replace("<", marks[0]).replace(">", marks[1]) for one in sentences]
    assert split(" ".join(quoted)) == quoted


@pytest.mark.parametrize(
    "sentences",
    [
        ["Yahoo! Finance reported it.", "Shares of Yum! Brands fell."],
        ["Hello, Dolly! gets a new star.", "He works for Yahoo!", "The pay is good."],
        ["Readers of Which? magazine won.", "Stop!", "Police are here."],
    ],
)
def test_a_name_may_have_a_mark_that_ends_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_sentences_may_all_begin_with_small_letters() -> None:
    comment = ["the machine was loud.", "we sent it back.", "nobody answered.", "never again."]
    assert split(" ".join(comment)) == comment


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
    visible = text.translate(INVISIBLE)
    kept = "".join("".join(visible[slice(*span)].split()) for span in spans)
    assert kept == "".join(visible.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
