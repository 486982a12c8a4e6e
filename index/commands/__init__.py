"""The command line: a module for each theme, on top of ``cli``."""

from index.commands import (
    add,
    articles,
    ask,
    backup,
    evaluate,
    maintenance,
    overview,
    timeline,
)
from index.commands.cli import app

__all__ = [
    "add",
    "app",
    "articles",
    "ask",
    "backup",
    "evaluate",
    "maintenance",
    "overview",
    "timeline",
]
