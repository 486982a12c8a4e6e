"""Completing the questions of a sentence with the words that they share.

The parts are searched separately, so "when" and "where was it signed", or "who won" and "by how
much", need each other's words.
"""

from collections.abc import Sequence

from index.answering.question_grammar import AUXILIARIES, COUNTED, Piece

THINGS = COUNTED | {"what", "which", "whose", "who"}
"""Words that ask for the subject or the object, which the predicate lacks."""

CONTRACTIONS = {f"{letter}'s": "is " for letter in "onetwy"} | {"'re": "are ", "'ll": "will "}
"""Auxiliaries by the last three letters of the question word that they are contracted with."""

DO = frozenset("do does did don't doesn't didn't".split())


def complete_texts(sentence: str, pieces: Sequence[Piece]) -> list[str]:
    """The texts of the questions in a sentence, each completed with what it shares with others.

    Args:
        pieces: at least one; the last one's text goes on to the end of the sentence.
    """
    ends = [*(piece.end for piece in pieces[:-1]), len(sentence)]
    texts = []
    for number, (piece, end) in enumerate(zip(pieces, ends, strict=True)):
        later = next((n for n in range(number + 1, len(pieces)) if _is_clause(pieces[n])), None)
        earlier = next((p for p in reversed(pieces[:number]) if _is_clause(p)), None)
        text = sentence[piece.start : end]
        if piece.is_phrase and later is not None:
            text = f"{text} {_predicate(sentence, pieces[later], ends[later])}"
        elif piece.is_phrase and earlier is not None:
            phrase, mark = sentence[piece.start : piece.end], sentence[piece.end : end]
            text = _with_predicate(sentence, phrase, piece, earlier) + mark
        elif earlier is not None and (noun := _missing_noun(sentence, piece, earlier)):
            assert piece.clause is not None
            verb = piece.tokens[piece.clause.predicate].start
            text = f"{sentence[piece.start : verb]}{noun} {sentence[verb:end]}"
        texts.append(text)
    return texts


def _is_clause(piece: Piece) -> bool:
    """Whether a piece has a predicate that it can share."""
    clause = piece.clause
    return clause is not None and clause.kind != "phrase" and clause.predicate < len(piece.tokens)


def _predicate(sentence: str, piece: Piece, end: int) -> str:
    """The predicate of a piece, up to ``end``."""
    assert piece.clause is not None
    number = piece.clause.predicate
    contracted = CONTRACTIONS.get(piece.tokens[number - 1].lower[-3:], "") if number else ""
    return contracted + sentence[piece.tokens[number].start : end]


def _with_predicate(sentence: str, phrase: str, piece: Piece, earlier: Piece) -> str:
    """A phrase with the predicate of the question before it.

    "Why" after "when did it start" becomes "why did it start", "by how much" after "who won"
    becomes "won by how much".
    """
    clause = earlier.clause
    assert clause is not None
    predicate = _predicate(sentence, earlier, earlier.end)
    verb, *rest = earlier.tokens[clause.predicate :]
    asked_for = earlier.tokens[clause.noun - 1].lower if clause.noun else ""
    if not clause.noun and piece.tokens[-1].lower in COUNTED:
        # "Was anyone hurt, and how many" asks how many were.
        remaining = [t for t in earlier.tokens if not (t.lower in AUXILIARIES or t.begins_subject)]
        return f"{phrase} {sentence[remaining[0].start : earlier.end]}" if remaining else phrase
    has_subject = verb.lower in DO or bool(rest and rest[0].begins_subject)
    if clause.kind == "inverted" and (asked_for not in THINGS or has_subject):
        it = " it" if asked_for == "what" and verb.lower in DO else ""  # "what did he say and when"
        return f"{phrase} {predicate}{it}"
    noun = " ".join(token.text for token in earlier.tokens[clause.noun : clause.predicate])
    return f"{noun} {predicate} {phrase}".strip()


def _missing_noun(sentence: str, piece: Piece, earlier: Piece) -> str:
    """The noun that "how many were injured" shares with "how many people died"; "" if there is none
    to share."""
    clause, before = piece.clause, earlier.clause
    if clause is None or before is None or not 0 < clause.noun == clause.predicate:
        return ""
    asked = [token.lower for token in piece.tokens[: clause.noun]]
    asked_before = [token.lower for token in earlier.tokens[: before.noun]]
    nouns = earlier.tokens[before.noun : before.predicate]
    if asked != asked_before or asked[-1] not in COUNTED | {"which"} or not nouns:
        return ""
    return sentence[nouns[0].start : nouns[-1].end]
