"""Detects small talk: what people write to a bot without asking about the news.

A message is small talk only if it consists of nothing but the phrases in ``small_talk.txt``. A
greeting before a question, or a question that merely looks similar ("who are the rebels?"), is not
small talk.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

PHRASES = Path(__file__).with_suffix(".txt")

MAX_LENGTH = 200
"""The maximum length of small talk in characters."""

ADDRESSES = frozenset(
    "bot robot dateline there all everyone everybody guys folks mate man bro dude buddy friend sir"
    " again please pls today now so and but well oh ok okay lol haha xd a todos amigo amigos"
    " tio por favor hoy y".split()
)
"""Words that may stand between phrases; alone, they are not small talk."""

ABBREVIATIONS = {"u": "you", "r": "are", "ur": "your", "plz": "please"}

MENTION = re.compile(r"<(?:a?:\w{1,32}:|[@#][!&]?)\d{1,20}>")
APOSTROPHE = re.compile(r"['’`´]")
WORD = re.compile(r"\w+")
LENGTHENED = re.compile(r"(\w)\1{2,}")
LAUGHTER = re.compile(r"[ahj]{4,}|[ehj]{4,}|[hij]{4,}")


def is_small_talk(text: str) -> bool:
    """Whether a message asks nothing about the news: a greeting, thanks, "who are you?", "help", an
    insult, "test", or nothing but mentions, emoji and punctuation."""
    return small_talk_topic(text) is not None


def small_talk_topic(text: str) -> str | None:
    """The topic of the last phrase of small talk, such as "thanks" (a heading in
    ``small_talk.txt``); "" for a message without words, None if it is no small talk."""
    spoken = MENTION.sub(" ", text)
    if not any(character.isalnum() for character in spoken):
        return ""
    if len(text) > MAX_LENGTH:
        return None
    words = _words(spoken)
    topics = {0: ""}  # for each position that phrases lead to, the topic of the last of them
    for start in range(len(words)):
        if start in topics:
            if words[start] in ADDRESSES:
                topics.setdefault(start + 1, topics[start])
            topics.update(_phrases_at(words, start))
    return topics.get(len(words)) or None


def _phrases_at(words: list[str], start: int) -> Iterator[tuple[int, str]]:
    """The end and the topic of each phrase that begins at a word."""
    phrases, longest = _phrases()
    for end in range(start + 1, min(len(words), start + longest) + 1):
        if topic := phrases.get(" ".join(words[start:end])):
            yield end, topic


def _words(text: str) -> list[str]:
    """The words of a message in lower case, without diacritics, apostrophes and lengthening."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = WORD.findall(LENGTHENED.sub(r"\1", APOSTROPHE.sub("", letters)))
    return ["haha" if LAUGHTER.fullmatch(word) else ABBREVIATIONS.get(word, word) for word in words]


@cache
def _phrases() -> tuple[dict[str, str], int]:
    """The topic of each phrase, and the words of the longest one."""
    variables: dict[str, str] = {}
    phrases: dict[str, str] = {}
    topic = ""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        name, is_variable, value = line.partition(" = ")
        if is_variable:
            variables[name] = value
        elif line.startswith("## "):
            topic = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            alternatives = [_alternatives(word, variables) for word in line.split()]
            for chosen in product(*alternatives):
                phrases.setdefault(" ".join(" ".join(chosen).split()), topic)
    return phrases, max(phrase.count(" ") for phrase in phrases) + 1


def _alternatives(word: str, variables: dict[str, str]) -> list[str]:
    """The alternatives of a word of a phrase; "" if it may be missing."""
    required = word.removesuffix("?")
    alternatives = variables.get(required, required).split("/")
    return alternatives if required == word else [*alternatives, ""]
