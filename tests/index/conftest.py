"""Fixtures of the index tests: encoders that count or are missing, and a second model."""

from pathlib import Path

import pytest

from index import Encoder
from tests.index.factories import CountingEncoder, make_model


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    """The real model, counting."""
    return CountingEncoder(encoder)


@pytest.fixture
def no_encoder() -> Encoder:
    """A model that is not there: whatever needs one fails."""
    return Encoder("/no/such/model")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small model with random weights."""
    return make_model(tmp_path_factory.mktemp("models") / "tiny")
