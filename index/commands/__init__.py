"""The command line: a file for each theme, over what all share in ``base``."""

from index.commands import adding, articles, asking, upkeep
from index.commands.base import app

__all__ = ["adding", "app", "articles", "asking", "upkeep"]
