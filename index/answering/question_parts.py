"""Several questions asked at once: "How many troops are going, and where will they be based?".

They are split by rule, where one question ends and another begins, or where two question words
share a clause ("when and where was it signed?"). In doubt, a question stays in one piece: half a
question finds worse passages than a double one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.answering.question_completion import complete_texts
from index.answering.question_grammar import (
    AUXILIARIES,
    PRONOUNS,
    QUESTION_WORDS,
    Piece,
    Token,
    parse_clause,
    tokenize_question,
    without_end,
)
from index.answering.requests import interpret, is_request, wrapper_end
from index.text.lazy_pattern import lazy_pattern

MAX_PARTS = 4
"""Maximum number of parts; any further questions stay in the last one."""

MAX_LENGTH = 2000
"""Characters of a longer text, which is an article rather than a question and is not split."""

MAX_TOKENS = 600
"""Words and punctuation marks of a text with more, which is hardly one; splitting takes time with
their square."""

COORDINATORS = frozenset(("and", "but", "plus", "&"))

FILLER = lazy_pattern(r"(?:also|then|if so|in that case|by the way)\b[\s,]*", re.IGNORECASE)
LEAD = lazy_pattern(
    r"^\s*(?:(?:and|but|or|so|also|then|plus|if so|in that case|ok(?:ay)?)\b[\s,]*)+", re.I
)
WHAT_ABOUT = lazy_pattern(r"(?:what|how)\s+about\s+\w", re.IGNORECASE)

RELATIVE_WORDS = QUESTION_WORDS | {"that"}
RELATIVE_PRONOUNS = frozenset(("who", "whom", "whose", "which"))
ADVERBIAL_WORDS = frozenset(("why", "how", "where"))
"""Question words that begin no adverbial clause: "and why they left" asks, "and when they left" may
say when something else was."""

SENTENCE_END = lazy_pattern(r"[?!]+[\"”’)]*\s*|(?<=[^\W\d_]{3})\.\s+|(?:(?<!\s)[^\S\n]++)?\n\s*")
TALK = lazy_pattern(
    r"^\W*(?:(?:can|could)\s+(?:you|any(?:one|body)|some(?:one|body))\s+(?:please\s+)?help(?:\s+(?:me|us))?"
    r"|do(?:es)?\s+(?:you|any(?:one|body))(?:\s+here)?\s+know|you\s+know|any\s+ideas?|any(?:one|body)"
    r"|is\s+(?:that|this|it)\s+(?:right|true|correct)|who\s+knows|how\s+are\s+you(?:\s+\w+)?|what|why\s+not"
    r"|right|really|ok(?:ay)?|thanks|thank\s+you|please)\W*",
    re.IGNORECASE,
)
"""Matches what has a question mark and asks nothing."""

FRONTED = lazy_pattern(
    r"(?:in|on|at|during|after|before|since|for|under|within|according\s+to|as\s+of|by|with|from)"
    r"\s[^,?]{1,80},\s+",
    re.IGNORECASE,
)
"""Matches what holds for all questions of a sentence: "In 2020, who won, and who lost?"."""


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One of the questions that were asked at once.

    Args:
        text: the question; the slice, unless it was completed with words that it shares.
        start, end: the slice of what was typed. The slices of all parts are in order and do not
            overlap.
    """

    text: str
    start: int
    end: int


def split_question(question: str) -> tuple[QuestionPart, ...]:
    """The questions in what was typed, at most ``MAX_PARTS``; a single one comes back unchanged."""
    whole = (QuestionPart(question, 0, len(question)),)
    if len(question) > MAX_LENGTH or len(tokenize_question(question)) > MAX_TOKENS:
        return whole
    parts = [
        part for sentence in _asking_sentences(question) for part in _split(question, *sentence)
    ]
    if len(parts) < 2:
        return whole
    if len(parts) > MAX_PARTS:
        start, end = parts[MAX_PARTS - 1].start, parts[-1].end
        parts = [*parts[: MAX_PARTS - 1], QuestionPart(question[start:end], start, end)]
    return tuple(parts)


def _asking_sentences(question: str) -> list[tuple[int, int, int]]:
    """The sentences that ask.

    Returns:
        (where the statements before it begin, where the sentence begins, where it ends) for each.
    """
    quoted = [(t.start, t.end) for t in tokenize_question(question) if t.text == "”"]
    ends = [m for m in SENTENCE_END.finditer(question) if not _is_within(m.start(), quoted)]
    cuts = [0, *(match.end() for match in ends), len(question)]
    asking: list[tuple[int, int, int]] = []
    begin = 0
    for start, end in pairwise(cuts):
        if _asks(question[start:end]):
            asking.append((begin, start, end))
        elif asking and begin == start and not question[start:end].rstrip().endswith("."):
            asking[-1] = (*asking[-1][:2], end)  # "From Spain?" belongs to the question before it
        else:
            continue
        begin = end
    return asking


def _is_within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _asks(sentence: str) -> bool:
    """Whether a sentence is a question or a request, not a statement or talk."""
    lead = LEAD.match(sentence)
    rest = sentence[lead.end() :] if lead else sentence
    if TALK.fullmatch(rest):
        return False
    if is_request(rest) or WHAT_ABOUT.match(rest):
        return True
    fronted = FRONTED.match(rest)
    tokens = without_end(tokenize_question(rest[fronted.end() :] if fronted else rest))
    end = next((left for left, _ in _boundaries(tokens)), len(tokens))
    return parse_clause(tokens[:end]) is not None or parse_clause(tokens) is not None


