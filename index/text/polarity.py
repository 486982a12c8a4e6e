"""Whether a clause affirms what a yes-no question asks: "the pass is closed" answers "is it open?"
with no."""

import re

from index.text.words import WORD, fold

NEGATION = frozenset(
    """no not never neither nor none nobody nothing without cannot isn aren wasn weren don doesn
    didn hasn haven hadn wouldn couldn shouldn t hardly fail fails failed failing refuse refuses
    refused refusing decline declines declined deny denies denied denying unlikely unable""".split()
)
"""Words that deny what stands after them; "t" comes from "won't"."""

NEGATION_REACH = 5
"""Words before a word in which its negation stands: "has not, so far, been approved"."""

OPPOSITES = (
    "open reopen|close shut",
    "safe|unsafe dangerous danger unfit",
    "approve pass back accept agree adopt ratify|reject block veto refuse defeat delay postpone",
    "guilty convict|acquit clear innocent",
    "alive survive|dead die kill",
    "win victory|lose defeat",
    "rise grow increase climb raise|fall drop shrink decrease cut lower decline",
    "begin start launch open|end stop finish cancel abandon halt",
    "continue remain stay keep|end stop quit leave resign halt cancel",
    "confess admit|deny contest",
    "allow permit legal lift|ban forbid prohibit bar illegal outlaw",
    "free release|jail arrest detain hold imprison",
    "hold happen|cancel postpone collapse",
    "contain control extinguish|rage spread uncontrolled",
    "find locate trace|miss vanish",
    "sign join|withdraw quit leave reject",
    "support endorse favor favour|oppose resist",
    "available return resume restore|suspend interrupt cut drop scrap",
    "buy acquire|sell",
    "save preserve keep|close scrap demolish shut",
    "complete finish ready|unfinished delay late",
    "reach strike|miss collapse break fail",
)
"""Opposites: the words on one side of a bar contradict the words on the other side."""

IRREGULAR = {
    "won": "win",
    "lost": "lose",
    "fell": "fall",
    "fallen": "fall",
    "rose": "rise",
    "risen": "rise",
    "grew": "grow",
    "grown": "grow",
    "began": "begin",
    "begun": "begin",
    "held": "hold",
    "found": "find",
    "sold": "sell",
    "bought": "buy",
    "kept": "keep",
    "left": "leave",
    "broke": "break",
    "broken": "break",
    "forbade": "forbid",
    "forbidden": "forbid",
    "shrank": "shrink",
    "shrunk": "shrink",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "struck": "strike",
    "died": "die",
    "flew": "fly",
    "flown": "fly",
    "met": "meet",
    "paid": "pay",
    "built": "build",
    "sent": "send",
    "took": "take",
    "taken": "take",
    "gave": "give",
    "given": "give",
    "went": "go",
    "gone": "go",
    "came": "come",
    "said": "say",
    "spoke": "speak",
    "spoken": "speak",
    "stolen": "steal",
    "stole": "steal",
}
SUFFIX = re.compile(
    r"(?<=\w{3})(?:ations?|ions?|ings?|ments?|ers?|ors?|ies|ied|ed|es|(?<!s)s|ly|e|y)$"
)
MIN_STEM_LENGTH = 3

LITTLE_WORDS = frozenset(
    """a an the this that these those is are was were be been being am do does did has have had will
    would can could shall should may might must of in at on by for from to with into over after
    before about and or but it its he she they them his her their there any ever yet already still
    again now who whom which what when where why how so as than then also more most very just much
    many new""".split()
)


def affirms(question: str, clause: str) -> bool | None:
    """Whether a clause answers a yes-no question with yes; None if it has no word of the question,
    nor its opposite.

    An opposite of a word of the question, or its negation shortly before it, means no; both
    together mean yes.
    """
    asked = [stem(word) for word in words(question) if word not in LITTLE_WORDS]
    opposites = {other for word in asked for other in _OPPOSITES.get(word, ())} - set(asked)
    said = words(clause)
    stems = [stem(word) for word in said]
    verdicts = []
    for place, word in enumerate(stems):
        is_opposite = word in opposites or word in {f"un{one}" for one in asked}
        if is_opposite or word in asked:
            reach = said[max(0, place - NEGATION_REACH) : place]
            verdicts.append((is_opposite, any(one in NEGATION for one in reach)))
    if not verdicts:
        return None
    return not any(is_opposite != is_negated for is_opposite, is_negated in verdicts)


def words(text: str) -> list[str]:
    """The words of a text, in lower case and without diacritics."""
    return [fold(word) for word in WORD.findall(text)]


def stem(word: str) -> str:
    """The stem that inflections of an English word, in lower case, share: "confess" of
    "confession"."""
    word = IRREGULAR.get(word, word)
    shorter = SUFFIX.sub("", word)
    if len(shorter) > MIN_STEM_LENGTH and shorter[-1] == shorter[-2] and shorter[-1] not in "sl":
        shorter = shorter[:-1]  # "ban" of "banned"
    return shorter if len(shorter) >= MIN_STEM_LENGTH else word


def _opposites() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in OPPOSITES:
        one, other = (set(map(stem, side.split())) for side in line.split("|"))
        for word in one:
            found.setdefault(word, set()).update(other)
        for word in other:
            found.setdefault(word, set()).update(one)
    return found


_OPPOSITES = _opposites()
