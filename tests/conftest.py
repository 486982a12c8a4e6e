"""Fixtures of all tests: isolation from the developer's own files, and one loaded model."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.settings import Settings
from index import Article, Encoder, Library
from index.reader import Reader
from index.sources import read_source
from index.store import SqliteStore
from tests.models import RememberingEncoder, RememberingReader

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "articles"

# The cache of exported models, shared by all runs, apart from the developer's own.
os.environ["XDG_CACHE_HOME"] = str(ROOT / "build" / "cache")

# No deadline, since behavior is tested, not time; fewer examples than usual, to save time.
settings.register_profile("dateline", deadline=None, max_examples=40)
settings.load_profile("dateline")

# pytest -m hypothesis --hypothesis-profile=thorough
settings.register_profile("thorough", deadline=None, max_examples=3000)


@pytest.fixture(autouse=True)
def _isolate_from_developer_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests neither see the developer's .env, settings or library, nor write beside the code."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real model, loaded once for all tests."""
    encoder = RememberingEncoder()
    encoder.load()
    return encoder


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The real reader, loaded once for all tests."""
    return RememberingReader()


@pytest.fixture
def open_library(
    encoder: Encoder, reader: Reader, tmp_path: Path
) -> Iterator[Callable[..., Library]]:
    """Opens libraries in the test's folder with the shared models; closes them after the test."""
    opened: list[Library] = []

    def open_(name: str = "library", min_confidence: float | None = None) -> Library:
        library = Library(SqliteStore(tmp_path / name), encoder, reader, min_confidence)
        opened.append(library)
        return library

    yield open_
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    """An empty library."""
    return open_library()


@pytest.fixture(scope="session")
def sample_files(
    encoder: Encoder, reader: Reader, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The closed folder of a library that holds the project's three sample articles."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    articles = [a for a in read_source(str(SAMPLE)) if isinstance(a, Article)]
    with Library(SqliteStore(folder), encoder, reader) as library:
        assert len(list(library.add_all(articles))) == 3
    return folder


@pytest.fixture
def sample(sample_files: Path, tmp_path: Path, open_library: Callable[..., Library]) -> Library:
    """A library of its own that holds the project's three sample articles."""
    shutil.copytree(sample_files, tmp_path / "library")
    return open_library()
