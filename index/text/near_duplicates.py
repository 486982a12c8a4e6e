"""MinHash signatures of texts, and the similarity of near-duplicates.

Near-duplicates are one wire report in several outlets, or an article with a new first paragraph.
Candidates share a band of their MinHash signatures (Broder, "On the Resemblance and Containment of
Documents", 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), and are
then compared shingle by shingle.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from index.text.similarity import tokenize

SHINGLE_SIZE = 3
"""Words in a shingle."""

BANDS, ROWS_PER_BAND = 40, 3
"""Two texts that share half of their shingles have a band in common in 99 of 100 cases."""

SIMILARITY_THRESHOLD = 0.45
"""The Jaccard similarity from which two texts are near-duplicates, chosen by
``benchmarks.duplicates``."""

Hashes = npt.NDArray[np.uint32]

# Bands are stored: these numbers must stay the same for as long as libraries are read.
_random = np.random.RandomState(1)
_SIGNATURE_SIZE = BANDS * ROWS_PER_BAND
_MULTIPLIERS: Hashes = _random.randint(0, 1 << 31, _SIGNATURE_SIZE, np.uint32) * np.uint32(
    2
) + np.uint32(1)
_INCREMENTS: Hashes = _random.randint(0, 1 << 32, _SIGNATURE_SIZE, np.uint32)


def shingles_of(text: str) -> frozenset[str]:
    """All runs of ``SHINGLE_SIZE`` words of a text; the whole text if it is shorter."""
    words = tokenize(text)
    return frozenset(
        " ".join(words[n : n + SHINGLE_SIZE]) for n in range(max(1, len(words) - SHINGLE_SIZE + 1))
    )


def signature_of(text: str) -> Hashes:
    """The MinHash signature of a text's shingles, shape (BANDS * ROWS_PER_BAND,).

    The hash functions are ``a * h + b`` modulo 2 ** 32 with odd ``a``, applied to the first 32 bits
    of a shingle's SHA-1 after MurmurHash3's finalizer: datasketch 2.0's scheme "affine32", so that
    stored bands stay valid.
    """
    digests = (hashlib.sha1(shingle.encode()).digest()[:4] for shingle in shingles_of(text))
    hashes = _mix(np.frombuffer(b"".join(digests), dtype="<u4").astype(np.uint32))
    # Unsigned integers wrap around, which is the modulo.
    permuted: Hashes = hashes[:, np.newaxis] * _MULTIPLIERS + _INCREMENTS
    signature: Hashes = permuted.min(axis=0)
    return signature


def bands_of(text: str) -> Iterator[int]:
    """The bands of a text's signature, hashed to 63 bits each: similar texts share some."""
    bands = signature_of(text).reshape(BANDS, ROWS_PER_BAND).astype("<u8")
    for number, band in enumerate(bands):
        digest = hashlib.blake2b(band.tobytes(), digest_size=8, salt=bytes([number])).digest()
        yield int.from_bytes(digest) >> 1


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two texts' shingles, from 0 to 1."""
    return jaccard(shingles_of(one), shingles_of(other))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard similarity of two sets, from 0 to 1."""
    return len(one & other) / max(1, len(one | other))


def _mix(hashes: Hashes) -> Hashes:
    """The finalizer of MurmurHash3 (Appleby, 2011), a bijection of 32-bit numbers."""
    hashes = hashes ^ (hashes >> np.uint32(16))
    hashes = hashes * np.uint32(0x85EBCA6B)
    hashes = hashes ^ (hashes >> np.uint32(13))
    hashes = hashes * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))
