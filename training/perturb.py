"""Questions as people type them: shortened, as keywords, with typing errors, as chat.

Most questions of the training data were written in full, to be understood on their own. People who
ask a bot leave out what the articles are about anyway, and do not check what they have typed.
"""

import random
import re
from collections.abc import Callable

DETAIL_STARTS = frozenset(
    "about according after against at because before between by during for from in into of on over"
    " since to under when where which while who with".split()
)
"""Words that start a detail, which can be left out."""

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
FUNCTION_WORDS = QUESTION_WORDS | frozenset(
    "a an the is are was were be been do does did has have had will would can could should may"
    " might of to in on at for by with from that this these those there it its as and or".split()
)
"""Words that are left out of keywords."""

MIN_WORDS = 3
"""The least number of words of a shortened question."""

MIN_TYPO_LETTERS = 4
"""The least number of letters of a word with a typing error."""

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

CHAT_OPENINGS = (
    "hey ",
    "hi, ",
    "so ",
    "ok so ",
    "pls tell me ",
    "can you tell me ",
    "does anyone know ",
    "anyone know ",
    "quick question: ",
    "do we know ",
    "im wondering ",
    "wait, ",
)
CHAT_ENDINGS = ("?", "??", " pls", " thx", "", "", "", " lol", " anyone?")
CHAT_WORDS = {
    "you": "u",
    "are": "r",
    "people": "ppl",
    "because": "cuz",
    "please": "pls",
    "what is": "whats",
    "who is": "whos",
    "when is": "whens",
    "where is": "wheres",
    "going to": "gonna",
    "government": "govt",
    "about": "abt",
    "with": "w/",
    "and": "&",
    "did not": "didnt",
    "does not": "doesnt",
    "was not": "wasnt",
}


def shorten(question: str, rng: random.Random) -> str | None:
    """The question without its last details, with a question mark or not; None if it has none."""
    words = question.rstrip(" ?").split()
    cuts = [
        n
        for n, word in enumerate(words)
        if n >= MIN_WORDS
        and word.lower() in DETAIL_STARTS
        and any(before.lower() in QUESTION_WORDS for before in words[:n])
    ]
    if not cuts:
        return None
    short = " ".join(words[: rng.choice(cuts)]).rstrip(",")
    return short if rng.random() < 0.5 else short + "?"


def as_keywords(question: str, rng: random.Random) -> str | None:
    """The question's content words in lower case; None if fewer than two are left."""
    words = [w.strip("\"'“”‘’,;:()") for w in question.rstrip(" ?").split()]
    kept = [w for w in words if w and w.lower() not in FUNCTION_WORDS]
    if len(kept) > MIN_WORDS and rng.random() < 0.3:
        kept.pop(rng.randrange(len(kept)))
    return " ".join(kept).lower() if len(kept) > 1 else None


def mistype(question: str, rng: random.Random) -> str | None:
    """The question with a typing error in one long word; None if it has none."""
    words = [m for m in re.finditer(r"[^\W\d_]+", question) if len(m[0]) >= MIN_TYPO_LETTERS]
    words = [m for m in words if m[0].lower() not in FUNCTION_WORDS]
    if not words:
        return None
    found = rng.choice(words)
    return question[: found.start()] + _mistyped(found[0], rng) + question[found.end() :]


def in_lower_case(question: str, rng: random.Random) -> str:
    """The question in lower case, mostly without marks."""
    lowered = question.lower()
    return re.sub(r"[?!.,'’\"“”]", "", lowered) if rng.random() < 0.8 else lowered


def as_chat(question: str, rng: random.Random) -> str:
    """The question as it is typed in a chat, with an opening and abbreviations."""
    text = in_lower_case(question, rng)
    for word, short in CHAT_WORDS.items():
        if rng.random() < 0.5:
            text = re.sub(rf"\b{re.escape(word)}\b", short, text)
    opening = rng.choice(CHAT_OPENINGS) if rng.random() < 0.6 else ""
    return opening + text.rstrip(" ?") + rng.choice(CHAT_ENDINGS)


Perturbation = Callable[[str, random.Random], str | None]

PERTURBATIONS: tuple[tuple[float, Perturbation], ...] = (
    (0.12, shorten),
    (0.10, as_keywords),
    (0.08, in_lower_case),
    (0.08, as_chat),
)
"""The share of questions for each kind; the others stay as they are."""

MISTYPED = 0.15
"""The share of questions, perturbed or not, with a typing error."""


def perturb(question: str, rng: random.Random, *, as_typed: bool = False) -> tuple[str, bool]:
    """A question as it might be typed, and whether it was shortened.

    A shortened question no longer says all that it is about.

    Args:
        as_typed: whether the question was written as people type; it gets typing errors only.
    """
    chance = 1.0 if as_typed else rng.random()
    text, brief = question, False
    for share, change in PERTURBATIONS:
        if 0 <= chance < share and (changed := change(question, rng)):
            text, brief = changed, change is shorten
        chance -= share
    if rng.random() < MISTYPED:
        text = mistype(text, rng) or text
    return text, brief


def _mistyped(word: str, rng: random.Random) -> str:
    """A word with one of the errors that people make: Damerau, "A Technique for Computer Detection
    and Correction of Spelling Errors", 1964."""
    at = rng.randrange(1, len(word))
    kind = rng.choice(("swap", "omit", "double", "neighbor", "neighbor"))
    if kind == "swap":
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "omit":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    return word[:at] + _neighbor(word[at], rng) + word[at + 1 :]


def _neighbor(letter: str, rng: random.Random) -> str:
    """A letter beside another one on the keyboard."""
    for row in KEYBOARD:
        if letter.lower() in row:
            at = row.index(letter.lower())
            return rng.choice([row[n] for n in (at - 1, at + 1) if 0 <= n < len(row)])
    return letter
