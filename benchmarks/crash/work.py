"""The folders of one life of a library."""

import json
from pathlib import Path

from benchmarks.crash.made_up import Version


class Work:
    """The folders of one life of a library.

    Attributes:
        data: what the program changes, with ``library`` and ``backups``.
        articles: the synced folder.
        journal: the client's journal.
    """

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.library = self.data / "library"
        self.backups = self.data / "backups"
        self.articles = folder / "articles"
        self.journal = folder / "journal.jsonl"
        for needed in (self.backups, self.articles):
            needed.mkdir(parents=True, exist_ok=True)

    def files(self) -> dict[str, Version]:
        """The articles in the synced folder, by URL."""
        versions = (json.loads(path.read_text()) for path in self.articles.glob("*.jsonl"))
        return {version["url"]: version for version in versions}
