"""The command line: a file for each theme, over what all share in ``cli``."""

from index.commands import add, articles, ask, maintenance
from index.commands.cli import app

__all__ = ["add", "app", "articles", "ask", "maintenance"]
