"""Trains the reader that ``index`` ships; see ``training/README.md``."""
