"""Regular expressions that are compiled when they are first used.

Most commands use few of them, and compiling all took a quarter of the time that a command needs to
start.
"""

import re
from typing import Any, cast


class LazyPattern:
    """Stands for a pattern; see ``lazy_pattern``."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)  # which ``re`` compiles only once
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like ``re.compile``, but the pattern is compiled when its first attribute is used."""
    return cast(re.Pattern[str], LazyPattern(pattern, flags))
