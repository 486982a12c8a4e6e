"""Making writes survive a power failure."""

import os
from pathlib import Path


def fsync_file(path: Path) -> None:
    """Make the content of a file survive a power failure."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def fsync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power failure, on systems that can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
