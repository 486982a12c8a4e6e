"""The command line: a file for each theme, over the parts in ``app``."""
