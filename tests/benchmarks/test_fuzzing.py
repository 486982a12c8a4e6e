"""What the fuzzer starts from, and what it once found, passes through every way in."""

from pathlib import Path

import pytest

from benchmarks.fuzz import INPUTS
from benchmarks.fuzzing import checks
from benchmarks.fuzzing.stored_rows import StoredRows
from benchmarks.fuzzing.targets import TARGETS
from index import Sentence
from index.sources.parsers import page

MAX_INPUTS_BYTES = 200_000

DAMAGED = [
    ("articles", "author", 0, b""),
    ("articles", "changed_at", 0, "soon"),
    ("articles", "text", 0, b"\xff"),
    ("collections", "articles", 0, -1),
    ("former_articles", "until", 0, "soon"),
    ("meta", "value", 1, 99),
    ("models", "width", 0, "wide"),
    ("sentences", "end", 0, "x"),
    ("sentences", "number", 1, b"\1"),
    ("sentences", "paragraph", 2, "2025-10-04"),
    ("vectors", "vector", 0, 0.5),
]
"""Values in library.sqlite that once ended in an exception that nobody foresaw."""


def inputs(target: str) -> list[Path]:
    return sorted((INPUTS / target).iterdir())


def test_each_target_has_a_folder_of_small_inputs() -> None:
    assert {folder.name for folder in INPUTS.iterdir()} == set(TARGETS)
    assert all(map(inputs, TARGETS))
    assert sum(file.stat().st_size for one in TARGETS for file in inputs(one)) < MAX_INPUTS_BYTES


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_is_unexpected(target: str) -> None:
    for file in inputs(target):
        TARGETS[target](file.read_bytes())


@pytest.mark.parametrize(
    "target", ["text", "markdown", "jsonl", "page", "feed", "pdf", "docx", "epub", "form"]
)
def test_a_sentence_that_is_no_slice_is_noticed(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def split(text: str) -> list[Sentence]:
        return [Sentence(0, len(text) + 1, 1, 1)]

    monkeypatch.setattr(checks, "split_sentences", split)
    with pytest.raises(AssertionError):
        test_no_input_is_unexpected(target)


def test_an_exception_in_a_parser_of_our_own_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "signs_of", None)
    with pytest.raises(TypeError):
        test_no_input_is_unexpected("page")


@pytest.fixture(scope="module")
def stored_rows(tmp_path_factory: pytest.TempPathFactory) -> StoredRows:
    return StoredRows(tmp_path_factory.mktemp("rows"))


@pytest.mark.parametrize(("table", "column", "row", "value"), DAMAGED)
def test_a_library_with_a_damaged_value_can_be_used(
    stored_rows: StoredRows, table: str, column: str, row: int, value: object
) -> None:
    stored_rows.restore()
    stored_rows.change("library.sqlite", table, column, row, value)
    stored_rows.use()
