"""The encoder that these tests are about, which remembers nothing."""

import pytest

from index import Encoder


@pytest.fixture(scope="package")
def encoder() -> Encoder:
    encoder = Encoder()
    encoder.load()
    return encoder
