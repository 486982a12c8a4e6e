"""The Discord bot of Dateline: the user interface over the package ``index``."""

from index import process as process  # first of all; see there
