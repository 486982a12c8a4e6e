"""Detects which messages are questions, so that the bot does not answer other conversation."""

import re

from index.answering.requests import is_request
from index.text.words import WORD

OPENINGS = frozenset(
    # English
    "who whom whose what which when where why how is are was were do does did has have had can"
    " could will would should shall may might must"
    # Spanish
    " quién quien quiénes quienes qué que cuál cual cuáles cuales cuándo cuando dónde donde cómo"
    " como cuánto cuanto cuánta cuanta cuántos cuantos cuántas cuantas".split()
)
"""How questions begin that lack their mark."""

ADDRESS = re.compile(r"https?://\S+")
MARK = re.compile(r"[?？؟¿]")
ASIDE = re.compile(r"(?:(?:and|but|so|or|also|ok(?:ay)?|hey|hi|hello|y|pero|hola)\b[\s,]*)+", re.I)
MIN_WORDS = 3
"""Words of a question without its mark: "how are" is no question, "why" is talk."""


def is_question(text: str) -> bool:
    """Whether a message is a question: it has a question mark or begins like one, or it is a
    request such as "tell me about the flood"."""
    stripped = ADDRESS.sub(" ", text).strip()
    if is_request(stripped):
        return True
    if MARK.search(stripped):
        return any(character.isalnum() for character in stripped)
    words = WORD.findall(ASIDE.sub("", stripped, count=1).lower())
    return (
        len(words) >= MIN_WORDS and words[0] in OPENINGS and not stripped.endswith(("!", "…", "."))
    )
