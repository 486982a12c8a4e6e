"""The grammar of English questions, as far as closed classes of words tell it.

There is no part-of-speech tagger here: question words, auxiliaries, prepositions and the words that
begin a subject are few, and where they stand tells a question ("when will it open") from a
subordinate clause ("when it opens").
"""

import re
from dataclasses import dataclass
from typing import Literal, Self

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
AUXILIARIES = frozenset(
    "is are was were am be do does did has have had will would can could shall should may might"
    " must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't"
    " can't couldn't shouldn't".split()
)
CONTRACTED = frozenset(
    "who's what's when's where's why's how's who're what're who'll what'll who'd what'd".split()
)
"""Question words with their auxiliary."""

PRONOUNS = frozenset(
    "i you he she it they we there this that these those anyone anybody anything everyone everybody"
    " someone somebody something nobody".split()
)
DETERMINERS = frozenset(
    "the a an his her its their our your my any some all both every each no another".split()
)
PREPOSITIONS = frozenset(
    "about after against at before behind between by during for from in into near of on over since"
    " through till to toward towards under until up upon with within without".split()
)
MEASURES = frozenset(
    "many much long often far soon late early old young big large small high tall deep wide heavy"
    " fast quickly likely dangerous expensive serious bad good well few little".split()
)
"""What "how" asks for the degree of."""

VERB_FORMS = frozenset(
    "became began beat bought broke brought built came caught chose cut died drew drove fell"
    " felt fought found gave got grew held hit kept knew led left lost made met paid put ran"
    " read rose said sank sat saw sent set shot sold sought spent spoke stole struck swam swore"
    " told took thought won went wore wrote happened comes goes happens remains".split()
)
"""Past tenses that do not end in -ed, and forms in -s that are no plural nouns."""

NOT_PAST = frozenset("hundred united sacred naked kindred".split())

ADVERBS = frozenset("exactly precisely else ever then also actually".split())
"""Words between a question word and the rest that change nothing about either."""

COUNTED = frozenset(("many", "much"))
MAX_PREPOSITIONS = 2
"""Prepositions before a question word, as in "up to what age"."""

MAX_NOUN_WORDS = 5
"""Words of the noun phrase after "which" or "how many"."""

MAX_BARE_NOUN_WORDS = 2
"""The same where there is no verb: a longer phrase has one that the lists above lack."""

WORD = re.compile(r"\w+(?:['’.-]\w+)*|[^\w\s]")
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark at ``question[start:end]``.

    Args:
        text: the word itself; "”" for all that is quoted, which has no grammar here.
        lower: in lower case, with a straight apostrophe.
    """

    text: str
    start: int
    end: int
    lower: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def asks(self) -> bool:
        return self.lower in QUESTION_WORDS or self.lower in CONTRACTED

    @property
    def begins_subject(self) -> bool:
        """Whether a subject can begin with it: a pronoun, a determiner, a name or a number."""
        return (
            self.lower in PRONOUNS
            or self.lower in DETERMINERS
            or self.text[0].isupper()
            or self.text == "”"
        )

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb, such as a past tense, by its form."""
        regular = self.lower.endswith("ed") and len(self.lower) > 4
        return (regular and self.lower not in NOT_PAST) or self.lower in VERB_FORMS