def _split(question: str, begin: int, start: int, end: int) -> list[QuestionPart]:
    """The questions of the sentence ``question[start:end]``, the first one with the statements
    before the sentence, from ``begin`` on."""
    end = start + len(question[start:end].rstrip())
    sentence = question[start:end]
    lead, wrapper = LEAD.match(sentence), wrapper_end(sentence)
    first = wrapper or (lead.end() if lead else 0)
    fronted = None if wrapper else FRONTED.match(sentence, first)
    first = fronted.end() if fronted else first
    tokens = [token for token in tokenize_question(sentence) if token.start >= first]
    asked_for = is_request(sentence)
    is_embedded = bool(wrapper) or (asked_for and not interpret(sentence).is_topic)
    pieces = _pieces(tokens, is_embedded=is_embedded, is_request=asked_for)
    if len(pieces) < 2:
        begin += len(question[begin:end]) - len(question[begin:end].lstrip())
        return [QuestionPart(question[begin:end], begin, end)]
    shared = fronted[0] if fronted else ""
    texts = [shared + text for text in complete_texts(sentence, pieces)]
    texts[0] = (question[begin:start] + texts[0]).lstrip()
    starts = [begin, *(start + piece.start for piece in pieces[1:])]
    ends = [*(start + piece.end for piece in pieces[:-1]), end]
    return [QuestionPart(*part) for part in zip(texts, starts, ends, strict=True)]


def _pieces(tokens: list[Token], *, is_embedded: bool, is_request: bool) -> list[Piece]:
    """The questions that coordinators separate; fewer than two if the sentence is one question.

    Args:
        is_embedded: the sentence begins like "do you know", so that its clauses have the order of
            statements.
        is_request: the sentence is a request, so that its beginning need not ask.
    """
    pieces: list[Piece] = []
    begin = 0
    for left_end, right in [*_boundaries(tokens), (len(tokens), len(tokens))]:
        if left_end <= begin:
            continue  # the comma in "and if so, how many"
        piece = Piece.of(without_end(tokens[begin:left_end]))
        kind = piece.clause.kind if piece.clause else None
        asks = kind is not None and (is_embedded or kind != "embedded")
        if not (pieces or asks or is_request):
            continue
        remaining = tokens[right:]
        if not remaining:
            pieces.append(piece)
        elif _begins_question(piece, tokens[left_end:right], remaining, is_embedded=is_embedded):
            pieces.append(piece)
            begin = right
    if all(piece.is_phrase and len(piece.tokens) == 1 for piece in pieces):
        return []  # "who, what and where?"
    return pieces


def _boundaries(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """The (end of the left side, beginning of the right side) of each coordinator or comma."""
    for number, token in enumerate(tokens):
        is_comma = token.text in (",", ";")
        if not (is_comma or token.lower in COORDINATORS) or number == 0:
            continue
        right = number + 1
        if is_comma and right < len(tokens) and tokens[right].lower in COORDINATORS:
            continue  # the coordinator after it
        rest = " ".join(t.lower for t in tokens[right : right + 5])
        if (filler := FILLER.match(rest)) and not is_comma:
            right += len(filler[0].split())
            while right < len(tokens) and tokens[right].text == ",":
                right += 1
        left = number
        while left and tokens[left - 1].text in (",", ";"):
            left -= 1
        if right < len(tokens):
            yield left, right


def _begins_question(
    left: Piece, separator: list[Token], right: list[Token], *, is_embedded: bool
) -> bool:
    """Whether another question begins after a separator, such as a comma and "and"."""
    marks = {token.text for token in separator}
    coordinated = any(token.lower in COORDINATORS for token in separator)
    paused = bool(marks & {",", ";"})
    boundary = next((n for n, _ in _boundaries(right)), len(right))
    clause = parse_clause(without_end(right[:boundary])) or parse_clause(without_end(right))
    if clause is None:
        return coordinated and _is_request_clause(right)
    first = right[0].lower
    if first in AUXILIARIES:
        subject = right[1].lower in PRONOUNS or (paused and right[1].begins_subject)
        return coordinated and subject
    if not coordinated:
        asks = clause.kind in ("inverted", "phrase")
        if left.is_phrase:
            return asks
        # After a comma, "who" and "which" begin relative clauses, except in "who won, who lost".
        is_subject = left.clause is not None and left.clause.kind == "subject"
        listed = is_subject and left.tokens[0].lower == first == "who" and clause.kind == "subject"
        is_relative = first in RELATIVE_PRONOUNS and clause.noun == clause.predicate
        return (asks and not is_relative) or listed
    has_subordinate = any(t.lower in RELATIVE_WORDS for t in left.tokens[_head(left) :])
    if clause.kind == "phrase":
        return not has_subordinate or paused
    if clause.kind == "inverted":
        return not has_subordinate or paused or first not in RELATIVE_PRONOUNS
    if clause.kind == "subject":
        return not has_subordinate
    return not has_subordinate and (is_embedded or first in ADVERBIAL_WORDS)


def _head(piece: Piece) -> int:
    """The number of tokens of a piece's question words."""
    return piece.clause.noun if piece.clause else 0


def _is_request_clause(tokens: list[Token]) -> bool:
    """Whether "and" is followed by a request of its own: "and tell me who signed"."""
    text = " ".join(token.text for token in tokens)
    return tokens[0].lower in ("tell", "give", "show", "list", "name") and (
        is_request(text) or interpret(text).is_topic
    )
