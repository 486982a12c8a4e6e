"""Dateline on Discord: it talks to people, and leaves finding answers to ``index``."""