ClauseKind = Literal["inverted", "subject", "embedded", "phrase"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that asks.

    Args:
        kind: "inverted": an auxiliary comes before the subject ("when was it signed", "was it");
            "subject": the question word is the subject ("who won"); "embedded": the order is that
            of a statement ("when it was signed"); "phrase": there is no verb ("by how much").
        noun: the number of the token at which the noun phrase after the question word begins.
        predicate: the number of the token at which the rest begins.
    """

    kind: ClauseKind
    noun: int
    predicate: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence that may be a question; ``start`` and ``end`` are offsets into it."""

    tokens: list[Token]
    clause: Clause | None
    start: int
    end: int

    @classmethod
    def of(cls, tokens: list[Token]) -> Self:
        """The piece of some tokens, without punctuation marks at their end."""
        if not tokens:
            return cls([], None, 0, 0)
        return cls(tokens, parse_clause(tokens), tokens[0].start, tokens[-1].end)

    @property
    def is_phrase(self) -> bool:
        return self.clause is not None and self.clause.kind == "phrase"


def tokenize_question(question: str) -> list[Token]:
    """The words and punctuation marks of a question; what is in quotation marks is one token."""
    quoted = [Token("”", *match.span(), "”") for match in QUOTED.finditer(question)]
    rest = QUOTED.sub(lambda match: " " * len(match[0]), question)
    words = [
        Token(match[0], *match.span(), match[0].lower().replace("’", "'"))
        for match in WORD.finditer(rest)
    ]
    return sorted([*quoted, *words], key=lambda token: token.start)


def without_end(tokens: list[Token]) -> list[Token]:
    """The tokens without punctuation marks at the end."""
    end = len(tokens)
    while end and not tokens[end - 1].is_word and tokens[end - 1].text != "”":
        end -= 1
    return tokens[:end]


def parse_clause(tokens: list[Token]) -> Clause | None:
    """The clause that some tokens, without punctuation at their end, make up; None if they ask
    nothing."""
    if not tokens:
        return None
    first = tokens[0]
    if first.lower in AUXILIARIES:
        asks = len(tokens) > 1 and (tokens[1].begins_subject or len(tokens) > 2)
        return Clause("inverted", 0, 0) if asks else None
    leading = range(min(MAX_PREPOSITIONS, len(tokens) - 1))
    position = next((n for n in leading if tokens[n].lower not in PREPOSITIONS), len(leading))
    word = tokens[position]
    if not word.asks:
        return None
    position += 1
    while position < len(tokens) and tokens[position].lower in ADVERBS:
        position += 1
    if word.lower in ("what", "how") and [t.lower for t in tokens[position:]][:1] == ["about"]:
        return Clause("inverted", position, position)
    if word.lower in CONTRACTED:
        return Clause("inverted", position, position) if position < len(tokens) else None
    if word.lower == "how" and position < len(tokens) and _is_degree(tokens[position]):
        counted = tokens[position].lower in COUNTED
        position += 1
        return _with_noun(tokens, position, takes_noun=counted, is_subject=counted)
    takes_noun = word.lower in ("what", "which", "whose")
    return _with_noun(tokens, position, takes_noun, takes_noun or word.lower == "who")


def _is_degree(token: Token) -> bool:
    return token.lower in MEASURES


def _with_noun(
    tokens: list[Token], begin: int, takes_noun: bool, is_subject: bool
) -> Clause | None:
    """The clause whose question word ends before the token ``begin``.

    Args:
        takes_noun: whether a noun phrase can follow it.
        is_subject: whether it can be the subject.
    """
    position = begin
    while position < len(tokens):
        token = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.lower in AUXILIARIES:
            # "which is", "who has" and the like need more to ask about
            return Clause("inverted", begin, position) if following else None
        if not token.is_word and token.text != "”":
            return None
        if is_subject and _is_verb(token, following, alone=not takes_noun):
            return Clause("subject", begin, position)
        within = position > begin and tokens[position - 1].lower in PREPOSITIONS  # "share of the"
        if token.begins_subject and not within and not (takes_noun and token.text[0].isupper()):
            return Clause("embedded", begin, position) if following else None
        if not takes_noun:
            return Clause("embedded", begin, position) if following else None
        if position - begin >= MAX_NOUN_WORDS:
            return Clause("subject", begin, begin + 1)
        position += 1
    if position - begin > MAX_BARE_NOUN_WORDS:
        return Clause("subject", begin, begin + 1)
    return Clause("phrase", begin, position)


def _is_verb(token: Token, following: Token | None, *, alone: bool) -> bool:
    """Whether a word after a question word is its verb.

    Args:
        alone: whether the question word takes no noun, so that any word but a subject is one.
    """
    if token.begins_subject or token.lower in PREPOSITIONS:
        return False
    if alone or token.is_verb:
        return True
    return following is not None and following.begins_subject and token.text[0].islower()
