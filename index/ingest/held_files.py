"""Files of a synced folder whose articles are held back although the files are missing.

When a drive is not mounted, its folder looks as if somebody had emptied it. If most articles of a
folder would go at once, they therefore stay until a person accepts that. The files are recorded as
held back, so that neither a restart nor new files in the folder decide it.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from index.store import TrackedFile

HELD = "held"
"""The fingerprint of a file that is missing and whose articles are held back."""

MAX_REMOVED = 5
"""The number of articles that are removed at once even if they are most of the folder's."""


def articles_of(files: Iterable[TrackedFile]) -> set[str]:
    """The ids of the articles in files."""
    return {article for file in files for article in file.articles}


def held_articles(files: Collection[TrackedFile]) -> set[str]:
    """The ids of the articles that only files have that are held back. There are none after a
    folder was renamed: other files have all of its articles."""
    held = articles_of(file for file in files if file.fingerprint == HELD)
    return held - articles_of(file for file in files if file.fingerprint != HELD)


def is_mass_removal(missing: Collection[Path], known: Mapping[Path, TrackedFile]) -> bool:
    """Whether the articles that only missing files have are most of a folder's.

    Args:
        missing: files that are missing and not held back.
        known: all files, by path.
    """
    going = articles_of(known[path] for path in missing) - articles_of(
        known[path] for path in known.keys() - missing
    )
    all_ = articles_of(file for file in known.values() if file.fingerprint != HELD)
    return len(going) > MAX_REMOVED and 2 * len(going) > len(all_)
