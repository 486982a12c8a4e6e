"""What is split into several questions, and what is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.question_grammar import tokenize_question, without_end
from index.answering.question_parts import MAX_LENGTH, MAX_PARTS, split_question

SEVERAL = {
    # Sentences of their own
    "Who was arrested? When is the trial?": ["Who was arrested?", "When is the trial?"],
    "Who won? Why?": ["Who won?", "Why?"],
    "how many troops are going. where will they be based": [
        "how many troops are going.",
        "where will they be based",
    ],
    "Is the road open? When will the bridge be finished?": [
        "Is the road open?",
        "When will the bridge be finished?",
    ],
    "What did Mr. Lunde say? Where does he live?": [
        "What did Mr. Lunde say?",
        "Where does he live?",
    ],
    "Who signed?\nWhen?": ["Who signed?", "When?"],
    "who led the talks\nhow much is a ticket": ["who led the talks", "how much is a ticket"],
    "Hi! How many troops are there? And where are they from?": [
        "Hi! How many troops are there?",
        "And where are they from?",
    ],
    "I read about the flood. How many died? Where did they live?": [
        "I read about the flood. How many died?",
        "Where did they live?",
    ],
    "I read about the flood. How many died and where?": [
        "I read about the flood. How many died",
        "died where?",
    ],
    "Who pays? Who decides? Who complains?": ["Who pays?", "Who decides?", "Who complains?"],
    "How many died? In the valley? Who was it?": ["How many died? In the valley?", "Who was it?"],
    "Did anyone die?! How many were hurt?!": ["Did anyone die?!", "How many were hurt?!"],
    "What is the damage? Can you tell me who pays for it?": [
        "What is the damage?",
        "Can you tell me who pays for it?",
    ],
    # Clauses
    "How many troops are going, and where will they be based?": [
        "How many troops are going",
        "where will they be based?",
    ],
    "What does a ticket cost and how long does the crossing take?": [
        "What does a ticket cost",
        "how long does the crossing take?",
    ],
    "Is the road open and when will the new bridge be ready?": [
        "Is the road open",
        "when will the new bridge be ready?",
    ],
    "who led the talks and which minister signed the agreement": [
        "who led the talks",
        "which minister signed the agreement",
    ],
    "What is the name of the man who was arrested, and who is his lawyer?": [
        "What is the name of the man who was arrested",
        "who is his lawyer?",
    ],
    "What is it and how does it work?": ["What is it", "how does it work?"],
    "What is it and how it works?": ["What is it", "how it works?"],
    "who resigned and why they resigned": ["who resigned", "why they resigned"],
    "where is Korsvik and how far is it from the coast": [
        "where is Korsvik",
        "how far is it from the coast",
    ],
    "Did the river rise and did anyone drown?": ["Did the river rise", "did anyone drown?"],
    "How many troops are going, and will they enter Gaza?": [
        "How many troops are going",
        "will they enter Gaza?",
    ],
    "Who won the election and what about Corvia?": [
        "Who won the election",
        "what about Corvia?",
    ],
    "Who owns the ferries, and also how many are there?": [
        "Who owns the ferries",
        "how many are there?",
    ],
    "When do the ferries start, what does a ticket cost, and who may travel free?": [
        "When do the ferries start",
        "what does a ticket cost",
        "who may travel free?",
    ],
    "who won, who lost and who drew": ["who won", "who lost", "who drew"],
    "What's the price and where's the terminal?": ["What's the price", "where's the terminal?"],
    "How tall is the tower but how deep is the cellar?": [
        "How tall is the tower",
        "how deep is the cellar?",
    ],
    "In which city do they meet and for how long will they stay?": [
        "In which city do they meet",
        "for how long will they stay?",
    ],
    "Whose idea was it and who paid?": ["Whose idea was it", "who paid?"],
    "Which ship sank first, and what caused the fire on the other one?": [
        "Which ship sank first",
        "what caused the fire on the other one?",
    ],
    "How many people live there and how do they get home?": [
        "How many people live there",
        "how do they get home?",
    ],
    "who is the governor; when was he elected?": [
        "who is the governor",
        "when was he elected?",
    ],
    "Who founded the zoo & when did it open?": ["Who founded the zoo", "when did it open?"],
    "who signed the deal, which ports does it connect and when does it begin": [
        "who signed the deal",
        "which ports does it connect",
        "when does it begin",
    ],
    "how did the talks end and what comes next": ["how did the talks end", "what comes next"],
    "what caused the delay and who is to blame for it?": [
        "what caused the delay",
        "who is to blame for it?",
    ],
    "who directed the rescue and from where?": [
        "who directed the rescue",
        "directed the rescue from where?",
    ],
    # What they share
    "when's the center closing and why": [
        "when's the center closing",
        "why is the center closing",
    ],
    "how many kids travel free and up to what age?": [
        "how many kids travel free",
        "kids travel free up to what age?",
    ],
    "when and where was the treaty signed?": [
        "when was the treaty signed?",
        "where was the treaty signed?",
    ],
    "Why and how did the bridge collapse?": [
        "Why did the bridge collapse?",
        "how did the bridge collapse?",
    ],
    "when, where and why did they meet?": [
        "when did they meet?",
        "where did they meet?",
        "why did they meet?",
    ],
    "by whom and when was it signed?": ["by whom was it signed?", "when was it signed?"],
    "which countries and how many ships are involved?": [
        "which countries are involved?",
        "how many ships are involved?",
    ],
    "who won and by how much": ["who won", "won by how much"],
    "When did it start, and why?": ["When did it start", "why did it start?"],
    "What did he say and when?": ["What did he say", "when did he say it?"],
    "How many ships sank and where?": ["How many ships sank", "ships sank where?"],
    "When was the bridge built and by whom?": [
        "When was the bridge built",
        "by whom was the bridge built?",
    ],
    "who wrote the letter, and to whom?": ["who wrote the letter", "wrote the letter to whom?"],
    "How many families are in hotels and for how long?": [
        "How many families are in hotels",
        "families are in hotels for how long?",
    ],
    "what happened, when, and why?": ["what happened", "happened when", "happened why?"],
    "How many people died and how many were injured?": [
        "How many people died",
        "how many people were injured?",
    ],
    "how many american soldiers were killed and how many were wounded?": [
        "how many american soldiers were killed",
        "how many american soldiers were wounded?",
    ],
    "Was anyone hurt, and if so, how many?": ["Was anyone hurt", "how many hurt?"],
    "In 2020, who won, and who lost?": ["In 2020, who won", "In 2020, who lost?"],
    "During the flood, how many drowned and who saved the others?": [
        "During the flood, how many drowned",
        "During the flood, who saved the others?",
    ],
    # Requests, and what surrounds a question
    "Tell me about the flood. How many died?": ["Tell me about the flood.", "How many died?"],
    "Tell me about the flood and how many people died": [
        "Tell me about the flood",
        "how many people died",
    ],
    "list the countries that signed and tell me when the ferries start": [
        "list the countries that signed",
        "tell me when the ferries start",
    ],
    "list the ships and name the captains": ["list the ships", "name the captains"],
    "Can you tell me how many troops are going and where they will be based?": [
        "how many troops are going",
        "where they will be based?",
    ],
    "do you know when and where the treaty was signed?": [
        "when the treaty was signed?",
        "where the treaty was signed?",
    ],
    "I want to know who signed and when": ["who signed", "signed when"],
    "and when and where did it open?": ["when did it open?", "where did it open?"],
}

ONE = """
What did the EU and the UK agree?
Which countries signed and ratified it?
Who is the president and what-is-his-name…
What is research and development?
How do ferries and trains compare?
and when?
and where were they based?
What about Qatar and Egypt?
I read about the flood. How many died?
I read about the flood. It was bad. How many died?
How many died? I need it for school.
Is it A or B?
Was it a flood or a fire, or both?
Did he say when and where he would go?
Did the minister explain why and how the bridge fell?
Do they know who did it and why it happened?
What did he say about who would win and who would lose?
What did the report say about when and where it began?
Who is the man who stole the car and who shot the officer?
what is the difference between what he said and what he did?
What is a river that flows north and which crosses Egypt?
What did she do before the war and when she came back?
Who signed "What and where was it?" in 1990?
Who wrote “Who Won and Why”?
Who sang (when and where it was allowed) in public?
Which city is in France and is the capital?
Which animal has fur and lays eggs?
When it rains, where do they sleep?
If the ferries are late, who pays?
When the river rose and the bridges fell, how many people drowned?
What did the minister say, when asked?
Which town, where the treaty was signed, is the oldest?
Who was Tesla, who invented the motor?
Who is Holm, the governor who thanked the volunteers and promised a bridge?
how many troops? really?
how many troops? from Spain?
How many died? Thanks!
How many died? Does anyone know?
Hello! Can anyone help? How many died?
who, what and where?
when?
Why?
ferry ticket price
ferry and train prices
when and where
list the countries that signed and ratified the agreement
list price and name change of the company
tell me about the flood and the bridge
tell me about the ministers and who they met
summarize the talks and the agreement
name the ministers and officers
Tell me about the flood, please.
What did the U.S. do?
What did the U.S. and Qatar do?
What do Egypt, Qatar and Turkey want?
Who owns Marks and Spencer?
What is the name and address of the owner?
How many men and women were rescued?
How much do adults and children pay?
What are the causes and effects of the flood?
Who fought and lost against Corvia?
How did the army find and rescue them?
When were the bridges built and the roads opened?
What has he said and done since then?
Why did the talks stall and then resume?
Where do the families who lost their homes live?
Which of the four countries and regions pays most?
Who was arrested and charged with murder?
Is the road open and safe?
Has it been found and returned?
Does the ferry run on Sundays and holidays?
In the 20th century, who ruled Belmar and Corvia?
According to the minister, how many ships and crews are needed?
What does the article say about how it began and how it ended?
Who knows…
What?!
What do you know about Sel Valley?
How many euros does a ticket cost, including tax and fees?
They signed and left?
what did trump say about when the troops leave and what they do there?
which minister led the talks that began in 2023 and which ended last week?
who won the 2018 world cup and the 2022 world cup?
how do I get from Korsvik to Brenna and back?
what happens if the ice breaks and the ships are stuck?
Which player got a penalty, which gave the other team another chance?
the minister said who was there and who was not
"""


@pytest.mark.parametrize("question", SEVERAL)
def test_several_questions_are_split(question: str) -> None:
    assert [part.text for part in split_question(question)] == SEVERAL[question]


@pytest.mark.parametrize("question", ONE.strip().splitlines())
def test_one_question_is_not(question: str) -> None:
    (part,) = split_question(question)
    assert (part.text, part.start, part.end) == (question, 0, len(question))


def test_there_are_four_parts_at_most_and_the_last_one_has_the_rest() -> None:
    parts = split_question("Who won? Who lost? Who drew? Who left? Who paid?")
    assert [part.text for part in parts] == [
        "Who won?",
        "Who lost?",
        "Who drew?",
        "Who left? Who paid?",
    ]


def test_a_text_that_is_too_long_for_a_question_is_not_split() -> None:
    assert len(split_question("Who won? " * (MAX_LENGTH // 9 + 1))) == 1


WORDS = st.sampled_from(
    "who what when where why how many which did was is the a flood troops signed won they it and"
    " , , ? ? . ; also if so tell me about list name please by whom \n “ ” ( ) or".split(" ")
)
QUESTIONS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80)


@given(QUESTIONS)
def test_the_slices_of_parts_are_in_order_and_do_not_overlap(question: str) -> None:
    parts = split_question(question)

    assert 1 <= len(parts) <= MAX_PARTS
    position = 0
    for part in parts:
        assert position <= part.start <= part.end <= len(question)
        position = part.end
    if len(parts) == 1:
        assert parts[0].text == question
    else:
        assert all(part.text.strip() for part in parts)


@given(QUESTIONS)
def test_parts_have_only_words_that_were_typed(question: str) -> None:
    typed = set(re.findall(r"\w+", question)) | {"it"}
    for part in split_question(question):
        assert set(re.findall(r"\w+", part.text)) <= typed


@pytest.mark.parametrize("run", ["&", ",", ";", '"', "and ", "who, ", "a, and "])
def test_a_long_run_is_one_question(run: str) -> None:
    question = (run * 2000)[:2000]
    assert [part.text for part in split_question(question)] == [question]


def test_tokens_are_read_in_time_that_grows_with_their_number() -> None:
    """If it grew with the square of the number, this would take minutes."""
    assert [one.text for one in without_end(tokenize_question("who" + "&" * 300_000))] == ["who"]
    assert len(tokenize_question('"a" b ' * 60_000)) == 120_000
