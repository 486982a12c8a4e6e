"""Requests: what is searched for them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.answering.highlights import LIST_QUESTION
from index.answering.requests import interpret, is_request

LISTS = {
    "list the countries that signed": "which countries signed?",
    "list countries that signed": "which countries signed?",
    "can you list the ministers who signed?": "which ministers signed?",
    "give me a list of the countries that signed the agreement": (
        "which countries signed the agreement?"
    ),
    "list the countries involved": "which countries are involved?",
    "name the partner nations": "what are the names of the partner nations?",
    "please list the ships": "what are the ships?",
    "list all of the demands of the drivers": "what are the demands of the drivers?",
    "I need a list of the ministers": "what are the names of the ministers?",
    "give me the names of those arrested": "who were arrested?",
    "list those who signed": "who were the people who signed?",
    "list the people killed in the flood": "who were killed in the flood?",
}

SINGLE = {
    "name the capital of Belmar": "what is the name of the capital of Belmar?",
    "could you please name the governor": "what is the name of the governor?",
    "name the new building": "what is the name of the new building?",
    "tell me the price of a ticket": "what is the price of a ticket?",
    "name one country that signed": "which one country signed?",
}

TOPICS = {
    "tell me about the flood": "the flood",
    "Tell me more about the bridge at Brenna, please.": "the bridge at Brenna",
    "could you tell us something about the ferries?": "the ferries",
    "summarize the ferry agreement": "the ferry agreement",
    "please summarise the ferry agreement for me": "the ferry agreement",
    "give me a short summary of the talks": "the talks",
    "summary of the agreement": "the agreement",
    "what's the news on the bridge": "the bridge",
    "what is the latest on the Gaza ceasefire?": "the Gaza ceasefire",
    "any news about the ferries?": "the ferries",
    "are there any articles about ferries?": "ferries",
    "What’s new in Korsvik?": "Korsvik",
    "what's going on in Gaza": "Gaza",
    "what do you know about Qatar?": "Qatar",
    "News on Gaza": "Gaza",
    "brief me on the situation in Gaza": "the situation in Gaza",
}

WRAPPED = {
    "can you tell me how many troops are going?": "how many troops are going?",
    "hey, could you tell me by whom it was signed?": "by whom it was signed?",
    "do you know who led the talks": "who led the talks",
    "please tell me when it opens": "when it opens",
    "i want to know how much a ticket costs": "how much a ticket costs",
    "I'd like to know what it costs": "what it costs",
    "any idea how long it takes": "how long it takes",
    "tell me about who won": "who won",
    "I was wondering if the road to Sel Valley is open": "is the road to Sel Valley open",
    "do you know whether children travel free": "do children travel free",
    "explain why the talks stalled": "why the talks stalled",
    "hi! how many troops?": "how many troops?",
    "how much is a ticket please": "how much is a ticket",
    "who led the talks, thanks": "who led the talks",
}

PLAIN = """
how many troops?
ferry ticket price
ferries
list price of the ferry
name change of the company
latest news
tell me
What is the Marshall Plan about?
Do you know the muffin man?
Do they know who did it?
What happened to the bridges?
Who may vote as they please?
So there was a fear of floods?
What did he tell me about?
Who can name the governor?
Summaries of the flood
how do I list an apartment?
Please
"""


@pytest.mark.parametrize("request_", LISTS)
def test_a_request_for_several_things_becomes_a_list_question(request_: str) -> None:
    meant = interpret(request_)

    assert (meant.query, meant.is_topic) == (LISTS[request_], False)
    assert LIST_QUESTION.search(meant.query)
    assert is_request(request_)


@pytest.mark.parametrize("request_", SINGLE)
def test_a_request_for_one_thing_becomes_a_question(request_: str) -> None:
    assert interpret(request_).query == SINGLE[request_]
    assert is_request(request_)


@pytest.mark.parametrize("request_", TOPICS)
def test_a_request_about_a_topic_is_its_topic(request_: str) -> None:
    meant = interpret(request_)

    assert (meant.query, meant.is_topic) == (TOPICS[request_], True)
    assert is_request(request_)


@pytest.mark.parametrize("question", WRAPPED)
def test_what_surrounds_a_question_is_not_searched(question: str) -> None:
    meant = interpret(question)

    assert (meant.query, meant.is_topic) == (WRAPPED[question], False)


@pytest.mark.parametrize("question", PLAIN.strip().splitlines())
def test_questions_and_keywords_stay_as_they_are(question: str) -> None:
    meant = interpret(question)

    assert (meant.query, meant.is_topic) == (question, False)
    assert not is_request(question)


def test_what_happened_somewhere_is_a_question_whose_answer_may_be_an_opening() -> None:
    meant = interpret("what happened in Sel Valley?")

    assert (meant.query, meant.is_topic) == ("what happened in Sel Valley?", False)
    assert meant.opening_of == "Sel Valley"
    assert not interpret("what happened when the river rose?").opening_of
    assert not interpret("what happened in 1991?").opening_of


def test_a_topic_that_is_only_pointed_at_is_no_request_by_itself() -> None:
    assert interpret("tell me about it").is_pronoun
    assert not is_request("tell me about it!")


WORDS = st.sampled_from(
    "tell me about list name the of that who news on summarize can you please do know if whether"
    " what happened in flood signed troops , ? . !".split()
)


@example(", please")
@given(st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=80))
def test_anything_typed_can_be_searched(text: str) -> None:
    meant = interpret(text)

    assert meant.query.strip() or not text.strip() or not any(c.isalnum() for c in text)
