"""Requests: "list the countries that signed", "tell me about the flood", "please tell me who won".

A request is rewritten to the question that it stands for, or to the topic whose news it asks for.
"""

import re
from dataclasses import dataclass

from index.answering.question_grammar import (
    AUXILIARIES,
    parse_clause,
    tokenize_question,
    without_end,
)
from index.text.lazy_pattern import lazy_pattern

ASKS = r"(?:who|whom|whose|what|which|when|where|why|how)(?:['’]?(?:s|re))?"
ASKING_CLAUSE = rf"(?=(?:(?:by|in|at|on|to|for|from|with|of|about|since|until)\s+)?{ASKS}\b)"

GREETING = (
    r"(?:(?:(?:hi|hey|hello|hiya)(?:\s+(?:there|all|everyone|dateline))?|good\s+(?:morning|evening)"
    r"|please|pls|kindly|ok(?:ay)?|so|well|then)\b[\s,.!:–—-]*+)+"
)
PERSON = r"(?:you|u|some(?:one|body)|any(?:one|body))"
POLITELY = (
    rf"(?:(?:can|could|would|will)\s+{PERSON}\s+(?:(?:please|kindly|perhaps|maybe|possibly)\s+)?"
    r"|(?:i\s+want|i['’]d\s+like|i\s+would\s+like)\s+(?:you\s+)?to\s+"
    r"|please\s+)"
)
TELL = (
    r"(?:tell|show|inform|remind)\s+(?:me|us)|say|explain(?:\s+to\s+(?:me|us))?"
    r"|let\s+(?:me|us)\s+know"
)
KNOW = (
    rf"(?:do|does|would|did)\s+{PERSON}\s+(?:happen\s+to\s+)?know"
    r"|(?:i|we)\s+(?:(?:really|just)\s+)?(?:want(?:ed)?|need|would\s+like|wish|am\s+trying|are\s+trying)"
    r"\s+to\s+(?:know|learn|find\s+out|ask|understand)"
    r"|(?:i|we)['’]d\s+(?:like|love)\s+to\s+(?:know|learn|find\s+out|ask)"
    r"|i\s*(?:am|was|['’]m)\s+(?:just\s+)?(?:wondering|curious|trying\s+to\s+find\s+out)|i\s+wonder"
    r"|(?:(?:do\s+)?you\s+have\s+)?any\s+idea|is\s+it\s+known"
)
WRAPPER = lazy_pattern(
    rf"^\s*(?:{GREETING})?(?:(?:{POLITELY})?(?:{TELL})|{KNOW})\s*+(?:[,:]\s++|(?<=\s))"
    rf"(?:about\s+(?={ASKS}\b(?!\s+is\b))|{ASKING_CLAUSE}|(?:if|whether)\s+(?=\w))",
    re.IGNORECASE,
)
"""Matches what is said before the clause that asks: "can you tell me", "do you know if"."""

GREETINGS = lazy_pattern(
    rf"^\s*{GREETING}(?:(?=(?:{ASKS}|{'|'.join(sorted(AUXILIARIES))})\b)|{ASKING_CLAUSE})",
    re.IGNORECASE,
)
CLOSING = lazy_pattern(
    r"(?<!they)(?<!you)(?<!we)(?<![\s,])[\s,]++(?:please|pls|thanks|thank\s+you|for\s+(?:me|us))"
    r"(?:\s+in\s+advance)?(?=\s*+[.!?]*+\s*+$)",
    re.IGNORECASE,
)
WHETHER = lazy_pattern(r"(?:if|whether)\s+$", re.IGNORECASE)

