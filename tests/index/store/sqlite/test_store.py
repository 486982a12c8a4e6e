"""The size of a library's folder, while files in it come and go."""

from pathlib import Path
from stat import S_ISREG
from typing import Any

import pytest

from index.store import SqliteStore


def test_a_file_that_disappears_while_sizes_are_added_up_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteStore(tmp_path) as store:
        before = store.totals().bytes
        temporary = tmp_path / "faiss" / "1-3.faiss.tmp"
        temporary.parent.mkdir(exist_ok=True)
        temporary.write_bytes(b"index")
        original = Path.stat

        def stat_once(path: Path, **options: Any) -> Any:
            status = original(path, **options)
            if S_ISREG(status.st_mode) and path == temporary:
                temporary.unlink()
            return status

        with monkeypatch.context() as patched:
            patched.setattr(Path, "stat", stat_once)
            assert before <= store.totals().bytes <= before + len(b"index")
        assert not temporary.exists()
        assert store.totals().bytes == before
