"""The Discord bot of Dateline: the user interface over the package ``index``."""
