import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.near_duplicates import BANDS, SIMILARITY_THRESHOLD, bands_of, similarity
from tests.index.factories import made_up_text
from tests.index.subprocesses import environment

STORY = made_up_text(1, 20)
OTHER = made_up_text(2, 20)


def sentences(text: str) -> list[str]:
    return text.split(". ")


@pytest.mark.parametrize(
    "version",
    [
        STORY,
        STORY.upper().replace(" ", "\n"),
        ". ".join(reversed(sentences(STORY))),
        ". ".join(sentences(STORY)[:13]),
        ". ".join(sentences(OTHER)[:4]) + ". " + STORY,
    ],
    ids=["the same", "in capitals", "reversed", "trimmed", "prefixed"],
)
def test_versions_of_a_story_are_alike_and_share_a_band(version: str) -> None:
    assert similarity(STORY, version) >= SIMILARITY_THRESHOLD
    assert set(bands_of(STORY)) & set(bands_of(version))


@pytest.mark.parametrize(
    "other",
    [OTHER, OTHER + " " + ". ".join(sentences(STORY)[:5]), ". ".join(sentences(STORY)[:3])],
    ids=["another", "another with a quarter of it", "a seventh of it"],
)
def test_other_stories_are_not_alike(other: str) -> None:
    assert similarity(STORY, other) < SIMILARITY_THRESHOLD


def test_bands_are_the_same_in_every_process() -> None:
    code = (
        "from index.text.near_duplicates import bands_of;"
        "print(list(bands_of('One two three four.')))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env=environment()
    )
    assert process.stdout.strip() == str(list(bands_of("One two three four.")))


@given(st.text(), st.text())
def test_similarity_is_a_share_whichever_comes_first(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1


@given(st.text())
def test_any_text_has_bands_that_a_database_takes(text: str) -> None:
    bands = list(bands_of(text))
    assert len(bands) == BANDS
    assert all(0 <= band < 1 << 63 for band in bands)
