"""Recognizes the names in an article's sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.text.english import is_english, words_of
from index.text.mentions import Mention
from index.text.names.capitalized import runs_of, tokens_of
from index.text.names.people import find_people
from index.text.names.places import find_places


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a text, each kind most frequent first."""

    people: Sequence[Mention] = ()
    places: Sequence[Mention] = ()


def find_names(
    text: str, sentences: Sequence[tuple[int, int]], datelines: Sequence[tuple[int, int]] = ()
) -> Names:
    """The people and places that the sentences of a text name; none if they are not English, since
    capitals mean something else in other languages.

    Args:
        sentences: the ``(start, end)`` of each sentence, in order.
        datelines: the ``(start, end)`` of the places in the text's dateline.
    """
    if not is_english(text, sentences):
        return Names()
    lower = frozenset(word for word in words_of(text, sentences) if word[0].islower())
    runs = [
        run for start, end in sentences for run in runs_of(text, tokens_of(text, start, end), lower)
    ]
    people = find_people(text, runs)
    return Names(people, find_places(text, runs, people, datelines))
