"""Which words of a question name a period, and which only look like it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.periods import Period, find_period

NOW = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)  # a Thursday


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "words", "since", "until"),
    [
        ("What happened today?", "today", "2026-11-26", ""),
        ("Who spoke this morning?", "this morning", "2026-11-26", ""),
        ("What did the minister say yesterday about the dam?", "yesterday", "2026-11-25", ""),
        ("Yesterday, who came?", "Yesterday", "2026-11-25", ""),
        ("WHAT HAPPENED YESTERDAY", "YESTERDAY", "2026-11-25", ""),
        ("What was decided last night?", "last night", "2026-11-25", ""),
        ("Who resigned this week?", "this week", "2026-11-23", ""),
        ("Who resigned last week?", "last week", "2026-11-16", "2026-11-22"),
        ("what happened last month in gaza", "last month", "2026-10-01", "2026-10-31"),
        ("What was built this month?", "this month", "2026-11-01", ""),
        ("What was built this year?", "this year", "2026-01-01", ""),
        ("What was built last year?", "last year", "2025-01-01", "2025-12-31"),
        ("What happened in the last 3 days?", "in the last 3 days", "2026-11-23", ""),
        ("What happened over the past two weeks?", "over the past two weeks", "2026-11-12", ""),
        ("Who was hurt in the past few days?", "in the past few days", "2026-11-19", ""),
        ("How many attacks over the last month?", "over the last month", "2026-10-26", ""),
        ("What has changed in the past week?", "in the past week", "2026-11-19", ""),
        ("What happened in the last 24 hours?", "in the last 24 hours", "2026-11-25", ""),
        ("Who died three days ago?", "three days ago", "2026-11-23", "2026-11-24"),
        ("What happened 2 weeks ago?", "2 weeks ago", "2026-11-09", "2026-11-15"),
        ("What burned a month ago?", "a month ago", "2026-10-01", "2026-10-31"),
        ("who arrived on monday", "on monday", "2026-11-23", "2026-11-24"),
        ("What did he say on Friday night?", "on Friday night", "2026-11-20", "2026-11-21"),
        ("Who said so last Monday?", "last Monday", "2026-11-23", "2026-11-24"),
        ("Who has arrived since Monday?", "since Monday", "2026-11-23", ""),
        ("What has been said since last Tuesday?", "since last Tuesday", "2026-11-24", ""),
        ("What has changed since last year?", "since last year", "2025-01-01", ""),
        ("What is known of the raid from last week?", "from last week", "2026-11-16", "2026-11-22"),
        ("Who left the past 3 days?", "the past 3 days", "2026-11-23", ""),
        ("Who came after last month?", "after last month", "2026-11-01", ""),
    ],
)
def test_words_that_depend_on_the_day_narrow(
    question: str, words: str, since: str, until: str
) -> None:
    period = find_period(question, NOW)
    assert period == Period(words, question.index(words), day(since), day(until), "narrows")


@pytest.mark.parametrize(
    ("question", "words", "since", "until"),
    [
        ("Who was hurt in March?", "in March", "2026-03-01", "2026-03-31"),
        ("Who was hurt in december?", "in december", "2025-12-01", "2025-12-31"),
        ("Who was hurt in march 2025?", "in march 2025", "2025-03-01", "2025-03-31"),
        ("Who won last March?", "last March", "2026-03-01", "2026-03-31"),
        ("Who has been hit since March?", "since March", "2026-03-01", ""),
        ("Who governed before 2024?", "before 2024", "", "2023-12-31"),
        ("How long was it closed until May?", "until May", "", "2026-05-31"),
        ("Who came between March and May?", "between March and May", "2026-03-01", "2026-05-31"),
        (
            "Who came between March and May 2025?",
            "between March and May 2025",
            "2025-03-01",
            "2025-05-31",
        ),
        (
            "Who came between November and March?",
            "between November and March",
            "2025-11-01",
            "2026-03-31",
        ),
        ("Who came from 2019 to 2021?", "from 2019 to 2021", "2019-01-01", "2021-12-31"),
        ("What happened on 9 October?", "on 9 October", "2026-10-09", "2026-10-09"),
        ("What was said on the 9th of October?", "on the 9th of October", *["2026-10-09"] * 2),
        ("What burned on October 9, 2025?", "on October 9, 2025", *["2025-10-09"] * 2),
        ("What burned on Oct. 9 in Israel?", "on Oct. 9", *["2026-10-09"] * 2),
        ("what happened on 2025-10-09", "on 2025-10-09", *["2025-10-09"] * 2),
        ("What happened in 2023?", "in 2023", "2023-01-01", "2023-12-31"),
        ("In 1945, who signed the treaty?", "In 1945", "1945-01-01", "1945-12-31"),
        ("What closed after March 2025?", "after March 2025", "2025-04-01", ""),
        ("What was built in early 2025?", "in early 2025", "2025-01-01", "2025-12-31"),
        ("Who died in last year's flood?", "last year", "2025-01-01", "2025-12-31"),
        ("Which roads are closed today?", "today", "2026-11-26", ""),
        ("Who was mayor until last week?", "until last week", "", "2026-11-22"),
        ("Who was mayor before Monday?", "before Monday", "", "2026-11-22"),
    ],
)
def test_other_words_only_prefer(question: str, words: str, since: str, until: str) -> None:
    period = find_period(question, NOW)
    assert period == Period(words, question.index(words), day(since), day(until), "prefers")


@pytest.mark.parametrize(
    "question",
    [
        # Months that are not months
        "May they leave?",
        "How long may they stay?",
        "Who voted for Theresa May?",
        "What did May say about the border?",
        "Who succeeded May as prime minister?",
        "What did Theresa May resign over?",
        "How long did the march in Selma last?",
        "Where did the troops march?",
        "How many took part in the march?",
        "Who will march against the dam?",
        "Who led the last march?",
        "What is March Madness?",
        "Who plays in March Madness?",
        "Who is April Jones?",
        "What did the august body decide?",
        "Who lives in May Street?",
        "What happened after May resigned?",
        # Numbers that are not years
        "Were 2,000 troops sent?",
        "How many of the 2000 troops came?",
        "Did more than 2019 people come?",
        "Is the power out in 2000 homes?",
        "Did it spread between 1900 and 2000 people?",
        "Who wrote 1984?",
        "What were the 1990s like?",
        "Who ruled in the 1960s?",
        "How many died in the 2019 flood?",
        "What did the 2025 budget cut?",
        "What is the room 2001 for?",
        "Did it cost over 1500 crowns?",
        "Was it at 1030 meters?",
        # Names
        "What does the Sunday Times write?",
        "What was said on Sunday Times?",
        "What is on Monday Night Football?",
        "How much is sold on Black Friday?",
        "What happened on Bloody Sunday in Derry?",
        "When is Good Friday?",
        "What are Friday prayers?",
        "Who leads on Friday prayers?",
        "What does USA Today say?",
        "Who owns Russia Today?",
        "Who hosts Last Week Tonight?",
        "Who wrote “Yesterday” with him?",
        'Who sings "last year"?',
        "Who wrote Yesterday?",
        "What is This Week about?",
        "Who are Man Friday and Crusoe?",
        # Other meanings of last, past, second and day
        "How long did it last?",
        "Did the truce last two weeks?",
        "How long will the talks last?",
        "Who came last?",
        "What was his last year in office like?",
        "Who fell on the last day?",
        "What happened in the last week of the war?",
        "Who governed in the last year of the war?",
        "Who led the last month of the campaign?",
        "What happened in a second?",
        "Who finished second?",
        "Who drove past the week-old ruins?",
        "What has been in use for the last 30 years?",
        "What is the worst flood of the last 50 years?",
        "Is it used to this day?",
        "What was the day of the vote?",
        "How old is the king these days?",
        "How many years ago was it?",
        "Do they meet every Monday?",
        "Are there markets on Mondays?",
        "Is it open Monday to Friday?",
        "What is a last-minute deal?",
        "What do year-end sales bring?",
        # Comparisons
        "Is inflation higher than last year?",
        "Was it colder than in 2019?",
        "How much rain fell compared with last month?",
        "Were there more in 2019 or in 2020?",
        "Was it worse yesterday or today?",
        # What is to come, and what excludes nothing
        "What will open on Monday?",
        "What happens tomorrow?",
        "What is planned for next week?",
        "Who is expected to speak today?",
        "What will happen in December?",
        "Who is due to arrive this week?",
        "What changes by 2030?",
        "What begins in 2030?",
        "Who has been in office until today?",
        "How long is it closed until 2028?",
        # Days that there are not, and no words at all
        "What happened on 31 June?",
        "how many troops?",
        "",
        "?!",
    ],
)
def test_what_is_no_period_is_not_taken_for_one(question: str) -> None:
    assert find_period(question, NOW) is None


@pytest.mark.parametrize(
    ("question", "effect"),
    [
        ("What was said yesterday about the plan for 2019, in 2019?", "narrows"),
        ("Who resigned last week, yes, last week?", "narrows"),
        ("What did they say yesterday will be built?", "narrows"),
        ("Who, in 2019, will be said to have won?", "prefers"),
    ],
)
def test_among_several_words_the_narrowest_count(question: str, effect: str) -> None:
    period = find_period(question, NOW)
    assert period is not None
    assert period.effect == effect


WORDS = st.sampled_from(
    "in on since until before after between and from to last past this the today yesterday week"
    " month year days 2 three ago Monday May March october 9 31 2019 2025 2031 , ? “ ” ’s"
    " of".split()
)


@given(
    question=st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=60),
    now=st.dates(date(2000, 1, 1), date(2099, 1, 1)).map(
        lambda day: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    ),
)
def test_a_period_lies_in_the_question_and_begins_before_it_ends(
    question: str, now: datetime
) -> None:
    period = find_period(question, now)
    if period is not None:
        assert period.words
        assert question[period.start : period.start + len(period.words)] == period.words
        assert period.since or period.until
        assert not (period.since and period.until and period.since > period.until)
        assert period.since is None or period.since <= now.date()
