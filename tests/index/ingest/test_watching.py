"""Watching a folder, beyond the changes in it."""

import errno
import os
from pathlib import Path

import pytest

from index import Library, SourceError
from index.ingest import file_versions, watching
from index.ingest.watching import watch_folder


def test_what_could_not_be_read_is_looked_at_again_without_a_change(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news" / "drive").mkdir(parents=True)
    (tmp_path / "news" / "drive" / "a.txt").write_text("Ant\n\nAn ant ran.")
    monkeypatch.setattr(file_versions, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(watching, "RECHECK_SECONDS", 0.0)
    monkeypatch.setattr(watching, "POLL_MS", 1)
    syncs = watch_folder(library.mirror(tmp_path / "news"))
    scandir = os.scandir

    def scan(path: Path) -> object:
        if Path(path).name == "drive":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scan)
        assert [r.refused for r in next(syncs) if r.refused]
    assert [a.article.title for r in next(syncs) for a in r.additions] == ["Ant"]
    syncs.close()  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_watched_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "OS file watch limit reached")

    monkeypatch.setattr(watching, "watch", fail)
    with pytest.raises(SourceError, match=r"it cannot be watched \(.*limit reached\)"):
        next(watch_folder(library.mirror(tmp_path)))
