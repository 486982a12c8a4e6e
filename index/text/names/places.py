"""Places named in a text: known ones, and others recognized by the words around them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.text.mentions import Mention, in_order
from index.text.names.capitalized import MIN_CAPITALS, Run
from index.text.names.gazetteer import known_places, languages
from index.text.names.words import (
    FIRST_OF_PLACES,
    LANDFORMS,
    MONTHS_AND_DAYS,
    NO_PLACES,
    ORGANIZATIONS,
    ROLES,
    SETTLEMENTS,
    SPEAKING,
)

LOCATIVE = frozenset("in near outside off throughout".split())
"""Prepositions before a place."""

BEFORE_LISTS = LOCATIVE | {"from", "to", "of"}
"""Prepositions before a list whose items are all places if the first is one: not "between Israel
and Hamas"."""

DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest".split())

NOT_BEFORE_PLACES = frozenset(
    """
    stake stakes share shares trading interest confidence trust faith invest invested investor
    investors investing investment holding holdings believe believed believes stock debt role
    specializing specialises fluent written sing sung played dressed
    """.split()
)
"""Words before "in" that make what follows something else than a place: "a stake in Kalgara"."""

MOTIONS = frozenset(
    """
    travel travels traveled travelled traveling travelling go goes went gone going come came flew
    flown fly flying drive drove driving sail sailed sailing move moved moving return returned
    returning ran fled flee fleeing trip journey flight visit back ferry train bus flights
    """.split()
)
"""Words before "to" and a place."""

FOLLOWING = frozenset(
    """
    and or but in on at to for after before where with by when as since from while who which that
    was is are were has have had will would during until because whose if this last next of near
    without within rather than again instead today yesterday also only despite per plus not said via
    early late some most all many several earlier later once twice still already alone altogether
    over under between against through two three four about around more into he she they it
    """.split()
)
"""Words after a name that stands for itself, not for what follows ("in Kalgara stock")."""


def find_places(
    text: str, runs: Sequence[Run], people: Iterable[Mention], datelines: Sequence[tuple[int, int]]
) -> list[Mention]:
    """The places that a text names, most frequent first, then in the order of the text.

    Args:
        people: their names are no places.
        datelines: the ``(start, end)`` of the places in the article's dateline.
    """
    taken = {word for name in people for word in text[name.start : name.end].split()}
    speaking = {run.words for run in runs if run.next in SPEAKING}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    signs: set[str] = set()
    for span in datelines:
        key = text[slice(*span)].casefold()
        spans[key].append(span)
        signs.add(key)
    previous: Run | None = None
    for run in runs:
        start, end = _span(text, run)
        key = text[start:end].casefold()
        spans[key].append((start, end))
        is_free = not taken & set(run.words)
        if is_free and (
            _is_known(run)
            or _is_landform(text, run)
            or (run.words not in speaking and _stands_in_a_place(run))
            or (previous is not None and _continues_list(text, previous, run))
        ):
            signs.add(key)
            if run.previous in BEFORE_LISTS or (previous and run.previous in (",", "and", "or")):
                previous = run
        else:
            previous = None
    names = []
    for key in signs:
        written = sorted(spans[key], key=lambda span: (text[slice(*span)].isupper(), span))
        names.append(Mention(*written[0], len(written)))
    return in_order(names)


def _span(text: str, run: Run) -> tuple[int, int]:
    """The start and end of a run, with a landform in lower case after it ("Moteng valley")."""
    has_landform = run.next in LANDFORMS and run.next not in ("end", "region", "pass", "sound")
    if has_landform and text[run.end : run.after[0].start] == " ":
        return run.start, run.after[0].end
    return run.start, run.end


def _is_known(run: Run) -> bool:
    name = " ".join(run.words)
    return name in known_places() and name.casefold() not in NO_PLACES


def _is_landform(text: str, run: Run) -> bool:
    """Whether a run has a word for a landform in its name: "Motueka River", "Cape Moramo"."""
    first, last = run.tokens[0].lower, run.tokens[-1].lower
    lower = {token.lower for token in run.tokens}
    if lower & ORGANIZATIONS or run.previous in ("vessel", "ship", "ferry", "novel", "film"):
        return False
    if _span(text, run)[1] > run.end:
        return not run.tokens[-1].is_possessive and not run.starts_sentence and _is_plain(run)
    return len(run.tokens) > 1 and (last in LANDFORMS or first in FIRST_OF_PLACES)


def _is_plain(run: Run) -> bool:
    """Whether a run can be the name of a place at all."""
    lower = {token.lower for token in run.tokens}
    return (
        len(run.tokens) <= 3
        and not lower & (ORGANIZATIONS | NO_PLACES | MONTHS_AND_DAYS | languages())
        and not any(len(word) >= MIN_CAPITALS and word.isupper() for word in run.words)
        and len(run.words[0]) > 1
    )


def _stands_in_a_place(run: Run) -> bool:
    """Whether a preposition or a settlement before a run, or a known place after it, tell a place:
    "in Cuenca", "the village of Peine", "Surat, India"."""
    if not _is_plain(run):
        return False
    before = [token.lower for token in run.before[-2:]]
    if len(before) == 2 and before[1] == "of" and before[0] in SETTLEMENTS | DIRECTIONS:
        return True
    if not before or (not _stands_alone(run) and before != ["in"]):
        return False
    if _is_in_known(run):
        return True
    if len(before) == 2 and before[1] == "from":
        return before[0] in ROLES
    if len(before) == 2 and before[1] == "to":
        return before[0] in MOTIONS
    return before[-1] in LOCATIVE and before[0] not in NOT_BEFORE_PLACES


def _is_in_known(run: Run) -> bool:
    """Whether a known place after a name says where it is: "Novi Sad in Serbia", "Surat, India"."""
    after = [token.text for token in run.after[:4]]
    if after[:1] not in (["in"], [","]):
        return False
    following = {" ".join(after[1:length]) for length in (2, 3, 4)}
    is_object = run.previous in ("from", "at", "to", "between", ",", "of")
    return is_object and bool(following & known_places())


def _stands_alone(run: Run) -> bool:
    """Whether nothing after a run makes it the first part of something else."""
    if run.tokens[-1].is_possessive:
        return False
    return (
        not run.next
        or not run.next[0].isalnum()
        or run.next in FOLLOWING
        or run.next.endswith("ed")
    )


def _continues_list(text: str, previous: Run, run: Run) -> bool:
    """Whether a run goes on with a list of places: "in Winnipeg, Selkirk and Gimli"."""
    between = text[previous.end : run.start]
    is_last = between in (" and ", " or ", ", and ")
    is_inner = between == ", " and run.next in (",", "and", "or")
    return (is_last or is_inner) and _is_plain(run) and _stands_alone(run)
