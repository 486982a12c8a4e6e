"""People named in a text, recognized by the words around their names.

A name is left out rather than guessed: what could be an organization, a ship or a place needs more
than one sign of a person, such as an age, a profession, "said", or its last word alone elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from index.text.mentions import Mention, in_order
from index.text.names.capitalized import MIN_CAPITALS, Run, Token
from index.text.names.gazetteer import known_places
from index.text.names.words import (
    LANDFORMS,
    MONTHS_AND_DAYS,
    ORGANIZATIONS,
    PARTICLES,
    RELATIVES,
    ROLES,
    SPEAKING,
    SURNAMES,
    TITLES,
)

MIN_SIGNS = 2
"""The sum of the signs, of 1 or 2 each, from which a name is a person's."""

ROLE_DISTANCE = 6
"""Words after "NAME, a" among which a profession is looked for."""

NOT_PEOPLE = (ORGANIZATIONS | MONTHS_AND_DAYS) - SURNAMES

MAX_WORDS = 5
"""Capitalized words of a person's name."""

APPOSITION_ENDS = frozenset([",", ".", ";", "of", "from", "and"])

LOCATIVE = frozenset("in at near outside off around across inside".split())


def find_people(text: str, runs: Sequence[Run]) -> list[Mention]:
    """The people that a text names, most frequent first, then in the order of the text."""
    stripped = [(_without_titles(run), run) for run in runs]
    by_words: dict[tuple[str, ...], list[tuple[Run, bool]]] = defaultdict(list)
    for bare, run in stripped:
        if bare is not None:
            by_words[bare.words].append((bare, len(bare.tokens) < len(run.tokens)))
    alone = Counter(words[0] for words, of in by_words.items() for _ in of if len(words) == 1)
    speaking = {
        words[0]
        for words, of in by_words.items()
        if len(words) == 1 and any(_speaks(run) for run, _ in of)
    }
    full = [
        words
        for words, of in by_words.items()
        if _can_be_a_person(words)
        and sum(_signs(run, titled) for run, titled in of) + _surname_sign(words, alone, speaking)
        >= MIN_SIGNS
    ]
    return _merged(by_words, full, alone)


def _merged(
    by_words: dict[tuple[str, ...], list[tuple[Run, bool]]],
    full: Sequence[tuple[str, ...]],
    alone: Counter[str],
) -> list[Mention]:
    """One name for each person, with bare surnames counted for the first with that surname."""
    chosen: list[tuple[str, ...]] = []
    counts: Counter[tuple[str, ...]] = Counter()
    for words in sorted(full, key=lambda one: (-len(one), by_words[one][0][0].start)):
        same = next((one for one in chosen if _is_short_for(words, one)), None)
        if same is None:
            chosen.append(words)
        counts[same or words] += len(by_words[words])
    seen: set[str] = set()
    for words in sorted(chosen, key=lambda one: by_words[one][0][0].start):
        for last in {words[-1], " ".join(_surname(words))} - seen:
            seen.add(last)
            counts[words] += alone[last] if len(words) > 1 else 0
    firsts = {words: by_words[words][0][0] for words in chosen}
    return in_order(Mention(run.start, run.end, counts[words]) for words, run in firsts.items())


def _is_short_for(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a name leaves out words of another one: "Coumba Thiam", "Lane"."""
    remaining = iter(whole)
    return all(word in remaining for word in short)


def _surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """The last word of a name, with the particles before it."""
    start = len(words) - 1
    while start > 0 and words[start - 1] in PARTICLES:
        start -= 1
    return words[start:]


def _without_titles(run: Run) -> Run | None:
    """A run without the titles at its start ("Prime Minister", "Maj. Gen."); None if it is only
    these."""
    words = [token.lower for token in run.tokens]
    last = max((n for n, word in enumerate(words) if word in TITLES or word == "."), default=-1)
    is_title = last >= 0 and all(
        word in TITLES
        or word in (".", "prime", "vice", "foreign", "first", "lady", "deputy")
        or word in ("finance", "defense", "defence", "interior", "health", "chief", "attorney")
        for word in words[: last + 1]
    )
    rest = run.drop(last + 1) if is_title else run
    return rest if rest.tokens else None


def _can_be_a_person(words: tuple[str, ...]) -> bool:
    capitalized = [word for word in words if word not in PARTICLES]
    lower = {word.casefold() for word in words}
    name = " ".join(words)
    return (
        len(capitalized) <= MAX_WORDS
        and not lower & NOT_PEOPLE
        and words[-1].casefold() not in LANDFORMS - SURNAMES
        and name not in known_places()
        and not any(len(word) >= MIN_CAPITALS and word.isupper() for word in words)
        and len(name) > 2
    )


def _surname_sign(words: tuple[str, ...], alone: Counter[str], speaking: set[str]) -> int:
    """How strongly a last word that also stands alone in the text, unlike the first, indicates a
    person: 2 if it says something there, or is described as a person, else 1."""
    last = words[-1]
    is_surname = (
        len(words) > 1 and alone[last] > 0 and not alone[words[0]] and last not in known_places()
    )
    return (2 if last in speaking else 1) if is_surname else 0


def _speaks(run: Run) -> bool:
    after = [token.text for token in run.after[: ROLE_DISTANCE + 2]]
    is_described = run.next == "," and len(after) > 1 and _apposition_signs(after) > 0
    return run.next in SPEAKING or run.previous in SPEAKING or is_described


def _signs(run: Run, titled: bool) -> int:
    """How much the words around a name tell of a person: 0 or less, to 4.

    Args:
        titled: a title stood before it.
    """
    if titled:
        return 2
    single = len(run.tokens) == 1
    before = [token.lower for token in run.before[-3:]]
    after = [token.text for token in run.after[: ROLE_DISTANCE + 2]]
    if before and before[-1] in RELATIVES:
        return 2
    if before[-1:] == ["the"] or (after and after[0].isdigit()):
        return -2
    if single:
        return 0
    signs = 0
    if before[-1:] == [","]:
        is_apposition = not after or after[0] in APPOSITION_ENDS or after[0] in SPEAKING
        signs += 2 if is_apposition and _has_role(run.before[:-1]) else 0
    elif before and before[-1] in ROLES:
        signs += 2
    if before and before[-1] in LOCATIVE:
        signs -= 1
    if run.tokens[-1].is_possessive or not after:
        return signs
    if after[0] in SPEAKING or (before and before[-1] in SPEAKING):
        signs += 1
    if after[0] == "," and len(after) > 1:
        signs += _apposition_signs(after)
    return signs


def _has_role(before: Sequence[Token]) -> bool:
    """Whether the words before a comma, up to the one before, name a role: "the envoy of the bloc,
    Amina Kisanga,"."""
    for token in reversed(before[-ROLE_DISTANCE:]):
        if token.text in ",;":
            return False
        if token.lower in ROLES:
            return True
    return False


def _apposition_signs(after: Sequence[str]) -> int:
    """2 if the words after "NAME," are an age, "who", or have a profession among them."""
    if after[1].isdigit() and len(after[1]) <= 2 and after[2:3] in ([","], ["."], [";"]):
        return 2
    if after[1] in ("who", "whom"):
        return 2
    if after[1] in ("a", "an", "the", "another", "its", "their", "his", "her", "one"):
        ahead = after[2:]
        end = ahead.index(",") if "," in ahead else len(ahead)
        return 2 if ROLES & set(ahead[:end]) else 0
    return 0