BEGIN = rf"^\s*(?:{GREETING})?(?:{POLITELY})?"
DETERMINER = (
    r"(?:all\s+(?:of\s+)?(?:the\s+)?|the\s+|every\s+|each\s+|those\s+|these\s+|some\s+|any\s+)"
)
LIST = lazy_pattern(
    rf"{BEGIN}(?P<verb>list(?:\s+of)?|name|enumerate|(?:give|show|tell|get)\s+(?:me|us)|(?:i|we)\s+(?:need|want))"
    r"(?:\s+out)?\s+"
    r"(?P<names>(?:a\s+|the\s+)?(?:full\s+|complete\s+)?(?:list|names?)\s+of\s+)?"
    rf"(?P<determiner>{DETERMINER})?(?P<noun>\w[^?!.]*+)[\s.!?]*+$",
    re.IGNORECASE,
)
RELATIVE = lazy_pattern(
    r"^(?P<noun>[\w’' -]+?)(?:,|(?<!\s))\s++(?:that|who|which)\s+(?P<predicate>\S[\s\S]*)",
    re.IGNORECASE,
)
PARTICIPLE = lazy_pattern(
    r"^(?P<noun>(?:(?!(?:of|the|an?|in|on|at|for|from|to|by|with)\b)[\w’'-]+\s+){1,3}?)"
    r"(?P<predicate>\w{2,}(?:ed|ing|wn|ung)\b(?:\s.*)?)$",
    re.IGNORECASE,
)
PEOPLE = lazy_pattern(r"(?:people|persons|men|women|children|those|ones)$", re.IGNORECASE)
ASKING_WORD = lazy_pattern(rf"{ASKS}\b", re.IGNORECASE)
PLURAL = lazy_pattern(r"(?:\w[^s\W]s|people|men|women|children|police)$", re.IGNORECASE)
PLURAL_OR_THOSE = lazy_pattern(rf"{PLURAL.pattern}|those$", re.IGNORECASE)
HEAD_END = lazy_pattern(
    r"(?<!\s)\s++(?:of|in|on|at|for|from|to|by|with|about|behind|between|during|after)\s"
)

NEWS = (
    r"(?:news|latest|update|updates|story|stories|situation|status|word|info|information"
    r"|articles?|reports?)"
)
ABOUT = r"(?:about|on|of|regarding|concerning|from|with|around)"
TOPIC = lazy_pattern(
    rf"{BEGIN}(?:"
    r"(?:tell|brief|update|inform)\s+(?:me|us)\s+(?:(?:a\s+bit|a\s+little|something|more|all|everything|"
    rf"what\s+you\s+know|the\s+{NEWS})\s+)*{ABOUT}"
    r"|(?:give|show|get)\s+(?:me|us)\s+(?:(?:a|an|the|some|any|all|more|latest|brief|short|quick)\s+)*"
    rf"(?:summary|overview|gist|rundown|outline|{NEWS})\s+{ABOUT}"
    r"|summari[sz]e|sum\s+up|recap"
    rf"|(?:a\s+|any\s+|the\s+)?(?:short\s+|brief\s+|quick\s+)?(?:summary|overview|gist|rundown)\s+of"
    rf"|(?:what(?:['’]?s|\s+is|\s+are)|is\s+there|are\s+there|any)\s+(?:(?:the|any|some|new|latest|more)\s+)*"
    rf"{NEWS}\s+{ABOUT}"
    r"|what(?:['’]?s|\s+is)\s+(?:new|going\s+on|happening)\s+(?:with|in|at|about|on)"
    r"|what\s+do\s+(?:you|we|the\s+articles|the\s+papers)\s+(?:know|have|say|report)\s+(?:about|on)"
    rf"|{NEWS}\s+(?:about|on|regarding)"
    r")\s++(?P<topic>[^?!\n]*?\w)[\s.!?]*+$",
    re.IGNORECASE,
)
HAPPENED = lazy_pattern(
    rf"{BEGIN}what(?:\s+has|['’]s)?\s+(?:happened|occurred)\s+(?:(?:in|at|on|during|with)\s+)"
    r"(?P<topic>[^\W\d]\w*(?:[\s’'-]+\w+){0,4})[\s.!?]*+$",
    re.IGNORECASE,
)

MAX_LENGTH = 2000
"""Characters of a longer text, which is no request."""

