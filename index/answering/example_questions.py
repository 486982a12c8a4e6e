"""Example questions: what somebody might ask about an article, made from its title and opening.

There is no part-of-speech tagger here. Only what a few patterns recognize with certainty becomes a
question, so that many an article gives none. Whoever shows a question asks it first, because a
pattern cannot tell whether the library finds an answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal

from index.answering.question_grammar import DETERMINERS, PREPOSITIONS, PRONOUNS, VERB_FORMS
from index.article import Article, Sentence
from index.text.datelines import find_dateline
from index.text.lazy_pattern import lazy_pattern

MAX_SENTENCES = 12
"""Sentences at the beginning of an article that questions are made from."""

MAX_LENGTH = 80
"""Characters of an example question: as many as the label of a button may have."""

MAX_PREDICATE_WORDS = 6
"""Words after a verb; nobody types a question with a longer predicate."""

Kind = Literal["how many", "how much", "happened", "about", "who", "said"]

UPPER, LOWER = "A-ZÀ-ÖØ-ÞĀ-ſ", "a-zß-öø-ÿĀ-ſ"
NAME_WORD = rf"[{UPPER}][{LOWER}]{{1,30}}(?:[-’'](?:[{UPPER}][{LOWER}]{{0,30}}|s\b))?"
NAME = rf"{NAME_WORD}(?: (?:(?:de|da|del|van|von|al|bin) )?(?:{NAME_WORD}|[A-Z]\.)){{1,3}}"
"""The pattern of a proper name of two to four words."""

PROPER_NAME = lazy_pattern(NAME)

TITLES = frozenset(
    "admiral ambassador archbishop bishop capt captain chairman chairwoman chancellor chief coach"
    " col colonel commander commissioner constable councillor councilor defence defender defense"
    " deputy director doctor dr economist education energy engineer finance first foreign former"
    " forward gen general goalkeeper gov governor health inspector interior judge justice king"
    " leader lieutenant lt maj major manager mayor midfielder minister mr mrs ms officer petty"
    " premier president priest prime prince princess principal prof professor prosecutor queen rear"
    " rep researcher secretary sen senator sergeant sgt sheriff speaker spokesman spokesperson"
    " spokeswoman striker teacher trade transport vice".split()
)
"""The words of titles and roles that stand before a name."""

TITLE = rf"(?i:{'|'.join(sorted(TITLES, reverse=True))})\b\.?"
TITLED_PERSON = lazy_pattern(rf"\b{TITLE} (?P<name>{NAME})(?=[,.\s])")
PERSON_WITH_AGE = lazy_pattern(rf"\b(?P<name>{NAME}), [1-9][0-9],")
SPEAKER = lazy_pattern(rf"[,?!][”\"] said (?:{TITLE} )?(?P<name>{NAME})(?=[,.\s])")

NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    r"|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-[a-z]{3,5})?)"
)
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}|[0-9]{{1,7}}|{NUMBER_WORD})"
PLURAL = rf"(?:[{LOWER}-]{{2,20}}(?<![sui])s|people|men|women|children|police)"
COUNTED = lazy_pattern(
    rf"(?<![\w$€£.,-])(?i:{NUMBER})(?: hundred| thousand| million)?"
    rf" (?P<noun>(?:[\w’-]{{2,20}} ){{0,2}}?{PLURAL}) (?P<verb>[a-z]{{2,20}})\b"
    r"(?P<rest>[^.!?;:]{0,200})"
)
COST = lazy_pattern(r"\b(?P<thing>An? (?:[a-z-]{2,20} ){1,3})costs (?=[$€£]?[0-9])", re.IGNORECASE)

NOT_COUNTED = frozenset(
    "years months weeks days hours minutes seconds times percent points kilometers kilometres"
    " meters metres miles feet tons tonnes dollars euros pounds degrees rounds acres hectares"
    " others more less other such of".split()
)
"""Units, whose number nobody asks for, and words that point to what was said before."""

AUXILIARIES = frozenset("are were have had will would can could must may should".split())
INTRANSITIVE = frozenset(
    "arrived collapsed died drowned escaped fled gathered landed marched perished returned survived"
    " vanished voted".split()
)
BOUNDARIES = frozenset(
    "and or but when while after before as until since because where who which that if although"
    " though than so between during with by last this next early late yesterday today tonight"
    " tomorrow monday tuesday wednesday thursday friday saturday sunday january february march"
    " april may june july august september october november december".split()
)
"""Words before which a question ends, since what follows belongs to another clause or is a time."""

DANGLING = PREPOSITIONS | DETERMINERS | frozenset("not also still only already more".split())

FOLLOWING = "|".join(sorted(PREPOSITIONS | AUXILIARIES | {"and", "is", "was", "has", "said"}))
NAME_END = lazy_pattern(rf"[,.;:’'—]| (?:{FOLLOWING})\b")
"""What follows a complete name; a noun may be a part of it ("Bayers Cove pool")."""

BEFORE_PLACE = lazy_pattern(r"\b(?:in|at|of|to|near) (?=[^\W\d_a-z])")

WORD = lazy_pattern(r"[\w’'-]+|[^\w\s]")
POSSESSIVE = lazy_pattern(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """A question about an article, and its kind."""

    kind: Kind
    text: str


def propose_questions(article: Article, sentences: Sequence[Sentence]) -> list[ExampleQuestion]:
    """Questions about an article, the most specific kinds first.

    Args:
        sentences: of the article, in order.
    """
    dateline = find_dateline(article.text)
    begin = dateline.end if dateline else 0
    opening = [
        article.text[max(begin, sentence.start) : sentence.end]
        for sentence in [s for s in sentences if not s.is_boilerplate][:MAX_SENTENCES]
        if sentence.end > begin
    ]
    place = dateline.place.partition(",")[0].strip() if dateline and dateline.place else ""
    found = [
        *_counts(opening),
        *_costs(opening),
        *_events(place, [article.title, *opening[:3]]),
        *_topics(article.title, " ".join(opening)),
        *_people(opening),
    ]
    return [question for question in dict.fromkeys(found) if len(question.text) <= MAX_LENGTH]


def _counts(opening: Sequence[str]) -> Iterator[ExampleQuestion]:
    """ "How many people died?" from "Seven people died on Sunday"."""
    excluded = NOT_COUNTED | PREPOSITIONS | DETERMINERS | PRONOUNS | BOUNDARIES
    for sentence in opening:
        for match in COUNTED.finditer(sentence):
            is_excluded = not excluded.isdisjoint(match["noun"].lower().split())
            if not is_excluded and (predicate := _predicate(match["verb"], match["rest"])):
                yield ExampleQuestion("how many", f"How many {match['noun']} {predicate}?")


def _predicate(verb: str, rest: str) -> str:
    """A verb with what follows it in its clause; "" if it may be a participle ("two men held in")
    or if too much follows."""
    words = list(
        takewhile(
            lambda word: word[0].isalnum() and word.lower() not in BOUNDARIES | PRONOUNS,
            WORD.findall(rest),
        )
    )
    while words and words[-1].lower() in DANGLING:
        words.pop()
    has_object = bool(words) and (words[0].lower() in DETERMINERS or words[0].isdecimal())
    is_past = has_object and verb != "aged" and (verb.endswith("ed") or verb in VERB_FORMS)
    is_predicate = is_past or verb in INTRANSITIVE or (verb in AUXILIARIES and bool(words))
    return " ".join([verb, *words]) if is_predicate and len(words) <= MAX_PREDICATE_WORDS else ""


def _costs(opening: Sequence[str]) -> Iterator[ExampleQuestion]:
    """ "How much does a ticket cost?" from "A ticket costs 28 euros"."""
    for sentence in opening:
        for match in COST.finditer(sentence):
            yield ExampleQuestion("how much", f"How much does {match['thing'].lower()}cost?")


def _events(place: str, texts: Sequence[str]) -> Iterator[ExampleQuestion]:
    """ "What happened in Korsvik?" for a story that is told from there, and about there."""
    for text in texts:
        for match in BEFORE_PLACE.finditer(text):
            named = text[match.end() : match.end() + len(place)]
            if place and named.casefold() == place.casefold() and not named.isupper():
                yield ExampleQuestion("happened", f"What happened in {named}?")
                return


def _topics(title: str, text: str) -> Iterator[ExampleQuestion]:
    """ "Tell me about the Marl Strait" for the longest name that is in the title and the text."""
    names = [POSSESSIVE.sub("", match[0]) for match in PROPER_NAME.finditer(title)]
    for name in sorted(names, key=len, reverse=True):
        uses = [
            before.endswith(("the ", "The "))
            for before, following in pairwise(text.split(name))
            if NAME_END.match(following)
        ]
        if uses:
            the = "the " if 2 * sum(uses) > len(uses) else ""
            yield ExampleQuestion("about", f"Tell me about {the}{name}")
            return


def _people(opening: Sequence[str]) -> Iterator[ExampleQuestion]:
    """Questions about the people who are introduced, and about what was said by those quoted."""
    for sentence in opening:
        for pattern in (TITLED_PERSON, PERSON_WITH_AGE):
            for match in pattern.finditer(sentence):
                if name := _name(match["name"]):
                    yield ExampleQuestion("who", f"Who is {name}?")
    for sentence in opening:
        for match in SPEAKER.finditer(sentence):
            if name := _name(match["name"]):
                yield ExampleQuestion("said", f"What did {name} say?")


def _name(matched: str) -> str:
    """A person's name without what stands before it ("South Africa's", "Rear Admiral"); "" if less
    than a first and a last name remains."""
    words = POSSESSIVE.sub("", matched).split()
    for position in reversed(range(len(words))):
        word = words[position]
        if POSSESSIVE.search(word) or word.lower().rstrip(".") in TITLES:
            words = words[position + 1 :]
            break
    return " ".join(words) if len(words) > 1 else ""
