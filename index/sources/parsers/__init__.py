"""What reads documents that others have made: a file for each kind, run by ``child.py``."""
