import subprocess
import sys
from pathlib import Path

import index
from index import errors

ROOT = Path(__file__).parents[2]


def test_the_public_names_are_these() -> None:
    # Other people's code imports them: a name that goes, or changes, breaks it.
    assert sorted(index.__all__) == [
        "Addition",
        "Answer",
        "Article",
        "ArticleError",
        "AskOptions",
        "BackupError",
        "BusyError",
        "Certainty",
        "ChangedStatement",
        "Citation",
        "Context",
        "CorrectedError",
        "Correction",
        "DEFAULT_MODEL",
        "DamagedArticleError",
        "DamagedLibraryError",
        "DatelineError",
        "Digest",
        "Encoder",
        "EncoderError",
        "FormerArticle",
        "Library",
        "LibraryInUseError",
        "Lookup",
        "Mention",
        "MissingLibraryError",
        "ModelInfo",
        "ModelMismatchError",
        "NO_TURN",
        "NotFoundError",
        "Overview",
        "Passage",
        "Period",
        "ReaderError",
        "SHARED",
        "Scope",
        "Sentence",
        "SettingsError",
        "SourceError",
        "StoreError",
        "Story",
        "Timeline",
        "TimelineEntry",
        "Turn",
    ]
    assert all(hasattr(index, name) for name in index.__all__)


def test_every_exception_is_public_and_of_one_tree() -> None:
    exceptions = {
        name: value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert set(exceptions) <= set(index.__all__)
    assert all(issubclass(value, index.DatelineError) for value in exceptions.values())
    assert all(name in (errors.__doc__ or "") for name in exceptions)


def test_importing_the_index_loads_neither_the_bot_nor_torch() -> None:
    script = "import sys, index, index.__main__\nprint([*sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in ("'bot'", "'discord'", "'torch'", "'transformers'", "'trafilatura'"):
        assert name not in loaded
