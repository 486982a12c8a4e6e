"""Which articles tell the same story in the same words: one wire report in several outlets, or an
article with a new first paragraph.

What is likely is found by MinHash signatures, cut into bands (Broder 1997; Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, chapter 3), and then compared as it is.
"""

from collections.abc import Iterator
from hashlib import blake2b

from index.text.similarity import words_of

SHINGLE = 3
"""Words that are taken together."""

BANDS, ROWS = 40, 3
"""Two articles that share half of their shingles agree in some band in 99 of 100 cases."""

ALIKE_FROM = 0.45
"""The share of all their shingles that two accounts of one story have in common; chosen by
``benchmarks.duplicates``."""


def shingles_of(text: str) -> frozenset[str]:
    """Each run of some words of a text; all of it, where it is shorter."""
    words = words_of(text)
    return frozenset(
        " ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))
    )


def bands_of(text: str) -> Iterator[int]:
    """The bands of a text's signature, as numbers of 63 bits: like texts have some in common."""
    from datasketch import MinHash  # takes a second, for which only adding waits

    signature = MinHash(BANDS * ROWS)
    signature.update_batch([shingle.encode() for shingle in shingles_of(text)])
    for band in range(BANDS):
        rows = signature.hashvalues[band * ROWS : (band + 1) * ROWS]
        digest = blake2b(rows.astype("<u8").tobytes(), digest_size=8, salt=bytes([band])).digest()
        yield int.from_bytes(digest) >> 1


def likeness(one: str, other: str) -> float:
    """The share, from 0 to 1, of the shingles of two texts that both have."""
    return jaccard(shingles_of(one), shingles_of(other))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's index of two sets of shingles, from 0 to 1."""
    return len(one & other) / max(1, len(one | other))
