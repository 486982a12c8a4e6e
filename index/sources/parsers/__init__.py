"""Parsers of untrusted documents: a module for each kind, run in a sandbox by ``worker.py``."""
