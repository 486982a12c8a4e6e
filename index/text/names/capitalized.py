"""Runs of capitalized words in a sentence, which may be names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.text.first_words import FUNCTION_WORDS
from index.text.names.words import PARTICLES, ROLES, TITLES

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*+|\d+(?:[.,]\d+)*+|[^\w\s]|_")
"""A word, a number or a punctuation mark."""

POSSESSIVE = re.compile(r"['’][sS]?$")
MIN_CAPITALS = 2
"""Letters of a word in capitals only, such as "SADC"; an initial has one."""


ABBREVIATED = frozenset(
    """
    adm amb capt cmdr col coun det dr ft gen gov lt maj mr mrs ms mt prof rep rev sen sgt st
    """.split()
)
"""Abbreviations inside or before a name, in lower case and without their full stop."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or punctuation mark: ``text[start:end]`` of an article.

    Args:
        text: without a possessive ending.
        end: as ``text``, without a possessive ending.
        is_possessive: it had one.
    """

    text: str
    start: int
    end: int
    is_possessive: bool = False

    @property
    def lower(self) -> str:
        return self.text.casefold()

    @property
    def is_capitalized(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalized words beside each other, perhaps with particles ("van") between them.

    Args:
        tokens: of the run.
        before, after: the tokens of its sentence around it, in order.
    """

    tokens: tuple[Token, ...]
    before: Sequence[Token]
    after: Sequence[Token]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)

    @property
    def starts_sentence(self) -> bool:
        """Whether its capital may be that of a sentence's, or a quoted sentence's, first word."""
        return not self.before or self.before[-1].text in "\"“”'‘(:…—–-"

    @property
    def previous(self) -> str:
        """The token before it, in lower case; "" at the start."""
        return self.before[-1].lower if self.before else ""

    @property
    def next(self) -> str:
        """The token after it; "" at the end or after a possessive ending."""
        return self.after[0].text if self.after and not self.tokens[-1].is_possessive else ""

    def drop(self, count: int) -> "Run":
        """The run without its first words."""
        rest = self.tokens[count:]
        return Run(rest, (*self.before, *self.tokens[:count]), self.after)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]`` in order."""
    found = []
    for match in TOKEN.finditer(text, start, end):
        word = match[0]
        bare = POSSESSIVE.sub("", word) if word[0].isalpha() else word
        is_possessive = bare != word
        found.append(Token(bare or word, match.start(), match.start() + len(bare), is_possessive))
    return found


def runs_of(text: str, tokens: Sequence[Token], lower_words: frozenset[str]) -> Iterator[Run]:
    """The runs in a sentence, in order.

    Args:
        lower_words: the words that the article writes in lower case somewhere. At the start of a
            sentence, they are no names.
    """
    position = 0
    while position < len(tokens):
        if not tokens[position].is_capitalized or not tokens[position].is_word:
            position += 1
            continue
        last = position
        while (following := _next_in_run(text, tokens, last)) is not None:
            last = following
        run = Run(tuple(tokens[position : last + 1]), tokens[:position], tokens[last + 1 :])
        position = last + 1
        if run.starts_sentence and _is_common(run.tokens[0], lower_words):
            if len(run.tokens) == 1:
                continue
            run = run.drop(1)
            if not run.tokens[0].is_capitalized:
                continue
        yield run


def _is_common(token: Token, lower_words: frozenset[str]) -> bool:
    lower = token.lower
    is_word = lower in FUNCTION_WORDS or lower in lower_words or lower in ROLES
    return is_word and lower not in TITLES


def _next_in_run(text: str, tokens: Sequence[Token], last: int) -> int | None:
    """The position of the next capitalized word of a run; None if it ends."""
    if tokens[last].is_possessive:
        return None
    position = last + 1
    if position < len(tokens) and tokens[position].text == "." and _is_abbreviation(tokens[last]):
        position += 1
    while position < len(tokens) and tokens[position].text in PARTICLES:
        position += 1
    if position >= len(tokens) or position > last + 4:
        return None
    word = tokens[position]
    gaps = (text[tokens[n].end : tokens[n + 1].start] for n in range(last, position))
    is_joined = all(gap in ("", " ", "\u00a0") for gap in gaps)
    return position if word.is_word and word.is_capitalized and is_joined else None


def _is_abbreviation(token: Token) -> bool:
    """Whether a full stop after a token does not end the run: an initial, "Maj.", "St."."""
    return len(token.text) == 1 or token.lower in ABBREVIATED
