"""Watching a folder, to sync it whenever something in it changes."""

import time
from collections.abc import Iterator
from threading import Event

from watchfiles import watch

from index.errors import SourceError
from index.ingest.folder_sync import FolderSync, SyncResult

DEBOUNCE_MS = 200
POLL_MS = 500
"""Milliseconds between checks for files that were not settled."""

RECHECK_SECONDS = 60.0
"""Time after which files that cannot be read or are held back are looked at again: a drive that is
mounted is no change in the folder."""


def watch_folder(
    folder_sync: FolderSync, stop: Event | None = None
) -> Iterator[Iterator[SyncResult]]:
    """Sync a folder now and whenever it changes, until ``stop`` is set.

    Raises:
        SourceError: the folder does not exist, or cannot be read or watched.
    """
    folder_sync.require_folder()
    synced_at = 0.0
    # The first sync comes after watching has started, so that no change is missed.
    try:
        for changed in watch(
            folder_sync.folder,
            watch_filter=None,  # ``files_in`` decides which files are read
            debounce=DEBOUNCE_MS,
            rust_timeout=POLL_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
            stop_event=stop,
        ):
            is_due = time.monotonic() - synced_at >= RECHECK_SECONDS
            if changed or folder_sync.pending or (folder_sync.incomplete and is_due):
                synced_at = time.monotonic()
                yield folder_sync.sync()
    except (OSError, RuntimeError) as error:  # too many folders for the system to watch, …
        raise SourceError(f"{folder_sync.folder}: it cannot be watched ({error}).") from error