PRONOUN_TOPIC = lazy_pattern(
    r"(?:it|this|that|them|these|those|him|her|you|yourself|me|us)(?:\s+all)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What is searched for a question or a request.

    Args:
        query: the question inside, or the words of the topic.
        is_topic: the opening of the article about the topic is asked for, not an answer.
        opening_of: the topic whose article's opening is the answer if the question has none; "" if
            there is no such topic.
    """

    query: str
    is_topic: bool = False
    opening_of: str = ""

    @property
    def is_pronoun(self) -> bool:
        """Whether the topic is only pointed at: "tell me about it"."""
        return self.is_topic and PRONOUN_TOPIC.match(self.query) is not None


def interpret(question: str) -> Interpretation:
    """What a question or a request asks for; a plain question is returned as it is."""
    if len(question) > MAX_LENGTH:
        return Interpretation(question)
    if (topic := _topic(TOPIC, question)) and not ASKING_WORD.match(topic):
        return Interpretation(topic, is_topic=True)
    if end := wrapper_end(question):
        inside = CLOSING.sub("", question[end:])
        asks_whether = WHETHER.search(question[:end])
        return Interpretation(_inverted(inside) if asks_whether else inside)
    if topic := _topic(HAPPENED, question):
        return Interpretation(question, opening_of=topic)
    if rewritten := _rewrite_list(question):
        return Interpretation(rewritten)
    greeting = GREETINGS.match(question)
    bare = CLOSING.sub("", question[greeting.end() if greeting else 0 :])
    return Interpretation(bare if bare.strip() else question)  # ", please" is all there is


def is_request(text: str) -> bool:
    """Whether a text asks for something without being a question: a list, a topic's news, or a
    question inside "tell me" and the like."""
    meant = interpret(text)
    if meant.is_topic:
        return not meant.is_pronoun  # "tell me about it!" is talk
    if end := wrapper_end(text):
        asked = parse_clause(without_end(tokenize_question(text[end:])))
        return asked is None or asked.kind != "phrase"  # "I wonder why" is talk
    return bool(_rewrite_list(text))


def wrapper_end(question: str) -> int:
    """Where the clause that asks begins, after "can you tell me" and the like; 0 without these."""
    match = WRAPPER.match(question[:MAX_LENGTH])
    return match.end() if match else 0


def _topic(pattern: re.Pattern[str], question: str) -> str:
    """The topic that a request is about; "" if it is no such request."""
    match = pattern.match(question)
    if match is None:
        return ""
    return CLOSING.sub("", match["topic"])


def _inverted(statement: str) -> str:
    """A yes-no question from the statement after "whether": "the road is open" becomes "is the road
    open", "children travel free" becomes "do children travel free"."""
    tokens = tokenize_question(statement)
    auxiliary = next((token for token in tokens[1:] if token.lower in AUXILIARIES), None)
    if auxiliary is None:
        return f"do {statement}"
    before, after = statement[: auxiliary.start], statement[auxiliary.end :].lstrip()
    return f"{auxiliary.text} {before}{after}"


def _rewrite_list(question: str) -> str:
    """The question for a request to list or name something; "" for anything else.

    Without a determiner, "list price" and "name change" are keywords, so that only what follows
    ("list countries that signed") tells a request.
    """
    match = LIST.match(question[:MAX_LENGTH])
    if match is None:
        return ""
    noun = CLOSING.sub("", match["noun"].rstrip())
    determiner = (match["determiner"] or "").strip().lower()
    verb = match["verb"].lower()
    if verb.startswith(("i ", "we ")) and not match["names"]:
        return ""
    if determiner in ("those", "these"):
        noun = f"those {noun}"
    relative = RELATIVE.match(noun)
    modified = relative or PARTICIPLE.match(noun)
    plural = modified and PLURAL_OR_THOSE.search(modified["noun"].strip())
    is_relative = relative is not None
    if not (determiner or match["names"] or plural or is_relative):
        return ""
    if modified and (plural or is_relative):
        return _asking_which(modified["noun"].strip(), modified["predicate"], is_relative)
    head = HEAD_END.split(noun, maxsplit=1)[0]
    the = "" if determiner in ("some", "any") else "the "
    if PLURAL.search(head):
        names = "the names of " if verb == "name" or match["names"] else ""
        return f"what are {names}{the}{noun}?"
    named = "the name of " if verb == "name" or match["names"] else ""
    return f"what is {named}{the}{noun}?"


def _asking_which(noun: str, predicate: str, is_relative: bool) -> str:
    """The question for a noun with a relative clause or a participle.

    Args:
        predicate: the relative clause without its pronoun, or from the participle on.
    """
    if PEOPLE.search(noun):
        return f"who were {'the people who ' if is_relative else ''}{predicate}?"
    if is_relative:
        return f"which {noun} {predicate}?"
    verb = "are" if PLURAL.search(noun) else "is"
    return f"which {noun} {verb} {predicate}?"
